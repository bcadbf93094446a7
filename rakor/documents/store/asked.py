"""What somebody asked the worker to make: found again with its job, for who asked, and thrown away a day later."""

from datetime import timedelta
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, select

from rakor.db import db
from rakor.outbox import Job

KEPT_FOR = timedelta(hours=24)
"""How long a file stays that holds the names of many people."""
LISTED = 10
Row = TypeVar("Row")


def by_id(model: type[Row], event_id: UUID, row_id: UUID) -> Row | None:
    """Return one row of the event as it is now, or None; ``model`` has ``id`` and ``event_id``."""
    columns: Any = model
    query = select(model).where(columns.event_id == event_id, columns.id == row_id)
    return db.session.scalar(query.execution_options(populate_existing=True))


def newest(
    model: type[Row], event_id: UUID, *conditions: ColumnElement[bool], only: UUID | None = None
) -> list[tuple[Row, Job | None]]:
    """Return the event's rows with their jobs, the newest first, ``LISTED`` of them; ``only``: this one."""
    columns: Any = model
    query = select(model, Job).outerjoin(Job, Job.id == columns.job_id).where(columns.event_id == event_id, *conditions)
    if only is not None:
        query = query.where(columns.id == only)
    query = query.order_by(columns.requested_at.desc(), columns.id).limit(LISTED)
    return [(row, job) for row, job in db.session.execute(query)]
