"""The open form's door: whether one may come in, and what becomes of what was sent."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid5

from rakor import outbox
from rakor.events.models import Event
from rakor.events.rules import EventMode, Stage
from rakor.registrations import gate, places, store
from rakor.registrations.gate import Gate
from rakor.registrations.rules import Mode, Window, fold, registration_open
from rakor.registrations.store import Draft
from rakor.web.times import local_day

MODES = {
    EventMode.ONSITE: (Mode.ONSITE,),
    EventMode.ONLINE: (Mode.ONLINE,),
    EventMode.HYBRID: (Mode.ONSITE, Mode.ONLINE),
}


class Door(StrEnum):
    """What the registration page of an event says."""

    OPEN = "open"
    WAITING_LIST = "waiting_list"
    FULL = "full"
    NOT_YET = "not_yet"
    CLOSED = "closed"
    INVITED_ONLY = "invited_only"
    CANCELLED = "cancelled"


def door(event: Event | Gate, *, has_place: bool, now: datetime) -> Door:
    """Return what the page says at ``now``; ``has_place``: some pool has a place for which nobody waits."""
    if event.stage is Stage.CANCELLED:
        return Door.CANCELLED
    if not event.open_registration:
        return Door.INVITED_ONLY
    window = registration_open(now, event.registration_opens_at, event.registration_closes_at)
    if window is Window.CLOSED or local_day(now, event.zone) > event.ends_on:
        return Door.CLOSED
    if window is Window.NOT_YET:
        return Door.NOT_YET
    if has_place or event.needs_approval:
        return Door.OPEN
    return Door.WAITING_LIST if event.waiting_list else Door.FULL


class Outcome(StrEnum):
    """What became of a sent form."""

    ENTERED = "entered"
    REPEATED = "repeated"
    """The same sending again (a double click, a reload): answered as the first was."""
    KNOWN = "known"
    """The person is registered already: the link goes to them, the sender learns nothing more."""
    FULL = "full"
    SHUT = "shut"


@dataclass(frozen=True)
class Entry:
    """The outcome, and the registration's id where the sender may see it."""

    outcome: Outcome
    registration_id: UUID | None = None


def enter(event_id: UUID, draft: Draft, *, may_wait: bool, now: datetime) -> Entry:
    """Register what the open form sent. Needs an open transaction; takes the event's row lock first."""
    event = gate.locked(event_id)
    draft = replace(draft, idempotency_key=_own_key(draft))
    earlier = store.by_idempotency_key(event_id, draft.idempotency_key) if draft.idempotency_key else None
    if earlier is not None:
        return Entry(Outcome.REPEATED, earlier)
    if door(event, has_place=True, now=now) is not Door.OPEN:
        return Entry(Outcome.SHUT)
    known = store.same_person(event_id, draft)
    if known is not None:
        payload = {"event_id": str(event_id), "registration_id": str(known)}
        outbox.enqueue("registration.link_wanted", payload, event_id=event_id)
        return Entry(Outcome.KNOWN)
    made = places.admit(event, draft, may_wait=may_wait, now=now)
    if made is None:
        return Entry(Outcome.FULL)
    payload = {"event_id": str(event_id), "registration_id": str(made.id)}
    outbox.enqueue("registration.received", payload, event_id=event_id)
    return Entry(Outcome.ENTERED, made.id)


def _own_key(draft: Draft) -> UUID | None:
    """The sending's key bound to the person: the back button with another name is another registration."""
    if draft.idempotency_key is None:
        return None
    return uuid5(draft.idempotency_key, f"{fold(draft.name.name)}\x00{draft.phone}\x00{draft.email}")
