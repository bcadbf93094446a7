"""What the worker does for papers: make the file, and throw it away when its time is over."""

from dataclasses import dataclass
from uuid import UUID

from rakor import clock, sheets
from rakor.db import db, transaction
from rakor.documents import store
from rakor.documents.models import Document
from rakor.documents.paper import TEMPLATE, list_content, list_images
from rakor.documents.rules import Arranged, Choice, ListHead, PaperFormat, arrange, file_name
from rakor.documents.workbook import list_workbook
from rakor.events import store as events
from rakor.outbox import Progress, job
from rakor.typeset import compile_pdf

PDF = "application/pdf"


@dataclass(frozen=True)
class Made:
    """A file that was made, with what it is called."""

    content: bytes
    name: str
    media_type: str
    row_count: int


@job("documents.make")
def make(payload: dict[str, str], progress: Progress) -> None:
    """Make the file of a paper; a paper that has one, or is gone with its event or session, needs nothing."""
    event_id, document_id = UUID(payload["event_id"]), UUID(payload["document_id"])
    row = store.document(event_id, document_id)
    if row is None or row.file_id is not None or clock.now() >= row.expires_at:
        return
    made = _made(row)
    with transaction():
        row = store.document(event_id, document_id)
        if row is not None:
            store.fill(
                row,
                made.content,
                name=made.name,
                media_type=made.media_type,
                row_count=made.row_count,
                now=clock.now(),
            )
    progress(made.row_count, made.row_count)


@job("documents.expire")
def expire(payload: dict[str, str], _progress: Progress) -> None:
    """Throw the file of a paper away."""
    with transaction(unaudited="a paper that is gone needs no expiry"):
        row = store.document(UUID(payload["event_id"]), UUID(payload["document_id"]))
        if row is not None:
            store.expire(row)


def _made(row: Document) -> Made:
    """Read the list, let the database go, and set it."""
    event = events.event(row.event_id)
    assert event is not None
    choice = Choice(row.kind, row.day_id, row.item_id, row.province_code)
    rows, open_seat_count = store.list_rows(event, choice)
    head = store.list_head(event, choice, counted_at=clock.now())
    arranged = arrange(rows, open_seat_count=open_seat_count)
    name, form = file_name(head, row.format), row.format
    db.session.rollback()
    content = _content(form, head, arranged)
    return Made(content, name, PDF if form is PaperFormat.PDF else sheets.MIME, len(arranged.rows))


def _content(form: PaperFormat, head: ListHead, arranged: Arranged) -> bytes:
    if form is PaperFormat.XLSX:
        return list_workbook(head, arranged)
    return compile_pdf(TEMPLATE, list_content(head, arranged), images=list_images(head))
