"""Tindak lanjut: to whom, which offices that is, what a follow-up's rows become, and how one stands. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from rakor.offices.rules import OfficeLevel


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


class Standing(StrEnum):
    """What the map and the lists say of a row; a row has exactly one."""

    DONE = "done"
    UNPROVEN = "unproven"
    """Done, they say, with nothing that shows it."""
    LATE = "late"
    OBSTACLE = "obstacle"
    WORKING = "working"
    OPEN = "open"


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

    added: tuple[UUID, ...] = ()
    """The offices that get a row."""
    removed: tuple[UUID, ...] = ()
    """The rows that are taken back: their office is meant no more and has said nothing."""
    kept: tuple[UUID, ...] = ()
    """The rows that stay although their office is meant no more: it has answered."""
    unchanged: int = 0


def meant(chosen: Chosen, offices: Iterable[Candidate]) -> list[UUID]:
    """Return the offices that a follow-up is for, in the order they come in."""
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


def expand(wanted: Iterable[UUID], rows: Iterable[Known]) -> Expansion:
    """Return what brings the rows up to the wanted offices; an answered row is never taken back."""
    asked, there = dict.fromkeys(wanted), list(rows)
    mine = {row.office_id for row in there}
    gone = [row for row in there if row.office_id is not None and row.office_id not in asked]
    return Expansion(
        added=tuple(office_id for office_id in asked if office_id not in mine),
        removed=tuple(row.id for row in gone if not row.answered),
        kept=tuple(row.id for row in gone if row.answered),
        unchanged=len(there) - len(gone),
    )


def standing(status: Status, evidence_count: int, due_on: date, today: date) -> Standing:
    """Return how a row stands on ``today`` (the event's zone); the due day itself is not late."""
    if status is Status.DONE:
        return Standing.DONE if evidence_count else Standing.UNPROVEN
    if due_on < today:
        return Standing.LATE
    return {Status.OBSTACLE: Standing.OBSTACLE, Status.WORKING: Standing.WORKING}.get(status, Standing.OPEN)
