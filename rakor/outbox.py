"""What must happen later is a row: jobs are enqueued in the transaction that caused them, leased, run, retried.

Delivery is at least once: a worker that dies between the act and its commit repeats the act, so handlers give what
they send a fixed identity. Payloads hold ids, never rendered secrets.
"""

import logging
import traceback
from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import JSON, Index, String, Text, UniqueConstraint, and_, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from rakor import clock
from rakor.db import Base, Word, db, transaction
from rakor.prepared import Insert

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=120)
MAX_ATTEMPTS = 12


class JobState(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Job(Base):
    """One thing that must happen, with its lease, its tries and its progress."""

    __tablename__ = "job"
    __table_args__ = (
        UniqueConstraint("unique_key"),
        Index("ix_job_ready", "state", "run_at"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    name: Mapped[str] = mapped_column(String(64))
    event_id: Mapped[UUID | None]
    payload: Mapped[dict[str, str]] = mapped_column(JSON)
    unique_key: Mapped[str | None] = mapped_column(String(120))
    state: Mapped[JobState] = mapped_column(Word(JobState), default=JobState.QUEUED)
    created_at: Mapped[datetime]
    run_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    lease: Mapped[UUID | None]
    attempts: Mapped[int] = mapped_column(default=0)
    done_count: Mapped[int] = mapped_column(default=0)
    total_count: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None] = mapped_column(Text)
    finished_at: Mapped[datetime | None]


class JobPause(Base):
    """Jobs of one name rest until a moment: what they all need (a mail server) does not answer."""

    __tablename__ = "job_pause"
    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    since_at: Mapped[datetime]
    until_at: Mapped[datetime]
    failures: Mapped[int]
    words: Mapped[str] = mapped_column(Text)


_NEW = Insert(Job)
Progress = Callable[[int, int], None]
Handler = Callable[[dict[str, str], Progress], None]
_handlers: dict[str, list[Handler]] = {}


def job(name: str) -> Callable[[Handler], Handler]:
    """Declare a handler of the named job; it gets the payload and ``progress(done, total)``."""

    def register(handler: Handler) -> Handler:
        handlers = _handlers.setdefault(name, [])
        if handler not in handlers:
            handlers.append(handler)
        return handler

    return register


def enqueue(
    name: str,
    payload: dict[str, str],
    *,
    event_id: UUID | None = None,
    run_at: datetime | None = None,
    unique_key: str | None = None,
) -> UUID:
    """Write a job into the open transaction and return its id; an equal ``unique_key`` enqueues nothing twice."""
    if unique_key is not None:
        known = db.session.scalar(select(Job.id).where(Job.unique_key == unique_key))
        if known is not None:
            return known
    moment = clock.now()
    identity = uuid4()
    row = {
        "id": identity,
        "name": name,
        "payload": payload,
        "event_id": event_id,
        "unique_key": unique_key,
        "created_at": moment,
        "run_at": run_at or moment,
    }
    _NEW.run(db.session.connection(), row)
    return identity


def announce(name: str, payload: dict[str, str], *, event_id: UUID | None = None) -> None:
    """Enqueue a job that tells later features what happened; where none of them listens, nothing is written."""
    if name in _handlers:
        enqueue(name, payload, event_id=event_id)


def lease_next(now: datetime) -> Job | None:
    """Lease the oldest ready job for LEASE; two workers never get the same one. None when nothing is ready."""
    ready = or_(
        and_(Job.state == JobState.QUEUED, Job.run_at <= now),
        and_(Job.state == JobState.RUNNING, Job.leased_until < now),
    )
    if db.session.scalar(select(Job.id).where(ready).limit(1)) is None:
        db.session.rollback()
        return None
    with transaction(unaudited="a lease changes no fact") as session:
        query = select(Job).where(ready).order_by(Job.run_at, Job.id).limit(1).with_for_update(skip_locked=True)
        found = session.scalar(query)
        if found is None:
            return None
        found.state, found.lease, found.leased_until = JobState.RUNNING, uuid4(), now + LEASE
        found.attempts += 1
    return found


def run_next() -> bool:
    """Lease and run one job; return False when nothing was ready. Failures are kept and retried with back-off."""
    leased = lease_next(clock.now())
    if leased is None:
        return False
    identity, lease, attempts = leased.id, leased.lease, leased.attempts

    def progress(done: int, total: int) -> None:
        _settle(identity, lease, done_count=done, total_count=total, leased_until=clock.now() + LEASE)

    try:
        for handler in _handlers[leased.name]:
            handler(leased.payload, progress)
    except Exception as failure:
        log.exception("job %s (%s) failed, try %d", leased.name, identity, attempts)
        db.session.rollback()
        _retry(identity, lease, attempts, failure)
        return True
    _settle(identity, lease, state=JobState.DONE, finished_at=clock.now(), error=None)
    return True


def _retry(identity: UUID, lease: UUID | None, attempts: int, failure: Exception) -> None:
    reason = "".join(traceback.format_exception_only(failure)).strip()[:500]
    if attempts >= MAX_ATTEMPTS:
        _settle(identity, lease, state=JobState.FAILED, finished_at=clock.now(), error=reason)
        return
    pause = timedelta(seconds=min(2**attempts * 5, 3600))
    _settle(identity, lease, state=JobState.QUEUED, run_at=clock.now() + pause, error=reason)


def _settle(identity: UUID, lease: UUID | None, **values: object) -> None:
    with transaction(unaudited="a job's own state") as session:
        session.execute(update(Job).where(Job.id == identity, Job.lease == lease).values(**values))
