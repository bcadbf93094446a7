"""What an event says of its steps of preparation: own ones, and changes of the ready-made ones."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from rakor import audit
from rakor.db import db
from rakor.minutes.preparation_models import PreparationStep
from rakor.minutes.rules.preparation import KEYS, Own

MOST_OWN = 100
"""How many steps of its own an event may have."""


def owns(event_id: UUID) -> list[Own]:
    """Return what the event says of its steps; one query."""
    query = select(PreparationStep).where(PreparationStep.event_id == event_id)
    return [_own(row) for row in db.session.scalars(query.execution_options(populate_existing=True))]


def _own(row: PreparationStep) -> Own:
    return Own(
        row.id,
        row.ready_key,
        row.title,
        row.anchor,
        row.days,
        row.assignee_id,
        is_done=row.done_at is not None,
        is_dropped=row.dropped_at is not None,
    )


def step(event_id: UUID, key: str) -> PreparationStep | None:
    """Return what is kept of the step that ``key`` names (a ready-made one's word or an own one's id), or None."""
    query = select(PreparationStep).where(PreparationStep.event_id == event_id)
    if key in KEYS:
        return db.session.scalar(query.where(PreparationStep.ready_key == key))
    try:
        own = query.where(PreparationStep.id == UUID(key), PreparationStep.ready_key.is_(None))
    except ValueError:
        return None
    return db.session.scalar(own)


def add(event_id: UUID, values: dict[str, Any], *, now: datetime) -> UUID:
    """Add a step of the event's own: its title, anchor, days and who is responsible."""
    row = PreparationStep(id=uuid4(), event_id=event_id, changed_at=now, **values)
    db.session.add(row)
    _note("add", row, values)
    return row.id


def change(event_id: UUID, key: str, values: dict[str, Any], *, now: datetime) -> None:
    """Change a step: columns by name; what is the same already is no change. ``key`` names one that exists."""
    row = step(event_id, key)
    if row is None:
        row = PreparationStep(id=uuid4(), event_id=event_id, ready_key=key, title="", changed_at=now)
        db.session.add(row)
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in changed.items():
        setattr(row, name, value)
    if changed:
        row.changed_at = now
        _note("change", row, changed)


def mark(event_id: UUID, key: str, *, is_done: bool, by: UUID, now: datetime) -> None:
    """Say by hand that a step is done, or that it is not."""
    change(event_id, key, {"done_at": now if is_done else None, "done_by_id": by if is_done else None}, now=now)


def drop(event_id: UUID, key: str, *, now: datetime) -> None:
    """Say that the event needs no such step; an own one goes for good, a ready-made one can be brought back."""
    row = step(event_id, key)
    if row is not None and row.ready_key is None:
        db.session.delete(row)
        _note("remove", row, {})
        return
    change(event_id, key, {"dropped_at": now}, now=now)


def bring_back(event_id: UUID, key: str, *, now: datetime) -> None:
    """Take a dropped ready-made step up again."""
    change(event_id, key, {"dropped_at": None}, now=now)


def _note(what: str, row: PreparationStep, values: dict[str, Any]) -> None:
    db.session.flush()
    audit.record(
        f"preparation.{what}",
        event_id=row.event_id,
        object_kind="preparation_step",
        object_id=row.id,
        fields=sorted(values),
    )
