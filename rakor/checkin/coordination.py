"""What waits for a coordinator: people whose presence has flags; read in constant queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from rakor.attendance.models import Checkpoint, FactRow, HeldRecord, PresenceRow
from rakor.attendance.rules.facts import ABSENT, Presence
from rakor.attendance.rules.words import MARKS, Kind
from rakor.attendance.store import load
from rakor.attendance.store.book import Book
from rakor.attendance.store.reading import book_of
from rakor.attendance.store.receipts import Who
from rakor.checkin import coordination_waiting
from rakor.checkin.coordination_rules import FLAGS, Matter
from rakor.db import db
from rakor.events.models import EventRole
from rakor.offices.models import Office
from rakor.registrations.models import Registration

LINES = 20


@dataclass(frozen=True)
class Mark:
    """One scan as the coordinator reads it: when, where, and whether it counts."""

    scan_id: UUID
    kind: Kind
    at: datetime
    uncertain: bool
    desk: str
    direction: str
    reason: str
    voided: bool
    refused: bool
    duplicate: bool


@dataclass(frozen=True)
class Case:
    """One person at one checkpoint, with all that was said about it."""

    registration_id: UUID
    checkpoint_id: UUID
    who: Who
    place: str
    presence: Presence
    marks: Sequence[Mark]


def counts(event_id: UUID) -> dict[Matter, int]:
    """Return how many of every matter wait at the event, in three statements."""
    columns = [func.coalesce(func.sum(case((_is(matter), 1), else_=0)), 0) for matter in Matter if _of_people(matter)]
    row = db.session.execute(select(*columns).where(PresenceRow.event_id == event_id, ~_reviewed())).one()
    found = dict(zip((matter for matter in Matter if _of_people(matter)), map(int, row), strict=True))
    codes = select(func.count(func.distinct(FactRow.ref))).where(*coordination_waiting.undecided(event_id))
    held = select(func.count()).select_from(HeldRecord).where(*coordination_waiting.undecided_held(event_id))
    return found | {Matter.UNKNOWN: db.session.scalar(codes) or 0, Matter.HELD: db.session.scalar(held) or 0}


def cases(event_id: UUID, matter: Matter, offset: int, limit: int = LINES) -> list[Case]:
    """Return a page of people with a matter, newest change first, with all their marks at that checkpoint."""
    query = (
        select(PresenceRow.registration_id, PresenceRow.checkpoint_id, Checkpoint.name, *load.SHOWN)
        .join(Registration, Registration.id == PresenceRow.registration_id)
        .join(Checkpoint, Checkpoint.id == PresenceRow.checkpoint_id)
        .outerjoin(EventRole, EventRole.id == Registration.role_id)
        .outerjoin(Office, Office.id == Registration.office_id)
        .where(PresenceRow.event_id == event_id, _is(matter), ~_reviewed())
        .order_by(PresenceRow.change_seq.desc())
        .limit(limit)
        .offset(offset)
    )
    rows = list(db.session.execute(query))
    book, reasons = _book(event_id, {row[0] for row in rows})
    return [_case(book, reasons, row[0], row[1], row[2], load.who(*row[3:])) for row in rows]


def _case(book: Book, reasons: dict[UUID, str], person: UUID, place_id: UUID, place: str, who: Who) -> Case:
    line = book.lines().get((person, place_id))
    found = book.presence(line) if line else ABSENT
    marks = []
    for fact in line.marks if line else ():
        moment = book.moment(fact)
        marks.append(
            Mark(
                scan_id=fact.scan_id,
                kind=fact.kind,
                at=moment.at,
                uncertain=moment.uncertain,
                desk=book.desk(fact.scan_id),
                direction=fact.direction,
                reason=reasons.get(fact.scan_id, ""),
                voided=fact.scan_id in found.voided,
                refused=fact.scan_id in found.refused,
                duplicate=fact.scan_id in found.duplicates,
            )
        )
    return Case(person, place_id, who, place, found, sorted(marks, key=lambda one: (one.at, one.scan_id)))


def _book(event_id: UUID, people: Iterable[UUID]) -> tuple[Book, dict[UUID, str]]:
    """Return the book of these people, as the ledger opens it, and the reasons typed with their marks."""
    mine = set(people)
    reasons = {
        row[0]: row[1]
        for row in db.session.execute(
            select(FactRow.scan_id, FactRow.reason).where(FactRow.registration_id.in_(mine), FactRow.reason != "")
        )
    }
    return book_of(db.session.connection(), event_id, mine), reasons


def _of_people(matter: Matter) -> bool:
    return matter is Matter.DUPLICATE or matter in FLAGS


def _is(matter: Matter) -> ColumnElement[bool]:
    if matter is Matter.DUPLICATE:
        return PresenceRow.duplicate_count > 0
    return or_(*(PresenceRow.flags.contains(flag.value) for flag in FLAGS[matter]))


def _reviewed() -> ColumnElement[bool]:
    """A person has looked at it, and no scan came since."""
    review, later = aliased(FactRow), aliased(FactRow)
    here = (review.registration_id == PresenceRow.registration_id, review.event_id == PresenceRow.event_id)
    since = (
        select(later.scan_id)
        .where(later.registration_id == review.registration_id, later.checkpoint_id == review.checkpoint_id)
        .where(later.kind.in_(MARKS), later.change_seq > review.change_seq)
    )
    about = review.checkpoint_id == PresenceRow.checkpoint_id
    return exists(select(review.scan_id).where(*here, about, review.kind == Kind.REVIEW, ~exists(since)))
