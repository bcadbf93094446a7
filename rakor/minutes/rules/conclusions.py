"""Kesimpulan, rekomendasi, keputusan: what they are, what may still be done to one, and which may be shown. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class ConclusionKind(StrEnum):
    """What a meeting's numbered result is (domain.md §2.9)."""

    CONCLUSION = "conclusion"
    RECOMMENDATION = "recommendation"
    DECISION = "decision"


class Direction(StrEnum):
    """Where a conclusion moves in the list."""

    UP = "up"
    DOWN = "down"


class ConclusionProblem(StrEnum):
    """Why a conclusion cannot be changed, moved, withdrawn or approved."""

    GONE = "gone"
    """There is none, or it was withdrawn."""
    LOCKED = "locked"
    """The minutes of its session are approved: a change needs a new version of those."""
    APPROVED = "approved"
    """It has no session and an owner approved it: the approval is taken back first."""
    OF_SESSION = "of_session"
    """It is approved with the minutes of its session, not by itself."""
    AT_END = "at_end"
    """There is nothing to change places with."""


@dataclass(frozen=True)
class Standing:
    """What decides about a conclusion: its place, its session, and what was done to it."""

    id: UUID
    number: int
    item_id: UUID | None
    approved: bool = False
    """By an owner; only where it has no session."""
    withdrawn: bool = False


def is_approved(one: Standing, approved_items: Collection[UUID]) -> bool:
    """Tell whether a conclusion may be shown as the meeting's: with its session's minutes, or by an owner."""
    if one.withdrawn:
        return False
    return one.approved if one.item_id is None else one.item_id in approved_items


def change_problem(one: Standing | None, approved_items: Collection[UUID]) -> ConclusionProblem | None:
    """Return why a conclusion's words cannot be changed or withdrawn; None where they can."""
    if one is None or one.withdrawn:
        return ConclusionProblem.GONE
    if not is_approved(one, approved_items):
        return None
    return ConclusionProblem.APPROVED if one.item_id is None else ConclusionProblem.LOCKED


def neighbour(
    one: Standing, every: Sequence[Standing], direction: Direction, approved_items: Collection[UUID]
) -> Standing | ConclusionProblem:
    """Return with which conclusion one changes numbers when it moves a place; or why it stays.

    The number of an approved conclusion stands on papers, so nothing moves past it.
    """
    problem = change_problem(one, approved_items)
    if problem is not None:
        return problem
    there = [each for each in every if not each.withdrawn and each.id != one.id]
    if direction is Direction.UP:
        found = max((each for each in there if each.number < one.number), key=_number, default=None)
    else:
        found = min((each for each in there if each.number > one.number), key=_number, default=None)
    if found is None:
        return ConclusionProblem.AT_END
    return change_problem(found, approved_items) or found


def _number(one: Standing) -> int:
    return one.number
