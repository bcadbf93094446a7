"""Offices that are invited otherwise than their level, and the seats that fell out of the rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import and_, delete, select

from rakor import audit, outbox
from rakor.db import db
from rakor.events.models import EventRole
from rakor.offices.models import Office
from rakor.registrations import places
from rakor.registrations import store as registrations
from rakor.registrations.models import Registration
from rakor.registrations.rules import Mode
from rakor.seats.letter_models import SeatException
from rakor.seats.models import Holding, Seat
from rakor.seats.rules import Exemption, seat_label


@dataclass(frozen=True)
class ExceptionLine:
    """An exception with the words it is shown by."""

    id: UUID
    office_id: UUID
    office: str
    role_id: UUID
    role: str
    quota: int
    modes: tuple[Mode, ...]
    reason: str
    required: bool


def exceptions(event_id: UUID) -> list[ExceptionLine]:
    """Return the event's exceptions in protocol order; one query."""
    role = and_(EventRole.event_id == SeatException.event_id, EventRole.id == SeatException.role_id)
    query = (
        select(SeatException, Office.name, EventRole.name)
        .join(Office, Office.id == SeatException.office_id)
        .join(EventRole, role)
        .where(SeatException.event_id == event_id)
        .order_by(Office.sort_key, Office.id, EventRole.position, EventRole.name)
    )
    return [
        ExceptionLine(
            row.id, row.office_id, office, row.role_id, name, row.quota, _modes(row.modes), row.reason, row.required
        )
        for row, office, name in db.session.execute(query)
    ]


def exemptions(event_id: UUID) -> list[Exemption]:
    """Return the event's exceptions as the rules take them."""
    query = select(SeatException).where(SeatException.event_id == event_id)
    rows = db.session.scalars(query)
    return [Exemption(row.office_id, row.role_id, row.quota, _modes(row.modes), row.required) for row in rows]


def except_office(event_id: UUID, wanted: Exemption, reason: str, *, now: datetime) -> None:
    """Give an office its own number of seats of a role; an earlier exception of the pair is replaced."""
    mine = (SeatException.office_id == wanted.office_id, SeatException.role_id == wanted.role_id)
    db.session.execute(delete(SeatException).where(SeatException.event_id == event_id, *mine))
    row = SeatException(
        id=uuid4(),
        event_id=event_id,
        office_id=wanted.office_id,
        role_id=wanted.role_id,
        quota=wanted.quota,
        modes=[str(mode) for mode in wanted.modes],
        required=wanted.required,
        reason=reason,
        created_at=now,
    )
    db.session.add(row)
    db.session.flush()
    audit.record("seats.exception_save", event_id=event_id, object_kind="office", object_id=wanted.office_id)


def lift_exception(event_id: UUID, exception_id: UUID) -> bool:
    """Let an office follow its level's rule again; False where there is no such exception."""
    mine = (SeatException.event_id == event_id, SeatException.id == exception_id)
    gone = db.session.scalars(delete(SeatException).where(*mine).returning(SeatException.office_id)).first()
    if gone is None:
        return False
    audit.record("seats.exception_lift", event_id=event_id, object_kind="office", object_id=gone)
    return True


def living_seats(event_id: UUID, seat_ids: Sequence[UUID]) -> list[Seat]:
    """Return those of the event's living seats; one query."""
    wanted = (Seat.event_id == event_id, Seat.withdrawn_at.is_(None), Seat.id.in_(list(seat_ids)))
    return list(db.session.scalars(select(Seat).where(*wanted).order_by(Seat.office_id, Seat.number)))


def withdraw_seat(row: Seat, *, now: datetime) -> None:
    """Take a seat back although it was answered for: its holder leaves it, and with the last seat the ticket dies.

    The organiser has decided this with the name in sight; the seat's history keeps the holding.
    """
    query = select(Holding).where(
        Holding.event_id == row.event_id, Holding.seat_id == row.id, Holding.ended_at.is_(None)
    )
    for holding in db.session.scalars(query):
        holding.ended_at = now
        db.session.flush()
        _cancel_where_last(row.event_id, holding.registration_id, now=now)
    row.answer, row.answered_at, row.decline_reason, row.withdrawn_at = None, None, "", now
    audit.record("seats.withdraw", event_id=row.event_id, object_kind="seat", object_id=row.id)


@dataclass(frozen=True)
class TakenBack:
    """A seat that had a name when the organiser took it back: whose it was, and since when it is no longer."""

    label: str
    name: str
    at: datetime


def taken_back(event_id: UUID, office_id: UUID) -> list[TakenBack]:
    """Return an office's seats that were taken back from somebody, the newest first; one query."""
    role = and_(EventRole.event_id == Seat.event_id, EventRole.id == Seat.role_id)
    held = and_(
        Holding.event_id == Seat.event_id, Holding.seat_id == Seat.id, Holding.ended_at == Seat.withdrawn_at
    )
    person = and_(Registration.event_id == Holding.event_id, Registration.id == Holding.registration_id)
    query = (
        select(EventRole.name, Seat.number, Seat.withdrawn_at, Registration)
        .join(EventRole, role)
        .join(Holding, held)
        .join(Registration, person)
        .where(Seat.event_id == event_id, Seat.office_id == office_id, Seat.withdrawn_at.is_not(None))
        .order_by(Seat.withdrawn_at.desc(), EventRole.position, Seat.number)
    )
    return [
        TakenBack(seat_label(role_name, number, number), registrations.display_name(row), at)
        for role_name, number, at, row in db.session.execute(query)
        if at is not None
    ]


def tell_offices(rows: Sequence[Seat], *, now: datetime) -> None:
    """Leave a message to each office whose seats were just taken back; also without an address it can be read here."""
    for office_id in dict.fromkeys(row.office_id for row in rows):
        payload = {"event_id": str(rows[0].event_id), "office_id": str(office_id), "at": now.isoformat()}
        outbox.enqueue("seats.taken_back", payload, event_id=rows[0].event_id)


def _cancel_where_last(event_id: UUID, registration_id: UUID, *, now: datetime) -> None:
    mine = (Holding.event_id == event_id, Holding.registration_id == registration_id, Holding.ended_at.is_(None))
    if db.session.scalar(select(Holding.id).where(*mine).limit(1)) is not None:
        return
    person = registrations.registration(event_id, registration_id)
    if person is not None:
        places.cancel(person, now=now)


def _modes(words: list[str]) -> tuple[Mode, ...]:
    return tuple(Mode(word) for word in words)
