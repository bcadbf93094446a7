"""Letters of assignment (surat tugas) in the database; the papers themselves rest encrypted (rakor/files.py)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import and_, func, select

from rakor import audit, files
from rakor.db import db
from rakor.files import Kept
from rakor.offices.models import Office
from rakor.registrations.models import Registration
from rakor.registrations.store import display_name
from rakor.seats.office_models import AssignmentLetter
from rakor.seats.rules.papers import PaperKind

PURPOSE = "assignment"
TYPES = {PaperKind.PDF: ("application/pdf", "pdf"), PaperKind.PICTURE: ("image/jpeg", "jpg")}


@dataclass(frozen=True)
class Paper:
    """A letter of assignment as it was sent; ``registration_id`` None: for all of the office."""

    number: str
    dated_on: date
    registration_id: UUID | None
    kind: PaperKind
    content: bytes


def assignments(event_id: UUID, office_id: UUID) -> list[AssignmentLetter]:
    """Return an office's letters of assignment, the oldest first."""
    mine = (AssignmentLetter.event_id == event_id, AssignmentLetter.office_id == office_id)
    query = select(AssignmentLetter).where(*mine).order_by(AssignmentLetter.uploaded_at, AssignmentLetter.id)
    return list(db.session.scalars(query))


def every_assignment(event_id: UUID) -> list[tuple[AssignmentLetter, str, str, str]]:
    """Return all letters of assignment with the office's code and name and the person's name, in protocol order."""
    person = and_(
        Registration.event_id == AssignmentLetter.event_id, Registration.id == AssignmentLetter.registration_id
    )
    query = (
        select(AssignmentLetter, Office.code, Office.name, Registration)
        .join(Office, Office.id == AssignmentLetter.office_id)
        .outerjoin(Registration, person)
        .where(AssignmentLetter.event_id == event_id)
        .order_by(Office.sort_key, Office.id, AssignmentLetter.uploaded_at)
    )
    return [
        (row, code, office, display_name(found) if found else "")
        for row, code, office, found in db.session.execute(query)
    ]


def assignment_count(event_id: UUID, office_id: UUID) -> int:
    """Return how many letters of assignment an office has sent."""
    mine = (AssignmentLetter.event_id == event_id, AssignmentLetter.office_id == office_id)
    return db.session.scalar(select(func.count()).select_from(AssignmentLetter).where(*mine)) or 0


def assignment(event_id: UUID, assignment_id: UUID) -> AssignmentLetter | None:
    """Return a letter of assignment of the event, or None."""
    mine = (AssignmentLetter.event_id == event_id, AssignmentLetter.id == assignment_id)
    return db.session.scalar(select(AssignmentLetter).where(*mine))


def keep_assignment(event_id: UUID, office_id: UUID, paper: Paper, *, now: datetime) -> AssignmentLetter:
    """Keep a letter of assignment that was judged; the file's name carries nobody's name."""
    media_type, ending = TYPES[paper.kind]
    made = uuid4()
    name = f"surat-tugas-{made.hex[:8]}.{ending}"
    file_id = files.keep(
        paper.content, event_id=event_id, purpose=PURPOSE, name=name, media_type=media_type, now=now
    )
    row = AssignmentLetter(
        id=made,
        event_id=event_id,
        office_id=office_id,
        registration_id=paper.registration_id,
        number=paper.number,
        dated_on=paper.dated_on,
        file_id=file_id,
        uploaded_at=now,
    )
    db.session.add(row)
    db.session.flush()
    audit.record("seats.assignment_keep", event_id=event_id, object_kind="office", object_id=office_id)
    return row


def drop_assignment(row: AssignmentLetter) -> None:
    """Throw a letter of assignment away, row and bytes."""
    files.drop(row.event_id, row.file_id)
    db.session.delete(row)
    audit.record("seats.assignment_drop", event_id=row.event_id, object_kind="office", object_id=row.office_id)


def assignment_file(row: AssignmentLetter) -> Kept | None:
    """Return the paper of a letter of assignment."""
    return files.read(row.event_id, row.file_id, PURPOSE)
