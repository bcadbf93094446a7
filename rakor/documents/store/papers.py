"""Papers that were asked for."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select

from rakor import audit, files, outbox
from rakor.agenda import store as agenda
from rakor.agenda.store import ItemView
from rakor.db import db
from rakor.documents.models import Document
from rakor.documents.rules import Choice, PaperFormat, Variant
from rakor.documents.store import asked
from rakor.events import store as events
from rakor.events.models import EventDay
from rakor.offices.models import Office
from rakor.outbox import Job

PURPOSE = "document"


@dataclass(frozen=True)
class Paper:
    """A paper with its job, its day and its session."""

    document: Document
    job: Job | None
    day: EventDay
    item: ItemView | None
    office: str = ""


def days_and_sessions(event_id: UUID) -> list[tuple[EventDay, list[ItemView]]]:
    """Return the event's days in order, each with the published sessions that take attendance."""
    sessions = agenda.sessions(event_id)
    return [(day, [item for item in sessions if item.held_on == day.held_on]) for day in events.days(event_id)]


@dataclass(frozen=True)
class Wish:
    """What is asked for: which list, for what, as which kind of file; ``whole`` numbers or masked ones."""

    choice: Choice
    format: PaperFormat
    variant: Variant = Variant.BLANK
    whole: bool = False
    version_id: UUID | None = None


def ask_for(event_id: UUID, user_id: UUID, wish: Wish, *, now: datetime) -> Document:
    """Ask for a list: a row, the job that makes it, and the job that throws it away a day later."""
    choice = wish.choice
    row = Document(
        id=uuid4(),
        event_id=event_id,
        kind=choice.kind,
        format=wish.format,
        variant=wish.variant,
        whole=wish.whole,
        version_id=wish.version_id,
        office_id=choice.office_id,
        day_id=choice.day_id,
        item_id=choice.item_id,
        province_code=choice.province_code,
        requested_by_id=user_id,
        requested_at=now,
        expires_at=now + asked.KEPT_FOR,
    )
    payload = {"event_id": str(event_id), "document_id": str(row.id)}
    row.job_id = outbox.enqueue("documents.make", payload, event_id=event_id)
    outbox.enqueue("documents.expire", payload, event_id=event_id, run_at=row.expires_at)
    db.session.add(row)
    audit.record("document.request", event_id=event_id, object_kind="document", object_id=row.id)
    return row


def document(event_id: UUID, document_id: UUID) -> Document | None:
    """Return a paper of the event, or None."""
    return asked.by_id(Document, event_id, document_id)


def checked(document_id: UUID) -> Document | None:
    """Return the paper whose code was scanned, of whichever event; None where none was made under that id."""
    return db.session.scalar(select(Document).where(Document.id == document_id, Document.fingerprint.is_not(None)))


def papers_of(event_id: UUID, user_id: UUID, document_id: UUID | None = None) -> list[Paper]:
    """Return what a person asked for in an event, newest first (or the one paper), with its job."""
    query = (
        select(Document, Job, EventDay, Office.short_name)
        .join(EventDay, EventDay.id == Document.day_id)
        .outerjoin(Job, Job.id == Document.job_id)
        .outerjoin(Office, Office.id == Document.office_id)
        .where(Document.event_id == event_id, Document.requested_by_id == user_id)
    )
    if document_id is not None:
        query = query.where(Document.id == document_id)
    newest = query.order_by(Document.requested_at.desc(), Document.id).limit(asked.LISTED)
    known = {item.id: item for item in agenda.sessions(event_id)}
    return [
        Paper(row, job, day, known.get(row.item_id) if row.item_id else None, office or "")
        for row, job, day, office in db.session.execute(newest)
    ]


def fill(
    row: Document, content: bytes, *, name: str, media_type: str, row_count: int, fingerprint: bytes, now: datetime
) -> None:
    """Keep the file that was made for a paper; a second making replaces the first."""
    if row.file_id is not None:
        files.drop(row.event_id, row.file_id)
    row.file_id = files.keep(content, event_id=row.event_id, purpose=PURPOSE, name=name, media_type=media_type, now=now)
    row.made_at, row.row_count, row.fingerprint = now, row_count, fingerprint
    audit.record("document.make", event_id=row.event_id, object_kind="document", object_id=row.id, count=row_count)


def expire(row: Document) -> None:
    """Throw the file of a paper away; that it was made stays on record."""
    if row.file_id is not None:
        files.drop(row.event_id, row.file_id)
        row.file_id = None
    audit.record("document.expire", event_id=row.event_id, object_kind="document", object_id=row.id)
