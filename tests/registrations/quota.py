"""The quota of an event in tests: its rest pool, which is the only one until a test makes more."""

from uuid import UUID

from sqlalchemy import select

from rakor.db import db
from rakor.events.models import Event
from rakor.events.quota import QuotaPool, rest_of


def set_size(event_id: UUID, size: int | None) -> QuotaPool:
    """Set the size of the rest pool inside an open transaction."""
    pool = rest_of(event_id)
    assert pool is not None
    pool.size = size
    db.session.flush()
    return pool


def set_all(size: int | None) -> None:
    """Set the size of every pool inside an open transaction."""
    for pool in db.session.scalars(select(QuotaPool)):
        pool.size = size
    db.session.flush()


def used(event_id: UUID | None = None) -> int:
    """Return how many places are taken in an event, or in the only one."""
    query = select(Event.registered_count)
    return db.session.scalars(query.where(Event.id == event_id) if event_id else query).one()
