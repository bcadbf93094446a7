"""When sessions end, and the jobs that close their stays then."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from rakor import outbox
from rakor.agenda import store as agenda
from rakor.attendance.models import Checkpoint
from rakor.db import db

JOB = "attendance.close"
PASSES = (timedelta(), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=8), timedelta(hours=24))
"""After a session's end: phones that were off line bring people in later, so the close is repeated for a day."""


def plan(event_id: UUID, checkpoint_id: UUID, ends_at: datetime, number: int = 0) -> None:
    """Write the job that closes a session's stays: pass ``number`` of ``PASSES`` after its end, once each."""
    payload = {"event_id": str(event_id), "checkpoint_id": str(checkpoint_id), "pass": str(number)}
    key = f"close:{checkpoint_id.hex}:{int(ends_at.timestamp())}:{number}"
    outbox.enqueue(JOB, payload, event_id=event_id, run_at=ends_at + PASSES[number], unique_key=key)


def end_of(event_id: UUID, checkpoint_id: UUID) -> datetime | None:
    """Return when the session of a checkpoint ends, as it is published now; None where nothing is to be closed."""
    own = (Checkpoint.event_id == event_id, Checkpoint.id == checkpoint_id, Checkpoint.merged_into_id.is_(None))
    item_id = db.session.scalar(select(Checkpoint.item_id).where(*own))
    session = agenda.published(event_id, item_id) if item_id else None
    return session.ends_at if session else None
