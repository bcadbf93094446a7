"""Reads for the summary, the map and the drill-down; a constant number of queries, whatever the size of the event."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, distinct, func, select

from rakor.agenda import store as agenda
from rakor.attendance.models import Checkpoint, PresenceRow
from rakor.attendance.rules.words import HANDED_OUT
from rakor.db import db
from rakor.events.models import EventDay
from rakor.offices.models import Office
from rakor.offices.rules import OfficeLevel
from rakor.registrations.models import Registration
from rakor.registrations.rules import Mode, RegistrationState
from rakor.reports.rules import Count, Heads, Spot
from rakor.seats.models import Holding, Seat, SeatAnswer


@dataclass(frozen=True)
class OfficeCount:
    """An office with its seats' counts."""

    id: UUID
    name: str
    level: OfficeLevel
    province_code: str | None
    regency_code: str | None
    zone: str
    count: Count


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


def office_counts(event_id: UUID, checkpoint_ids: Sequence[UUID]) -> list[OfficeCount]:
    """Return every invited office with its counts, in protocol order; two queries."""
    asked = (
        select(
            Office.id,
            Office.name,
            Office.level,
            Office.province_code,
            Office.regency_code,
            Office.zone,
            func.count(Seat.id).label("invited"),
            func.sum(case((Seat.answer == SeatAnswer.CONFIRMED, 1), else_=0)).label("confirmed"),
            func.sum(case((Seat.answer == SeatAnswer.DECLINED, 1), else_=0)).label("declined"),
        )
        .join(Office, Office.id == Seat.office_id)
        .where(*living(event_id))
        .group_by(Office.id)
        .order_by(Office.sort_key)
    )
    present = _present_seats(event_id, checkpoint_ids)
    return [
        OfficeCount(
            row.id,
            row.name,
            row.level,
            row.province_code,
            row.regency_code,
            row.zone,
            Count(row.invited, int(row.confirmed), int(row.declined), present.get(row.id, 0)),
        )
        for row in db.session.execute(asked)
    ]


def _present_seats(event_id: UUID, checkpoint_ids: Sequence[UUID]) -> dict[UUID, int]:
    if not checkpoint_ids:
        return {}
    query = (
        select(Seat.office_id, func.count(distinct(Seat.id)))
        .join(Holding, running_holding())
        .join(
            PresenceRow,
            and_(PresenceRow.registration_id == Holding.registration_id, present_at(event_id, checkpoint_ids)),
        )
        .where(*living(event_id))
        .group_by(Seat.office_id)
    )
    return dict(db.session.execute(query).all())


def heads(event_id: UUID, checkpoint_ids: Sequence[UUID]) -> Heads:
    """Return distinct people present at any of the checkpoints, by mode, and how many of them hold no seat."""
    if not checkpoint_ids:
        return Heads()
    seated = (
        select(Holding.id)
        .where(
            Holding.event_id == event_id,
            Holding.registration_id == Registration.id,
            Holding.ended_at.is_(None),
        )
        .exists()
    )
    query = (
        select(Registration.mode, seated.label("seated"), func.count(distinct(Registration.id)))
        .join(PresenceRow, and_(PresenceRow.registration_id == Registration.id, present_at(event_id, checkpoint_ids)))
        .where(Registration.event_id == event_id)
        .group_by(Registration.mode, seated)
    )
    found = {(mode, bool(is_seated)): count for mode, is_seated, count in db.session.execute(query)}
    return Heads(
        onsite=sum(count for (mode, _), count in found.items() if mode is Mode.ONSITE),
        online=sum(count for (mode, _), count in found.items() if mode is Mode.ONLINE),
        unseated=sum(count for (_, is_seated), count in found.items() if not is_seated),
    )


def first_arrivals(event_id: UUID, checkpoint_ids: Sequence[UUID]) -> list[tuple[datetime, bool]]:
    """Return each present person's first arrival at the checkpoints, and whether they follow online."""
    if not checkpoint_ids:
        return []
    query = (
        select(func.min(PresenceRow.first_in_at), Registration.mode)
        .join(Registration, Registration.id == PresenceRow.registration_id)
        .where(present_at(event_id, checkpoint_ids), PresenceRow.first_in_at.is_not(None))
        .group_by(PresenceRow.registration_id, Registration.mode)
    )
    return [(at, mode is Mode.ONLINE) for at, mode in db.session.execute(query) if at is not None]


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
