"""Seats counted: invited, confirmed, declined; in all, by office, by province. Each read is two or three queries."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, distinct, func, select

from rakor.db import db
from rakor.events.models import AccessLink, LinkPurpose, PassedOnBy
from rakor.offices.models import Office
from rakor.offices.rules import OfficeLevel
from rakor.seats.models import Holding, Seat
from rakor.seats.rules import SeatAnswer
from rakor.seats.rules.ways import LinkFacts
from rakor.seats.store.reads import province_on, running


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
    passed_on_by: PassedOnBy | None = None
    opened_at: datetime | None = None

    @property
    def way(self) -> LinkFacts:
        """How far the link is, as the filters judge it."""
        return LinkFacts(self.passed_on_at is not None, self.opened_at is not None, self.tally.answered)


OFFICE_COLUMNS = (
    Office.id,
    Office.code,
    Office.name,
    Office.level,
    Office.province_code,
    Office.regency_code,
    Office.zone,
)
LINK_COLUMNS = (AccessLink.epoch, AccessLink.passed_on_at, AccessLink.passed_on_by, AccessLink.opened_at)


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
            row.passed_on_by,
            row.opened_at,
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
        select(*OFFICE_COLUMNS, *LINK_COLUMNS)
        .outerjoin(AccessLink, link)
        .where(Office.id.in_(invited))
        .order_by(Office.sort_key, Office.id)
    )
    return db.session.execute(query).all()
