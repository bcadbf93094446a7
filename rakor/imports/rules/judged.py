"""What rows are judged by, and what a judgement says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from rakor.imports.rules.offices import Offices
from rakor.imports.rules.people import Known
from rakor.imports.rules.problems import Problem, RowState
from rakor.imports.rules.roles import RoleFact
from rakor.registrations.rules import Mode


class Act(StrEnum):
    """What saving a row does."""

    SIT = "sit"
    JOIN = "join"
    """Whoever sits on another seat of the office takes this one too."""
    REGISTER = "register"
    UPDATE = "update"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class SeatFact:
    """A living seat; ``holder_id`` is who sits there now."""

    id: UUID
    office_id: UUID
    role_id: UUID
    number: int
    modes: tuple[Mode, ...]
    declined: bool
    holder_id: UUID | None


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rows are judged by. ``codes`` are the row codes of our own template: a seat's or a person's id."""

    today: date
    modes: tuple[Mode, ...]
    default_mode: Mode | None
    open_form: bool
    offices: Offices
    roles: tuple[RoleFact, ...]
    seats: tuple[SeatFact, ...]
    people: tuple[Known, ...]
    codes: Mapping[str, UUID]
    choices: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a row. ``asks`` is the key of its question, ``choices`` the ids it can be answered with."""

    state: RowState
    act: Act = Act.NOTHING
    problems: tuple[Problem, ...] = ()
    seat_id: UUID | None = None
    registration_id: UUID | None = None
    office_id: UUID | None = None
    asks: str = ""
    choices: tuple[str, ...] = ()
    with_seat_id: UUID | None = None
    has_email: bool = False
    """Saving the row makes somebody known who can be told by e-mail."""
