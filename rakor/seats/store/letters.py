"""The letter of invitation in the database: its words, its number, the papers made of it, the signed one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from rakor import audit, files, outbox
from rakor.db import db
from rakor.events.models import Event
from rakor.events.store import setting_up
from rakor.files import Kept
from rakor.outbox import Job, JobState
from rakor.seats.letter_models import InvitationLetter, LetterPaper
from rakor.seats.rules.letters import LetterNature
from rakor.web.times import local_day

SIGNED, MADE = "letter_signed", "letter_made"
JOB = "documents.letter"
PDF = "application/pdf"
NUMBER_TAKEN = "uq_event_letter"
WORDS = (
    "nature",
    "attachments",
    "subject",
    "place",
    "addressees",
    "basis",
    "time_note",
    "dress",
    "bring",
    "lodging",
    "cc",
    "with_list",
    "with_agenda",
    "with_form",
)


@dataclass(frozen=True)
class ShownLetter:
    """The letter that offices may open: the signed one, else the one made here and shared."""

    number: str
    is_signed: bool
    since: datetime


@dataclass(frozen=True)
class PaperView:
    """A letter asked of the worker: ready, being made, or failed."""

    paper: LetterPaper
    failed: bool

    @property
    def ready(self) -> bool:
        """There is a file."""
        return self.paper.file_id is not None

    @property
    def waits(self) -> bool:
        """The worker has not answered the last request yet."""
        made_at = self.paper.made_at
        return not self.failed and (made_at is None or made_at < self.paper.requested_at)


def letter(event_id: UUID) -> InvitationLetter | None:
    """Return the event's letter, or None where nobody has written it yet."""
    return db.session.get(InvitationLetter, event_id)


def drafted(event: Event, *, now: datetime) -> InvitationLetter:
    """Return the letter, or what it would say before anybody typed; that one is not stored."""
    return letter(event.id) or _blank(event, now)


def _blank(event: Event, now: datetime) -> InvitationLetter:
    empty = dict.fromkeys(WORDS, "")
    first = {"nature": LetterNature.IMPORTANT, "subject": f"Undangan {event.title}"[:240], "place": event.city}
    flags = {"with_list": True, "with_agenda": True, "with_form": True}
    return InvitationLetter(event_id=event.id, updated_at=now, **(empty | first | flags))


def save(event: Event, values: Mapping[str, Any], number: str, signed_on: date | None, *, now: datetime) -> bool:
    """Write the letter's words, its number and date (which stand on the event, read under its lock).

    A number may come before its date (it is given out first, the signature dates the letter): it counts in this year.
    Returns False where the institution has given that number in that year already; then nothing is written.
    """
    year = (signed_on or local_day(now, event.zone)).year if number else None
    if year is not None and number_taken(event, number, year):
        return False
    try:
        with db.session.begin_nested():
            event.letter_number, event.letter_on, event.letter_year = number, signed_on, year
            db.session.flush()
    except IntegrityError as refused:
        if not _taken(refused):
            raise
        return False
    row = _stored(event, now)
    for name, value in values.items():
        setattr(row, name, value)
    row.updated_at = now
    setting_up.touch(event, now=now)
    audit.record("seats.letter_save", event_id=event.id, object_kind="event", object_id=event.id, fields=list(values))
    return True


def number_taken(event: Event, number: str, year: int) -> bool:
    """Tell whether another event of the institution bears this number in this year."""
    query = select(Event.id).where(
        Event.institution_id == event.institution_id,
        Event.letter_year == year,
        Event.letter_number == number,
        Event.id != event.id,
    )
    return db.session.scalar(query.limit(1)) is not None


def _taken(refused: IntegrityError) -> bool:
    said = str(refused.orig)
    return NUMBER_TAKEN in said or "event.letter_number" in said


def keep_signed(event: Event, content: bytes, *, now: datetime) -> None:
    """Keep a signed letter (a PDF that was judged) in place of the former one; offices see it at once."""
    row = _stored(event, now)
    _drop_signed(row)
    name = f"undangan-{event.slug}.pdf"
    row.signed_file_id = files.keep(content, event_id=event.id, purpose=SIGNED, name=name, media_type=PDF, now=now)
    row.signed_at = now
    audit.record("seats.letter_signed", event_id=event.id, object_kind="event", object_id=event.id)


def drop_signed(event: Event, *, now: datetime) -> None:
    """Take the signed letter away."""
    row = _stored(event, now)
    _drop_signed(row)
    audit.record("seats.letter_unsigned", event_id=event.id, object_kind="event", object_id=event.id)


def share(event: Event, *, at: datetime | None, now: datetime) -> None:
    """Show the letter made here to offices from ``at`` on; None hides it."""
    _stored(event, now).shared_at = at
    action = "seats.letter_share" if at else "seats.letter_hide"
    audit.record(action, event_id=event.id, object_kind="event", object_id=event.id)


def _stored(event: Event, now: datetime) -> InvitationLetter:
    row = letter(event.id)
    if row is None:
        row = _blank(event, now)
        db.session.add(row)
        db.session.flush()
    return row


def _drop_signed(row: InvitationLetter) -> None:
    if row.signed_file_id is not None:
        files.drop(row.event_id, row.signed_file_id)
    row.signed_file_id = row.signed_at = None


def ask_paper(event_id: UUID, office_id: UUID | None, *, now: datetime) -> LetterPaper:
    """Ask the worker for the letter as PDF, to all or to one office; what was made before stays until it is ready."""
    row = paper(event_id, office_id)
    if row is None:
        row = LetterPaper(id=uuid4(), event_id=event_id, office_id=office_id)
        db.session.add(row)
    payload = {"event_id": str(event_id), "paper_id": str(row.id)}
    row.requested_at, row.job_id = now, outbox.enqueue(JOB, payload, event_id=event_id)
    db.session.flush()
    audit.record("seats.letter_paper", event_id=event_id, object_kind="office", object_id=office_id)
    return row


def paper(event_id: UUID, office_id: UUID | None) -> LetterPaper | None:
    """Return the general letter's paper, or that of one office."""
    mine = (LetterPaper.event_id == event_id, LetterPaper.office_id == office_id)
    return db.session.scalar(select(LetterPaper).where(*mine).order_by(LetterPaper.requested_at.desc()).limit(1))


def paper_by_id(event_id: UUID, paper_id: UUID) -> LetterPaper | None:
    """Return a paper of the event, or None."""
    mine = (LetterPaper.event_id == event_id, LetterPaper.id == paper_id)
    return db.session.scalar(select(LetterPaper).where(*mine))


def papers(event_id: UUID) -> list[PaperView]:
    """Return every letter that was asked for, the general one first, then the newest."""
    query = (
        select(LetterPaper, Job.state)
        .outerjoin(Job, Job.id == LetterPaper.job_id)
        .where(LetterPaper.event_id == event_id)
        .order_by(LetterPaper.office_id.is_not(None), LetterPaper.requested_at.desc())
    )
    return [PaperView(row, state is JobState.FAILED) for row, state in db.session.execute(query)]


def fill_paper(row: LetterPaper, content: bytes, *, name: str, now: datetime) -> None:
    """Give a paper its file in place of the former one."""
    if row.file_id is not None:
        files.drop(row.event_id, row.file_id)
    row.file_id = files.keep(content, event_id=row.event_id, purpose=MADE, name=name, media_type=PDF, now=now)
    row.made_at = now
    audit.record("seats.letter_made", event_id=row.event_id, object_kind="letter_paper", object_id=row.id)


def shown_letter(event: Event) -> ShownLetter | None:
    """Return the letter that the event's offices may open, or None; one or two queries."""
    row = letter(event.id)
    if row is not None and row.signed_file_id is not None and row.signed_at is not None:
        return ShownLetter(event.letter_number, True, row.signed_at)
    if row is None or row.shared_at is None:
        return None
    made = paper(event.id, None)
    return ShownLetter(event.letter_number, False, row.shared_at) if made and made.file_id else None


def shown_file(event: Event) -> Kept | None:
    """Return the file of the letter that offices may open."""
    shown = shown_letter(event)
    if shown is None:
        return None
    if shown.is_signed:
        row = letter(event.id)
        return files.read(event.id, row.signed_file_id if row else None, SIGNED)
    made = paper(event.id, None)
    return files.read(event.id, made.file_id if made else None, MADE)


def signed_file(event_id: UUID) -> Kept | None:
    """Return the signed letter for the organiser."""
    row = letter(event_id)
    return files.read(event_id, row.signed_file_id, SIGNED) if row else None


def made_file(row: LetterPaper) -> Kept | None:
    """Return the file of a paper."""
    return files.read(row.event_id, row.file_id, MADE)
