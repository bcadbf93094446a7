"""The rooms of an event, written."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import delete, select, update

from rakor import audit
from rakor.agenda.models import AgendaItem, Room
from rakor.agenda.store import versions
from rakor.agenda.store.reading import rooms
from rakor.agenda.store.writing import settle
from rakor.db import db


def add(event_id: UUID, name: str, capacity: int | None) -> UUID:
    """Add a room at the end; returns its id."""
    last = max((room.position for room in rooms(event_id)), default=-1)
    row = Room(id=uuid4(), event_id=event_id, name=name, capacity=capacity, position=last + 1)
    db.session.add(row)
    db.session.flush()
    audit.record("agenda.room.add", event_id=event_id, object_kind="room", object_id=row.id)
    return row.id


def change(event_id: UUID, room_id: UUID, name: str, capacity: int | None, *, now: datetime) -> None:
    """Rename a room or say how many it holds; a new name is a change of every item in it."""
    row = db.session.scalar(select(Room).where(Room.event_id == event_id, Room.id == room_id))
    if row is None or (row.name, row.capacity) == (name, capacity):
        return
    versions.hold(event_id, now=now)
    row.name, row.capacity = name, capacity
    db.session.flush()
    settle(event_id, now=now)
    audit.record("agenda.room.change", event_id=event_id, object_kind="room", object_id=room_id)


def put_before(event_id: UUID, room_id: UUID) -> None:
    """Let a room change places with the one before it."""
    order = [room.id for room in rooms(event_id)]
    at = order.index(room_id)
    if at == 0:
        return
    order[at - 1], order[at] = order[at], order[at - 1]
    for position, one in enumerate(order):
        db.session.execute(update(Room).where(Room.event_id == event_id, Room.id == one).values(position=position))
    audit.record("agenda.room.place", event_id=event_id, object_kind="room", object_id=room_id)


def remove(event_id: UUID, room_id: UUID) -> bool:
    """Take a room off; False where an item is held in it."""
    inside = (AgendaItem.event_id == event_id, AgendaItem.room_id == room_id)
    if db.session.scalar(select(AgendaItem.id).where(*inside, AgendaItem.removed_at.is_(None)).limit(1)):
        return False
    db.session.execute(update(AgendaItem).where(*inside).values(room_id=None))
    db.session.execute(delete(Room).where(Room.event_id == event_id, Room.id == room_id))
    audit.record("agenda.room.remove", event_id=event_id, object_kind="room", object_id=room_id)
    return True
