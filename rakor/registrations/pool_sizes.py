"""What the organiser does with quota pools: make, size, lend, name and remove them; nobody loses a place by it.

Every function runs under the event's row lock (``events.locked_event``).
"""

from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlalchemy import select, true, update

from rakor import audit
from rakor.db import db
from rakor.events.quota import QuotaPool
from rakor.registrations import pools
from rakor.registrations.models import Registration
from rakor.registrations.pool_models import PoolMember
from rakor.registrations.rules import Mode, PoolProblem, PoolShape, check_borrow, check_shape, pool_for


@dataclass(frozen=True)
class PoolWish:
    """A pool as the organiser wants it."""

    name: str
    role_id: UUID | None
    mode: Mode | None
    provinces: tuple[str, ...]
    size: int | None


def add(event_id: UUID, wish: PoolWish) -> QuotaPool | PoolProblem | UUID:
    """Add a pool and move those it is for into it; else why not, or the id of the pool it overlaps."""
    known = pools.all_of(event_id)
    shape = PoolShape(uuid4(), wish.role_id, wish.mode, frozenset(wish.provinces))
    problem = check_shape(shape, map(pools.shape_of, known))
    if problem is not None:
        return problem
    rest = known[-1]
    held = _members_for(event_id, rest.id, shape)
    used = sum(holds for _member, holds in held)
    if wish.size is not None and wish.size < used:
        return PoolProblem.BELOW_USED
    row = QuotaPool(
        id=shape.id,
        event_id=event_id,
        name=wish.name,
        role_id=wish.role_id,
        mode=wish.mode,
        provinces=sorted(wish.provinces),
        size=wish.size,
        used=used,
        position=max(pool.position for pool in known) + 1,
    )
    db.session.add(row)
    db.session.flush()
    pools.give_back(rest.id, used)
    for found, _holds in held:
        found.pool_id = row.id
    _note(event_id, "pool.add", row.id)
    return row


def _members_for(event_id: UUID, rest_id: UUID, shape: PoolShape) -> list[tuple[PoolMember, bool]]:
    """Those of the rest whom a new pool is for, and whether each holds a place."""
    query = (
        select(PoolMember, Registration)
        .join(Registration, Registration.id == PoolMember.registration_id)
        .where(PoolMember.event_id == event_id, PoolMember.pool_id == rest_id)
    )
    shapes = [shape, PoolShape(rest_id, is_rest=True)]
    return [
        (found, pools.holds_place(row, found))
        for found, row in db.session.execute(query)
        if pool_for(shapes, pools.claim_of(row)) == shape.id
    ]


def resize(event_id: UUID, pool_id: UUID, size: int | None) -> PoolProblem | None:
    """Set a pool's size; refused below what is taken. Whoever waits is served by ``places.fill`` afterwards."""
    fits = QuotaPool.used <= size if size is not None else true()
    query = update(QuotaPool).where(QuotaPool.event_id == event_id, QuotaPool.id == pool_id, fits).values(size=size)
    if db.session.scalar(query.returning(QuotaPool.id)) is None:
        return PoolProblem.BELOW_USED if pools.one(event_id, pool_id) else PoolProblem.GONE
    _note(event_id, "pool.resize", pool_id)
    return None


def borrow(event_id: UUID, from_id: UUID, to_id: UUID, count: int) -> PoolProblem | None:
    """Move ``count`` free places from one pool to another; both change or none does."""
    giver, taker = pools.one(event_id, from_id), pools.one(event_id, to_id)
    if giver is None or taker is None:
        return PoolProblem.GONE
    if giver.id == taker.id:
        return PoolProblem.SAME_POOL
    problem = check_borrow(giver.size, giver.used, taker.size, count)
    if problem is not None:
        return problem
    for pool_id, change in ((from_id, -count), (to_id, count)):
        db.session.execute(update(QuotaPool).where(QuotaPool.id == pool_id).values(size=QuotaPool.size + change))
    _note(event_id, "pool.borrow", from_id)
    _note(event_id, "pool.borrow", to_id)
    return None


def remove(event_id: UUID, pool_id: UUID) -> PoolProblem | None:
    """Remove a pool: its people and its places go to the rest, so nobody loses anything."""
    pool = pools.one(event_id, pool_id)
    if pool is None or pool.is_rest:
        return PoolProblem.GONE
    rest = pools.all_of(event_id)[-1]
    both = None if rest.size is None or pool.size is None else rest.size + pool.size
    gained = {"size": both, "used": QuotaPool.used + pool.used}
    db.session.execute(update(QuotaPool).where(QuotaPool.id == rest.id).values(**gained))
    moved = (PoolMember.event_id == event_id, PoolMember.pool_id == pool_id)
    db.session.execute(update(PoolMember).where(*moved).values(pool_id=rest.id))
    db.session.delete(pool)
    db.session.flush()
    _note(event_id, "pool.remove", pool_id)
    return None


def rename(event_id: UUID, pool_id: UUID, name: str) -> None:
    """Set a pool's name."""
    mine = (QuotaPool.event_id == event_id, QuotaPool.id == pool_id)
    db.session.execute(update(QuotaPool).where(*mine).values(name=name))
    _note(event_id, "pool.rename", pool_id)


def _note(event_id: UUID, action: str, pool_id: UUID) -> None:
    audit.record(action, event_id=event_id, object_kind="quota_pool", object_id=pool_id)
