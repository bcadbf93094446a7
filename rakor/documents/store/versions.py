"""Locked lists: their versions, their lines, and the scans of what was signed with ink."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select

from rakor import audit, files
from rakor.db import db
from rakor.documents.models import ListVersion
from rakor.documents.rules import Arranged, Choice, Variant, fingerprint, scope_of
from rakor.documents.rules.versions import read, written
from rakor.files import Kept
from rakor.seats.rules.papers import PaperKind

ROWS, SCAN = "list_rows", "list_scan"
TYPES = {PaperKind.PDF: ("application/pdf", "pdf"), PaperKind.PICTURE: ("image/jpeg", "jpg")}


def versions(event_id: UUID, choice: Choice | None = None) -> list[ListVersion]:
    """Return the versions of an event, or of one list, the newest first."""
    query = select(ListVersion).where(ListVersion.event_id == event_id)
    if choice is not None:
        query = query.where(ListVersion.scope == scope_of(choice))
    newest = query.order_by(ListVersion.locked_at.desc(), ListVersion.number.desc(), ListVersion.id)
    return list(db.session.scalars(newest))


def version(event_id: UUID, version_id: UUID) -> ListVersion | None:
    """Return one version of the event, or None."""
    query = select(ListVersion).where(ListVersion.event_id == event_id, ListVersion.id == version_id)
    return db.session.scalar(query.execution_options(populate_existing=True))


def before(row: ListVersion) -> ListVersion | None:
    """Return the version that stood until this one was locked; None for the first."""
    query = select(ListVersion).where(ListVersion.event_id == row.event_id, ListVersion.scope == row.scope)
    return db.session.scalar(query.where(ListVersion.number == row.number - 1))


def choice_of(row: ListVersion) -> Choice:
    """Return which list a version is of."""
    return Choice(row.kind, row.day_id, row.item_id, row.province_code, row.office_id)


def lines(row: ListVersion) -> Arranged:
    """Return the lines of a version; raises LookupError where their file is gone."""
    kept = files.read(row.event_id, row.rows_id, ROWS)
    if kept is None:
        raise LookupError("the lines of this version are gone")
    return read(kept.content.decode())


def lock(event_id: UUID, choice: Choice, arranged: Arranged, *, by_id: UUID, now: datetime) -> ListVersion | None:
    """Freeze a list as its next version; None where the newest says just the same. Needs the event's lock."""
    before, sign = next(iter(versions(event_id, choice)), None), fingerprint(arranged.rows, Variant.FILLED)
    if before is not None and before.fingerprint == sign:
        return None
    content = written(arranged).encode()
    row = ListVersion(
        id=uuid4(),
        event_id=event_id,
        scope=scope_of(choice),
        number=before.number + 1 if before else 1,
        kind=choice.kind,
        day_id=choice.day_id,
        item_id=choice.item_id,
        province_code=choice.province_code,
        office_id=choice.office_id,
        rows_id=files.keep(
            content, event_id=event_id, purpose=ROWS, name="daftar.json", media_type="application/json", now=now
        ),
        fingerprint=sign,
        row_count=len(arranged.rows),
        present_count=sum(line.present for line in arranged.rows),
        locked_by_id=by_id,
        locked_at=now,
    )
    db.session.add(row)
    db.session.flush()
    audit.record("list_version.lock", event_id=event_id, object_kind="list_version", object_id=row.id)
    return row


def file_scan(row: ListVersion, kind: PaperKind, content: bytes, *, now: datetime) -> None:
    """File the scan of the signed paper beside its version; another takes its place."""
    if row.scan_id is not None:
        files.drop(row.event_id, row.scan_id)
    media_type, ending = TYPES[kind]
    name = f"daftar-hadir-versi-{row.number}-{row.id.hex[:8]}.{ending}"
    row.scan_id = files.keep(
        content, event_id=row.event_id, purpose=SCAN, name=name, media_type=media_type, now=now
    )
    row.scanned_at = now
    audit.record("list_version.scan", event_id=row.event_id, object_kind="list_version", object_id=row.id)


def scan(row: ListVersion) -> Kept | None:
    """Return the scan of a version, or None."""
    return files.read(row.event_id, row.scan_id, SCAN)
