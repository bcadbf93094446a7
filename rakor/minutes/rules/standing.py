"""Draft, reviewed, approved: who may go from where to where, and what stands in the way. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from rakor.minutes.rules.notes import Note, standing
from rakor.minutes.rules.words import State


class Hindrance(StrEnum):
    """Why minutes cannot be reviewed, approved, or changed."""

    LOCKED = "locked"
    NOT_LOCKED = "not_locked"
    CONFLICT = "conflict"
    EMPTY = "empty"
    NOT_REVIEWED = "not_reviewed"
    CHANGED = "changed"
    NOBODY_SIGNS = "nobody_signs"


@dataclass(frozen=True)
class Signing:
    """Whether the chair and the note taker are named."""

    chair: str
    taker: str


def reviewing(state: State, notes: Collection[Note]) -> Hindrance | None:
    """Return what stands in the way of calling minutes reviewed, or None."""
    if state is State.APPROVED:
        return Hindrance.LOCKED
    if any(note.in_conflict for note in notes):
        return Hindrance.CONFLICT
    return None if standing(notes) else Hindrance.EMPTY


def approving(state: State, notes: Collection[Note], signing: Signing, *, read: str, now: str) -> Hindrance | None:
    """Return what stands in the way of approving minutes, or None.

    ``read`` is the mark of what the approver had before them, ``now`` that of what would be approved.
    """
    hindrance = reviewing(state, notes)
    if hindrance is not None:
        return hindrance
    if read != now:
        return Hindrance.CHANGED
    if state is not State.REVIEWED:
        return Hindrance.NOT_REVIEWED
    return None if signing.chair and signing.taker else Hindrance.NOBODY_SIGNS


def after_edit(state: State) -> State | None:
    """Return where minutes stand after an edit: reviewed ones are a draft again. None: they are locked."""
    return None if state is State.APPROVED else State.DRAFT
