"""The door in numbers: who entered and who is inside, by checkpoint and desk; a fixed number of statements."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, Select, case, func, select

from rakor.attendance.models import Checkpoint, FactRow, PresenceRow
from rakor.attendance.rules.words import FROM_AFAR, HANDED_OUT, Verdict
from rakor.attendance.store import checkpoints
from rakor.checkin.live_rules import LATE, WINDOW, DeskCount, Live, PlaceCount, Shown, pace
from rakor.checkin.models import Device
from rakor.checkin.rules import device_alive
from rakor.db import db
from rakor.events.models import Event
from rakor.kept import Kept
from rakor.registrations.models import Registration
from rakor.registrations.rules import HOLDS_PLACE, Mode

STEP_S = 15
"""The numbers of the last minutes move by themselves, so a version lives no longer than this."""
FRESH = timedelta(seconds=2)
"""Hundreds may watch: what was counted is shown to all of them for so long."""


_kept = Kept[UUID, Live](FRESH)


def kept(event: Event, now: datetime) -> Live:
    """Return the event's door, at most two seconds old."""
    return _kept.get(event.id, now, lambda: count(event, now))


def count(event: Event, now: datetime) -> Live:
    """Count the event's door now, in six statements."""
    house = checkpoints.house(db.session.connection(), event.id)
    everywhere = [one for one in checkpoints.checkpoints(event.id) if one.id not in house.merged]
    names = {one.id: one.name for one in everywhere}
    shown, people = _shown(event.id, house.merged, now), _people(event.id)
    devices = db.session.scalars(_DEVICES.where(Device.event_id == event.id)).all()
    standing = _standing(devices, house.merged, now)
    heads = db.session.execute(_heads(event.id, everywhere, now)).one()
    present, inside, expected, passing = map(int, heads)
    return Live(
        present=present,
        inside=inside,
        expected=expected,
        per_minute=pace(passing).per_minute,
        places=[PlaceCount(names[one], *people.get(one, (0, 0)), shown.at_place(one, standing[one])) for one in names],
        desks=[_desk(one, names[_became(one, house.merged)], shown, now) for one in devices],
        counted_at=now,
        version=f"{event.change_seq}-{int(now.timestamp()) // STEP_S}",
    )


_DEVICES = select(Device).where(Device.is_relay.is_(False)).order_by(Device.name, Device.created_at)


def _sum(flag: Any) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((flag, 1), else_=0)), 0)


def _fresh(now: datetime) -> ColumnElement[bool]:
    """Made and received within the window."""
    return (FactRow.received_at > now - WINDOW) & (FactRow.wall_at > now - WINDOW - LATE)


def _shown(event_id: UUID, merged: Mapping[UUID, UUID], now: datetime) -> Shown:
    query = (
        select(FactRow.device_id, FactRow.checkpoint_id, func.count(), _sum(_fresh(now)))
        .where(FactRow.event_id == event_id, FactRow.shown == Verdict.IN)
        .group_by(FactRow.device_id, FactRow.checkpoint_id)
    )
    found = Shown(Counter(), Counter())
    for desk, place, entered, fresh in db.session.execute(query):
        key = (desk, merged.get(place, place) if place else None)
        found.entered[key] += entered
        found.fresh[key] += fresh
    return found


def _people(event_id: UUID) -> dict[UUID, tuple[int, int]]:
    """Return how many entered and how many are inside, by checkpoint."""
    query = (
        select(PresenceRow.checkpoint_id, _sum(PresenceRow.present), _sum(PresenceRow.inside))
        .where(PresenceRow.event_id == event_id, PresenceRow.first_source.not_in(FROM_AFAR))
        .group_by(PresenceRow.checkpoint_id)
    )
    return {place: (entered, inside) for place, entered, inside in db.session.execute(query)}


def _heads(event_id: UUID, everywhere: Sequence[Checkpoint], now: datetime) -> Select[Any]:
    """Ask for people present, inside, expected, and come through a door lately; each of them counts once."""
    doors = {one.id for one in everywhere if one.kind not in HANDED_OUT}
    handed = [one.id for one in everywhere if one.kind in HANDED_OUT]
    passing = select(func.count(func.distinct(FactRow.registration_id))).where(
        FactRow.event_id == event_id, FactRow.shown == Verdict.IN, _fresh(now), FactRow.checkpoint_id.not_in(handed)
    )
    return select(
        func.count(func.distinct(case((PresenceRow.present, PresenceRow.registration_id)))),
        func.count(func.distinct(case((PresenceRow.inside, PresenceRow.registration_id)))),
        _expected(event_id),
        passing.scalar_subquery(),
    ).where(
        PresenceRow.event_id == event_id,
        PresenceRow.first_source.not_in(FROM_AFAR),
        PresenceRow.checkpoint_id.in_(doors),
    )


def _expected(event_id: UUID) -> ScalarSelect[int]:
    coming = (Registration.event_id == event_id, Registration.state.in_(HOLDS_PLACE), Registration.mode == Mode.ONSITE)
    return select(func.count()).select_from(Registration).where(*coming).scalar_subquery()


def _became(device: Device, merged: Mapping[UUID, UUID]) -> UUID:
    return merged.get(device.checkpoint_id, device.checkpoint_id)


def _standing(devices: Sequence[Device], merged: Mapping[UUID, UUID], now: datetime) -> dict[UUID, set[UUID]]:
    """Return the desks of every checkpoint that were heard within the window."""
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for one in devices:
        if _alive(one, now) and one.last_seen_at is not None and one.last_seen_at > now - WINDOW:
            found[_became(one, merged)].add(one.id)
    return found


def _alive(device: Device, now: datetime) -> bool:
    return device_alive(now, device.expires_at, device.revoked_at)


def _desk(device: Device, place: str, shown: Shown, now: datetime) -> DeskCount:
    entered, fresh = shown.at_desk(device.id)
    return DeskCount(
        name=device.name,
        place=place,
        entered=entered,
        pace=pace(fresh),
        waiting_count=device.waiting_count,
        last_seen_at=device.last_seen_at,
        alive=_alive(device, now),
    )
