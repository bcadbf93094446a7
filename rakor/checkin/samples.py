"""Tickets to try at a desk of the demo: good, seen, old, of another event, unknown."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID, uuid5

from sqlalchemy import ColumnElement, select

from rakor import codes
from rakor.attendance.models import PresenceRow
from rakor.db import db
from rakor.registrations.models import Registration, Ticket
from rakor.registrations.rules import Mode
from rakor.registrations.tickets import code_of, ticket_key


class SampleKind(StrEnum):
    """What scanning a sample should show."""

    GOOD = "good"
    SEEN = "seen"
    OLD = "old"
    OTHER_EVENT = "other_event"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Sample:
    """A ticket to try: its kind and its 20-character code."""

    kind: SampleKind
    code: str


def samples(event_id: UUID, checkpoint_id: UUID) -> list[Sample]:
    """Return one ticket of every kind that the demo's world has; the unknown one always."""
    here = (
        select(PresenceRow.registration_id)
        .where(PresenceRow.event_id == event_id, PresenceRow.checkpoint_id == checkpoint_id, PresenceRow.present)
        .scalar_subquery()
    )
    living, mine = Ticket.revoked_seq.is_(None), Ticket.event_id == event_id
    onsite = Registration.mode == Mode.ONSITE
    wanted = {
        SampleKind.GOOD: (mine, living, onsite, Registration.id.not_in(here)),
        SampleKind.SEEN: (mine, living, Registration.id.in_(here)),
        SampleKind.OLD: (mine, Ticket.revoked_seq.is_not(None), Registration.epoch > Ticket.epoch),
        SampleKind.OTHER_EVENT: (Ticket.event_id != event_id, living),
    }
    found = [(kind, _code(conditions)) for kind, conditions in wanted.items()]
    nobody = codes.encode(codes.ticket_secret(ticket_key(event_id), uuid5(event_id, "nobody"), 0))
    return [Sample(kind, code) for kind, code in found if code] + [Sample(SampleKind.UNKNOWN, nobody)]


def _code(conditions: tuple[ColumnElement[bool], ...]) -> str | None:
    query = (
        select(Ticket.event_id, Ticket.registration_id, Ticket.epoch)
        .join(Registration, Registration.id == Ticket.registration_id)
        .where(*conditions)
        .order_by(Ticket.ref)
        .limit(1)
    )
    row = db.session.execute(query).one_or_none()
    return code_of(row.event_id, row.registration_id, row.epoch) if row else None
