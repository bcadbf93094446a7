"""Who is excused or ill, a day at a time; the paper rests encrypted among the stored files."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select

from rakor import audit, files
from rakor.db import db
from rakor.events import store as events
from rakor.files import Kept
from rakor.seats.rules.papers import PaperKind
from rakor.sources.models import Absence
from rakor.sources.rules.words import AbsenceKind

PURPOSE = "absence"
TYPES = {PaperKind.PDF: ("application/pdf", "pdf"), PaperKind.PICTURE: ("image/jpeg", "jpg")}
Paper = tuple[PaperKind, bytes]


def absences(event_id: UUID, registration_id: UUID) -> list[Absence]:
    """Return a person's absences, the oldest first."""
    mine = (Absence.event_id == event_id, Absence.registration_id == registration_id)
    return list(db.session.scalars(select(Absence).where(*mine).order_by(Absence.created_at, Absence.id)))


def absence(event_id: UUID, registration_id: UUID, absence_id: UUID) -> Absence | None:
    """Return one absence of a person, or None."""
    mine = (Absence.event_id == event_id, Absence.registration_id == registration_id, Absence.id == absence_id)
    return db.session.scalar(select(Absence).where(*mine))


def absent_on(event_id: UUID, day_id: UUID) -> dict[UUID, AbsenceKind]:
    """Return who is excused or ill on a day, for lists and counts."""
    query = select(Absence.registration_id, Absence.kind).where(Absence.event_id == event_id, Absence.day_id == day_id)
    return {row[0]: row[1] for row in db.session.execute(query)}


def excuse(
    event_id: UUID, registration_id: UUID, day_id: UUID, kind: AbsenceKind, reason: str, paper: Paper | None, *,
    by_id: UUID, now: datetime,
) -> None:  # fmt: skip
    """Note an absence; said again for the same day it takes the place of the one before, and keeps its paper."""
    events.locked_event(event_id)
    row = next((one for one in absences(event_id, registration_id) if one.day_id == day_id), None)
    if row is None:
        row = Absence(id=uuid4(), event_id=event_id, registration_id=registration_id, day_id=day_id, created_at=now)
        db.session.add(row)
    row.kind, row.reason, row.by_id = kind, reason, by_id
    if paper is not None:
        before, row.file_id = row.file_id, _keep(event_id, row.id, paper, now)
        if before is not None:
            files.drop(event_id, before)
    audit.record("presence.excuse", event_id=event_id, object_kind="registration", object_id=registration_id)


def drop(row: Absence) -> None:
    """Take an absence back, with its paper."""
    if row.file_id is not None:
        files.drop(row.event_id, row.file_id)
    db.session.delete(row)
    audit.record("presence.unexcuse", event_id=row.event_id, object_kind="registration", object_id=row.registration_id)


def evidence(row: Absence) -> Kept | None:
    """Return the paper of an absence, or None."""
    return files.read(row.event_id, row.file_id, PURPOSE)


def _keep(event_id: UUID, absence_id: UUID, paper: Paper, now: datetime) -> UUID:
    media_type, ending = TYPES[paper[0]]
    name = f"bukti-{absence_id.hex[:8]}.{ending}"
    return files.keep(paper[1], event_id=event_id, purpose=PURPOSE, name=name, media_type=media_type, now=now)
