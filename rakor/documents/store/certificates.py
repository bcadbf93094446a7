"""Certificates: the event's rules, the checked names, the rulings, and what was issued, revoked, replaced, verified."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, insert, or_, select

from rakor import audit, files
from rakor.agenda import speaker_store
from rakor.db import db
from rakor.documents.certificate_models import Certificate, CertificateNameCheck, CertificateRules, CertificateRuling
from rakor.documents.rules.certificates import Award, AwardHead, Candidate, Ruling, Validity, Verdict, code_of, numbered
from rakor.documents.store.earned import name_hash
from rakor.documents.store.heads import logo_of
from rakor.events import store as events
from rakor.events.models import Event
from rakor.registrations import store as registrations

PURPOSE = "certificate"


def rules(event_id: UUID) -> CertificateRules | None:
    """Return the event's rules as they stand, or None where it never had any."""
    return db.session.get(CertificateRules, event_id, populate_existing=True)


def is_on(event_id: UUID) -> bool:
    """Tell whether the event gives certificates."""
    row = rules(event_id)
    return row is not None and row.is_on


def save_rules(event_id: UUID, values: Mapping[str, Any]) -> None:
    """Set the event's rules; what was issued stays as it is."""
    row = rules(event_id) or CertificateRules(event_id=event_id)
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    db.session.add(row)
    if changed:
        audit.record(
            "certificate.rules", event_id=event_id, object_kind="event", object_id=event_id, fields=sorted(changed)
        )


def note_check(event_id: UUID, registration_id: UUID, name: str, *, now: datetime) -> None:
    """Note that a person has looked at the own name as it will be printed, and found it right."""
    row = db.session.get(CertificateNameCheck, (event_id, registration_id), populate_existing=True)
    if row is not None and row.name == name_hash(name):
        return
    row = row or CertificateNameCheck(event_id=event_id, registration_id=registration_id)
    row.name, row.checked_at = name_hash(name), now
    db.session.add(row)
    audit.record("certificate.name_check", event_id=event_id, object_kind="registration", object_id=registration_id)


def checked_at(event_id: UUID, registration_id: UUID, name: str) -> datetime | None:
    """Return when a person found this very name right, or None."""
    row = db.session.get(CertificateNameCheck, (event_id, registration_id), populate_existing=True)
    return row.checked_at if row is not None and row.name == name_hash(name) else None


def ruling(event_id: UUID, registration_id: UUID) -> CertificateRuling | None:
    """Return what the organiser decided for a person, or None."""
    return db.session.get(CertificateRuling, (event_id, registration_id), populate_existing=True)


def rule(event_id: UUID, registration_id: UUID, wanted: Ruling | None, *, user_id: UUID, now: datetime) -> None:
    """Decide for one person, or with None let the attendance decide again."""
    row = ruling(event_id, registration_id)
    if wanted is not None:
        row = row or CertificateRuling(event_id=event_id, registration_id=registration_id)
        row.granted, row.jp, row.reason = wanted.granted, wanted.jp, wanted.reason
        row.ruled_by_id, row.ruled_at = user_id, now
        db.session.add(row)
    elif row is not None:
        db.session.delete(row)
    else:
        return
    audit.record(
        "certificate.rule", event_id=event_id, object_kind="registration", object_id=registration_id,
        reason=wanted.reason if wanted else "",
    )  # fmt: skip


def certificate(event_id: UUID, certificate_id: UUID) -> Certificate | None:
    """Return a certificate of the event, or None."""
    query = select(Certificate).where(Certificate.event_id == event_id, Certificate.id == certificate_id)
    return db.session.scalar(query.execution_options(populate_existing=True))


def of_holder(event_id: UUID, holder_id: UUID) -> list[Certificate]:
    """Return all that a person or a speaker ever got, the newest first."""
    whose = or_(Certificate.registration_id == holder_id, Certificate.speaker_id == holder_id)
    query = select(Certificate).where(Certificate.event_id == event_id, whose)
    return list(db.session.scalars(query.order_by(Certificate.serial.desc())))


def in_force(event_id: UUID, holder_id: UUID) -> Certificate | None:
    """Return the certificate that a person or a speaker holds, or None."""
    return next((row for row in of_holder(event_id, holder_id) if row.revoked_at is None), None)


def holders(event_id: UUID, registration_ids: Iterable[UUID]) -> set[UUID]:
    """Return those of these people who ever got a certificate."""
    query = select(Certificate.registration_id).where(
        Certificate.event_id == event_id, Certificate.registration_id.in_(list(registration_ids))
    )
    return {who for who in db.session.scalars(query.distinct()) if who is not None}


def counts(event_id: UUID) -> tuple[int, int, int]:
    """Return how many are in force, how many of them have their paper, and how many were revoked."""
    valid = Certificate.revoked_at.is_(None)
    query = select(
        func.count().filter(valid), func.count(Certificate.file_id).filter(valid), func.count(Certificate.revoked_at)
    ).where(Certificate.event_id == event_id)
    found = db.session.execute(query).one()
    return found[0], found[1], found[2]


def issue(
    event: Event, earned: Sequence[tuple[Candidate, Verdict]], *, run_id: UUID, now: datetime, today: date
) -> int:
    """Give each of these a certificate with the next number; who has one gets none. Needs the event's turn."""
    row = rules(event.id)
    assert row is not None
    fresh = [one for one in earned if one[0].certificate_id is None]
    on, first = row.signed_on or today, row.last_serial + 1
    made = [
        {
            "id": uuid4(), "event_id": event.id, "run_id": run_id, "registration_id": one.registration_id,
            "speaker_id": one.speaker_id, "serial": serial, "number": numbered(row.pattern, serial, on),
            "name": one.name, "standing": one.standing, "minutes": one.minutes, "jp": verdict.jp,
            "office": one.office[:200], "province_code": one.province_code, "issued_at": now, "is_replaced": False,
        }
        for serial, (one, verdict) in enumerate(fresh, first)
    ]  # fmt: skip
    if made:
        db.session.execute(insert(Certificate), made)
        row.last_serial += len(made)
    audit.record(
        "certificate.issue", event_id=event.id, object_kind="certificates", object_id=run_id, count=len(made)
    )
    return len(made)


def revoke(row: Certificate, reason: str, *, user_id: UUID, now: datetime, replaced: bool = False) -> bool:
    """Take a certificate back; its number and its code stay taken, and its paper is thrown away. False: it was."""
    if row.revoked_at is not None:
        return False
    row.revoked_at, row.revoked_by_id, row.revoke_reason, row.is_replaced = now, user_id, reason, replaced
    if row.file_id is not None:
        files.drop(row.event_id, row.file_id)
        row.file_id = None
    db.session.flush()
    audit.record(
        "certificate.replace" if replaced else "certificate.revoke", event_id=row.event_id,
        object_kind="certificate", object_id=row.id, reason=reason,
    )  # fmt: skip
    return True


def unset(event_id: UUID, run_id: UUID, start: int, size: int) -> list[Certificate]:
    """Return which of a run's certificates from place ``start``, ``size`` of them, need a paper and have none yet."""
    of_run = select(Certificate).where(Certificate.event_id == event_id, Certificate.run_id == run_id)
    piece = db.session.scalars(of_run.order_by(Certificate.serial).offset(start).limit(size))
    return [row for row in piece if row.made_at is None and row.revoked_at is None]


def fill(event_id: UUID, made: Mapping[UUID, bytes], *, now: datetime) -> list[Certificate]:
    """Keep the papers of these certificates; one that was revoked meanwhile, or has its paper, gets none."""
    query = select(Certificate).where(Certificate.event_id == event_id, Certificate.id.in_(list(made)))
    rows = [row for row in db.session.scalars(query) if row.made_at is None and row.revoked_at is None]
    for row in rows:
        row.file_id = files.keep(
            made[row.id], event_id=event_id, purpose=PURPOSE, name=file_name(row), media_type="application/pdf", now=now
        )
        row.made_at = now
    return rows


def file_name(row: Certificate) -> str:
    """Return "sertifikat-0017.pdf": the running number, no name."""
    return f"sertifikat-{row.serial:04}.pdf"


def paper(row: Certificate | None) -> files.Kept | None:
    """Return the paper of a certificate in force, or None."""
    if row is None or row.revoked_at is not None:
        return None
    return files.read(row.event_id, row.file_id, PURPOSE)


def set_ones(event_id: UUID, province_code: str | None) -> list[Certificate]:
    """Return the certificates in force that have their paper, by province and office."""
    query = select(Certificate).where(
        Certificate.event_id == event_id, Certificate.revoked_at.is_(None), Certificate.file_id.is_not(None)
    )
    if province_code is not None:
        query = query.where(Certificate.province_code == province_code)
    return list(db.session.scalars(query.order_by(Certificate.province_code, Certificate.serial)))


def verified(certificate_id: UUID | None) -> tuple[Validity, Certificate | None, Event | None]:
    """Return what the world is told of an id; one query, whether there is such a certificate or not."""
    query = select(Certificate, Event).join(Event, Event.id == Certificate.event_id)
    found = db.session.execute(query.where(Certificate.id == (certificate_id or uuid4()))).one_or_none()
    if found is None:
        return Validity.UNKNOWN, None, None
    return (Validity.VALID if found[0].revoked_at is None else Validity.REVOKED), found[0], found[1]


def name_now(row: Certificate) -> str:
    """Return the holder's name as it stands now; as issued where the holder is gone."""
    if row.registration_id is not None:
        person = registrations.registration(row.event_id, row.registration_id)
        return registrations.display_name(person) if person else row.name
    speaker = speaker_store.speaker(row.event_id, row.speaker_id) if row.speaker_id else None
    return speaker.name if speaker else row.name


def award(row: Certificate) -> Award:
    """Return what stands on the paper of one certificate."""
    return Award(row.name, row.standing, row.jp, row.number, code_of(row.id))


def award_head(event: Event, base_url: str, *, today: date) -> AwardHead:
    """Return what all certificates of the event share, as its rules and identity stand now."""
    row, identity = rules(event.id), events.identity(event.id)
    assert row is not None
    lines = tuple(line for line in (identity.letterhead or event.organizer).splitlines() if line.strip())
    return AwardHead(
        event=event.title, theme=event.theme, letterhead=lines, organizer=event.organizer, logo=logo_of(event.id),
        accent=event.accent or "", starts_on=event.starts_on, ends_on=event.ends_on,
        venue=", ".join(filter(None, (event.venue, event.city))), place=row.place or event.city,
        signed_on=row.signed_on or today, post=row.signatory_post, signatory=row.signatory_name,
        nip=row.signatory_nip or "", base_url=base_url, demo=event.demo_world is not None,
    )  # fmt: skip


