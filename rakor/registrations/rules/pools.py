"""Quota pools: which one takes a registration, whether two overlap, and what may be done to their sizes."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from rakor.registrations.rules.states import Mode


@dataclass(frozen=True)
class Claim:
    """What decides about a registration's pool: its category (a role of the event), way of following, province."""

    role_id: UUID | None
    mode: Mode
    province_code: str | None


@dataclass(frozen=True)
class PoolShape:
    """Whom a pool is for; what is empty means any. ``is_rest`` takes whatever no other pool takes."""

    id: UUID
    role_id: UUID | None = None
    mode: Mode | None = None
    provinces: frozenset[str] = frozenset()
    is_rest: bool = False


class PoolProblem(StrEnum):
    """Why a pool or its size is not taken."""

    EVERYBODY = "everybody"
    """A pool for anybody is the rest, which exists."""
    OVERLAPS = "overlaps"
    BELOW_USED = "below_used"
    NO_LIMIT = "no_limit"
    """Places cannot be moved from or to a pool without a limit."""
    NOT_ENOUGH_FREE = "not_enough_free"
    SAME_POOL = "same_pool"
    GONE = "gone"


def takes(shape: PoolShape, claim: Claim) -> bool:
    """Tell whether a pool that is not the rest is for this registration."""
    return (
        not shape.is_rest
        and shape.role_id in (None, claim.role_id)
        and shape.mode in (None, claim.mode)
        and (not shape.provinces or claim.province_code in shape.provinces)
    )


def pool_for(shapes: Iterable[PoolShape], claim: Claim) -> UUID:
    """Return the one pool of a registration; ``shapes`` are disjoint and hold the rest (StopIteration without it)."""
    known = list(shapes)
    return next((shape.id for shape in known if takes(shape, claim)), None) or next(
        shape.id for shape in known if shape.is_rest
    )


def overlap(one: PoolShape, other: PoolShape) -> bool:
    """Tell whether a registration could fall into both; the rest overlaps nothing."""
    if one.is_rest or other.is_rest:
        return False
    same_role = one.role_id is None or other.role_id is None or one.role_id == other.role_id
    same_mode = one.mode is None or other.mode is None or one.mode is other.mode
    same_place = not one.provinces or not other.provinces or bool(one.provinces & other.provinces)
    return same_role and same_mode and same_place


def check_shape(shape: PoolShape, others: Iterable[PoolShape]) -> PoolProblem | UUID | None:
    """Return why a new pool is refused: for everybody, or the id of the pool it overlaps; None where it is good."""
    if shape.role_id is None and shape.mode is None and not shape.provinces:
        return PoolProblem.EVERYBODY
    return next((other.id for other in others if overlap(shape, other)), None)


def check_borrow(size: int | None, used: int, to_size: int | None, count: int) -> PoolProblem | None:
    """Judge moving ``count`` places from a pool of ``size`` with ``used`` taken to one of ``to_size``."""
    if size is None or to_size is None:
        return PoolProblem.NO_LIMIT
    return PoolProblem.NOT_ENOUGH_FREE if size - used < count else None
