"""The minutes of sessions: their heads, the edits of their notes, and which are approved."""

from uuid import UUID

from sqlalchemy import select

from rakor.db import db
from rakor.minutes.notes_models import MinutesVersion


def approved_items(event_id: UUID) -> frozenset[UUID]:
    """Return the agenda items that have approved minutes, also while a new version of them is being written."""
    return frozenset(db.session.scalars(select(MinutesVersion.item_id).where(MinutesVersion.event_id == event_id)))
