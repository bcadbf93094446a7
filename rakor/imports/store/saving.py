"""Saving, in steps of two hundred rows: people and the marks on their rows are one commit, so a step is whole or not.

After a ``kill -9`` the job is leased again and goes on with the rows that are still "good": none is saved twice. One
transaction for ten thousand would hold every desk of a SQLite hall for half a minute.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import func, select

from rakor import audit, outbox
from rakor.db import db
from rakor.events import store as events
from rakor.events.models import Event, EventRole
from rakor.imports.models import ImportRow, SheetImport
from rakor.imports.rules import Act, Field, Problem, RowState, Sent, Trouble, read_row
from rakor.imports.rules.regions import region_of
from rakor.imports.store import joining
from rakor.imports.store.updating import update_person
from rakor.offices.models import Office
from rakor.registrations import bulk, places
from rakor.registrations import store as registrations
from rakor.registrations.entry import MODES
from rakor.registrations.models import Registration, RegistrationSource
from rakor.registrations.rules import Mode, RegistrationState, fold
from rakor.registrations.store import LIVING, Draft
from rakor.seats.models import Holding, Seat
from rakor.seats.rules import SeatAnswer
from rakor.seats.store.seating import incumbents

STEP = 200


def left_count(import_id: UUID) -> int:
    """Return how many rows are still to be saved."""
    good = (ImportRow.import_id == import_id, ImportRow.state == RowState.GOOD)
    return db.session.scalar(select(func.count()).select_from(ImportRow).where(*good)) or 0


def save_step(row: SheetImport, today: date, *, now: datetime) -> int:
    """Save the next rows of an upload; returns how many were dealt with, 0 where none is left.

    Needs an open transaction; takes the event's row lock. What an office did since the rows were judged wins.
    """
    event = events.locked_event(row.event_id)
    query = select(ImportRow).where(ImportRow.import_id == row.id, ImportRow.state == RowState.GOOD)
    rows = list(db.session.scalars(query.order_by(ImportRow.number).limit(STEP)))
    if not rows:
        return 0
    step = _Step(event, row, now, {one.number: _sent(one, row, today) for one in rows})
    step.joins = joining.joins_any(row.id)
    step.sit([one for one in rows if one.act == Act.SIT])
    step.join([one for one in rows if one.act == Act.JOIN])
    for one in rows:
        if one.act == Act.REGISTER:
            step.register(one)
        elif one.act == Act.UPDATE:
            step.update(one)
    db.session.flush()
    audit.record("import.save", event_id=event.id, object_kind="import", object_id=row.id, count=len(rows))
    return len(rows)


def _sent(one: ImportRow, row: SheetImport, today: date) -> Sent:
    columns = {Field(name): place for name, place in row.mapping.items()}
    return read_row(json.loads(one.cells or "[]"), columns, today)


@dataclass
class _Step:
    event: Event
    row: SheetImport
    now: datetime
    sent: Mapping[int, Sent]
    offices: dict[UUID, Office] = field(default_factory=dict)
    joins: bool = False

    def sit(self, rows: Sequence[ImportRow]) -> None:
        """Put people on their seats, where these are still free; all with a few statements."""
        seats, taken = self._seats([one.seat_id for one in rows if one.seat_id])
        roles = {role.id: role for role in events.roles(self.event.id)}
        free: list[tuple[ImportRow, Seat]] = []
        for one in rows:
            seat = seats.get(one.seat_id) if one.seat_id else None
            if seat is None or seat.id in taken:
                _refuse(one, Field.OFFICE, Trouble.SEAT_TAKEN if seat else Trouble.NO_SUCH_SEAT)
            else:
                taken.add(seat.id)
                free.append((one, seat))
        self._know_offices(seat.office_id for _one, seat in free)
        first = incumbents(self.event.id, [seat.id for _one, seat in free])
        drafts = [self._seat_draft(one, seat, roles[seat.role_id], first.get(seat.id)) for one, seat in free]
        made = bulk.create_many(self.event.id, drafts, now=self.now)
        for (one, seat), person in zip(free, made, strict=True):
            self._hold(seat, person, first.get(seat.id))
            self._done(one, person, RowState.SAVED, "registration.confirmed")

    def join(self, rows: Sequence[ImportRow]) -> None:
        """Give people of other rows, or those who sit in the office already, one more seat."""
        seats, taken = self._seats([one.seat_id for one in rows if one.seat_id])
        self._know_offices(seat.office_id for seat in seats.values())
        held = joining.holders(self.event.id, [one.with_seat_id for one in rows if one.with_seat_id])
        first = incumbents(self.event.id, list(seats))
        for one in rows:
            seat, sent = seats.get(one.seat_id) if one.seat_id else None, self.sent[one.number]
            if seat is None or seat.id in taken or sent.name is None:
                _refuse(one, Field.OFFICE, Trouble.SEAT_TAKEN if seat else Trouble.NO_SUCH_SEAT)
                continue
            office, behalf = self.offices[seat.office_id], _stands_in(sent, first.get(seat.id))
            person = joining.join(one, seat, office, held, sent.name.name, on_behalf=behalf, now=self.now)
            if person is None:
                _refuse(one, Field.NAME, Trouble.GONE)
                continue
            taken.add(seat.id)
            one.state, one.registration_id, one.registration_version = RowState.SAVED, person.id, person.version

    def _seats(self, ids: Sequence[UUID]) -> tuple[dict[UUID, Seat], set[UUID]]:
        mine = select(Seat).where(Seat.event_id == self.event.id, Seat.id.in_(ids), Seat.withdrawn_at.is_(None))
        held = select(Holding.seat_id).where(
            Holding.event_id == self.event.id, Holding.seat_id.in_(ids), Holding.ended_at.is_(None)
        )
        return {seat.id: seat for seat in db.session.scalars(mine)}, set(db.session.scalars(held))

    def _know_offices(self, ids: Iterable[UUID | None]) -> None:
        wanted = {one for one in ids if one is not None} - set(self.offices)
        found = db.session.scalars(select(Office).where(Office.id.in_(wanted))) if wanted else ()
        self.offices |= {office.id: office for office in found}

    def _seat_draft(
        self, one: ImportRow, seat: Seat, role: EventRole, first: str | None
    ) -> tuple[Draft, tuple[str, ...]]:
        sent, office = self.sent[one.number], self.offices[seat.office_id]
        on_behalf = _stands_in(sent, first)
        post = sent.post or ("" if on_behalf else role.name)
        modes = [Mode(word) for word in seat.modes]
        draft = self._draft(sent, post, RegistrationSource.SEAT, self._mode(sent, modes), office)
        draft = replace(draft, role_id=role.id, state=RegistrationState.CONFIRMED)
        return draft, (office.short_name, role.name)

    def _mode(self, sent: Sent, modes: Sequence[Mode]) -> Mode:
        wanted = sent.mode or (Mode(self.row.default_mode) if self.row.default_mode else None)
        return wanted if wanted is not None and wanted in modes else modes[0]

    def _draft(self, sent: Sent, post: str, source: RegistrationSource, mode: Mode, office: Office | None) -> Draft:
        assert sent.name is not None  # a row without a name is no good row
        here = (office.province_code, office.regency_code) if office else region_of(sent.regency, sent.province)
        province, regency = here
        return Draft(
            name=sent.name,
            mode=mode,
            state=RegistrationState.APPLIED,
            source=source,
            post=post,
            office_id=office.id if office else None,
            institution=office.name if office else sent.institution,
            province_code=province,
            regency_code=regency,
            acting=sent.acting,
            employment=sent.employment,
            rank=sent.rank,
            phone=sent.phone,
            email=sent.email,
            nip=sent.nip,
            placing=sent.placing,
        )

    def _hold(self, seat: Seat, person: Registration, first: str | None) -> None:
        seat.answer, seat.answered_at, seat.decline_reason = SeatAnswer.CONFIRMED, self.now, ""
        db.session.add(
            Holding(
                id=uuid4(),
                event_id=self.event.id,
                seat_id=seat.id,
                registration_id=person.id,
                on_behalf=first is not None and first != fold(person.name),
                started_at=self.now,
            )
        )

    def register(self, one: ImportRow) -> None:
        """Bring a person in by the open form's way: quota, approval and waiting list hold here too."""
        sent = self.sent[one.number]
        self._know_offices([one.office_id])
        office = self.offices.get(one.office_id) if one.office_id else None
        mode = self._mode(sent, MODES[self.event.mode])
        draft = self._draft(sent, sent.post, RegistrationSource.IMPORT, mode, office)
        person = places.admit(self.event, draft, may_wait=True, now=self.now)
        if person is None:
            _refuse(one, Field.NAME, Trouble.EVENT_FULL)
        else:
            self._done(one, person, RowState.SAVED, "registration.received")

    def update(self, one: ImportRow) -> None:
        """Change what a row says of somebody who is there; what was is kept for undoing."""
        person = registrations.registration(self.event.id, one.registration_id) if one.registration_id else None
        if person is None or person.state not in LIVING:
            _refuse(one, Field.CODE, Trouble.GONE)
            return
        sent = self.sent[one.number]
        if one.with_seat_id:  # a further seat: the first one says the name and the post
            sent = replace(sent, name=None, post="", acting="")
        one.before = json.dumps(update_person(person, sent, now=self.now))
        if sent.mode and person.mode is not sent.mode:
            one.problems = [*one.problems, Problem(Field.MODE, Trouble.EVENT_FULL).packed()]
        one.state, one.registration_version = RowState.UPDATED, person.version
        if self.joins:
            joining.keep_step(one, person)

    def _done(self, one: ImportRow, person: Registration, state: RowState, job: str) -> None:
        one.state, one.registration_id, one.registration_version = state, person.id, person.version
        if person.email and self.row.sends_mail:
            payload = {"event_id": str(self.event.id), "registration_id": str(person.id)}
            outbox.enqueue(job, payload, event_id=self.event.id)


def _stands_in(sent: Sent, first: str | None) -> bool:
    return first is not None and sent.name is not None and first != fold(sent.name.name)


def _refuse(one: ImportRow, which: Field, trouble: Trouble) -> None:
    one.state = RowState.PROBLEM
    one.problems = [*one.problems, Problem(which, trouble).packed()]
