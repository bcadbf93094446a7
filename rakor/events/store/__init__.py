"""Events in the database: reads are nouns, writes are verbs, and every one is given the event's id."""

from datetime import date
from uuid import UUID

from sqlalchemy import bindparam, select, update

from rakor.accounts.rules import Role
from rakor.db import db
from rakor.events.models import Event, EventChannel, EventDay, EventIdentity, EventRole, Grant
from rakor.prepared import Prepared

# built once: what every act on an event runs through pays for its words only the first time
_BY_SLUG = select(Event).where(Event.slug == bindparam("slug"))
_LOCKED = select(Event).where(Event.id == bindparam("event_id")).with_for_update()
_NEXT_CHANGE = Prepared(
    update(Event)
    .where(Event.id == bindparam("of_event"))
    .values(change_seq=Event.change_seq + 1)
    .returning(Event.change_seq)
)
_GRANTED = Prepared(
    select(Grant.role).where(
        Grant.user_id == bindparam("user_id"),
        Grant.event_id == bindparam("event_id"),
        Grant.ends_on >= bindparam("today"),
    )
)


def event(event_id: UUID) -> Event | None:
    """Return the event, or None."""
    return db.session.get(Event, event_id)


def event_by_slug(slug: str) -> Event | None:
    """Return the event of a public address, or None."""
    return db.session.scalar(_BY_SLUG, {"slug": slug})


def locked_event(event_id: UUID) -> Event:
    """Return the event's row under its lock: the turn of everything that must be counted or numbered."""
    fresh = {"populate_existing": True}
    return db.session.scalars(_LOCKED, {"event_id": event_id}, execution_options=fresh).one()


def next_change(event_id: UUID) -> int:
    """Number one change of presence or ticket: gap-free, under the event's row lock."""
    number: int = _NEXT_CHANGE.rows(db.session.connection(), of_event=event_id)[0][0]
    return number


def days(event_id: UUID) -> list[EventDay]:
    """Return the event's days in order."""
    return list(db.session.scalars(select(EventDay).where(EventDay.event_id == event_id).order_by(EventDay.number)))


def channels(event_id: UUID) -> list[EventChannel]:
    """Return the ways to follow the event, in order."""
    query = select(EventChannel).where(EventChannel.event_id == event_id)
    return list(db.session.scalars(query.order_by(EventChannel.position, EventChannel.id)))


def roles(event_id: UUID) -> list[EventRole]:
    """Return the event's roles in protocol order."""
    query = select(EventRole).where(EventRole.event_id == event_id)
    return list(db.session.scalars(query.order_by(EventRole.position, EventRole.name)))


def identity(event_id: UUID) -> EventIdentity:
    """Return how the event's papers look; an event without one gets empty values (not stored)."""
    return db.session.get(EventIdentity, event_id) or EventIdentity(
        event_id=event_id, letterhead="", accent="", signatory_name="", signatory_post="", signatory_nip=None
    )


def granted_roles(user_id: UUID, event_id: UUID, today: date) -> frozenset[Role]:
    """Return the roles a user holds in an event on ``today``; ended grants give nothing."""
    asked = {"user_id": user_id, "event_id": event_id, "today": today}
    return frozenset(role for (role,) in _GRANTED.rows(db.session.connection(), **asked))
