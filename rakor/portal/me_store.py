"""Reads for "Halaman saya": the person with the office, and presence. Each costs a constant of queries."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from rakor.attendance.models import Checkpoint, PresenceRow
from rakor.db import db
from rakor.offices.models import Office
from rakor.registrations.models import Registration


@dataclass(frozen=True)
class Presence:
    """Where and since when somebody is present."""

    checkpoint: str
    at: datetime | None


def person(event_id: UUID, registration_id: UUID) -> tuple[Registration, Office | None] | None:
    """Return a registration with its office, or None."""
    query = (
        select(Registration, Office)
        .outerjoin(Office, Office.id == Registration.office_id)
        .where(Registration.event_id == event_id, Registration.id == registration_id)
    )
    found = db.session.execute(query).one_or_none()
    return (found[0], found[1]) if found else None


def latest_presence(event_id: UUID, registration_id: UUID) -> Presence | None:
    """Return the latest checkpoint at which a person is present, or None."""
    query = (
        select(Checkpoint.name, PresenceRow.first_in_at)
        .join(Checkpoint, Checkpoint.id == PresenceRow.checkpoint_id)
        .where(
            PresenceRow.event_id == event_id,
            PresenceRow.registration_id == registration_id,
            PresenceRow.present.is_(True),
        )
        .order_by(PresenceRow.first_in_at.desc())
        .limit(1)
    )
    found = db.session.execute(query).one_or_none()
    # a session's checkpoint bears its whole title; the badge needs what is before the colon: "Sesi 2"
    return Presence(found[0].split(":")[0], found[1]) if found else None
