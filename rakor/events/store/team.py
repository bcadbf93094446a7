"""Who works on which event, and until when."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import select

from rakor import audit
from rakor.accounts.models import User
from rakor.accounts.rules import EDITORS, Role
from rakor.db import db
from rakor.events.models import Event, Grant
from rakor.offices.models import Institution


@dataclass(frozen=True)
class GrantView:
    """One person's role in an event, until a date."""

    id: UUID
    user_id: UUID
    name: str
    email: str
    role: Role
    ends_on: date


@dataclass(frozen=True)
class OwnEvent:
    """An event with the roles its reader holds there and until when."""

    event: Event
    grants: tuple[tuple[Role, date], ...]


def grants(event_id: UUID) -> list[GrantView]:
    """Return everybody's roles in an event: owners first, then by name."""
    query = select(Grant, User).join(User, User.id == Grant.user_id).where(Grant.event_id == event_id)
    views = [GrantView(g.id, u.id, u.name, u.email, g.role, g.ends_on) for g, u in db.session.execute(query)]
    return sorted(views, key=lambda view: (list(Role).index(view.role), view.name.casefold(), view.email))


def give(event_id: UUID, user_id: UUID, role: Role, *, ends_on: date, now: datetime) -> None:
    """Give a person a role until a date; one that is held already gets the new date."""
    mine = (Grant.event_id == event_id, Grant.user_id == user_id, Grant.role == role)
    row = db.session.scalar(select(Grant).where(*mine))
    if row is None:
        row = Grant(id=uuid4(), event_id=event_id, user_id=user_id, role=role, created_at=now, ends_on=ends_on)
        db.session.add(row)
    row.ends_on = ends_on
    db.session.flush()
    audit.record("grant.give", event_id=event_id, object_kind="user", object_id=user_id, fields=[str(role)])


def take(event_id: UUID, grant_id: UUID) -> bool:
    """Take a role away at once; False where it is gone already."""
    row = db.session.scalar(select(Grant).where(Grant.event_id == event_id, Grant.id == grant_id))
    if row is None:
        return False
    db.session.delete(row)
    audit.record("grant.take", event_id=event_id, object_kind="user", object_id=row.user_id, fields=[str(row.role)])
    return True


def events_of(user_id: UUID, *, everything: bool) -> list[OwnEvent]:
    """Return the events a person holds a role in, the nearest last; administrators see every one. One query."""
    mine = (Grant.event_id == Event.id) & (Grant.user_id == user_id)
    query = select(Event, Grant).join(Grant, mine, isouter=everything).order_by(Event.starts_on.desc(), Event.id)
    found: dict[UUID, tuple[Event, list[tuple[Role, date]]]] = {}
    for event, grant in db.session.execute(query):
        held = found.setdefault(event.id, (event, []))[1]
        if grant is not None:
            held.append((grant.role, grant.ends_on))
    return [OwnEvent(event, tuple(held)) for event, held in found.values()]


def institutions_of(user_id: UUID, *, everything: bool, today: date) -> list[Institution]:
    """Return the institutions a person already edits events of: their offices and contacts are known there."""
    query = select(Institution).order_by(Institution.name)
    if not everything:
        living = (Grant.user_id == user_id, Grant.role.in_(_words(EDITORS)), Grant.ends_on >= today)
        edited = select(Event.institution_id).join(Grant, Grant.event_id == Event.id).where(*living)
        query = query.where(Institution.id.in_(edited))
    return list(db.session.scalars(query))


def _words(roles: Collection[Role]) -> list[Role]:
    return sorted(roles)
