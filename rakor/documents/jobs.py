"""What the worker does for papers: make the file, and throw it away when its time is over."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile

from flask import current_app

from rakor import clock, sheets
from rakor.db import db, transaction
from rakor.documents import store
from rakor.documents.models import Document, ListVersion
from rakor.documents.paper import TEMPLATE, list_content, list_images
from rakor.documents.rules import (
    Arranged,
    Choice,
    ListHead,
    PaperFormat,
    Variant,
    arrange,
    file_name,
    fingerprint,
    most_rows,
    shown_in,
    split,
)
from rakor.documents.rules.versions import differences
from rakor.documents.store import versions
from rakor.documents.workbook import list_workbook
from rakor.events import store as events
from rakor.events.models import Event
from rakor.outbox import Progress, job
from rakor.typeset import compile_pdf
from rakor.web import times
from rakor.web.times import Language

PDF, ZIP = "application/pdf", "application/zip"


@dataclass(frozen=True)
class Made:
    """A file that was made, with what it is called."""

    content: bytes
    name: str
    media_type: str
    row_count: int
    fingerprint: bytes


@job("documents.make")
def make(payload: dict[str, str], progress: Progress) -> None:
    """Make the file of a paper; a paper that has one, or is gone with its event or session, needs nothing."""
    event_id, document_id = UUID(payload["event_id"]), UUID(payload["document_id"])
    row = store.document(event_id, document_id)
    if row is None or row.file_id is not None or clock.now() >= row.expires_at:
        return
    made = _made(row, progress)
    with transaction():
        row = store.document(event_id, document_id)
        if row is not None:
            store.fill(
                row,
                made.content,
                name=made.name,
                media_type=made.media_type,
                row_count=made.row_count,
                fingerprint=made.fingerprint,
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


def listed(event: Event, choice: Choice, variant: Variant) -> Arranged:
    """Return the lines of a list as the ledger has them now."""
    rows, open_seat_count = store.list_rows(event, choice, variant)
    return shown_in(arrange(rows, open_seat_count=open_seat_count), variant)


def _lines(event: Event, choice: Choice, row: Document) -> tuple[Arranged, datetime]:
    """Return what a paper says and of when: the ledger now, or the version that was locked."""
    version = versions.version(row.event_id, row.version_id) if row.version_id else None
    if version is not None:
        return versions.lines(version), version.locked_at
    return listed(event, choice, row.variant), clock.now()


def version_words(row: ListVersion, zone: str) -> str:
    """Return which version a paper shows, as it is printed: its number, when it was locked, what it changed."""
    at = times.plain(times.when(row.locked_at, zone, Language.ID))
    earlier = versions.before(row)
    if earlier is None:
        return f"{row.number}, dikunci {at}"
    found = differences(versions.lines(earlier).rows, versions.lines(row).rows)
    parts = ((found.added, "ditambahkan"), (found.removed, "tidak ada lagi"), (found.changed, "berubah"))
    told = ", ".join(f"{times.number(len(lines), Language.ID)} {word}" for lines, word in parts if lines)
    return f"{row.number}, dikunci {at}. Dibanding versi {earlier.number}: {told or 'tidak ada yang berbeda'}"


def _made(row: Document, progress: Progress) -> Made:
    """Read the list, let the database go, and set it."""
    event = events.event(row.event_id)
    assert event is not None
    choice = Choice(row.kind, row.day_id, row.item_id, row.province_code, row.office_id)
    arranged, counted_at = _lines(event, choice, row)
    sign = fingerprint(arranged.rows, row.variant)
    head = store.list_head(event, choice, counted_at=counted_at, variant=row.variant)
    version = versions.version(row.event_id, row.version_id) if row.version_id else None
    if version is not None:
        head = replace(head, version=version_words(version, event.zone))
    address = f"{current_app.config['RAKOR'].base_url}/periksa/daftar/{row.id}"
    head, form, whole = replace(head, check_url=address, fingerprint=sign.hex()), row.format, row.whole
    db.session.rollback()
    if form is PaperFormat.XLSX:
        content = list_workbook(head, arranged, whole=whole)
        return Made(content, file_name(head, form), sheets.MIME, len(arranged.rows), sign)
    papers = list(set_list(head, arranged, progress))
    content, name, media_type = papers[0][1], papers[0][0], PDF
    if len(papers) > 1:
        content, name, media_type = bound(papers), f"{file_name(head, form).removesuffix('.pdf')}.zip", ZIP
    return Made(content, name, media_type, len(arranged.rows), sign)


def set_list(head: ListHead, arranged: Arranged, progress: Progress) -> Iterator[tuple[str, bytes]]:
    """Set a list part by part: each one's name and PDF. The press gives its memory back after each."""
    parts, first = split(arranged.rows, most_rows(head.variant)), 1
    for number, rows in enumerate(parts, start=1):
        here = replace(head, part=(number, len(parts)))
        content = list_content(here, replace(arranged, rows=rows), first=first)
        yield file_name(here, PaperFormat.PDF), compile_pdf(TEMPLATE, content, images=list_images(here))
        first += len(rows)
        progress(first - 1, len(arranged.rows))


def bound(papers: Sequence[tuple[str, bytes]]) -> bytes:
    """Return papers in one archive, in their order."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in papers:
            archive.writestr(name, content)
    return out.getvalue()
