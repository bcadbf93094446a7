"""A checkpoint that became another: a session was cancelled or merged. No fact is touched; they are read there."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update

from rakor import audit
from rakor.attendance.models import Checkpoint, FactRow, PresenceRow
from rakor.attendance.store import write
from rakor.attendance.store.book import Line
from rakor.attendance.store.checkpoints import checkpoint
from rakor.attendance.store.reading import book_of
from rakor.db import db
from rakor.events import store as events


def merge(event_id: UUID, checkpoint_id: UUID, into_id: UUID, *, now: datetime) -> bool:
    """Let the facts of a checkpoint count at another of the event; False where that cannot be (itself, or a circle)."""
    events.locked_event(event_id)
    here, there = checkpoint(event_id, checkpoint_id), checkpoint(event_id, into_id)
    if here is None or there is None:
        return False
    last = there.merged_into_id or there.id  # names are kept one step long
    if last == here.id:
        return False
    mine = (Checkpoint.event_id == event_id, Checkpoint.merged_into_id == here.id)
    db.session.execute(update(Checkpoint).where(*mine).values(merged_into_id=last))
    here.merged_into_id, here.closed_at = last, now
    _recount(event_id, {here.id, last})
    audit.record("checkpoint.merge", event_id=event_id, object_kind="checkpoint", object_id=here.id)
    return True


def part(event_id: UUID, checkpoint_id: UUID) -> bool:
    """Take a merge back: the checkpoint counts its own facts again. False where it was not merged."""
    events.locked_event(event_id)
    here = checkpoint(event_id, checkpoint_id)
    if here is None or here.merged_into_id is None:
        return False
    before, here.merged_into_id, here.closed_at = here.merged_into_id, None, None
    _recount(event_id, {here.id, before})
    audit.record("checkpoint.part", event_id=event_id, object_kind="checkpoint", object_id=here.id)
    return True


def _recount(event_id: UUID, places: set[UUID]) -> None:
    """Make the presence at these checkpoints anew, of everybody who has a fact or a presence there."""
    db.session.flush()
    event, connection = events.locked_event(event_id), db.session.connection()
    at_row = select(PresenceRow.registration_id, PresenceRow.checkpoint_id)
    stored = {
        (row[0], row[1])
        for row in db.session.execute(
            at_row.where(PresenceRow.event_id == event_id, PresenceRow.checkpoint_id.in_(places))
        )
    }
    facts = (FactRow.event_id == event_id, FactRow.checkpoint_id.in_(places), FactRow.registration_id.is_not(None))
    named = db.session.scalars(select(FactRow.registration_id).where(*facts).distinct())
    book = book_of(connection, event_id, {person for person, _place in stored} | {who for who in named if who})
    lines = {key: line for key, line in book.lines().items() if key[1] in places}
    lines |= {key: Line(key) for key in stored - lines.keys()}  # what is no longer said: absent, and followed
    event.change_seq = write.again(connection, event_id, book, [lines[key] for key in sorted(lines)], event.change_seq)
