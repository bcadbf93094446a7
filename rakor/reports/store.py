"""Reads for the summary, the map and the drill-down; a constant number of queries, whatever the size of the event."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Subquery, and_, case, distinct, func, select

from rakor.agenda import store as agenda
from rakor.attendance.models import Checkpoint, PresenceRow
from rakor.attendance.rules.words import FROM_AFAR, HANDED_OUT
from rakor.db import db
from rakor.events.models import EventDay
from rakor.offices.models import Office
from rakor.offices.rules import OfficeLevel
from rakor.registrations.models import Registration
from rakor.registrations.rules import Mode, RegistrationState
from rakor.reports.rules import Count, Spot
from rakor.seats.models import Holding, Seat, SeatAnswer


@dataclass(frozen=True)
class OfficeCount:
    """An office with its seats' counts: ``modes`` by how their holders want to follow (None: nobody said), and how
    they came."""

    id: UUID
    name: str
    level: OfficeLevel
    province_code: str | None
    regency_code: str | None
    zone: str
    modes: dict[Mode | None, Count]

    @cached_property
    def count(self) -> Count:
        """All seats of the office."""
        return sum(self.modes.values(), Count())


def spots(event_id: UUID) -> list[Spot]:
    """Return the event's checkpoints with their published times and how many are present at each."""
    marked = func.count(PresenceRow.registration_id).label("marked")
    query = (
        select(Checkpoint.id, EventDay.held_on, Checkpoint.item_id, marked)
        .join(EventDay, EventDay.id == Checkpoint.day_id)
        .outerjoin(
            PresenceRow,
            and_(
                PresenceRow.event_id == event_id,
                PresenceRow.checkpoint_id == Checkpoint.id,
                PresenceRow.present.is_(True),
            ),
        )
        .where(Checkpoint.event_id == event_id, Checkpoint.kind.not_in(HANDED_OUT))
        .group_by(Checkpoint.id, EventDay.held_on, Checkpoint.item_id)
    )
    times = {item.id: (item.starts_at, item.ends_at) for item in agenda.programme(event_id, agenda.EVERYTHING)}
    return [
        Spot(row.id, row.held_on, row.item_id, *times.get(row.item_id, (None, None)), row.marked)
        for row in db.session.execute(query)
    ]


def living(event_id: UUID) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Return the conditions of the event's seats that are not withdrawn."""
    return Seat.event_id == event_id, Seat.withdrawn_at.is_(None)


def running_holding() -> ColumnElement[bool]:
    """Return the join of a seat to whoever sits on it now."""
    return and_(Holding.event_id == Seat.event_id, Holding.seat_id == Seat.id, Holding.ended_at.is_(None))


def present_at(event_id: UUID, checkpoint_ids: Sequence[UUID]) -> ColumnElement[bool]:
    """Return the condition of being present at one of the checkpoints."""
    return and_(
        PresenceRow.event_id == event_id,
        PresenceRow.checkpoint_id.in_(checkpoint_ids),
        PresenceRow.present.is_(True),
    )


def came(event_id: UUID, checkpoint_ids: Sequence[UUID]) -> Subquery:
    """Return everybody present at one of the checkpoints, once: when first, and whether ever at the place itself."""
    at_the_place = func.max(case((PresenceRow.first_source.in_(FROM_AFAR), 0), else_=1))
    return (
        select(
            PresenceRow.registration_id, func.min(PresenceRow.first_in_at).label("at"), at_the_place.label("onsite")
        )
        .where(present_at(event_id, checkpoint_ids))
        .group_by(PresenceRow.registration_id)
        .subquery()
    )


def office_counts(event_id: UUID, checkpoint_ids: Sequence[UUID]) -> list[OfficeCount]:
    """Return every invited office with its counts, in protocol order; two queries."""
    seats = (
        select(
            Seat.office_id,
            Registration.mode,
            func.count(Seat.id).label("invited"),
            func.sum(case((Seat.answer == SeatAnswer.CONFIRMED, 1), else_=0)).label("confirmed"),
            func.sum(case((Seat.answer == SeatAnswer.DECLINED, 1), else_=0)).label("declined"),
        )
        .select_from(Seat)
        .outerjoin(Holding, running_holding())
        .outerjoin(Registration, Registration.id == Holding.registration_id)
        .where(*living(event_id))
        .group_by(Seat.office_id, Registration.mode)
        .subquery()
    )  # counted before the offices' names are joined: to sort by them is dear
    asked = (
        select(
            *(Office.id, Office.name, Office.level, Office.province_code, Office.regency_code, Office.zone),
            *(seats.c.mode, seats.c.invited, seats.c.confirmed, seats.c.declined),
        )
        .join(seats, seats.c.office_id == Office.id)
        .order_by(Office.sort_key, seats.c.mode)
    )
    present, found = _present_seats(event_id, checkpoint_ids), dict[UUID, OfficeCount]()
    for row in db.session.execute(asked):
        if row.id not in found:
            found[row.id] = OfficeCount(
                *(row.id, row.name, row.level, row.province_code, row.regency_code, row.zone), present.get(row.id, {})
            )
        modes = found[row.id].modes
        modes[row.mode] = modes.get(row.mode, Count()) + Count(row.invited, int(row.confirmed), int(row.declined))
    return list(found.values())


def _present_seats(event_id: UUID, checkpoint_ids: Sequence[UUID]) -> dict[UUID, dict[Mode | None, Count]]:
    """Return each office's seats whose holder is there, by how they came."""
    if not checkpoint_ids:
        return {}
    there = came(event_id, checkpoint_ids)
    query = (
        select(Seat.office_id, there.c.onsite, func.count(distinct(Seat.id)))
        .join(Holding, running_holding())
        .join(there, there.c.registration_id == Holding.registration_id)
        .where(*living(event_id))
        .group_by(Seat.office_id, there.c.onsite)
        .order_by(Seat.office_id, there.c.onsite)
    )
    found: dict[UUID, dict[Mode | None, Count]] = {}
    for office_id, onsite, seats in db.session.execute(query):
        mode = Mode.ONSITE if onsite else Mode.ONLINE
        found.setdefault(office_id, {})[mode] = Count(present=seats, onsite=seats if onsite else 0)
    return found


class Arrived(NamedTuple):
    """Somebody present: when first (None: not known), whether ever at the place itself, whether they hold a seat."""

    at: datetime | None
    onsite: bool
    seated: bool


def arrived(event_id: UUID, checkpoint_ids: Sequence[UUID]) -> list[Arrived]:
    """Return everybody present at any of the checkpoints, each once; one query."""
    if not checkpoint_ids:
        return []
    there = came(event_id, checkpoint_ids)
    seated = (
        select(Holding.id)
        .where(
            Holding.event_id == event_id,
            Holding.registration_id == there.c.registration_id,
            Holding.ended_at.is_(None),
        )
        .exists()
    )
    query = select(there.c.at, there.c.onsite, seated)
    return [Arrived(at, bool(onsite), bool(held)) for at, onsite, held in db.session.execute(query)]


def newest(event_id: UUID, checkpoint_ids: Sequence[UUID], count: int) -> list[tuple[datetime, str]]:
    """Return when the newest of those present came, and the short name of their office, the newest first; one query."""
    if not checkpoint_ids:
        return []
    there = came(event_id, checkpoint_ids)
    order = (there.c.at.desc(), there.c.registration_id.desc())
    last = select(there).where(there.c.at.is_not(None)).order_by(*order).limit(count).subquery()
    query = (
        select(last.c.at, Office.short_name)
        .join(Registration, and_(Registration.event_id == event_id, Registration.id == last.c.registration_id))
        .join(Office, Office.id == Registration.office_id)
        .order_by(last.c.at.desc(), last.c.registration_id.desc())
    )
    return [(at, name) for at, name in db.session.execute(query)]


def registration_counts(event_id: UUID) -> dict[RegistrationState, int]:
    """Return how many registrations stand in each state."""
    query = select(Registration.state, func.count()).where(Registration.event_id == event_id)
    return dict(db.session.execute(query.group_by(Registration.state)).all())


def confirmed_by_mode(event_id: UUID) -> dict[Mode, int]:
    """Return the people who confirmed, by how they want to follow."""
    query = (
        select(Registration.mode, func.count())
        .where(Registration.event_id == event_id, Registration.state == RegistrationState.CONFIRMED)
        .group_by(Registration.mode)
    )
    return dict(db.session.execute(query).all())
