"""Places: who gets one, who waits, and what happens to the place of somebody who does not come.

Every function runs under the event's row lock (``events.locked_event``); the places themselves are taken and given
back in ``pools``, the ways in which a freed place is offered are in ``offers``.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from rakor.db import db
from rakor.events import store as events
from rakor.events.models import Event
from rakor.events.quota import QuotaPool
from rakor.registrations import changes, offers, pools, store, tickets
from rakor.registrations.gate import Gate
from rakor.registrations.models import Registration
from rakor.registrations.moves import move, tell
from rakor.registrations.pool_models import PoolMember
from rakor.registrations.pools import Shelf
from rakor.registrations.rules import HOLDS_PLACE, Act, Claim, Mode, Refusal, RegistrationState, can
from rakor.registrations.rules.origins import Origin
from rakor.registrations.store import Draft

TICKETED = HOLDS_PLACE | {RegistrationState.DECLINED}


def waiting_count(event_id: UUID, pool_id: UUID | None = None) -> int:
    """Return how many wait for a place, in one pool or in the whole event."""
    query = select(func.count()).select_from(Registration).where(
        Registration.event_id == event_id, Registration.state == RegistrationState.WAITING
    )
    if pool_id is not None:
        query = query.join(PoolMember, PoolMember.registration_id == Registration.id)
        query = query.where(PoolMember.pool_id == pool_id)
    return db.session.scalar(query) or 0


def place_in_queue(row: Registration) -> int:
    """Return somebody's place in the waiting list of the own pool, from 1."""
    own = pools.member(row.event_id, row.id)
    before = select(func.count()).select_from(Registration).where(
        Registration.event_id == row.event_id,
        Registration.state == RegistrationState.WAITING,
        Registration.queue_number < (row.queue_number or 0),
    )
    if own is not None:
        before = before.join(PoolMember, PoolMember.registration_id == Registration.id)
        before = before.where(PoolMember.pool_id == own.pool_id)
    return (db.session.scalar(before) or 0) + 1


def admit(event: Event | Gate, draft: Draft, *, may_wait: bool, now: datetime) -> Registration | None:
    """Register a person of the open form where the own pool has a place, else put them on its waiting list.

    None: full, and waiting is not wanted or not possible. Whoever waits goes first: with a waiting list nobody new
    overtakes it, even while a place is free.
    """
    pool = pools.shelf(event.id, Claim(draft.role_id, draft.mode, draft.province_code))
    if event.needs_approval:
        return _enter(event.id, pool, replace(draft, state=RegistrationState.APPLIED), now)
    if _take_in_turn(event.id, pool):
        return _enter(event.id, pool, replace(draft, state=RegistrationState.REGISTERED), now)
    if not (may_wait and event.waiting_list):
        return None
    number = offers.next_queue_number(event.id)
    return _enter(event.id, pool, replace(draft, state=RegistrationState.WAITING, queue_number=number), now)


def _enter(event_id: UUID, pool: Shelf, draft: Draft, now: datetime) -> Registration:
    row = store.create(event_id, draft, now=now)
    pools.join(row, pool.id)
    return row


def _take_in_turn(event_id: UUID, pool: Shelf | QuotaPool) -> bool:
    # whoever has an offer has a place kept: only those without one go before somebody new
    queued = pool.size is not None and offers.first_waiting(event_id, pool.id) is not None
    return not queued and pools.take(pool.id)


def approve(row: Registration, *, now: datetime) -> RegistrationState | Refusal:
    """Accept an applicant: registered where there is a place, else at the end of the waiting list."""
    allowed = can(row.state, Act.APPROVE)
    if isinstance(allowed, Refusal):
        return allowed
    pool = _pool_of(row)
    if _take_in_turn(row.event_id, pool):
        move(row, RegistrationState.REGISTERED, "registration.approve", now)
        tickets.issue(row, now=now)
    else:
        row.queue_number = offers.next_queue_number(row.event_id)
        move(row, RegistrationState.WAITING, "registration.queue", now)
    tell(row, "registration.answered")
    return row.state


def _pool_of(row: Registration) -> QuotaPool:
    """The pool of a registration; who was brought in by other means than the form joins one here."""
    own = pools.member(row.event_id, row.id)
    found = pools.one(row.event_id, own.pool_id) if own is not None else None
    if found is None:
        found = pools.find(row.event_id, pools.claim_of(row))
        pools.join(row, found.id)
    return found


def promote(row: Registration, *, now: datetime) -> RegistrationState | Refusal | None:
    """Give a free place to somebody who waits; None where no place of the own pool is free."""
    allowed = can(row.state, Act.PROMOTE)
    if isinstance(allowed, Refusal):
        return allowed
    pool = _pool_of(row)
    own = pools.member(row.event_id, row.id)
    kept = own is not None and own.offer_expires_at is not None
    if not kept and not pools.take(pool.id):
        return None
    offers.settle(row, "registration.promote", now)
    return row.state


def reject(row: Registration, *, now: datetime) -> RegistrationState | Refusal:
    """Do not accept an applicant or somebody who waits; a place that was kept goes to the next."""
    allowed = can(row.state, Act.REJECT)
    if isinstance(allowed, Refusal):
        return allowed
    _leave(row, allowed, "registration.reject", now)
    tell(row, "registration.answered")
    return allowed


def cancel(row: Registration, *, now: datetime) -> RegistrationState | Refusal:
    """End a registration: its ticket dies, and its place goes to the first who waits."""
    allowed = can(row.state, Act.CANCEL)
    if isinstance(allowed, Refusal):
        return allowed
    if row.state in TICKETED:
        tickets.revoke(row, now=now)
    row.cancelled_at = now
    _leave(row, allowed, "registration.cancel", now)
    return allowed


def bring_back(row: Registration, draft: Draft, *, search: tuple[str, ...], now: datetime) -> None:
    """Let somebody who had left a seat back in: the same registration and link, a new ticket; the old one stays dead.

    Without it a name that is given again after "berhalangan" would be two people, each with a ticket.
    """
    assert row.state is RegistrationState.CANCELLED, "only who has left comes back"
    row.front_title, row.name, row.back_title = draft.name.front_title, draft.name.name, draft.name.back_title
    row.mode, row.role_id, row.post, row.acting = draft.mode, draft.role_id, draft.post, draft.acting
    row.search_key = store.found_by(row.name, row.post, row, search)
    row.cancelled_at, row.confirmed_at = None, now
    row.epoch += 1
    move(row, RegistrationState.CONFIRMED, "registration.restore", now)
    tickets.issue(row, now=now)


def _leave(row: Registration, state: RegistrationState, action: str, now: datetime) -> None:
    own = pools.member(row.event_id, row.id)
    held = own is not None and pools.holds_place(row, own)
    if own is not None:
        own.offer_expires_at = None
    move(row, state, action, now)
    if own is not None and held:
        pools.give_back(own.pool_id)
        fill(events.locked_event(row.event_id), own.pool_id, now=now)


def fill(event: Event, pool_id: UUID, *, now: datetime) -> list[Registration]:
    """Serve the waiting list of a pool while places are free: each is given, or offered until a time."""
    served = []
    while (first := offers.first_waiting(event.id, pool_id)) is not None and pools.take(pool_id):
        if event.offer_hours is None:
            offers.settle(first, "registration.promote", now)
        else:
            offers.offer(first, event, now=now)
        served.append(first)
    return served


def change_mode(row: Registration, mode: Mode, *, now: datetime) -> bool | None:
    """Set how somebody follows; None where the other pool is full, and then the old place is kept.

    False where it is so already.
    """
    if row.mode is mode:
        return False
    claim = replace(pools.claim_of(row), mode=mode)
    return _change_within(row, claim, lambda: changes.change_mode(row, mode, now=now), now)


def change_origin(row: Registration, origin: Origin, *, search: tuple[str, ...], now: datetime) -> bool | None:
    """Set where somebody comes from and the category; None where the pool of that is full: nothing changes then.

    False where it is so already. ``search`` are the words of office and role somebody is found by too.
    """
    claim = replace(pools.claim_of(row), role_id=origin.role_id, province_code=origin.province_code)
    return _change_within(row, claim, lambda: changes.change_origin(row, origin, search=search, now=now), now)


def _change_within(row: Registration, claim: Claim, change: Callable[[], bool], now: datetime) -> bool | None:
    """Change what decides about the pool; a place changes pools too: taken there first, then given back here."""
    own = pools.member(row.event_id, row.id)
    target = pools.find(row.event_id, claim) if own is not None else None
    if own is None or target is None or target.id == own.pool_id:
        return change()
    left, held = own.pool_id, pools.holds_place(row, own)
    if held and not _take_in_turn(row.event_id, target):
        return None
    own.pool_id = target.id
    change()
    if held:
        pools.give_back(left)
        fill(events.locked_event(row.event_id), left, now=now)
    return True
