"""Checkpoints that an organiser makes beside the days and sessions of the programme: registration, meals, kits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from rakor import audit
from rakor.attendance.models import Checkpoint
from rakor.attendance.rules.words import HANDED_OUT, Direction, PlaceKind
from rakor.attendance.store.checkpoints import Place, checkpoints, is_made, places
from rakor.db import db


def choices(event_id: UUID) -> list[Place]:
    """Return where a desk can stand: days and sessions, and the checkpoints that a person made, day by day."""
    found: dict[UUID, list[Place]] = {}
    for place in places(event_id):
        found.setdefault(place.day_id, []).append(place)
    for row in checkpoints(event_id):
        if is_made(row) and row.merged_into_id is None and row.day_id in found:
            held_on = found[row.day_id][0].held_on
            found[row.day_id].append(Place(row.day_id, None, held_on, row.name, row.position, made_id=row.id))
    return [place for of_day in found.values() for place in of_day]


def chosen(rows: Iterable[Checkpoint], choice: str) -> Checkpoint:
    """Return the checkpoint of a choice's id; every choice has one once ``ensure`` ran."""
    return next(row for row in rows if str(row.id if is_made(row) else row.item_id or row.day_id) == choice)


@dataclass(frozen=True)
class Draft:
    """A checkpoint that an organiser makes on a day; ``direction`` None: both ways."""

    kind: PlaceKind
    day_id: UUID
    name: str
    direction: Direction | None


def make(event_id: UUID, draft: Draft, *, now: datetime) -> Checkpoint:
    """Add a checkpoint for registration, meals or kits."""
    last = max((one.position for one in checkpoints(event_id) if one.day_id == draft.day_id), default=0)
    row = Checkpoint(
        id=uuid4(),
        event_id=event_id,
        day_id=draft.day_id,
        item_id=None,
        kind=draft.kind,
        direction=Direction.IN if draft.kind in HANDED_OUT else draft.direction,
        name=draft.name,
        position=last + 1,
        created_at=now,
    )
    db.session.add(row)
    db.session.flush()
    audit.record("checkpoint.make", event_id=event_id, object_kind="checkpoint", object_id=row.id)
    return row


def change(row: Checkpoint, name: str, direction: Direction | None) -> None:
    """Give a checkpoint another name and way; its facts stay what they are."""
    row.name = name
    row.direction = Direction.IN if row.kind in HANDED_OUT else direction
    audit.record("checkpoint.change", event_id=row.event_id, object_kind="checkpoint", object_id=row.id)
