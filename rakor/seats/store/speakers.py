"""Who speaks for an office, and from which phones (security.md, "office links")."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select

from rakor import audit, crypto
from rakor.db import db
from rakor.registrations.store import phone_index
from rakor.seats.office_models import OfficePhone, OfficeSpeaker
from rakor.seats.rules.speaking import MAY_SPEAK, Speaker, Speaking, judge_speaking, last_digits


@dataclass(frozen=True)
class Voice:
    """A phone that asks: the secret of its cookie, and what was typed about whoever holds it."""

    device: str
    phone: str | None = None
    name: str = ""
    tries_left: bool = True


@dataclass(frozen=True)
class Standing:
    """How a phone stands to an office; ``hint`` are the last two figures of the number that is asked for."""

    speaking: Speaking
    hint: str = ""
    has_number: bool = False

    @property
    def may(self) -> bool:
        """It may change the answer and see each person's own link."""
        return self.speaking in MAY_SPEAK


def speaker(event_id: UUID, office_id: UUID) -> OfficeSpeaker | None:
    """Return whoever speaks for an office, or None while nobody has answered by its link."""
    query = select(OfficeSpeaker).where(OfficeSpeaker.event_id == event_id, OfficeSpeaker.office_id == office_id)
    return db.session.scalar(query)


def standing(event_id: UUID, office_id: UUID, voice: Voice) -> Standing:
    """Return how a phone stands to an office; at most two queries."""
    row = speaker(event_id, office_id)
    known = Speaker(row.phone_index, _trusts(row, voice.device)) if row else None
    judged = judge_speaking(known, phone_index(voice.phone), tries_left=voice.tries_left)
    return Standing(judged, last_digits(row.phone) if row and row.phone else "", bool(row and row.phone_index))


def let_speak(event_id: UUID, office_id: UUID, voice: Voice, *, now: datetime) -> Standing:
    """Judge a phone and remember it where it may speak: as the office's first, or as one more of the same people.

    Needs the event's row lock. A trusted phone may leave the number that the first answer lacked.
    """
    found = standing(event_id, office_id, voice)
    if not found.may:
        return found
    row = speaker(event_id, office_id)
    if row is None:
        row = OfficeSpeaker(
            id=uuid4(),
            event_id=event_id,
            office_id=office_id,
            name=voice.name,
            phone=voice.phone,
            phone_index=phone_index(voice.phone),
            since_at=now,
        )
        db.session.add(row)
        db.session.flush()
        audit.record("seats.speak", event_id=event_id, object_kind="office", object_id=office_id)
    elif found.speaking is Speaking.TRUSTED and row.phone_index is None and voice.phone:
        row.phone, row.phone_index = voice.phone, phone_index(voice.phone)
        audit.record("seats.speak_number", event_id=event_id, object_kind="office", object_id=office_id)
    if found.speaking is not Speaking.TRUSTED:
        _trust(row, voice.device, now)
    return found


def release(event_id: UUID, office_id: UUID) -> bool:
    """Forget who speaks for an office and all its phones: the next who answers does. False where nobody did."""
    row = speaker(event_id, office_id)
    if row is None:
        return False
    db.session.delete(row)
    audit.record("seats.release", event_id=event_id, object_kind="office", object_id=office_id)
    return True


def _trust(row: OfficeSpeaker, device: str, now: datetime) -> None:
    db.session.add(
        OfficePhone(
            id=uuid4(), event_id=row.event_id, speaker_id=row.id, device_hash=device_hash(row.office_id, device),
            trusted_at=now,
        )
    )  # fmt: skip
    db.session.flush()
    audit.record("seats.trust_phone", event_id=row.event_id, object_kind="office", object_id=row.office_id)


def _trusts(row: OfficeSpeaker, device: str) -> bool:
    query = select(OfficePhone.id).where(
        OfficePhone.event_id == row.event_id,
        OfficePhone.speaker_id == row.id,
        OfficePhone.device_hash == device_hash(row.office_id, device),
    )
    return bool(device) and db.session.scalar(query) is not None


def device_hash(office_id: UUID, device: str) -> bytes:
    """Return what is stored of a phone's cookie for one office."""
    return crypto.blind_index("office-phone", f"{office_id}\x00{device}")
