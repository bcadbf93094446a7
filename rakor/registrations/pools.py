"""Quota pools in the database: sizes, places taken, and who belongs to which.

Every function that writes runs under the event's row lock (``events.locked_event``), and a place is still taken by a
conditional UPDATE: counting first and writing then let in 98 of 100 (check-in.md §9).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlalchemy import Integer, bindparam, func, or_, select, true, update

from rakor import audit
from rakor.db import db
from rakor.events.models import EventRole
from rakor.events.quota import QuotaPool, add_rest
from rakor.prepared import Insert, Prepared
from rakor.registrations.models import Registration
from rakor.registrations.pool_models import PoolMember
from rakor.registrations.rules import (
    HOLDS_PLACE,
    Claim,
    Mode,
    PoolProblem,
    PoolShape,
    RegistrationState,
    check_borrow,
    check_shape,
    pool_for,
)

UNSYNCED = {"synchronize_session": False}  # sizes are read anew wherever they count


# built once: everybody who registers runs through them
_ALL = (
    select(QuotaPool)
    .where(QuotaPool.event_id == bindparam("event_id"))
    .order_by(QuotaPool.is_rest, QuotaPool.position)
)
_SHELVES = Prepared(
    select(
        QuotaPool.id, QuotaPool.role_id, QuotaPool.mode, QuotaPool.provinces, QuotaPool.is_rest, QuotaPool.size
    ).where(QuotaPool.event_id == bindparam("of_event"))
)
_JOIN = Insert(PoolMember)
_TAKE = Prepared(
    update(QuotaPool)
    .where(
        QuotaPool.id == bindparam("pool_id"),
        or_(QuotaPool.size.is_(None), QuotaPool.used + bindparam("count", type_=Integer) <= QuotaPool.size),
    )
    .values(used=QuotaPool.used + bindparam("count", type_=Integer))
    .returning(QuotaPool.id)
)
_CATEGORIES = (
    select(EventRole.id, EventRole.name)
    .where(
        EventRole.event_id == bindparam("event_id"),
        EventRole.id.in_(
            select(QuotaPool.role_id).where(
                QuotaPool.event_id == bindparam("event_id"), QuotaPool.role_id.is_not(None)
            )
        ),
    )
    .order_by(EventRole.position, EventRole.name)
)


@dataclass(frozen=True)
class PoolWish:
    """A pool as the organiser wants it."""

    name: str
    role_id: UUID | None
    mode: Mode | None
    provinces: tuple[str, ...]
    size: int | None


def all_of(event_id: UUID) -> list[QuotaPool]:
    """Return the event's pools, the rest last; one without any gets the rest, without a limit."""
    found = db.session.scalars(_ALL, {"event_id": event_id}, execution_options={"populate_existing": True})
    return list(found) or [add_rest(event_id, None)]


def listed(event_id: UUID) -> list[QuotaPool]:
    """Return the event's pools for reading, the rest last; writes nothing."""
    query = select(QuotaPool).where(QuotaPool.event_id == event_id).order_by(QuotaPool.is_rest, QuotaPool.position)
    return list(db.session.scalars(query))


def categories(event_id: UUID) -> list[tuple[UUID, str]]:
    """Return the roles that the event's pools are for, in protocol order: the open form asks for one of them."""
    return [(found[0], found[1]) for found in db.session.execute(_CATEGORIES, {"event_id": event_id})]


def one(event_id: UUID, pool_id: UUID) -> QuotaPool | None:
    """Return a pool of the event as it stands now, or None."""
    query = select(QuotaPool).where(QuotaPool.event_id == event_id, QuotaPool.id == pool_id)
    return db.session.scalar(query.execution_options(populate_existing=True))


def shape_of(pool: QuotaPool) -> PoolShape:
    """Return whom a pool is for."""
    return _shape(pool.id, pool.role_id, pool.mode, pool.provinces, pool.is_rest)


def _shape(
    pool_id: UUID, role_id: UUID | None, mode: str | None, provinces: Iterable[str], is_rest: bool
) -> PoolShape:
    return PoolShape(pool_id, role_id, Mode(mode) if mode else None, frozenset(provinces), is_rest)


def claim_of(row: Registration) -> Claim:
    """Return what decides about a registration's pool."""
    return Claim(row.role_id, row.mode, row.province_code)


def find(event_id: UUID, claim: Claim) -> QuotaPool:
    """Return the pool that a registration falls into."""
    known = {pool.id: pool for pool in all_of(event_id)}
    return known[pool_for(map(shape_of, known.values()), claim)]


@dataclass(frozen=True)
class Shelf:
    """A pool as who registers meets it: its id, and its size (None: no limit)."""

    id: UUID
    size: int | None


def shelf(event_id: UUID, claim: Claim) -> Shelf:
    """Return the pool that somebody new falls into; an event without any gets the rest, without a limit."""
    found = _SHELVES.rows(db.session.connection(), of_event=event_id)
    if not found:
        return Shelf(add_rest(event_id, None).id, None)
    shapes = {row[0]: _shape(*row[:5]) for row in found}
    chosen = pool_for(shapes.values(), claim)
    return Shelf(chosen, next(row[5] for row in found if row[0] == chosen))


def member(event_id: UUID, registration_id: UUID) -> PoolMember | None:
    """Return the pool membership of a registration; None for people who came by a seat."""
    query = select(PoolMember).where(PoolMember.event_id == event_id, PoolMember.registration_id == registration_id)
    return db.session.scalar(query)


def join(row: Registration, pool_id: UUID) -> None:
    """Note the pool a registration belongs to."""
    made = {"registration_id": row.id, "event_id": row.event_id, "pool_id": pool_id}
    _JOIN.run(db.session.connection(), made)


def take(pool_id: UUID, count: int = 1) -> bool:
    """Take places of a pool; False where so many are not free."""
    return bool(_TAKE.rows(db.session.connection(), pool_id=pool_id, count=count))


def give_back(pool_id: UUID, count: int = 1) -> None:
    """Give places back; the database refuses to count below nothing."""
    query = update(QuotaPool).where(QuotaPool.id == pool_id).values(used=QuotaPool.used - count)
    db.session.execute(query, execution_options=UNSYNCED)


def waiting_counts(event_id: UUID) -> dict[UUID, int]:
    """Return how many wait without an offer, by pool; pools where nobody does are missing."""
    query = (
        select(PoolMember.pool_id, func.count())
        .join(Registration, Registration.id == PoolMember.registration_id)
        .where(
            PoolMember.event_id == event_id,
            PoolMember.offer_expires_at.is_(None),
            Registration.state == RegistrationState.WAITING,
        )
        .group_by(PoolMember.pool_id)
    )
    return {found[0]: found[1] for found in db.session.execute(query)}


@dataclass(frozen=True)
class Standing:
    """How a pool stands: the row, and how many wait for a place in it."""

    pool: QuotaPool
    waiting: int

    @property
    def open(self) -> bool:
        """True where somebody new gets a place: one is free and nobody waits for it."""
        return self.pool.size is None or (self.pool.used < self.pool.size and self.waiting == 0)

    @property
    def free(self) -> int | None:
        """How many places are free; None without a limit."""
        return None if self.pool.size is None else max(self.pool.size - self.pool.used, 0)


def standings(event_id: UUID) -> list[Standing]:
    """Return how the event's pools stand, the rest last; two queries."""
    waiting = waiting_counts(event_id)
    return [Standing(pool, waiting.get(pool.id, 0)) for pool in listed(event_id)]


# ---- what the organiser does ----------------------------------------------------------------------------------------


def add(event_id: UUID, wish: PoolWish) -> QuotaPool | PoolProblem | UUID:
    """Add a pool and move those it is for into it; else why not, or the id of the pool it overlaps."""
    known = all_of(event_id)
    shape = PoolShape(uuid4(), wish.role_id, wish.mode, frozenset(wish.provinces))
    problem = check_shape(shape, map(shape_of, known))
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
    give_back(rest.id, used)
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
        (found, holds_place(row, found))
        for found, row in db.session.execute(query)
        if pool_for(shapes, claim_of(row)) == shape.id
    ]


def holds_place(row: Registration, found: PoolMember) -> bool:
    """Tell whether a registration takes a place of its pool: it is in, or a place is kept for it."""
    offered = row.state is RegistrationState.WAITING and found.offer_expires_at is not None
    return row.state in HOLDS_PLACE or offered


def resize(event_id: UUID, pool_id: UUID, size: int | None) -> PoolProblem | None:
    """Set a pool's size; refused below what is taken. Whoever waits is served by ``places.fill`` afterwards."""
    fits = QuotaPool.used <= size if size is not None else true()
    query = update(QuotaPool).where(QuotaPool.event_id == event_id, QuotaPool.id == pool_id, fits).values(size=size)
    if db.session.scalar(query.returning(QuotaPool.id)) is None:
        return PoolProblem.BELOW_USED if one(event_id, pool_id) else PoolProblem.GONE
    _note(event_id, "pool.resize", pool_id)
    return None


def borrow(event_id: UUID, from_id: UUID, to_id: UUID, count: int) -> PoolProblem | None:
    """Move ``count`` free places from one pool to another; both change or none does."""
    giver, taker = one(event_id, from_id), one(event_id, to_id)
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
    pool = one(event_id, pool_id)
    if pool is None or pool.is_rest:
        return PoolProblem.GONE
    rest = all_of(event_id)[-1]
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
