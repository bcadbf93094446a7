"""The door in numbers: who entered and who is inside, by checkpoint and desk; a fixed number of statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, case, func, select

from rakor.attendance.models import Checkpoint, FactRow, PresenceRow
from rakor.attendance.rules.words import HANDED_OUT, Source, Verdict
from rakor.attendance.store import checkpoints
from rakor.checkin.live_rules import LATE, WINDOW, Pace, pace
from rakor.checkin.models import Device
from rakor.checkin.rules import device_alive
from rakor.db import db
from rakor.events.models import Event
from rakor.registrations.models import Registration
from rakor.registrations.rules import HOLDS_PLACE, Mode

REMOTE = (Source.LINK, Source.ZOOM, Source.VIEWING_GROUP, Source.CODE_WORD)
"""Presence that never came through a door."""
STEP_S = 15
"""The numbers of the last minutes move by themselves, so a version lives no longer than this."""


@dataclass(frozen=True)
class PlaceCount:
    """One checkpoint: people who entered, people inside now."""

    name: str
    entered: int
    inside: int


@dataclass(frozen=True)
class DeskCount:
    """One desk: everybody it showed green, its pace, records not sent yet, and when it was last heard."""

    name: str
    place: str
    entered: int
    pace: Pace
    waiting_count: int
    last_seen_at: datetime | None
    alive: bool


@dataclass(frozen=True)
class Live:
    """The whole page: ``present`` counts people once, at however many checkpoints; ``expected`` come in person."""

    present: int
    inside: int
    expected: int
    per_minute: float
    places: Sequence[PlaceCount]
    desks: Sequence[DeskCount]
    counted_at: datetime


def version(event: Event, now: datetime) -> str:
    """Return what the numbers depend on: the event's changes, and time."""
    return f"{event.change_seq}-{int(now.timestamp()) // STEP_S}"


def count(event_id: UUID, now: datetime) -> Live:
    """Count the event's door now, in five statements."""
    merged = checkpoints.house(db.session.connection(), event_id).merged
    everywhere = [one for one in checkpoints.checkpoints(event_id) if one.id not in merged]
    names = {one.id: one.name for one in everywhere}
    doors = {one.id for one in everywhere if one.kind not in HANDED_OUT}
    one = (PresenceRow.event_id == event_id) & PresenceRow.first_source.not_in(REMOTE)
    here = {
        place: PlaceCount(names[place], entered, inside)
        for place, entered, inside in db.session.execute(
            select(PresenceRow.checkpoint_id, _sum(PresenceRow.present), _sum(PresenceRow.inside))
            .where(one)
            .group_by(PresenceRow.checkpoint_id)
        )
        if place in names
    }
    people = select(
        func.count(func.distinct(case((PresenceRow.present, PresenceRow.registration_id)))),
        func.count(func.distinct(case((PresenceRow.inside, PresenceRow.registration_id)))),
        _expected(event_id),
    ).where(one, PresenceRow.checkpoint_id.in_(doors))
    present, inside, expected = db.session.execute(people).one()
    desks = _desks(event_id, now)
    return Live(
        present=present,
        inside=inside,
        expected=expected,
        per_minute=round(sum(desk.pace.per_minute for desk in desks), 1),
        places=[here.get(place, PlaceCount(name, 0, 0)) for place, name in names.items()],
        desks=desks,
        counted_at=now,
    )


def _sum(flag: Any) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((flag, 1), else_=0)), 0)


def _expected(event_id: UUID) -> ScalarSelect[int]:
    coming = (Registration.event_id == event_id, Registration.state.in_(HOLDS_PLACE), Registration.mode == Mode.ONSITE)
    return select(func.count()).select_from(Registration).where(*coming).scalar_subquery()


def _desks(event_id: UUID, now: datetime) -> list[DeskCount]:
    """Count by device what was shown green: all of it, and what was made and received within the window."""
    fresh = (FactRow.received_at > now - WINDOW) & (FactRow.wall_at > now - WINDOW - LATE)
    shown = (
        select(FactRow.device_id, func.count().label("entered"), _sum(fresh).label("fresh"))
        .where(FactRow.event_id == event_id, FactRow.shown == Verdict.IN)
        .group_by(FactRow.device_id)
        .subquery()
    )
    query = (
        select(Device, Checkpoint.name, func.coalesce(shown.c.entered, 0), func.coalesce(shown.c.fresh, 0))
        .join(Checkpoint, Checkpoint.id == Device.checkpoint_id)
        .outerjoin(shown, shown.c.device_id == Device.id)
        .where(Device.event_id == event_id)
        .order_by(Device.name, Device.created_at)
    )
    return [
        DeskCount(
            name=device.name,
            place=place,
            entered=entered,
            pace=pace(recent),
            waiting_count=device.waiting_count,
            last_seen_at=device.last_seen_at,
            alive=device_alive(now, device.expires_at, device.revoked_at),
        )
        for device, place, entered, recent in db.session.execute(query)
    ]
