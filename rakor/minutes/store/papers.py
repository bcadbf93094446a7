"""Minutes as files that somebody asked for."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from rakor import audit, files, outbox
from rakor.db import db
from rakor.documents.store import asked
from rakor.minutes.notes_models import MinutesPaper
from rakor.outbox import Job

PURPOSE = "minutes_paper"


@dataclass(frozen=True)
class Paper:
    """A paper with the job that makes it."""

    row: MinutesPaper
    job: Job | None


def ask(event_id: UUID, item_id: UUID, number: int | None, *, user_id: UUID, now: datetime) -> MinutesPaper:
    """Ask for the paper of a version (None: as it stands), and for throwing it away a day later."""
    row = MinutesPaper(
        id=uuid4(), event_id=event_id, item_id=item_id, number=number,
        requested_by_id=user_id, requested_at=now, expires_at=now + asked.KEPT_FOR,
    )  # fmt: skip
    payload = {"event_id": str(event_id), "paper_id": str(row.id)}
    row.job_id = outbox.enqueue("minutes.paper", payload, event_id=event_id)
    outbox.enqueue("minutes.expire", payload, event_id=event_id, run_at=row.expires_at)
    db.session.add(row)
    audit.record("minutes_paper.request", event_id=event_id, object_kind="minutes_paper", object_id=row.id)
    return row


def paper(event_id: UUID, paper_id: UUID) -> MinutesPaper | None:
    """Return a paper of the event as it is now, or None."""
    return asked.by_id(MinutesPaper, event_id, paper_id)


def papers_of(
    event_id: UUID, user_id: UUID, *, paper_id: UUID | None = None, item_id: UUID | None = None
) -> list[Paper]:
    """Return what a person asked for, the newest first (or the one, or those of a session), with its job."""
    of_item = [MinutesPaper.item_id == item_id] if item_id is not None else []
    mine = MinutesPaper.requested_by_id == user_id
    return [Paper(row, job) for row, job in asked.newest(MinutesPaper, event_id, mine, *of_item, only=paper_id)]


def fill(row: MinutesPaper, content: bytes, *, name: str, media_type: str, now: datetime) -> None:
    """Keep the file that was made for a paper; a second making replaces the first."""
    if row.file_id is not None:
        files.drop(row.event_id, row.file_id)
    row.file_id = files.keep(content, event_id=row.event_id, purpose=PURPOSE, name=name, media_type=media_type, now=now)
    row.made_at = now
    audit.record("minutes_paper.make", event_id=row.event_id, object_kind="minutes_paper", object_id=row.id)


def expire(row: MinutesPaper) -> None:
    """Throw the file of a paper away; that it was made stays on record."""
    if row.file_id is not None:
        files.drop(row.event_id, row.file_id)
        row.file_id = None
    audit.record("minutes_paper.expire", event_id=row.event_id, object_kind="minutes_paper", object_id=row.id)
