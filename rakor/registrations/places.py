"""Places: who gets one, who waits, and what happens to the place of somebody who does not come.

Every function runs under the event's row lock (``events.locked_event``), and the last place is still taken by a
conditional UPDATE: counting first and writing then let in 98 of 100 (check-in.md §9).
"""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, or_, select, update

from rakor import audit, outbox
from rakor.db import db
from rakor.events import store as events
from rakor.events.models import Event
from rakor.registrations import store, tickets
from rakor.registrations.models import Registration, RegistrationSource
from rakor.registrations.rules import HOLDS_PLACE, Act, Refusal, RegistrationState, can
from rakor.registrations.store import Draft

TICKETED = HOLDS_PLACE | {RegistrationState.DECLINED}


def take_place(event_id: UUID) -> bool:
    """Take one place of the open form's quota; False where every place is taken."""
    free = or_(Event.capacity.is_(None), Event.registered_count < Event.capacity)
    query = update(Event).where(Event.id == event_id, free).values(registered_count=Event.registered_count + 1)
    return db.session.scalar(query.returning(Event.id)) is not None


def give_back(event_id: UUID) -> None:
    """Give one place back."""
    held = (Event.id == event_id, Event.registered_count > 0)
    db.session.execute(update(Event).where(*held).values(registered_count=Event.registered_count - 1))


def waiting_count(event_id: UUID) -> int:
    """Return how many wait for a place."""
    query = select(func.count()).where(
        Registration.event_id == event_id, Registration.state == RegistrationState.WAITING
    )
    return db.session.scalar(query) or 0


def place_in_queue(row: Registration) -> int:
    """Return somebody's place in the waiting list, from 1."""
    before = select(func.count()).where(
        Registration.event_id == row.event_id,
        Registration.state == RegistrationState.WAITING,
        Registration.queue_number < (row.queue_number or 0),
    )
    return (db.session.scalar(before) or 0) + 1


def next_queue_number(event_id: UUID) -> int:
    """Return the number for the end of the waiting list; numbers are never used twice."""
    query = select(func.max(Registration.queue_number)).where(Registration.event_id == event_id)
    return (db.session.scalar(query) or 0) + 1


def admit(event: Event, draft: Draft, *, may_wait: bool, now: datetime) -> Registration | None:
    """Register a person of the open form where there is a place, else put them on the waiting list; None: full.

    Whoever waits goes first: with a waiting list nobody new overtakes it, even while a place is free.
    """
    if event.needs_approval:
        return store.create(event.id, replace(draft, state=RegistrationState.APPLIED), now=now)
    queued = event.capacity is not None and waiting_count(event.id) > 0
    if not queued and take_place(event.id):
        return store.create(event.id, replace(draft, state=RegistrationState.REGISTERED), now=now)
    if not (may_wait and event.waiting_list):
        return None
    number = next_queue_number(event.id)
    return store.create(event.id, replace(draft, state=RegistrationState.WAITING, queue_number=number), now=now)


def approve(row: Registration, *, now: datetime) -> RegistrationState | Refusal:
    """Accept an applicant: registered where there is a place, else at the end of the waiting list."""
    allowed = can(row.state, Act.APPROVE)
    if isinstance(allowed, Refusal):
        return allowed
    if waiting_count(row.event_id) == 0 and take_place(row.event_id):
        _move(row, RegistrationState.REGISTERED, "registration.approve", now)
        tickets.issue(row, now=now)
    else:
        row.queue_number = next_queue_number(row.event_id)
        _move(row, RegistrationState.WAITING, "registration.queue", now)
    _tell(row, "registration.answered")
    return row.state


def promote(row: Registration, *, now: datetime) -> RegistrationState | Refusal | None:
    """Give a free place to somebody who waits; None where no place is free."""
    allowed = can(row.state, Act.PROMOTE)
    if isinstance(allowed, Refusal):
        return allowed
    if not take_place(row.event_id):
        return None
    _move(row, RegistrationState.REGISTERED, "registration.promote", now)
    tickets.issue(row, now=now)
    _tell(row, "registration.answered")
    return row.state


def cancel(row: Registration, *, now: datetime) -> RegistrationState | Refusal:
    """End a registration: its ticket dies, and a place of the open form goes to the first who waits."""
    allowed = can(row.state, Act.CANCEL)
    if isinstance(allowed, Refusal):
        return allowed
    held = row.state in HOLDS_PLACE
    if row.state in TICKETED:
        tickets.revoke(row, now=now)
    row.cancelled_at = now
    _move(row, allowed, "registration.cancel", now)
    if held and row.source is RegistrationSource.OPEN:
        give_back(row.event_id)
        promote_first(row.event_id, now=now)
    return allowed


def promote_first(event_id: UUID, *, now: datetime) -> Registration | None:
    """Give a free place to the first who waits; None where nobody waits or no place is free."""
    query = (
        select(Registration)
        .where(Registration.event_id == event_id, Registration.state == RegistrationState.WAITING)
        .order_by(Registration.queue_number, Registration.id)
        .limit(1)
    )
    first = db.session.scalar(query)
    return first if first is not None and promote(first, now=now) is RegistrationState.REGISTERED else None


def _move(row: Registration, state: RegistrationState, action: str, now: datetime) -> None:
    row.state = state
    row.updated_at = now
    row.version += 1
    row.change_seq = events.next_change(row.event_id)
    db.session.flush()
    audit.record(action, event_id=row.event_id, object_kind="registration", object_id=row.id)


def _tell(row: Registration, job: str) -> None:
    """Leave the message to the room that writes to people: it comes later in the house."""
    payload = {"event_id": str(row.event_id), "registration_id": str(row.id)}
    outbox.enqueue(job, payload, event_id=row.event_id)
