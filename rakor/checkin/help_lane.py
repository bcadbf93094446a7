"""The help lane: cases that desks sent on, by the ref of the code that was shown; no name is stored with one."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import aliased

from rakor.attendance.models import FactRow
from rakor.attendance.rules.words import Kind, Verdict
from rakor.attendance.store.load import SHOWN, who
from rakor.attendance.store.receipts import Who
from rakor.db import db
from rakor.events.models import EventRole
from rakor.offices.models import Office
from rakor.registrations.models import Registration, Ticket
from rakor.registrations.tickets import code_of

MOST = 50


@dataclass(frozen=True)
class HelpCase:
    """Somebody on the way to the help desk: the record that sent them, from which desk, and what was shown there."""

    scan_id: UUID
    ref: bytes
    place: str
    at: datetime
    verdict: Verdict | None


@dataclass(frozen=True)
class Shown:
    """A person with the ticket in force, for the screen of a desk; ``code`` is None where none lives."""

    registration_id: UUID
    who: Who
    code: str | None


def open_cases(event_id: UUID) -> list[HelpCase]:
    """Return the cases that no desk has closed by a void, earliest first."""
    closing = aliased(FactRow)
    closed = select(closing.scan_id).where(closing.event_id == event_id, closing.target_id == FactRow.scan_id)
    query = (
        select(FactRow)
        .where(FactRow.event_id == event_id, FactRow.kind == Kind.HELP, ~closed.exists())
        .order_by(FactRow.received_at, FactRow.scan_id)
        .limit(MOST)
    )
    return [
        HelpCase(row.scan_id, bytes(row.ref), row.place, row.wall_at, row.device_verdict)
        for row in db.session.scalars(query)
        if row.ref is not None
    ]


def holder(event_id: UUID, ref: bytes) -> Shown | None:
    """Return whose ticket of the event this is, dead or alive, with the code in force; None for an unknown one."""
    query = (
        select(Registration.id, Registration.epoch, *SHOWN)
        .join(Ticket, Ticket.registration_id == Registration.id)
        .outerjoin(EventRole, EventRole.id == Registration.role_id)
        .outerjoin(Office, Office.id == Registration.office_id)
        .where(Ticket.event_id == event_id, Ticket.ref == ref)
    )
    found = db.session.execute(query).one_or_none()
    if found is None:
        return None
    person, epoch, *shown = found
    newest = (Ticket.registration_id == person, Ticket.epoch == epoch, Ticket.revoked_seq.is_(None))
    lives = db.session.scalar(select(Ticket.ref).where(*newest)) is not None
    return Shown(person, who(*shown), code_of(event_id, person, epoch) if lives else None)
