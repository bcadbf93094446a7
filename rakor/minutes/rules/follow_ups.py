"""Tindak lanjut: to whom, which offices that is, what a follow-up's rows become, and how one stands. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from rakor.offices.rules import OfficeLevel

MOST_EVIDENCE = 20
"""How many files and links one row may have."""


class Assignee(StrEnum):
    """To whom a follow-up goes: one, or a class of offices that expands into rows."""

    PERSON = "person"
    OFFICE = "office"
    REGENCIES = "regencies"
    """Every office of a regency or city on the event's map."""
    PROVINCES = "provinces"
    BOTH = "both"
    """Every office of a province, and every one of a regency or city."""
    PROVINCE = "province"
    """The offices of one province: its own and those of its regencies."""
    PROVINCE_REGENCIES = "province_regencies"
    ROLE = "role"
    """The offices that have a seat of one role."""


class Status(StrEnum):
    """How far a row is. Whether it is late follows from the date."""

    OPEN = "open"
    WORKING = "working"
    DONE = "done"
    OBSTACLE = "obstacle"


class AnswerProblem(StrEnum):
    """Why an answer about a row is not taken."""

    GONE = "gone"
    """The follow-up was withdrawn, or the row is not this office's."""
    OBSTACLE_UNSAID = "obstacle_unsaid"
    """An obstacle without a word about it helps nobody."""
    TOO_MANY = "too_many"
    """The row has as much evidence as it may."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An office that exists on the event's map, and the roles of its seats."""

    id: UUID
    level: OfficeLevel
    province_code: str | None
    """The province on the event's map."""
    role_ids: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Chosen:
    """Whom a follow-up is for: ``office_id``, ``province_code`` or ``role_id`` where the word needs one."""

    assignee: Assignee
    office_id: UUID | None = None
    province_code: str | None = None
    role_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """A row that is there already."""

    id: UUID
    office_id: UUID | None
    answered: bool


@dataclass(frozen=True, slots=True)
class Expansion:
    """What sending a follow-up to its offices would change."""

    added: tuple[UUID | None, ...] = ()
    """The offices that get a row; None: a person of no office."""
    removed: tuple[UUID, ...] = ()
    """The rows that are taken back: their office is meant no more and has said nothing."""
    kept: tuple[UUID, ...] = ()
    """The rows that stay although their office is meant no more: it has answered."""
    unchanged: int = 0

    @property
    def offices(self) -> list[UUID]:
        """The offices that get a row, without the person of none."""
        return [one for one in self.added if one is not None]


def meant(chosen: Chosen, offices: Iterable[Candidate]) -> list[UUID | None]:
    """Return the offices that a follow-up is for, in the order they come in; a person of no office stands as None."""
    if chosen.assignee is Assignee.PERSON and chosen.office_id is None:
        return [None]
    return [one.id for one in offices if _is_meant(chosen, one)]


def _is_meant(chosen: Chosen, one: Candidate) -> bool:
    is_province, is_regency = one.level is OfficeLevel.PROVINCE, one.level is OfficeLevel.REGENCY
    match chosen.assignee:
        case Assignee.PERSON | Assignee.OFFICE:
            return one.id == chosen.office_id
        case Assignee.REGENCIES:
            return is_regency
        case Assignee.PROVINCES:
            return is_province
        case Assignee.BOTH:
            return is_province or is_regency
        case Assignee.PROVINCE:
            return (is_province or is_regency) and one.province_code == chosen.province_code
        case Assignee.PROVINCE_REGENCIES:
            return is_regency and one.province_code == chosen.province_code
        case Assignee.ROLE:
            return chosen.role_id in one.role_ids


def expand(wanted: Iterable[UUID | None], rows: Iterable[Known]) -> Expansion:
    """Return what brings the rows up to the wanted offices; an answered row is never taken back."""
    asked, there = dict.fromkeys(wanted), list(rows)
    mine = {row.office_id for row in there}
    gone = [row for row in there if row.office_id not in asked]
    return Expansion(
        added=tuple(office_id for office_id in asked if office_id not in mine),
        removed=tuple(row.id for row in gone if not row.answered),
        kept=tuple(row.id for row in gone if row.answered),
        unchanged=len(there) - len(gone),
    )



def is_late(status: Status, due_on: date | None, today: date) -> bool:
    """Tell whether a row is late on ``today`` (the event's zone); the due day itself is not, nor what has no day."""
    return status is not Status.DONE and due_on is not None and due_on < today


def answer_problem(status: Status, note: str, evidence_count: int, adding: int) -> AnswerProblem | None:
    """Return why an answer is not taken; ``evidence_count``: what the row has, ``adding``: what comes with it."""
    if status is Status.OBSTACLE and not note:
        return AnswerProblem.OBSTACLE_UNSAID
    return AnswerProblem.TOO_MANY if adding and evidence_count + adding > MOST_EVIDENCE else None


LEADS = (7, 1)
"""How many days before the due day those who have not finished are reminded."""


def reminds_on(due_on: date, lead: int, today: date) -> bool:
    """Tell whether a reminder that was meant for ``lead`` days before still says something on ``today``.

    A worker that slept through T-7 until T-1 sends one, not both; after the due day none.
    """
    later = max((one for one in LEADS if one < lead), default=0)
    left = (due_on - today).days
    return left > later if later else left >= 0
