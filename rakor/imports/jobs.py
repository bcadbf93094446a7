"""What the worker does for imports: read, judge, save, undo, throw away."""

from uuid import UUID

from rakor import audit, clock, files
from rakor.db import db, transaction
from rakor.events import store as events
from rakor.imports.models import SheetImport
from rakor.imports.rules import Field, ImportState, Judge, Verdict, find_heading
from rakor.imports.store import rows, saving, undoing, uploads
from rakor.imports.store.facts import facts_of
from rakor.outbox import Progress, job
from rakor.sheets import Refused, Table, read_table

TOLD_EVERY = 500
Payload = dict[str, str]


def _ids(payload: Payload) -> tuple[UUID, UUID]:
    return UUID(payload["event_id"]), UUID(payload["import_id"])


@job("imports.read")
def read(payload: Payload, progress: Progress) -> None:
    """Read the file in a child process, keep its rows, and judge them."""
    upload = uploads.upload(*_ids(payload))
    if upload is None or upload.state is not ImportState.READING:
        return
    kept, place = files.read(upload.event_id, upload.file_id, uploads.PURPOSE), upload.sheet_place
    db.session.rollback()
    found = read_table(kept.content, place) if kept else Refused.EMPTY
    with transaction():
        row = uploads.upload(*_ids(payload), locked=True)
        audit.record("import.read", event_id=UUID(payload["event_id"]), object_kind="import")
        if row is None or row.state is not ImportState.READING:
            return
        if isinstance(found, Refused):
            row.state, row.refusal = ImportState.REFUSED, found.value
            return
        _take(row, found)
    check(payload, progress)


def _take(row: SheetImport, found: Table) -> None:
    heading = find_heading([cells for _number, cells in found.rows])
    row.sheet, row.sheet_names, row.cuts = found.sheet, list(found.sheets), [cut.value for cut in found.cuts]
    row.headings = [cell[:120] for cell in found.rows[heading.place][1]] if found.rows else []
    row.mapping = {field.value: place for field, place in heading.columns.items()}
    row.state = ImportState.CHECKING
    rows.write_rows(row, found.rows[heading.place + 1 :])


@job("imports.check")
def check(payload: Payload, progress: Progress) -> None:
    """Judge all rows that are not saved, by the columns and answers as they are; too late a judgement does nothing."""
    upload = uploads.upload(*_ids(payload))
    if upload is None or upload.state is not ImportState.CHECKING:
        return
    revision, verdicts = upload.revision, _judged(upload, progress)
    with transaction():
        row = uploads.upload(*_ids(payload), locked=True)
        audit.record("import.check", event_id=UUID(payload["event_id"]), object_kind="import", count=len(verdicts))
        if row is None or row.state is not ImportState.CHECKING or row.revision != revision:
            return
        rows.write_verdicts(row.id, verdicts)
        row.state = ImportState.READY


def _judged(upload: SheetImport, progress: Progress) -> dict[int, Verdict]:
    """The verdicts; computed while nothing is locked."""
    event = events.event(upload.event_id)
    assert event is not None
    columns = {Field(name): place for name, place in upload.mapping.items()}
    judge, lines = Judge(facts_of(event, upload), columns), rows.cells_of(upload.id)
    db.session.rollback()
    verdicts: dict[int, Verdict] = {}
    for place, (number, cells) in enumerate(lines):
        verdicts[number] = judge.judge(number, cells)
        if place % TOLD_EVERY == 0:
            progress(place, len(lines))
    return verdicts


@job("imports.save")
def save(payload: Payload, progress: Progress) -> None:
    """Save the good rows, step by step; begun anew it goes on where the last whole step ended."""
    event_id, import_id = _ids(payload)
    event = events.event(event_id)
    if event is None:
        return
    today, total, done = clock.today(event.zone), saving.left_count(import_id), 0
    while True:
        with transaction(unaudited="no row was left"):
            row = uploads.upload(event_id, import_id, locked=True)
            if row is None or row.state is not ImportState.SAVING:
                return
            step = saving.save_step(row, today, now=clock.now())
            if step == 0:
                row.state, row.saved_at = ImportState.SAVED, clock.now()
        if step == 0:
            return
        done += step
        progress(done, total)


@job("imports.undo")
def undo(payload: Payload, progress: Progress) -> None:
    """Take back what was saved and not touched since, step by step."""
    event_id, import_id = _ids(payload)
    total, done = undoing.left_count(import_id), 0
    db.session.rollback()
    while True:
        with transaction(unaudited="no row was left"):
            row = uploads.upload(event_id, import_id, locked=True)
            if row is None or row.state is not ImportState.UNDOING:
                return
            step = undoing.undo_step(row, now=clock.now())
            if step == 0:
                row.state, row.undone_at = ImportState.UNDONE, clock.now()
        if step == 0:
            return
        done += step
        progress(done, total)


@job("imports.expire")
def expire(payload: Payload, _progress: Progress) -> None:
    """Throw the file and the cells away."""
    with transaction(unaudited="an upload that is gone needs no end"):
        row = uploads.upload(*_ids(payload), locked=True)
        if row is not None and row.state is not ImportState.OVER:
            uploads.forget(row)
