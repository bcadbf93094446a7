"""Who sits where from when to when: the writes of an accepted answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import and_, delete, select

from rakor import audit, outbox
from rakor.db import db
from rakor.events.models import EventRole
from rakor.offices.models import Office
from rakor.registrations import changes, places
from rakor.registrations import store as registrations
from rakor.registrations.models import Registration, RegistrationSource
from rakor.registrations.rules import Mode, PersonName, RegistrationState, fold
from rakor.registrations.store import Draft
from rakor.seats.models import Holding, Seat
from rakor.seats.rules import Accepted, AnswerAct, SeatAnswer
from rakor.seats.store.reads import SeatLine

Held = tuple[Holding, Seat, EventRole]


@dataclass(frozen=True)
class Sitting:
    """One sending of an office, being written at ``now``."""

    event_id: UUID
    office: Office
    now: datetime
    language: str

    def write(self, spoken: Mapping[SeatLine, Accepted]) -> None:
        """Write what was accepted for each seat; who takes a second seat needs the first one written before."""
        ids = [line.seat_id for line in spoken]
        query = select(Seat).where(Seat.event_id == self.event_id, Seat.id.in_(ids))
        seats = {row.id: row for row in db.session.scalars(query)}
        in_turn = sorted(spoken.items(), key=lambda said: said[1].act is AnswerAct.JOIN)
        for line, verdict in in_turn:
            seat = seats[line.seat_id]
            seat.answered_at = self.now
            seat.answer = SeatAnswer.DECLINED if verdict.act is AnswerAct.DECLINE else SeatAnswer.CONFIRMED
            seat.decline_reason = verdict.reason
            self._move(line, verdict)

    def _move(self, line: SeatLine, verdict: Accepted) -> None:
        holder, name, mode = line.registration_id, verdict.name, verdict.mode
        if verdict.act in (AnswerAct.CORRECT, AnswerAct.CHANGE_MODE) and holder and name and mode:
            self._put_right(holder, line, name, mode, verdict)
            return
        joined = self._holder_of(verdict.with_seat) if verdict.with_seat else None
        if holder is not None:
            self._leave(line.seat_id, holder)
        if joined is not None:
            self._join(line, joined, on_behalf=verdict.on_behalf)
        elif name and mode:
            self._seat_person(line, name, mode, verdict)

    def _put_right(self, holder: UUID, line: SeatLine, name: PersonName, mode: Mode, verdict: Accepted) -> None:
        person = self._person(holder)
        held = running_of(self.event_id, holder)
        for holding, seat, _role in held:
            if seat.id == line.seat_id:
                holding.on_behalf = verdict.on_behalf
        changes.correct_name(person, name, search=self._words(held), now=self.now)
        told = {"acting": verdict.acting}
        changes.correct_work(person, told, person.post, search=self._words(held), now=self.now)
        changes.change_mode(person, mode, now=self.now)
        self._stand(person, held)
        self._tell(holder)

    def _seat_person(self, line: SeatLine, name: PersonName, mode: Mode, verdict: Accepted) -> None:
        draft = Draft(
            name=name,
            mode=mode,
            state=RegistrationState.CONFIRMED,
            source=RegistrationSource.SEAT,
            post="" if verdict.on_behalf else line.role,  # a deputy does not hold the post; the role says for whom
            acting=verdict.acting,
            role_id=line.role_id,
            office_id=self.office.id,
            institution=self.office.name,
            province_code=self.office.province_code,
            regency_code=self.office.regency_code,
            language=self.language,
        )
        search = (self.office.short_name, line.role)
        person = registrations.left_before(self.event_id, self.office.id, name)
        if person is None:
            person = registrations.create(self.event_id, draft, now=self.now, search=search)
        else:
            places.bring_back(person, draft, search=search, now=self.now)
        self._sit(line.seat_id, person.id, on_behalf=verdict.on_behalf)
        self._tell(person.id)

    def _join(self, line: SeatLine, joined: UUID, *, on_behalf: bool) -> None:
        """Give a person one more seat: the registration, its link and its ticket stay one."""
        self._sit(line.seat_id, joined, on_behalf=on_behalf)
        self._stand(self._person(joined), running_of(self.event_id, joined))
        self._tell(joined)

    def _sit(self, seat_id: UUID, registration_id: UUID, *, on_behalf: bool) -> None:
        row = Holding(
            id=uuid4(),
            event_id=self.event_id,
            seat_id=seat_id,
            registration_id=registration_id,
            on_behalf=on_behalf,
            started_at=self.now,
        )
        db.session.add(row)
        db.session.flush()

    def _leave(self, seat_id: UUID, holder: UUID) -> None:
        """End a holding; with the last one the person's registration ends and the ticket dies."""
        held = running_of(self.event_id, holder)
        for holding, _seat, _role in held:
            if holding.seat_id == seat_id:
                holding.ended_at = self.now
        db.session.flush()
        person, kept = self._person(holder), [found for found in held if found[0].ended_at is None]
        if kept:
            self._stand(person, kept)
        else:
            places.cancel(person, now=self.now)

    def _stand(self, person: Registration, held: Sequence[Held]) -> None:
        """A person stands in lists by the first seat that is left, and is found by the words of all."""
        holding, seat, role = held[0]
        post = "" if holding.on_behalf else role.name
        changes.take_post(person, seat.role_id, post, search=self._words(held), now=self.now)

    def _words(self, held: Sequence[Held]) -> tuple[str, ...]:
        return (self.office.short_name, *dict.fromkeys(role.name for *_, role in held))

    def _holder_of(self, seat_id: UUID) -> UUID | None:
        query = select(Holding.registration_id).where(
            Holding.event_id == self.event_id, Holding.seat_id == seat_id, Holding.ended_at.is_(None)
        )
        return db.session.scalar(query)

    def _person(self, registration_id: UUID) -> Registration:
        person = registrations.registration(self.event_id, registration_id)
        assert person is not None, "a holding has its registration"
        return person

    def _tell(self, registration_id: UUID) -> None:
        payload = {"event_id": str(self.event_id), "registration_id": str(registration_id)}
        outbox.enqueue("registration.confirmed", payload, event_id=self.event_id)


def take_one_more(
    event_id: UUID, office: Office, seat: Seat, registration_id: UUID, *, on_behalf: bool, now: datetime
) -> Registration:
    """Give somebody who sits in the office one more of its seats; the registration and its ticket stay one."""
    sitting = Sitting(event_id, office, now, "")
    seat.answer, seat.answered_at, seat.decline_reason = SeatAnswer.CONFIRMED, now, ""
    sitting._sit(seat.id, registration_id, on_behalf=on_behalf)
    person = sitting._person(registration_id)
    sitting._stand(person, running_of(event_id, registration_id))
    return person


def give_one_back(event_id: UUID, office: Office, seat: Seat, registration_id: UUID, *, now: datetime) -> None:
    """Undo ``take_one_more``: the seat is "belum menjawab" as if nobody had sat there; the others stay."""
    sitting = Sitting(event_id, office, now, "")
    mine = (Holding.event_id == event_id, Holding.seat_id == seat.id, Holding.registration_id == registration_id)
    db.session.execute(delete(Holding).where(*mine))
    seat.answer, seat.answered_at, seat.decline_reason = None, None, ""
    left = running_of(event_id, registration_id)
    if left:
        sitting._stand(sitting._person(registration_id), left)


def incumbents(event_id: UUID, seat_ids: Sequence[UUID]) -> dict[UUID, str]:
    """Return who last sat on each of these seats in the own right, by the folded name; deputies do not count."""
    person = and_(Registration.event_id == Holding.event_id, Registration.id == Holding.registration_id)
    query = (
        select(Holding.seat_id, Registration.name)
        .join(Registration, person)
        .where(Holding.event_id == event_id, Holding.seat_id.in_(seat_ids), Holding.on_behalf.is_(False))
        .order_by(Holding.started_at)
    )
    return {seat_id: fold(name) for seat_id, name in db.session.execute(query)}


def leave_seats(event_id: UUID, registration_id: UUID, *, now: datetime) -> int:
    """End every holding of a person who takes the confirmation back: the seats are "belum menjawab" again.

    Returns how many seats became free. The registration itself is the caller's to change.
    """
    found = running_of(event_id, registration_id)
    for holding, seat, _role in found:
        holding.ended_at = now
        seat.answer, seat.answered_at, seat.decline_reason = None, None, ""
    if found:
        audit.record("seats.leave", event_id=event_id, object_kind="registration", object_id=registration_id)
    db.session.flush()
    return len(found)


def running_of(event_id: UUID, registration_id: UUID) -> list[Held]:
    """Return what a person holds now, in protocol order."""
    query = (
        select(Holding, Seat, EventRole)
        .join(Seat, and_(Seat.event_id == Holding.event_id, Seat.id == Holding.seat_id))
        .join(EventRole, and_(EventRole.event_id == Seat.event_id, EventRole.id == Seat.role_id))
        .where(Holding.event_id == event_id, Holding.registration_id == registration_id, Holding.ended_at.is_(None))
        .order_by(EventRole.position, EventRole.name, Seat.number)
    )
    return [(holding, seat, role) for holding, seat, role in db.session.execute(query)]
