"""How far an event's follow-ups are, as one value at most five seconds old; two queries, whatever its size."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import and_, select

from rakor.db import db
from rakor.events.models import Event
from rakor.kept import Kept
from rakor.minutes.follow_up_models import FollowUp, FollowUpRow
from rakor.minutes.rules.follow_ups import Status, is_late
from rakor.minutes.rules.roll_up import Measure, Tally, tally
from rakor.minutes.store import follow_ups
from rakor.offices.models import Office
from rakor.regions.rules import reference
from rakor.seats.store import province_on

FRESH = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Line:
    """One row as lists show it; ``province_code`` by the event's map, None at the centre and for a person."""

    id: UUID
    follow_up_id: UUID
    office_id: UUID | None
    office: str
    zone: str
    province_code: str | None
    status: Status
    note: str
    answered_at: datetime | None
    evidence_count: int
    due_on: date | None
    is_late: bool
    tally: Tally

    def counts(self, measure: Measure | None) -> bool:
        """Tell whether a measure counts the row; None: all."""
        return measure is None or bool(self.tally.of(measure))


@dataclass(frozen=True)
class RollUp:
    """Every follow-up and every row of an event, counted at one moment (aware UTC)."""

    counted_at: datetime
    follow_ups: tuple[FollowUp, ...]
    lines: tuple[Line, ...]

    @cached_property
    def whole(self) -> Tally:
        """All rows."""
        return total(self.lines)

    @cached_property
    def by_follow_up(self) -> Mapping[UUID, Tally]:
        """The rows of each follow-up."""
        found = {one.id: Tally() for one in self.follow_ups}
        for line in self.lines:
            found[line.follow_up_id] += line.tally
        return found

    def of(self, follow_up_id: UUID | None) -> tuple[Line, ...]:
        """Return the rows of one follow-up; None: of all."""
        if follow_up_id is None:
            return self.lines
        return tuple(line for line in self.lines if line.follow_up_id == follow_up_id)


def total(lines: Iterable[Line]) -> Tally:
    """Return rows added up."""
    return sum((line.tally for line in lines), Tally())


def by_province(lines: Iterable[Line]) -> dict[str, Tally]:
    """Return the rows of each province; those of none are missing."""
    found: dict[str, Tally] = {}
    for line in lines:
        if line.province_code is not None:
            found[line.province_code] = found.get(line.province_code, Tally()) + line.tally
    return found


def count_up(event: Event, *, now: datetime, today: date) -> RollUp:
    """Count an event's follow-ups anew; ``today`` is the date in the event's zone."""
    asked = {one.id: one for one in follow_ups.of_event(event.id)}
    query = (
        select(FollowUpRow.id, FollowUpRow.follow_up_id, FollowUpRow.office_id, FollowUpRow.status, FollowUpRow.note,
               FollowUpRow.answered_at, FollowUpRow.evidence_count,
               Office.name, Office.zone, Office.province_code, Office.regency_code)
        .join(FollowUp, and_(FollowUp.event_id == event.id, FollowUp.id == FollowUpRow.follow_up_id))
        .outerjoin(Office, Office.id == FollowUpRow.office_id)
        .where(FollowUpRow.event_id == event.id, FollowUp.withdrawn_at.is_(None))
        .order_by(FollowUp.number, Office.sort_key, FollowUpRow.id)
    )  # fmt: skip
    lines = tuple(
        _line(event, asked[row.follow_up_id], row, today)
        for row in db.session.execute(query)
        if row.follow_up_id in asked  # one that was written between the two queries is counted the next time
    )
    return RollUp(now, tuple(asked.values()), lines)


def _line(event: Event, asked: FollowUp, row: Any, today: date) -> Line:
    """A line of a row; a person's row is named by the person, with the office where there is one."""
    province = province_on(row.province_code, row.regency_code, event.regions_as_of)
    return Line(
        id=row.id, follow_up_id=asked.id, office_id=row.office_id,
        office=", ".join(filter(None, (asked.person_name, row.name))), zone=row.zone or event.zone,
        province_code=province, status=row.status, note=row.note, answered_at=row.answered_at,
        evidence_count=row.evidence_count, due_on=asked.due_on, is_late=is_late(row.status, asked.due_on, today),
        tally=tally(row.status, row.evidence_count, asked.due_on, today),
    )  # fmt: skip


def provinces(event: Event) -> dict[str, str]:
    """Return the provinces of the event's map by code: their short names."""
    return {one.code: one.short_name for one in reference().provinces(event.regions_as_of)}


_kept = Kept[tuple[UUID, date], RollUp](FRESH)
forget = _kept.forget


def snapshot(event: Event, *, now: datetime, today: date) -> RollUp:
    """Return how far an event's follow-ups are, at most five seconds old."""
    return _kept.get((event.id, today), now, lambda: count_up(event, now=now, today=today))
