"""Reads of seats: each is one or two queries, whatever the size of the event."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, distinct, func, select

from rakor.db import db
from rakor.events import links
from rakor.events.models import AccessLink, EventRole, LinkPurpose
from rakor.events.rules import RoleGroup
from rakor.offices.models import Office
from rakor.offices.rules import OfficeLevel
from rakor.regions.rules import reference
from rakor.registrations.models import Registration
from rakor.registrations.rules import Mode, PersonName
from rakor.seats.models import Holding, Seat
from rakor.seats.rules import SeatAnswer, SeatState, protocol_key, seat_label


@dataclass(frozen=True)
class SeatLine:
    """One seat with its office, its role and who sits on it; ``name`` has its titles and is empty for an open seat."""

    seat_id: UUID
    office_id: UUID
    office: str
    province_code: str | None
    regency_code: str | None
    zone: str
    role_id: UUID
    role: str
    group: RoleGroup
    number: int
    label: str
    standing: tuple[str, int, int]
    modes: tuple[Mode, ...]
    answer: SeatAnswer | None
    reason: str
    answered_at: datetime | None
    registration_id: UUID | None
    name: str
    mode: Mode | None
    on_behalf: bool

    @property
    def state(self) -> SeatState:
        """The seat as ``judge_answer`` sees it."""
        return SeatState(self.modes, self.answer, self.name, self.mode, self.reason, self.answered_at)


@dataclass
class Tally:
    """Seats counted: invited, confirmed, declined."""

    invited: int = 0
    confirmed: int = 0
    declined: int = 0

    @property
    def answered(self) -> int:
        """Seats for which the office said something."""
        return self.confirmed + self.declined

    def add(self, other: "Tally") -> None:
        """Count more seats in."""
        self.invited += other.invited
        self.confirmed += other.confirmed
        self.declined += other.declined


@dataclass
class Numbers:
    """An event's seats in all, by office and by province; ``heads`` are distinct people on confirmed seats."""

    total: Tally = field(default_factory=Tally)
    heads: int = 0
    by_office: dict[UUID, Tally] = field(default_factory=dict)
    by_province: dict[str | None, Tally] = field(default_factory=dict)


@dataclass(frozen=True)
class OfficeProgress:
    """An invited office, how far its answer is, and its link; ``province_code`` is that of the event's map."""

    office_id: UUID
    code: str
    name: str
    level: OfficeLevel
    province_code: str | None
    zone: str
    tally: Tally
    link_epoch: int | None
    passed_on_at: datetime | None


OFFICE_COLUMNS = (
    Office.id,
    Office.code,
    Office.name,
    Office.level,
    Office.province_code,
    Office.regency_code,
    Office.zone,
)


def running() -> ColumnElement[bool]:
    """The join of a seat to the holding that runs now."""
    return and_(Holding.event_id == Seat.event_id, Holding.seat_id == Seat.id, Holding.ended_at.is_(None))


def _lines(event_id: UUID, *conditions: ColumnElement[bool]) -> list[SeatLine]:
    query = (
        select(Seat, Office, EventRole, Holding.on_behalf, Registration)
        .join(Office, Office.id == Seat.office_id)
        .join(EventRole, and_(EventRole.event_id == Seat.event_id, EventRole.id == Seat.role_id))
        .outerjoin(Holding, running())
        .outerjoin(
            Registration,
            and_(Registration.event_id == Holding.event_id, Registration.id == Holding.registration_id),
        )
        .where(Seat.event_id == event_id, Seat.withdrawn_at.is_(None), *conditions)
        .order_by(Office.sort_key, Office.id, EventRole.position, EventRole.name, Seat.number)
    )
    rows = db.session.execute(query).all()
    several = Counter((seat.office_id, seat.role_id) for seat, *_ in rows)
    return [_line(*row, several[row[0].office_id, row[0].role_id]) for row in rows]


def _line(
    seat: Seat, office: Office, role: EventRole, on_behalf: bool | None, person: Registration | None, quota: int
) -> SeatLine:
    return SeatLine(
        seat_id=seat.id,
        office_id=office.id,
        office=office.name,
        province_code=office.province_code,
        regency_code=office.regency_code,
        zone=office.zone,
        role_id=role.id,
        role=role.name,
        group=role.group,
        number=seat.number,
        label=seat_label(role.name, seat.number, max(quota, seat.number)),
        standing=protocol_key(office.sort_key, role.position, seat.number),
        modes=tuple(Mode(word) for word in seat.modes),
        answer=seat.answer,
        reason=seat.decline_reason,
        answered_at=seat.answered_at,
        registration_id=person.id if person else None,
        name=PersonName(person.front_title, person.name, person.back_title).display() if person else "",
        mode=person.mode if person else None,
        on_behalf=bool(on_behalf),
    )


def seats_with_holders(event_id: UUID, office_ids: Iterable[UUID] | None = None) -> list[SeatLine]:
    """Return the event's living seats in protocol order, of the given offices only where there are any given."""
    if office_ids is None:
        return _lines(event_id)
    return _lines(event_id, Seat.office_id.in_(list(office_ids)))


def seats_of_registration(event_id: UUID, registration_id: UUID) -> list[SeatLine]:
    """Return the seats a person sits on now, in protocol order."""
    return _lines(event_id, Holding.registration_id == registration_id)


def _tallies(event_id: UUID) -> dict[UUID, Tally]:
    def counted(answer: SeatAnswer) -> ColumnElement[int]:
        return func.coalesce(func.sum(case((Seat.answer == answer, 1), else_=0)), 0)

    query = (
        select(Seat.office_id, func.count(), counted(SeatAnswer.CONFIRMED), counted(SeatAnswer.DECLINED))
        .where(Seat.event_id == event_id, Seat.withdrawn_at.is_(None))
        .group_by(Seat.office_id)
    )
    return {row[0]: Tally(int(row[1]), int(row[2]), int(row[3])) for row in db.session.execute(query)}


def numbers(event_id: UUID, as_of: date | None = None) -> Numbers:
    """Count the event's seats and heads; provinces are those of the map of ``as_of`` (today's where None)."""
    found = Numbers(by_office=_tallies(event_id))
    for row in _invited(event_id):
        tally = found.by_office[row.id]
        province = province_on(row.province_code, row.regency_code, as_of)
        for sum_ in (found.total, found.by_province.setdefault(province, Tally())):
            sum_.add(tally)
    heads = (
        select(func.count(distinct(Holding.registration_id)))
        .select_from(Seat)
        .join(Holding, running())
        .where(Seat.event_id == event_id, Seat.withdrawn_at.is_(None), Seat.answer == SeatAnswer.CONFIRMED)
    )
    found.heads = db.session.scalar(heads) or 0
    return found


def office_progress(event_id: UUID, as_of: date | None = None) -> list[OfficeProgress]:
    """Return every invited office with its tally and its link, in protocol order; two queries."""
    tallies = _tallies(event_id)
    return [
        OfficeProgress(
            row.id,
            row.code,
            row.name,
            row.level,
            province_on(row.province_code, row.regency_code, as_of),
            row.zone,
            tallies[row.id],
            row.epoch,
            row.passed_on_at,
        )
        for row in _invited(event_id)
    ]


def _invited(event_id: UUID) -> Sequence[Any]:
    invited = select(Seat.office_id).where(Seat.event_id == event_id, Seat.withdrawn_at.is_(None))
    link = and_(
        AccessLink.event_id == event_id,
        AccessLink.purpose == LinkPurpose.OFFICE,
        AccessLink.subject_id == Office.id,
    )
    query = (
        select(*OFFICE_COLUMNS, AccessLink.epoch, AccessLink.passed_on_at)
        .outerjoin(AccessLink, link)
        .where(Office.id.in_(invited))
        .order_by(Office.sort_key, Office.id)
    )
    return db.session.execute(query).all()


def province_on(province_code: str | None, regency_code: str | None, as_of: date | None) -> str | None:
    """Return the province an office is counted in on the map of a day."""
    return reference().province_of(regency_code, as_of).code if regency_code else province_code


def person_paths(event_id: UUID, registration_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the path of each person's own page, ``/p/<token>``, under the link's present epoch; one query."""
    query = select(AccessLink.subject_id, AccessLink.epoch).where(
        AccessLink.event_id == event_id,
        AccessLink.purpose == LinkPurpose.PERSON,
        AccessLink.subject_id.in_(list(registration_ids)),
    )
    return {
        subject: links.path_of(event_id, LinkPurpose.PERSON, subject, epoch)
        for subject, epoch in db.session.execute(query)
    }
