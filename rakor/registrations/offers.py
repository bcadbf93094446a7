"""A freed place offered to the first who waits: taken, let go, or unanswered; each under the event's row lock."""

from datetime import UTC, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, func, select

from rakor import audit, outbox
from rakor.db import db
from rakor.events.models import Event
from rakor.prepared import Prepared
from rakor.registrations import pools, tickets
from rakor.registrations.models import Registration
from rakor.registrations.moves import move, tell, touch
from rakor.registrations.pool_models import PoolMember
from rakor.registrations.rules import (
    OfferState,
    Refusal,
    RegistrationState,
    Silence,
    offer_ends,
    offer_state,
    silence,
)

EXPIRY = "registration.offer_expiry"
_LAST_IN_QUEUE = Prepared(
    select(func.max(Registration.queue_number)).where(
        Registration.event_id == bindparam("of_event"), Registration.queue_number.is_not(None)
    )
)


def next_queue_number(event_id: UUID) -> int:
    """Return the number for the end of the waiting list; numbers are never used twice."""
    return (_LAST_IN_QUEUE.rows(db.session.connection(), of_event=event_id)[0][0] or 0) + 1


def first_waiting(event_id: UUID, pool_id: UUID) -> Registration | None:
    """Return the first who waits in a pool and has no offer open, or None."""
    query = (
        select(Registration)
        .join(PoolMember, PoolMember.registration_id == Registration.id)
        .where(
            Registration.event_id == event_id,
            PoolMember.pool_id == pool_id,
            PoolMember.offer_expires_at.is_(None),
            Registration.state == RegistrationState.WAITING,
        )
        .order_by(Registration.queue_number, Registration.id)
        .limit(1)
    )
    return db.session.scalar(query)


def offer(row: Registration, event: Event, *, now: datetime) -> datetime:
    """Keep the place that was just taken from the pool for somebody, until the time that is returned."""
    own = pools.member(row.event_id, row.id)
    assert own is not None
    assert event.offer_hours is not None
    last = datetime.combine(event.ends_on, time.max, ZoneInfo(event.zone)).astimezone(UTC)
    own.offered_at, own.offer_expires_at = now, offer_ends(now, event.offer_hours, last)
    touch(row, now)
    db.session.flush()
    audit.record("registration.offer", event_id=event.id, object_kind="registration", object_id=row.id)
    payload = {"event_id": str(event.id), "registration_id": str(row.id), "offered_at": now.isoformat()}
    outbox.enqueue(EXPIRY, payload, event_id=event.id, run_at=own.offer_expires_at)
    tell(row, "registration.offered")
    return own.offer_expires_at


def settle(row: Registration, action: str, now: datetime) -> None:
    """Let somebody in whose place is taken already: registered, with a ticket, and told."""
    own = pools.member(row.event_id, row.id)
    if own is not None:
        own.offer_expires_at = None
    move(row, RegistrationState.REGISTERED, action, now)
    tickets.issue(row, now=now)
    tell(row, "registration.answered")


def open_until(event_id: UUID, registration_id: UUID, *, now: datetime) -> datetime | None:
    """Return until when a person may take the place on offer; None where none is on offer now."""
    own = pools.member(event_id, registration_id)
    if own is None or offer_state(own.offer_expires_at, now) is not OfferState.OPEN:
        return None
    return own.offer_expires_at


def accept(row: Registration, *, now: datetime) -> RegistrationState | Refusal:
    """Take the place on offer; a second click answers ALREADY, a late one OFFER_OVER."""
    if row.state is RegistrationState.REGISTERED:
        return Refusal.ALREADY
    if row.state is not RegistrationState.WAITING or open_until(row.event_id, row.id, now=now) is None:
        return Refusal.OFFER_OVER
    settle(row, "registration.accept", now)
    return row.state


def lapse(row: Registration, offered_at: datetime, *, now: datetime) -> UUID | None:
    """End an offer that nobody answered; returns the pool whose place is free again, or None.

    The first silence moves the person to the end of the queue, the next ends the registration. An offer that was
    answered, withdrawn or made anew since ``offered_at`` is left alone.
    """
    own = pools.member(row.event_id, row.id)
    if own is None or own.offered_at != offered_at or offer_state(own.offer_expires_at, now) is not OfferState.OVER:
        return None
    meaning = silence(own.lapse_count)
    own.offer_expires_at = None
    own.lapse_count += 1
    pools.give_back(own.pool_id)
    if meaning is Silence.ENDED:
        row.cancelled_at = now
        move(row, RegistrationState.CANCELLED, "registration.cancel", now)
    else:
        row.queue_number = next_queue_number(row.event_id)
        move(row, RegistrationState.WAITING, "registration.lapse", now)
    tell(row, "registration.offer_lapsed")
    return own.pool_id
