"""Quota pools in the database: sizes, places taken, and who belongs to which.

Every function that writes runs under the event's row lock (``events.locked_event``), and a place is still taken by a
conditional UPDATE: counting first and writing then let in 98 of 100 (check-in.md §9).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Integer, bindparam, func, or_, select, update

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
    PoolShape,
    RegistrationState,
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


def holds_place(row: Registration, found: PoolMember) -> bool:
    """Tell whether a registration takes a place of its pool: it is in, or a place is kept for it."""
    offered = row.state is RegistrationState.WAITING and found.offer_expires_at is not None
    return row.state in HOLDS_PLACE or offered


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
