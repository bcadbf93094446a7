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

from sqlalchemy import JSON, Index, String, Text, UniqueConstraint, and_, delete, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from rakor import clock
from rakor.db import Base, Word, db, insert_missing, transaction
from rakor.prepared import Insert

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=120)
MAX_ATTEMPTS = 12
SHORTEST_PAUSE, LONGEST_PAUSE = timedelta(seconds=5), timedelta(seconds=60)


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
_leases: dict[str, timedelta] = {}


class Later(Exception):
    """A handler's word that its job is not to be done before a moment; ``words`` say why."""

    def __init__(self, at: datetime, words: str = "") -> None:
        super().__init__(words)
        self.at = at


class Unanswered(Exception):
    """A handler's word that what all jobs of its name need does not answer; they rest, one of them asks again."""


def job(name: str, *, lease: timedelta = LEASE) -> Callable[[Handler], Handler]:
    """Declare a handler of the named job; it gets the payload and ``progress(done, total)``.

    ``lease``: longer than the handler may be silent; another worker takes the job up after it.
    """

    def register(handler: Handler) -> Handler:
        _leases[name] = max(lease, _leases.get(name, LEASE))
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
    """Lease the oldest ready job; two workers never get the same one. None when nothing is ready, or it all rests."""
    resting = select(JobPause.name).where(JobPause.until_at > now)
    ready = or_(
        and_(Job.state == JobState.QUEUED, Job.run_at <= now),
        and_(Job.state == JobState.RUNNING, Job.leased_until < now),
    ) & Job.name.not_in(resting)
    if db.session.scalar(select(Job.id).where(ready).limit(1)) is None:
        db.session.rollback()
        return None
    with transaction(unaudited="a lease changes no fact") as session:
        query = select(Job).where(ready).order_by(Job.run_at, Job.id).limit(1).with_for_update(skip_locked=True)
        found = session.scalar(query)
        if found is None:
            return None
        found.state, found.lease = JobState.RUNNING, uuid4()
        found.leased_until = now + _leases.get(found.name, LEASE)
        found.attempts += 1
    return found


def run_next() -> bool:
    """Lease and run one job; return False when nothing was ready. Failures are kept and retried with back-off."""
    leased = lease_next(clock.now())
    if leased is None:
        return False
    identity, lease, attempts, name = leased.id, leased.lease, leased.attempts, leased.name

    def progress(done: int, total: int) -> None:
        until = clock.now() + _leases.get(name, LEASE)
        _settle(identity, lease, done_count=done, total_count=total, leased_until=until)

    try:
        for handler in _handlers[name]:
            handler(leased.payload, progress)
    except Later as later:
        _put_back(identity, lease, attempts, later.at, str(later))
        return True
    except Unanswered as silence:
        log.warning("job %s: %s", name, silence)
        _put_back(identity, lease, attempts, _rest(name, str(silence)), str(silence))
        return True
    except Exception as failure:
        log.exception("job %s (%s) failed, try %d", name, identity, attempts)
        db.session.rollback()
        _retry(identity, lease, attempts, failure)
        return True
    _settle(identity, lease, state=JobState.DONE, finished_at=clock.now(), error=None)
    return True


def _put_back(identity: UUID, lease: UUID | None, attempts: int, at: datetime, words: str) -> None:
    """Queue a job again for a later moment, as though it had not been tried."""
    db.session.rollback()
    _settle(identity, lease, state=JobState.QUEUED, run_at=at, attempts=attempts - 1, error=words[:500] or None)


def _rest(name: str, words: str) -> datetime:
    """Let the jobs of a name rest, longer each time; returns until when."""
    now = clock.now()
    db.session.rollback()
    with transaction(unaudited="a pause changes no fact") as session:
        first = {"name": name, "since_at": now, "until_at": now, "failures": 0, "words": ""}
        session.execute(insert_missing(JobPause).values(**first))
        row = session.scalars(select(JobPause).where(JobPause.name == name).with_for_update()).one()
        until: datetime = now + min(SHORTEST_PAUSE * 2**row.failures, LONGEST_PAUSE)
        row.until_at, row.failures, row.words = until, min(row.failures + 1, 30), words[:500]
    return until


def pause(name: str) -> JobPause | None:
    """Return since when and until when the jobs of a name rest, and why; None while what they need answers."""
    return db.session.get(JobPause, name)


def end_pause(name: str) -> None:
    """Note, in the open transaction, that what the jobs of a name need answers again."""
    db.session.execute(delete(JobPause).where(JobPause.name == name))


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
