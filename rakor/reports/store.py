"""Reads for the summary, the map and the drill-down; a constant number of queries, whatever the size of the event."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from sqlalchemy import ColumnElement, Subquery, and_, case, func, select

from rakor.agenda import store as agenda
from rakor.attendance.models import Checkpoint, PresenceRow
from rakor.attendance.rules.words import FROM_AFAR, HANDED_OUT
from rakor.db import db, whole_minute
from rakor.events.models import EventDay
from rakor.offices.models import Office
from rakor.offices.rules import OfficeLevel
from rakor.registrations.models import Registration
from rakor.registrations.rules import Mode, RegistrationState
from rakor.reports.rules import LATELY, Came, Count, Spot, total
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
        return total(self.modes.values())


def spots(event_id: UUID) -> list[Spot]:
    """Return the event's checkpoints with their published times and how many are present at each, day by day in the
    order of the programme.
    """
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
    items = agenda.programme(event_id, agenda.EVERYTHING)
    times = {item.id: (item.starts_at, item.ends_at) for item in items}
    place = {item.id: number for number, item in enumerate(items)}
    return [
        Spot(row.id, row.held_on, row.item_id, *times.get(row.item_id, (None, None)), row.marked)
        for row in sorted(db.session.execute(query), key=lambda row: (row.held_on, place.get(row.item_id, -1)))
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
    """Return every invited office with its counts, in protocol order; one query."""
    there = came(event_id, checkpoint_ids)
    seats = (
        select(
            Seat.office_id,
            Registration.mode,
            there.c.onsite,
            func.count(Seat.id).label("seats"),
            func.sum(case((Seat.answer == SeatAnswer.CONFIRMED, 1), else_=0)).label("confirmed"),
            func.sum(case((Seat.answer == SeatAnswer.DECLINED, 1), else_=0)).label("declined"),
        )
        .select_from(Seat)
        .outerjoin(Holding, running_holding())
        .outerjoin(Registration, Registration.id == Holding.registration_id)
        .outerjoin(there, there.c.registration_id == Holding.registration_id)
        .where(*living(event_id))
        .group_by(Seat.office_id, Registration.mode, there.c.onsite)
        .subquery()
    )  # counted before the offices' names are joined: to sort by them is dear
    asked = (
        select(
            *(Office.id, Office.name, Office.level, Office.province_code, Office.regency_code, Office.zone),
            *(seats.c.mode, seats.c.onsite, seats.c.seats, seats.c.confirmed, seats.c.declined),
        )
        .join(seats, seats.c.office_id == Office.id)
        .order_by(Office.sort_key, seats.c.mode, seats.c.onsite)
    )
    offices = dict[UUID, OfficeCount]()
    for office_id, name, level, province, regency, zone, wanted, onsite, number, *answers in db.session.execute(asked):
        modes = offices.setdefault(office_id, OfficeCount(office_id, name, level, province, regency, zone, {})).modes
        modes[wanted] = modes.get(wanted, Count()) + Count(number, *map(int, answers))
        if onsite is not None:
            how = Mode.ONSITE if onsite else Mode.ONLINE
            modes[how] = modes.get(how, Count()) + Count(present=number, onsite=number if onsite else 0)
    return list(offices.values())


def arrived(event_id: UUID, checkpoint_ids: Sequence[UUID], now: datetime) -> list[Came]:
    """Return everybody present at any of the checkpoints, each once, by the minute of their coming; one query."""
    there = came(event_id, checkpoint_ids)
    running = (Holding.registration_id == there.c.registration_id, Holding.ended_at.is_(None))
    person = select(
        whole_minute(there.c.at).label("at"),
        there.c.onsite,
        select(Holding.id).where(Holding.event_id == event_id, *running).exists().label("seated"),
        case((and_(there.c.at > now - LATELY, there.c.at <= now), 1), else_=0).label("lately"),
    ).subquery()
    alike = (person.c.at, person.c.onsite, person.c.seated)
    query = select(*alike, func.count(), func.sum(person.c.lately)).group_by(*alike)
    return [
        Came(at, bool(onsite), bool(seated), people, int(lately))
        for at, onsite, seated, people, lately in db.session.execute(query)
    ]


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
