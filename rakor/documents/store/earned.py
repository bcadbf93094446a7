"""Who may get a certificate and what they have earned, read from agenda and ledger in a constant number of queries."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select

from rakor import crypto
from rakor.agenda import speaker_store
from rakor.agenda import store as agenda
from rakor.agenda.material_rules import SpeakerAnswer
from rakor.agenda.rules.views import ItemView, PersonView
from rakor.attendance.models import PresenceRow
from rakor.db import db
from rakor.documents.certificate_models import Certificate, CertificateNameCheck, CertificateRuling
from rakor.documents.rules.certificates import OF_GROUP, Candidate, Ruling, Span, Standing, minutes_of
from rakor.documents.store.people import COMING, OwnOffice, OwnRole, people
from rakor.events.models import Event, EventRole
from rakor.events.rules import RoleGroup
from rakor.offices.models import Office
from rakor.registrations.models import Registration
from rakor.registrations.rules.names import PersonName
from rakor.sources.store.sessions import long_enough


@dataclass(frozen=True)
class Earned:
    """The counted minutes of an event, and everybody who may get a certificate for them."""

    whole: int
    candidates: list[Candidate]


def counted_sessions(event_id: UUID) -> list[ItemView]:
    """Return the published sessions that count for JP, take attendance and have times."""
    timed = (item for item in agenda.sessions(event_id) if item.starts_at and item.ends_at)
    return [item for item in timed if item.counts_for_jp]


def earned(event: Event, registration_id: UUID | None = None) -> Earned:
    """Return what people have earned by now, each person once, speakers of the agenda last; or one person alone."""
    sessions = counted_sessions(event.id)
    spans = {item.id: _span(item) for item in sessions}
    named = _registered(event, spans, registration_id)
    if registration_id is None:
        named += _speakers(event.id, sessions)
    return Earned(minutes_of(spans.values()), named)


def name_hash(name: str) -> bytes:
    """Return what is kept of a name that was looked at."""
    return crypto.blind_index("certificate name", name)


def _span(item: ItemView) -> Span:
    assert item.starts_at is not None
    assert item.ends_at is not None
    return item.starts_at, item.ends_at


def _registered(event: Event, spans: dict[UUID, Span], only: UUID | None) -> list[Candidate]:
    group = func.coalesce(EventRole.group, OwnRole.group, RoleGroup.PARTICIPANT).label("group")
    query = people(event.id, group, OwnOffice.province_code.label("own_province"))
    if only is not None:
        query = query.where(Registration.id == only)
    there, attended = _came(event.id), long_enough(event.id)
    of_event = select(CertificateRuling).where(CertificateRuling.event_id == event.id)
    rulings = {row.registration_id: row for row in db.session.scalars(of_event)}
    checks = _checks(event.id)
    issued = _in_force(event.id)
    found: dict[UUID, Candidate] = {}
    for row in db.session.execute(query.order_by(Office.sort_key, Registration.name, Registration.id)):
        if row.id in found or not (row.state in COMING or row.id in there):
            continue
        minutes = minutes_of(spans[one] for one in attended.get(row.id, ()) if one in spans)
        ruled, name = rulings.get(row.id), PersonName(row.front_title, row.name, row.back_title).display()
        found[row.id] = Candidate(
            row.id, None, name, OF_GROUP[RoleGroup(row.group)], minutes, row.id in there,
            office=_office(row), province_code=row.province_code or row.own_province or "",
            checked=row.id in checks and checks[row.id] == name_hash(name),
            ruling=Ruling(ruled.granted, ruled.jp, ruled.reason) if ruled else None,
            certificate_id=issued.get(row.id),
        )  # fmt: skip
    return list(found.values())


def _speakers(event_id: UUID, sessions: list[ItemView]) -> list[Candidate]:
    """Who speaks or moderates in a counted session and did not decline; their minutes are those of these sessions."""
    profiles, issued = speaker_store.profiles(event_id), _in_force(event_id)
    parts: dict[UUID, tuple[PersonView, Standing, list[Span]]] = {}
    for standing, attribute in ((Standing.SPEAKER, "speakers"), (Standing.MODERATOR, "moderators")):
        for item in sessions:
            for person in getattr(item, attribute):
                parts.setdefault(person.id, (person, standing, []))[2].append(_span(item))
    declined = {who for who, profile in profiles.items() if profile.answer is SpeakerAnswer.DECLINED}
    return [
        Candidate(
            None, who, person.name, standing, minutes_of(spans), came=True, office=person.organization,
            certificate_id=issued.get(who),
        )
        for who, (person, standing, spans) in parts.items()
        if who not in declined
    ]  # fmt: skip


def _in_force(event_id: UUID) -> dict[UUID, UUID]:
    """Return by holder the certificate in force."""
    holder = func.coalesce(Certificate.registration_id, Certificate.speaker_id)
    query = select(holder, Certificate.id).where(Certificate.event_id == event_id, Certificate.revoked_at.is_(None))
    return {row[0]: row[1] for row in db.session.execute(query)}


def _checks(event_id: UUID) -> dict[UUID, bytes]:
    query = select(CertificateNameCheck.registration_id, CertificateNameCheck.name)
    return {row[0]: row[1] for row in db.session.execute(query.where(CertificateNameCheck.event_id == event_id))}


def _came(event_id: UUID) -> set[UUID]:
    query = select(PresenceRow.registration_id).where(PresenceRow.event_id == event_id, PresenceRow.present)
    return set(db.session.scalars(query.distinct()))


def _office(row: Row[*tuple[Any, ...]]) -> str:
    seated = row.number is not None
    return (row.seat_office if seated else row.own_office) or row.institution or row.own_office or ""
