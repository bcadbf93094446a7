"""Checkpoints: one for every day of an event, one for every session that takes attendance."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from rakor.agenda.models import AgendaItem
from rakor.attendance.models import Checkpoint
from rakor.db import db
from rakor.events.models import EventDay


def ensure(event_id: UUID, *, now: datetime) -> list[Checkpoint]:
    """Add the checkpoints that the event's days and sessions lack; return all of them in order."""
    there = {(one.day_id, one.item_id) for one in checkpoints(event_id)}
    for day in db.session.scalars(select(EventDay).where(EventDay.event_id == event_id)):
        if (day.id, None) not in there:
            name = f"Hari {day.number}" if not day.label else f"Hari {day.number} · {day.label}"
            _add(event_id, day.id, None, name, day.number * 1000, now)
        items = select(AgendaItem).where(
            AgendaItem.event_id == event_id, AgendaItem.day_id == day.id, AgendaItem.takes_attendance
        )
        for place, item in enumerate(db.session.scalars(items.order_by(AgendaItem.starts_at, AgendaItem.position)), 1):
            if (day.id, item.id) not in there:
                _add(event_id, day.id, item.id, item.title[:120], day.number * 1000 + place, now)
    db.session.flush()
    return checkpoints(event_id)


def _add(event_id: UUID, day_id: UUID, item_id: UUID | None, name: str, position: int, now: datetime) -> None:
    row = Checkpoint(
        id=uuid4(), event_id=event_id, day_id=day_id, item_id=item_id, name=name, position=position, created_at=now
    )
    db.session.add(row)


def checkpoints(event_id: UUID) -> list[Checkpoint]:
    """Return the event's checkpoints in the order of the programme."""
    query = select(Checkpoint).where(Checkpoint.event_id == event_id).order_by(Checkpoint.position, Checkpoint.id)
    return list(db.session.scalars(query))


def known(session: Session, event_ids: Iterable[UUID]) -> tuple[set[tuple[UUID, UUID]], dict[UUID, UUID]]:
    """Return every (event, checkpoint) of these events, and what merged checkpoints became."""
    query = select(Checkpoint.event_id, Checkpoint.id, Checkpoint.merged_into_id)
    rows = session.execute(query.where(Checkpoint.event_id.in_(list(event_ids)))).all()
    pairs = {(row.event_id, row.id) for row in rows}
    return pairs, {row.id: row.merged_into_id for row in rows if row.merged_into_id is not None}
