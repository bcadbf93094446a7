"""Uploads: asked for, answered, thrown away; and what a page shows of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import delete, func, select, update

from rakor import audit, files, outbox
from rakor.accounts.models import User
from rakor.db import db
from rakor.imports.models import ImportRow, SheetImport
from rakor.imports.rules import ImportState, RowState
from rakor.outbox import Job

PURPOSE = "import"
KEPT_FOR = timedelta(days=7)
LISTED = 20
ANY_FILE = "application/octet-stream"
SAVED = (RowState.SAVED, RowState.UPDATED, RowState.UNDONE, RowState.KEPT)


@dataclass(frozen=True)
class Listed:
    """An upload with who sent it and how its rows stand."""

    upload: SheetImport
    sender: str
    counts: dict[RowState, int]


def take_in(event_id: UUID, user_id: UUID, name: str, content: bytes, *, now: datetime) -> SheetImport:
    """Keep an upload, and leave its reading and its end to the worker."""
    row = SheetImport(
        id=uuid4(),
        event_id=event_id,
        requested_by_id=user_id,
        name=name[:200],
        state=ImportState.READING,
        created_at=now,
        expires_at=now + KEPT_FOR,
    )
    row.file_id = files.keep(content, event_id=event_id, purpose=PURPOSE, name=name, media_type=ANY_FILE, now=now)
    db.session.add(row)
    db.session.flush()
    later(row, "imports.read")
    outbox.enqueue("imports.expire", payload_of(row), event_id=event_id, run_at=row.expires_at)
    audit.record("import.upload", event_id=event_id, object_kind="import", object_id=row.id)
    return row


def payload_of(row: SheetImport) -> dict[str, str]:
    """What a job of this upload is given."""
    return {"event_id": str(row.event_id), "import_id": str(row.id)}


def later(row: SheetImport, job: str) -> None:
    """Leave a job of this upload to the worker; the page shows its progress."""
    row.job_id = outbox.enqueue(job, payload_of(row), event_id=row.event_id)


def upload(event_id: UUID, import_id: UUID, *, locked: bool = False) -> SheetImport | None:
    """Return an upload of the event, or None; ``locked`` holds its row until the transaction ends."""
    query = select(SheetImport).where(SheetImport.event_id == event_id, SheetImport.id == import_id)
    fresh = query.execution_options(populate_existing=True)
    return db.session.scalar(fresh.with_for_update() if locked else fresh)


def uploads(event_id: UUID) -> list[Listed]:
    """Return the event's newest uploads; three queries."""
    query = (
        select(SheetImport, User.name)
        .join(User, User.id == SheetImport.requested_by_id)
        .where(SheetImport.event_id == event_id)
        .order_by(SheetImport.created_at.desc(), SheetImport.id)
        .limit(LISTED)
    )
    found = [(row, name) for row, name in db.session.execute(query)]
    counts = _counts([row.id for row, _name in found])
    return [Listed(row, name, counts.get(row.id, {})) for row, name in found]


def counts_of(import_id: UUID) -> dict[RowState, int]:
    """Return how many rows stand in each state; states without any are missing."""
    return _counts([import_id]).get(import_id, {})


def _counts(import_ids: list[UUID]) -> dict[UUID, dict[RowState, int]]:
    query = select(ImportRow.import_id, ImportRow.state, func.count()).where(ImportRow.import_id.in_(import_ids))
    found: dict[UUID, dict[RowState, int]] = {}
    for import_id, state, count in db.session.execute(query.group_by(ImportRow.import_id, ImportRow.state)):
        found.setdefault(import_id, {})[state] = count
    return found


def job_of(row: SheetImport) -> Job | None:
    """Return the job that works on an upload, or worked on it last."""
    query = select(Job).where(Job.id == row.job_id).execution_options(populate_existing=True)
    return db.session.scalar(query) if row.job_id else None


def judge_anew(row: SheetImport, *, mapping: Mapping[str, int], choices: Mapping[str, str], mode: str) -> None:
    """Take other columns, answers or another way of following, and have every row judged by them."""
    row.mapping, row.choices, row.default_mode = dict(mapping), dict(choices), mode
    row.revision += 1
    row.state = ImportState.CHECKING
    later(row, "imports.check")
    fields = ["mapping", "choices", "default_mode"]
    audit.record("import.answer", event_id=row.event_id, object_kind="import", object_id=row.id, fields=fields)


def read_sheet(row: SheetImport, place: int) -> None:
    """Have another sheet of the workbook read instead of the one that was; columns and answers begin anew."""
    row.sheet_place, row.mapping, row.choices = place, {}, {}
    row.revision += 1
    row.state = ImportState.READING
    later(row, "imports.read")
    fields = ["sheet_place"]
    audit.record("import.sheet", event_id=row.event_id, object_kind="import", object_id=row.id, fields=fields)


def saved_any(row: SheetImport) -> bool:
    """Whether anybody was saved from this upload."""
    return any(counts_of(row.id).get(state, 0) for state in SAVED)


def begin(row: SheetImport, state: ImportState, job: str, action: str) -> None:
    """Move an upload on to a work of the worker."""
    row.state = state
    later(row, job)
    audit.record(action, event_id=row.event_id, object_kind="import", object_id=row.id)


def forget(row: SheetImport) -> None:
    """Throw the file and every cell away; what was saved stays, and who did what."""
    if row.file_id is not None:
        files.drop(row.event_id, row.file_id)
        row.file_id = None
    mine = ImportRow.import_id == row.id
    db.session.execute(update(ImportRow).where(mine).values(cells=None, before=None, has_email=False))
    row.state, row.choices, row.headings = ImportState.OVER, {}, []
    audit.record("import.expire", event_id=row.event_id, object_kind="import", object_id=row.id)


def remove(row: SheetImport) -> None:
    """Throw an upload away that saved nothing."""
    if row.file_id is not None:
        files.drop(row.event_id, row.file_id)
    db.session.execute(delete(ImportRow).where(ImportRow.import_id == row.id))
    db.session.execute(delete(SheetImport).where(SheetImport.id == row.id))
    audit.record("import.remove", event_id=row.event_id, object_kind="import", object_id=row.id)
