"""The facts that rows are judged by: the event's seats, roles, offices and people, each in one query."""

from uuid import UUID

from sqlalchemy import and_, select

from rakor import clock
from rakor.db import db
from rakor.events import store as events
from rakor.events.models import Event
from rakor.imports.models import SheetImport
from rakor.imports.rules import Facts, Known, Offices, RoleFact, SeatFact
from rakor.imports.store.codes import codes_of
from rakor.offices.models import Office
from rakor.registrations.entry import MODES
from rakor.registrations.models import Registration
from rakor.registrations.rules import Mode, PersonName, fold
from rakor.registrations.store import LIVING
from rakor.seats.models import Holding, Seat
from rakor.seats.rules import SeatAnswer
from rakor.seats.rules.office_names import KnownOffice


def facts_of(event: Event, row: SheetImport) -> Facts:
    """Return what the rows of an upload are judged by, as it stands now."""
    people, seats = _people(event.id), _seats(event.id)
    seated = {seat.role_id for seat in seats}  # a role without any seat is nothing that a row could mean
    wanted = Mode(row.default_mode) if row.default_mode in set(Mode) else None
    return Facts(
        today=clock.today(event.zone),
        modes=MODES[event.mode],
        default_mode=wanted,
        open_form=event.open_registration,
        offices=Offices(known_offices(event.institution_id)),
        roles=tuple(
            RoleFact(role.id, role.name, role.short_name)
            for role in events.roles(event.id)
            if role.id in seated
        ),
        seats=seats,
        people=people,
        codes=codes_of(event.id, [*(seat.id for seat in seats), *(person.id for person in people)]),
        choices=row.choices,
    )


def known_offices(institution_id: UUID) -> list[KnownOffice]:
    """Return an institution's offices as free text is matched with them, in protocol order."""
    columns = (Office.id, Office.code, Office.name, Office.short_name, Office.level)
    query = select(*columns, Office.province_code, Office.regency_code).where(Office.institution_id == institution_id)
    return [KnownOffice(*found) for found in db.session.execute(query.order_by(Office.sort_key, Office.id))]


def _seats(event_id: UUID) -> tuple[SeatFact, ...]:
    running = and_(Holding.event_id == Seat.event_id, Holding.seat_id == Seat.id, Holding.ended_at.is_(None))
    columns = (Seat.id, Seat.office_id, Seat.role_id, Seat.number, Seat.modes, Seat.answer, Holding.registration_id)
    query = select(*columns).outerjoin(Holding, running).where(Seat.event_id == event_id, Seat.withdrawn_at.is_(None))
    words: dict[tuple[str, ...], tuple[Mode, ...]] = {}
    found = []
    for seat_id, office_id, role_id, number, modes, answer, holder_id in db.session.execute(query):
        allowed = words.setdefault(tuple(modes), tuple(Mode(word) for word in modes))
        declined = answer is SeatAnswer.DECLINED
        found.append(SeatFact(seat_id, office_id, role_id, number, allowed, declined, holder_id))
    return tuple(found)


def _people(event_id: UUID) -> tuple[Known, ...]:
    row = Registration
    names = (row.id, row.name, row.front_title, row.back_title)
    query = select(*names, row.post, row.nip, row.phone, row.email, row.mode, row.office_id, row.role_id,
                   row.acting, row.employment, row.rank, row.placing)  # fmt: skip
    living = query.where(row.event_id == event_id, row.state.in_(LIVING)).order_by(row.created_at, row.id)
    return tuple(
        Known(who, fold(name), PersonName(front, name, back).display(), *rest)
        for who, name, front, back, *rest in db.session.execute(living)
    )
