"""Random histories of one event's quota pools, each step judged: used within size, nobody overtaken, no idle place."""

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import select

from rakor.db import db
from rakor.events import store as events
from rakor.events.models import Event
from rakor.events.quota import QuotaPool, add_rest
from rakor.events.rules import EventKind, EventMode, Stage
from rakor.registrations import offers, places, pool_sizes, pools
from rakor.registrations.models import Registration, RegistrationSource
from rakor.registrations.pool_models import PoolMember
from rakor.registrations.pool_sizes import PoolWish
from rakor.registrations.rules import HOLDS_PLACE, Mode, PersonName, RegistrationState
from rakor.registrations.store import LIVING, Draft

START = datetime(2026, 11, 1, 1, 0, tzinfo=UTC)
PROVINCES = ("33", "93", "94")
STEPS = 14
WAITING = RegistrationState.WAITING


@dataclass(frozen=True)
class Seen:
    """The event between two steps: (size, used, held) of each pool, and who waits in which pool without an offer."""

    pools: dict[UUID, tuple[int | None, int, int]]
    queue: list[tuple[UUID, UUID]]


@dataclass
class History:
    """One history of one event; needs an app context and an open transaction."""

    seed: int
    event_id: UUID = field(default_factory=uuid4)
    now: datetime = START
    told: list[str] = field(default_factory=list)
    acted: UUID | None = None
    to_the_end: bool = False

    def play(self, institution_id: UUID) -> list[str]:
        """Play the history from an empty event; returns what went wrong, nothing where all held."""
        self.luck = random.Random(self.seed)
        self._event(institution_id)
        before = self._look()
        for _ in range(STEPS):
            step = self.luck.choice(ACTS)
            self.acted, self.to_the_end = None, False
            self.now += timedelta(minutes=self.luck.choice((1, 30, 90)))
            step(self)
            self.told.append(step.__name__)
            after = self._look()
            wrong = self._judge(step.__name__, before, after)
            if wrong:
                return [f"history {self.seed}: {one} after {' '.join(self.told)}" for one in wrong]
            before = after
        return []

    def _event(self, institution_id: UUID) -> None:
        event = Event(
            id=self.event_id, slug=f"h{self.seed}-{self.event_id.hex[:8]}", institution_id=institution_id,
            organizer="Contoh", kind=EventKind.RAKORNAS, title="Contoh", short_title="Contoh", mode=EventMode.HYBRID,
            zone="Asia/Jakarta", starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 2),
            regions_as_of=date(2026, 12, 1), stage=Stage.PUBLISHED, created_at=START, updated_at=START,
            open_registration=True, offer_hours=self.luck.choice((None, 1)),
        )  # fmt: skip
        db.session.add(event)
        db.session.flush()
        add_rest(event.id, self.luck.randint(0, 3))
        if self.luck.random() < 0.5:
            pool_sizes.add(event.id, PoolWish("Luring", None, Mode.ONSITE, (), self.luck.randint(0, 2)))

    def locked(self) -> Event:
        """Return the event under its lock."""
        return events.locked_event(self.event_id)

    def pick(self, *states: RegistrationState) -> Registration | None:
        """Return anybody in one of these states, or None."""
        query = select(Registration).where(Registration.event_id == self.event_id, Registration.state.in_(states))
        rows = list(db.session.scalars(query.order_by(Registration.created_at, Registration.id)))
        rows.sort(key=lambda row: row.name)
        found = self.luck.choice(rows) if rows else None
        self.acted = found.id if found else None
        return found

    def pool(self) -> QuotaPool:
        """Return any pool."""
        return self.luck.choice(pools.all_of(self.event_id))

    def _look(self) -> Seen:
        db.session.flush()
        query = (
            select(Registration.id, Registration.state, PoolMember.pool_id, PoolMember.offer_expires_at)
            .join(PoolMember, PoolMember.registration_id == Registration.id)
            .where(Registration.event_id == self.event_id)
            .order_by(Registration.queue_number)
        )
        rows = db.session.execute(query).all()
        held: dict[UUID, int] = {}
        for _id, state, pool_id, offered in rows:
            held[pool_id] = held.get(pool_id, 0) + (state in HOLDS_PLACE or (state is WAITING and offered is not None))
        known = {pool.id: (pool.size, pool.used, held.get(pool.id, 0)) for pool in pools.all_of(self.event_id)}
        return Seen(known, [(one, pool) for one, state, pool, offered in rows if state is WAITING and offered is None])

    def _judge(self, step: str, before: Seen, after: Seen) -> list[str]:
        wrong = []
        for size, used, held in after.pools.values():
            if size is not None and used > size:
                wrong.append(f"used {used} > size {size}")
            if used != held:
                wrong.append(f"used {used} but {held} hold a place")
        waits = {pool for _one, pool in after.queue}
        wrong += ["a place is idle while somebody waits" for pool in waits if _free(after.pools[pool])]
        return wrong + self._queue(step, before, after)

    def _queue(self, step: str, before: Seen, after: Seen) -> list[str]:
        left = {one for one, _pool in after.queue}
        moved = {self.acted} if self.to_the_end or step == "change_mode" else set()
        earlier = [one for one, _pool in before.queue if one in left and one not in moved]
        later = [one for one, _pool in after.queue if one in earlier]
        wrong = [] if earlier == later else ["the waiting list changed its order"]
        if step in ("add_pool", "remove_pool"):
            return wrong
        for pool in before.pools:
            line = [one for one, where in before.queue if where == pool and one != self.acted]
            served = [one for one in line if one not in left]
            if served != line[: len(served)]:
                wrong.append("somebody was served before the first in the queue")
        return wrong


def _free(pool: tuple[int | None, int, int]) -> bool:
    size, used, _held = pool
    return size is None or used < size


def register(history: History) -> None:
    """Somebody new comes; who finds a queue must not be let in before it."""
    name = PersonName.parse(f"Orang {len(history.told):02} Contoh")
    luck = history.luck
    draft = Draft(name, luck.choice(list(Mode)), RegistrationState.APPLIED, RegistrationSource.OPEN,
                  province_code=luck.choice(PROVINCES))  # fmt: skip
    places.admit(history.locked(), draft, may_wait=luck.random() < 0.9, now=history.now)


def cancel(history: History) -> None:
    """Somebody does not come."""
    event = history.locked()
    row = history.pick(*LIVING)
    if row is not None and event is not None:
        places.cancel(row, now=history.now)


def promote(history: History) -> None:
    """The organiser gives a free place to somebody who waits, out of turn."""
    row = history.pick(WAITING)
    if row is not None:
        places.promote(row, now=history.now)


def resize(history: History) -> None:
    """The organiser changes a size, to any number, and sometimes to no limit."""
    pool, event = history.pool(), history.locked()
    if pool_sizes.resize(history.event_id, pool.id, history.luck.choice((0, 1, 2, 3, 4, 6, None))) is None:
        places.fill(event, pool.id, now=history.now)


def borrow(history: History) -> None:
    """The organiser moves places between two pools."""
    giver, taker, event = history.pool(), history.pool(), history.locked()
    if pool_sizes.borrow(history.event_id, giver.id, taker.id, history.luck.randint(1, 3)) is None:
        places.fill(event, taker.id, now=history.now)


def add_pool(history: History) -> None:
    """The organiser parts a pool from the rest."""
    luck, event = history.luck, history.locked()
    provinces = tuple(luck.sample(PROVINCES, luck.randint(0, 2)))
    wish = PoolWish("Kuota", None, luck.choice((None, *Mode)), provinces, luck.randint(0, 4))
    made = pool_sizes.add(history.event_id, wish)
    for pool in pools.all_of(history.event_id) if isinstance(made, QuotaPool) else ():
        places.fill(event, pool.id, now=history.now)


def remove_pool(history: History) -> None:
    """The organiser puts a pool back into the rest."""
    pool, event = history.pool(), history.locked()
    if pool_sizes.remove(history.event_id, pool.id) is None:
        places.fill(event, pools.all_of(history.event_id)[-1].id, now=history.now)


def change_mode(history: History) -> None:
    """Somebody changes the way of following, perhaps into another pool."""
    row = history.pick(RegistrationState.REGISTERED)
    if row is not None:
        places.change_mode(row, history.luck.choice(list(Mode)), now=history.now)


def answer_offer(history: History) -> None:
    """Somebody who waits takes the place on offer, where there is one."""
    row = history.pick(WAITING)
    if row is not None:
        offers.accept(row, now=history.now)


def lapse(history: History) -> None:
    """An offer goes by unanswered, where one is over."""
    event, row = history.locked(), history.pick(WAITING)
    own = pools.member(history.event_id, row.id) if row is not None else None
    if row is None or own is None or own.offered_at is None:
        return
    freed = offers.lapse(row, own.offered_at, now=history.now)
    history.to_the_end = freed is not None
    if freed is not None:
        places.fill(event, freed, now=history.now)


ACTS = (register, register, register, register, cancel, cancel, promote, resize, borrow, add_pool, remove_pool,
        change_mode, answer_offer, lapse)  # fmt: skip
