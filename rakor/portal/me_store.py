"""Reads for "Halaman saya": seats held, agenda as participants see it, presence. Each costs a constant of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select, update

from rakor.agenda import rules as agenda_rules
from rakor.agenda.models import AgendaItem, AgendaSpeaker, Room, Speaker
from rakor.agenda.rules import SpeakerPart, Visibility
from rakor.attendance.models import Checkpoint, PresenceRow
from rakor.db import db
from rakor.events.models import EventDay, EventRole
from rakor.offices.models import Office
from rakor.registrations.models import Registration
from rakor.seats.models import Holding, Seat


@dataclass(frozen=True)
class HeldSeat:
    """A seat the person sits on: its role's name and the ways of following it allows."""

    role: str
    modes: list[str]


@dataclass(frozen=True)
class Item:
    """One agenda item as a participant sees it; times are aware, both may be missing."""

    id: UUID
    held_on: date
    title: str
    topic: str
    room: str
    starts_at: datetime | None
    ends_at: datetime | None
    speakers: tuple[str, ...]
    moderators: tuple[str, ...]


@dataclass(frozen=True)
class Presence:
    """Where and since when somebody is present."""

    checkpoint: str
    at: datetime | None


def person(event_id: UUID, registration_id: UUID) -> tuple[Registration, Office | None] | None:
    """Return a registration with its office, or None."""
    query = (
        select(Registration, Office)
        .outerjoin(Office, Office.id == Registration.office_id)
        .where(Registration.event_id == event_id, Registration.id == registration_id)
    )
    found = db.session.execute(query).one_or_none()
    return (found[0], found[1]) if found else None


def running_seats(event_id: UUID, registration_id: UUID) -> list[HeldSeat]:
    """Return the seats a person sits on now, in protocol order."""
    query = (
        select(EventRole.name, Seat.modes)
        .join(Seat, (Seat.role_id == EventRole.id) & (Seat.event_id == EventRole.event_id))
        .join(Holding, (Holding.seat_id == Seat.id) & (Holding.event_id == Seat.event_id))
        .where(
            Holding.event_id == event_id, Holding.registration_id == registration_id, Holding.ended_at.is_(None)
        )
        .order_by(EventRole.position, Seat.number)
    )
    return [HeldSeat(name, modes) for name, modes in db.session.execute(query)]


def items(event_id: UUID) -> list[Item]:
    """Return the agenda that participants see, day by day in its order."""
    query = (
        select(AgendaItem, EventDay.held_on, Room.name)
        .join(EventDay, EventDay.id == AgendaItem.day_id)
        .outerjoin(Room, Room.id == AgendaItem.room_id)
        .where(AgendaItem.event_id == event_id, AgendaItem.visibility != Visibility.ORGANIZERS)
        .order_by(EventDay.number, AgendaItem.starts_at.is_(None), AgendaItem.starts_at, AgendaItem.position)
    )
    people = _speakers(event_id)
    return [
        Item(
            row.id,
            held_on,
            row.title,
            row.topic,
            room or "",
            row.starts_at,
            row.ends_at,
            tuple(people.get((row.id, SpeakerPart.SPEAKER), ())),
            tuple(people.get((row.id, SpeakerPart.MODERATOR), ())),
        )
        for row, held_on, room in db.session.execute(query)
    ]


def _speakers(event_id: UUID) -> dict[tuple[UUID, SpeakerPart], list[str]]:
    query = (
        select(AgendaSpeaker.item_id, AgendaSpeaker.part, Speaker.name)
        .join(Speaker, Speaker.id == AgendaSpeaker.speaker_id)
        .where(AgendaSpeaker.event_id == event_id)
        .order_by(AgendaSpeaker.position)
    )
    found: dict[tuple[UUID, SpeakerPart], list[str]] = {}
    for item_id, part, name in db.session.execute(query):
        found.setdefault((item_id, part), []).append(name)
    return found


def now_and_next(found: Sequence[Item], moment: datetime) -> tuple[list[Item], list[Item]]:
    """Return what runs at ``moment`` and the two items that start next."""
    return agenda_rules.now_and_next(found, moment, 2)


def latest_presence(event_id: UUID, registration_id: UUID) -> Presence | None:
    """Return the latest checkpoint at which a person is present, or None."""
    query = (
        select(Checkpoint.name, PresenceRow.first_in_at)
        .join(Checkpoint, Checkpoint.id == PresenceRow.checkpoint_id)
        .where(
            PresenceRow.event_id == event_id,
            PresenceRow.registration_id == registration_id,
            PresenceRow.present.is_(True),
        )
        .order_by(PresenceRow.first_in_at.desc())
        .limit(1)
    )
    found = db.session.execute(query).one_or_none()
    return Presence(*found) if found else None


def leave_seats(event_id: UUID, registration_id: UUID, *, now: datetime) -> None:
    """End a person's holdings: the seats are open again and have not answered."""
    running = (Holding.event_id == event_id, Holding.registration_id == registration_id, Holding.ended_at.is_(None))
    ended = db.session.scalars(update(Holding).where(*running).values(ended_at=now).returning(Holding.seat_id)).all()
    seats = (Seat.event_id == event_id, Seat.id.in_(ended))
    db.session.execute(update(Seat).where(*seats).values(answer=None, answered_at=None))
