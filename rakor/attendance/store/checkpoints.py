"""Checkpoints: one for every day of an event, one for every session that takes attendance."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from sqlalchemy import select

from rakor.agenda import store as agenda
from rakor.attendance.models import Checkpoint
from rakor.attendance.rules.facts import House
from rakor.attendance.rules.words import PlaceKind
from rakor.attendance.store import endings
from rakor.db import db, table_of
from rakor.driver_values import one_of
from rakor.events.models import Event, EventDay
from rakor.lean import Connected
from rakor.prepared import Prepared, Question


@dataclass(frozen=True)
class Place:
    """Where presence can be taken: a day, or a session of it with its times; ``held_on`` is a date in the event's
    zone.
    """

    day_id: UUID
    item_id: UUID | None
    held_on: date
    name: str
    position: int
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    made_id: UUID | None = None

    def runs(self, now: datetime) -> bool:
        """True for a session that has begun and not ended."""
        return self.starts_at is not None and self.starts_at <= now < (self.ends_at or self.starts_at)

    @property
    def id(self) -> UUID:
        """The checkpoint that a person made, else the session, or the day, that the place is."""
        return self.made_id or self.item_id or self.day_id


def is_made(row: Checkpoint) -> bool:
    """True for a checkpoint that a person made, which is no day or session of the programme."""
    return row.kind not in (PlaceKind.DAY, PlaceKind.SESSION)


def places(event_id: UUID) -> list[Place]:
    """Return every day of the event and every published session that takes attendance, in the programme's order."""
    days = db.session.scalars(select(EventDay).where(EventDay.event_id == event_id).order_by(EventDay.number)).all()
    sessions, found = agenda.sessions(event_id), []
    for day in days:
        name = f"Hari {day.number}" if not day.label else f"Hari {day.number} · {day.label}"
        found.append(Place(day.id, None, day.held_on, name, day.number * 1000))
        own = [item for item in sessions if item.held_on == day.held_on]
        for number, item in enumerate(own, day.number * 1000 + 1):
            times = (item.starts_at, item.ends_at)
            found.append(Place(day.id, item.id, day.held_on, item.title[:120], number, *times))
    return found


def ensure(event_id: UUID, *, now: datetime) -> list[Checkpoint]:
    """Add the checkpoints that the event's days and sessions lack; return all of them in order.

    A session that was published under another name, or on another day, takes its checkpoint along.
    """
    there = {one.item_id or one.day_id: one for one in checkpoints(event_id) if not is_made(one)}
    for place in places(event_id):
        row = there.get(place.id)
        if row is None:
            row = Checkpoint(
                id=uuid5(place.id, "checkpoint"),  # alike on a server and its relays
                event_id=event_id,
                item_id=place.item_id,
                kind=PlaceKind.SESSION if place.item_id else PlaceKind.DAY,
                created_at=now,
            )
            db.session.add(row)
        row.day_id, row.name, row.position = place.day_id, place.name, place.position
        if place.ends_at is not None:
            endings.plan(event_id, row.id, place.ends_at)
    db.session.flush()
    return checkpoints(event_id)


def checkpoint(event_id: UUID, checkpoint_id: UUID) -> Checkpoint | None:
    """Return a checkpoint of the event, or None."""
    return db.session.scalar(select(Checkpoint).where(Checkpoint.event_id == event_id, Checkpoint.id == checkpoint_id))


def checkpoints(event_id: UUID) -> list[Checkpoint]:
    """Return the event's checkpoints in the order of the programme."""
    query = select(Checkpoint).where(Checkpoint.event_id == event_id).order_by(Checkpoint.position, Checkpoint.id)
    return list(db.session.scalars(query))


_C, _E = table_of(Checkpoint).c, table_of(Event).c
_KNOWN = Prepared(
    select(_C.event_id, _C.id, _C.merged_into_id, _E.admission, _E.starts_on, _E.ends_on, _E.zone)
    .join(_E.id.table, _E.id == _C.event_id)
    .where(one_of(_C.event_id, "events"))
)


def ask_known(connection: Connected, event_ids: Iterable[UUID]) -> Question:
    """Ask for the checkpoints of these events, and how their doors are kept."""
    return _KNOWN.ask(connection, events=event_ids)


def known(asked: Question) -> tuple[set[tuple[UUID, UUID]], dict[UUID, House]]:
    """Return every (event, checkpoint) that was asked for, and how each event keeps its doors."""
    rows = asked.rows()
    pairs = {(row[0], row[1]) for row in rows}
    merged = {row[1]: row[2] for row in rows if row[2] is not None}
    kept = {(row[0], *row[3:]) for row in rows}
    return pairs, {event: House(who, merged, days_of(first, last, zone)) for event, who, first, last, zone in kept}


@lru_cache(maxsize=256)
def days_of(first: date, last: date, zone: str) -> tuple[datetime, datetime]:
    """Return between which moments an event's scans are plausible: its days, with half a day before and after."""
    begins = datetime.combine(first, time(), ZoneInfo(zone)) - timedelta(hours=12)
    ends = datetime.combine(last, time(), ZoneInfo(zone)) + timedelta(days=1, hours=12)
    return begins.astimezone(UTC), ends.astimezone(UTC)


def house(connection: Connected, event_id: UUID) -> House:
    """Return how the event keeps its doors."""
    return known(ask_known(connection, [event_id]))[1].get(event_id) or House()
