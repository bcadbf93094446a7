"""Kept entries and contents, and the people they belong to; many people cost as many statements as one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy import and_, bindparam, or_, select, update

from rakor.calendar.models import CalendarContent, CalendarEntry, SpeakerEntry
from rakor.calendar.rules import Content, Kept, Move, Movement
from rakor.db import db, insert_missing, table_of
from rakor.offices.models import Office
from rakor.prepared import Insert, Prepared
from rakor.registrations.models import Registration, RegistrationSource
from rakor.registrations.rules import HOLDS_PLACE, Mode, RegistrationState
from rakor.seats.models import Holding, Seat


class Book:
    """The entries of one kind of owner; ``owner`` is the column that says whose an entry is."""

    def __init__(self, model: type[CalendarEntry] | type[SpeakerEntry], owner: str) -> None:
        table = table_of(model)
        self.columns, self.owner_name, self.owner = table.c, owner, table.c[owner]
        self.new = Insert(model)
        self.moved = Prepared(
            update(table)
            .where(self.owner == bindparam("whose"), table.c.subject_id == bindparam("what"))
            .values(
                sequence=bindparam("number"),
                content_hash=bindparam("says"),
                changed_at=bindparam("moment"),
                cancelled_at=bindparam("ended"),
            )
        )


OF_PEOPLE = Book(CalendarEntry, "registration_id")
OF_SPEAKERS = Book(SpeakerEntry, "speaker_id")


@dataclass(frozen=True)
class Person:
    """What of a registration decides what stands in the calendar."""

    id: UUID
    state: RegistrationState
    mode: Mode
    by_seat: bool
    language: str
    office_zone: str | None
    province_code: str | None
    roles: frozenset[UUID]


@dataclass(frozen=True)
class KeptEntry:
    """An entry as it stands: its UID, number and moment."""

    uid: str
    kept: Kept
    changed_at: datetime


def uid_of(whose: UUID, subject_id: UUID, host: str) -> str:
    """Return the UID of somebody's entry: the same before and after it is kept."""
    return f"{uuid5(whose, subject_id.hex)}@{host}"


def concerned(event_id: UUID, after: str, most: int) -> list[UUID]:
    """Return the next people who take part or still have an entry, in the order of their ids; ``after`` "" begins."""
    kept = select(CalendarEntry.registration_id).where(
        CalendarEntry.event_id == event_id, CalendarEntry.subject_id == event_id, CalendarEntry.cancelled_at.is_(None)
    )
    query = select(Registration.id).where(
        Registration.event_id == event_id, or_(Registration.state.in_(HOLDS_PLACE), Registration.id.in_(kept))
    )
    if after:
        query = query.where(Registration.id > UUID(after))
    return list(db.session.scalars(query.order_by(Registration.id).limit(most)))


def person(event_id: UUID, registration_id: UUID) -> Person | None:
    """Return one person to read for; None where the event has none of this id."""
    return next(iter(people(event_id, [registration_id], lock=False)), None)


def people(event_id: UUID, ids: Sequence[UUID], *, lock: bool = True) -> list[Person]:
    """Return the people of these registrations, locked where two workers must not write one entry; two queries."""
    query = (
        select(
            Registration.id, Registration.state, Registration.mode, Registration.source, Registration.language,
            Registration.province_code, Registration.role_id, Office.zone,
        )
        .outerjoin(Office, Office.id == Registration.office_id)
        .where(Registration.event_id == event_id, Registration.id.in_(ids))
        .order_by(Registration.id)
    )  # fmt: skip
    if lock:
        query = query.with_for_update(of=Registration, key_share=True)
    held = _held_roles(event_id, ids)
    return [
        Person(
            row.id, row.state, row.mode, row.source is RegistrationSource.SEAT, row.language, row.zone,
            row.province_code, frozenset(held.get(row.id, set()) | ({row.role_id} if row.role_id else set())),
        )
        for row in db.session.execute(query)
    ]  # fmt: skip


def _held_roles(event_id: UUID, ids: Sequence[UUID]) -> dict[UUID, set[UUID]]:
    query = (
        select(Holding.registration_id, Seat.role_id)
        .join(Seat, and_(Seat.event_id == Holding.event_id, Seat.id == Holding.seat_id))
        .where(Holding.event_id == event_id, Holding.registration_id.in_(ids), Holding.ended_at.is_(None))
    )
    found: dict[UUID, set[UUID]] = {}
    for registration_id, role_id in db.session.execute(query):
        found.setdefault(registration_id, set()).add(role_id)
    return found


def entries(
    event_id: UUID, ids: Sequence[UUID], *, subject_id: UUID | None = None, book: Book = OF_PEOPLE
) -> dict[UUID, dict[UUID, KeptEntry]]:
    """Return the kept entries of these owners, of one subject or of all, by owner and subject."""
    said = book.columns
    query = select(
        book.owner.label("owner_id"), said.subject_id, said.uid, said.sequence, said.content_hash, said.changed_at,
        said.cancelled_at,
    ).where(said.event_id == event_id, book.owner.in_(ids))  # fmt: skip
    if subject_id is not None:
        query = query.where(said.subject_id == subject_id)
    found: dict[UUID, dict[UUID, KeptEntry]] = {}
    for row in db.session.execute(query):
        kept = Kept(row.sequence, bytes(row.content_hash), row.cancelled_at is not None)
        found.setdefault(row.owner_id, {})[row.subject_id] = KeptEntry(row.uid, kept, row.changed_at)
    return found


def write(
    event_id: UUID, moved: Mapping[UUID, Mapping[UUID, Move]], *, host: str, now: datetime, book: Book = OF_PEOPLE
) -> None:
    """Write the moves of many owners, by owner and subject."""
    flat = [(whose, what, move) for whose, moves in moved.items() for what, move in moves.items()]
    new = [
        {"event_id": event_id, book.owner_name: whose, "subject_id": what, "uid": uid_of(whose, what, host),
         "sequence": move.sequence, "content_hash": move.content_hash, "changed_at": now, "cancelled_at": None}
        for whose, what, move in flat
        if move.movement is Movement.NEW
    ]  # fmt: skip
    old = [
        {"whose": whose, "what": what, "number": move.sequence, "says": move.content_hash, "moment": now,
         "ended": now if move.movement is Movement.CANCELLED else None}
        for whose, what, move in flat
        if move.movement is not Movement.NEW
    ]  # fmt: skip
    connection = db.session.connection()
    if new:
        book.new.run(connection, *new)
    if old:
        book.moved.run_many(connection, old)


def keep_contents(event_id: UUID, contents: Mapping[bytes, Content], *, now: datetime) -> None:
    """Keep what invitations say, each once."""
    for known_by, content in contents.items():
        values = {"event_id": event_id, "content_hash": known_by, "content": content.as_json(), "created_at": now}
        db.session.execute(insert_missing(CalendarContent).values(**values))


def content(event_id: UUID, known_by: bytes) -> str | None:
    """Return what an invitation said, as JSON; None where it is not known."""
    query = select(CalendarContent.content).where(
        CalendarContent.event_id == event_id, CalendarContent.content_hash == known_by
    )
    return db.session.scalar(query)


def addresses(event_id: UUID, ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return by what each of these registrations' e-mail address is known; who gave none is left out."""
    query = select(Registration.id, Registration.email_index).where(
        Registration.event_id == event_id, Registration.id.in_(list(ids)), Registration.email_index.is_not(None)
    )
    return {row.id: bytes(row.email_index).hex()[:12] for row in db.session.execute(query)}
