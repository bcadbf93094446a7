"""Wanted entries × kept entries → what must be said: a pure comparison, so that nothing is said twice."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

NOTHING_SAID: Mapping[UUID, int] = MappingProxyType({})


class Movement(StrEnum):
    """What happens to an entry."""

    NEW = "new"
    CHANGED = "changed"
    BACK = "back"
    """It had been cancelled."""
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Kept:
    """An entry as it was last said."""

    sequence: int
    content_hash: bytes
    cancelled: bool = False


@dataclass(frozen=True)
class Move:
    """What becomes of an entry: its new SEQUENCE and what it says now (of a cancelled one: what it said last)."""

    movement: Movement
    sequence: int
    content_hash: bytes


def keep(
    wanted: Mapping[UUID, bytes], kept: Mapping[UUID, Kept], first: Mapping[UUID, int] = NOTHING_SAID
) -> dict[UUID, Move]:
    """Return the moves that take ``kept`` to ``wanted`` (hashes by subject); nothing for what stays as it is.

    A SEQUENCE only rises, also over a cancellation, so a calendar never takes an older word for a newer one. ``first``
    names the numbers under which files said a subject before anything was kept.
    """
    moves = {
        subject: move
        for subject, found in wanted.items()
        if (move := _toward(found, kept.get(subject), first.get(subject, 0)))
    }
    for subject, was in kept.items():
        if subject not in wanted and not was.cancelled:
            moves[subject] = Move(Movement.CANCELLED, was.sequence + 1, was.content_hash)
    return moves


def _toward(wanted: bytes, was: Kept | None, first: int) -> Move | None:
    if was is None:
        return Move(Movement.NEW, first, wanted)
    if was.cancelled:
        return Move(Movement.BACK, was.sequence + 1, wanted)
    return Move(Movement.CHANGED, was.sequence + 1, wanted) if was.content_hash != wanted else None
