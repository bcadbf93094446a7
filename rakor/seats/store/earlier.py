"""Who sat on the same seats before: at an earlier event of the institution, and on this one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, select

from rakor.db import db
from rakor.events.models import Event, EventRole
from rakor.events.rules import Stage
from rakor.registrations.models import Registration
from rakor.registrations.rules import HOLDS_PLACE, PersonName, fold
from rakor.seats.models import Holding, Seat
from rakor.seats.rules.speaking import last_digits
from rakor.seats.store.reads import SeatLine

AT_ONCE = 200


@dataclass(frozen=True)
class Proposal:
    """A name for an open seat: who held the same role of the same office, and where."""

    seat_id: UUID
    name: str
    event_title: str
    digits: str = ""
    """The last two figures of the phone the person had there: enough to recognise, nothing to ring."""


@dataclass(frozen=True)
class Past:
    """Somebody who sat on a seat and does no longer."""

    seat_id: UUID
    name: str
    on_behalf: bool
    started_at: datetime
    ended_at: datetime


def proposals(event: Event, office_id: UUID, lines: Iterable[SeatLine]) -> list[Proposal]:
    """Return names for the open seats of an office from the newest earlier event that knows one; one query.

    Names with titles; of a phone its last two figures, nothing else leaves where it was given. A deputy is no proposal.
    """
    query = (
        select(EventRole.name, Seat.number, Registration, Event.short_title)
        .join(Holding, and_(Holding.event_id == Seat.event_id, Holding.seat_id == Seat.id))
        .join(Event, Event.id == Seat.event_id)
        .join(EventRole, and_(EventRole.event_id == Seat.event_id, EventRole.id == Seat.role_id))
        .join(
            Registration,
            and_(Registration.event_id == Holding.event_id, Registration.id == Holding.registration_id),
        )
        .where(
            Seat.office_id == office_id,
            Event.institution_id == event.institution_id,
            Event.id != event.id,
            Event.starts_on < event.starts_on,
            Event.stage.not_in((Stage.DRAFT, Stage.CANCELLED)),
            Holding.ended_at.is_(None),
            Holding.on_behalf.is_(False),
            Registration.state.in_(HOLDS_PLACE),
        )
        .order_by(Event.starts_on.desc(), Event.id, EventRole.position)
        .limit(AT_ONCE)
    )
    known: dict[tuple[str, int], tuple[str, str, str]] = {}
    for role, number, person, title in db.session.execute(query):
        name = PersonName(person.front_title, person.name, person.back_title).display()
        known.setdefault((fold(role), number), (name, title, last_digits(person.phone or "")))
    found = [(line, known.get((fold(line.role), line.number))) for line in lines if line.answer is None]
    return [Proposal(line.seat_id, *earlier) for line, earlier in found if earlier]


def history(event_id: UUID, seat_ids: Iterable[UUID]) -> dict[UUID, list[Past]]:
    """Return who sat on these seats before, the newest first."""
    person = and_(Registration.event_id == Holding.event_id, Registration.id == Holding.registration_id)
    query = (
        select(Holding, Registration)
        .join(Registration, person)
        .where(Holding.event_id == event_id, Holding.seat_id.in_(list(seat_ids)))
        .where(Holding.ended_at.is_not(None))
        .order_by(Holding.ended_at.desc(), Holding.id)
    )
    found: dict[UUID, list[Past]] = {}
    for row, holder in db.session.execute(query):
        name = PersonName(holder.front_title, holder.name, holder.back_title).display()
        assert row.ended_at is not None, "the query asks for ended ones"
        past = Past(row.seat_id, name, row.on_behalf, row.started_at, row.ended_at)
        found.setdefault(row.seat_id, []).append(past)
    return found
