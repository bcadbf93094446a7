"""Who sits where from when to when: the writes of an accepted answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import and_, select

from rakor import audit, outbox
from rakor.db import db
from rakor.offices.models import Office
from rakor.registrations import changes, places
from rakor.registrations import store as registrations
from rakor.registrations.models import Registration, RegistrationSource
from rakor.registrations.rules import Mode, PersonName, RegistrationState, fold
from rakor.registrations.store import Draft
from rakor.seats.models import Holding, Seat
from rakor.seats.rules import Accepted, AnswerAct, SeatAnswer
from rakor.seats.store.reads import SeatLine


@dataclass(frozen=True)
class Sitting:
    """One sending of an office, being written at ``now``."""

    event_id: UUID
    office: Office
    now: datetime
    language: str

    def write(self, spoken: Mapping[SeatLine, Accepted]) -> None:
        """Write what was accepted for each seat."""
        ids = [line.seat_id for line in spoken]
        query = select(Seat).where(Seat.event_id == self.event_id, Seat.id.in_(ids))
        seats = {row.id: row for row in db.session.scalars(query)}
        first = first_holders(self.event_id, ids)
        for line, verdict in spoken.items():
            seat = seats[line.seat_id]
            seat.answered_at = self.now
            seat.answer = SeatAnswer.DECLINED if verdict.act is AnswerAct.DECLINE else SeatAnswer.CONFIRMED
            seat.decline_reason = verdict.reason
            self._move(line, verdict, first.get(line.seat_id))

    def _move(self, line: SeatLine, verdict: Accepted, first: str | None) -> None:
        holder, name, mode = line.registration_id, verdict.name, verdict.mode
        if verdict.act in (AnswerAct.CORRECT, AnswerAct.CHANGE_MODE) and holder and name and mode:
            self._put_right(holder, line, name, mode)
            return
        if holder is not None:
            self._leave(line.seat_id, holder)
        if name and mode:
            self._seat_person(line, name, mode, first)

    def _put_right(self, holder: UUID, line: SeatLine, name: PersonName, mode: Mode) -> None:
        person = registrations.registration(self.event_id, holder)
        assert person is not None
        changes.correct_name(person, name, search=(self.office.short_name, line.role), now=self.now)
        changes.change_mode(person, mode, now=self.now)
        self._tell(holder)

    def _seat_person(self, line: SeatLine, name: PersonName, mode: Mode, first: str | None) -> None:
        on_behalf = first is not None and first != fold(name.name)
        draft = Draft(
            name=name,
            mode=mode,
            state=RegistrationState.CONFIRMED,
            source=RegistrationSource.SEAT,
            post="" if on_behalf else line.role,  # a deputy does not hold the post; the role says for whom
            role_id=line.role_id,
            office_id=self.office.id,
            institution=self.office.name,
            province_code=self.office.province_code,
            regency_code=self.office.regency_code,
            language=self.language,
        )
        person = registrations.create(self.event_id, draft, now=self.now, search=(self.office.short_name, line.role))
        db.session.add(
            Holding(
                id=uuid4(),
                event_id=self.event_id,
                seat_id=line.seat_id,
                registration_id=person.id,
                on_behalf=on_behalf,
                started_at=self.now,
            )
        )
        db.session.flush()
        self._tell(person.id)

    def _leave(self, seat_id: UUID, holder: UUID) -> None:
        """End a holding; with the last one the person's registration ends and the ticket dies."""
        running = [holding for holding, _ in _running(self.event_id, holder)]
        for holding in running:
            if holding.seat_id == seat_id:
                holding.ended_at = self.now
        db.session.flush()
        if all(holding.ended_at is not None for holding in running):
            person = registrations.registration(self.event_id, holder)
            assert person is not None
            places.cancel(person, now=self.now)

    def _tell(self, registration_id: UUID) -> None:
        payload = {"event_id": str(self.event_id), "registration_id": str(registration_id)}
        outbox.enqueue("registration.confirmed", payload, event_id=self.event_id)


def first_holders(event_id: UUID, seat_ids: list[UUID]) -> dict[UUID, str]:
    """Return the folded name of the first who ever sat on each of these seats; whoever follows stands in for them."""
    person = and_(Registration.event_id == Holding.event_id, Registration.id == Holding.registration_id)
    query = (
        select(Holding.seat_id, Registration.name)
        .join(Registration, person)
        .where(Holding.event_id == event_id, Holding.seat_id.in_(seat_ids))
        .order_by(Holding.started_at.desc())
    )
    return {seat_id: fold(name) for seat_id, name in db.session.execute(query)}


def leave_seats(event_id: UUID, registration_id: UUID, *, now: datetime) -> int:
    """End every holding of a person who takes the confirmation back: the seats are "belum menjawab" again.

    Returns how many seats became free. The registration itself is the caller's to change.
    """
    found = _running(event_id, registration_id)
    for holding, seat in found:
        holding.ended_at = now
        seat.answer, seat.answered_at, seat.decline_reason = None, None, ""
    if found:
        audit.record("seats.leave", event_id=event_id, object_kind="registration", object_id=registration_id)
    db.session.flush()
    return len(found)


def _running(event_id: UUID, registration_id: UUID) -> list[tuple[Holding, Seat]]:
    query = (
        select(Holding, Seat)
        .join(Seat, and_(Seat.event_id == Holding.event_id, Seat.id == Holding.seat_id))
        .where(Holding.event_id == event_id, Holding.registration_id == registration_id, Holding.ended_at.is_(None))
    )
    return [(holding, seat) for holding, seat in db.session.execute(query)]
