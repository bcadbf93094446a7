"""Who of an office sits in its room, ticked by the office's operator.

The room's one Zoom seat is the office's: the people in it are these facts, so no report counts it as one more person.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, or_, select

from rakor import audit
from rakor.attendance.models import Checkpoint, FactRow, PresenceRow
from rakor.attendance.rules.words import Source
from rakor.attendance.store import checkpoints
from rakor.attendance.store.checkpoints import Place
from rakor.attendance.store.own import enter_own
from rakor.db import db
from rakor.events.models import EventRole
from rakor.registrations.models import Registration, RegistrationSource
from rakor.registrations.rules import RegistrationState
from rakor.registrations.store import display_name
from rakor.sources.rules.together import seen_at, tick, tickable


@dataclass(frozen=True)
class Colleague:
    """Somebody of the office who is in; ``at`` is since when present at the place, None: not yet."""

    id: UUID
    name: str
    post: str
    at: datetime | None
    source: Source | None


def places_now(event_id: UUID, now: datetime) -> list[Place]:
    """Return the sessions that may be ticked now."""
    return [one for one in checkpoints.places(event_id) if tickable(one.starts_at, one.ends_at, now)]


def checkpoint_of(rows: Iterable[Checkpoint], place: Place) -> Checkpoint | None:
    """Return the checkpoint of a session, where it has been made."""
    return next((one for one in rows if one.item_id == place.item_id and one.merged_into_id is None), None)


def colleagues(event_id: UUID, office_id: UUID, checkpoint_id: UUID | None) -> list[Colleague]:
    """Return everybody of an office who is in, in the order of their roles, with who is present at the checkpoint."""
    here = and_(
        PresenceRow.event_id == Registration.event_id,
        PresenceRow.registration_id == Registration.id,
        PresenceRow.checkpoint_id == checkpoint_id,
        PresenceRow.present,
    )
    confirmed = Registration.state == RegistrationState.CONFIRMED
    registered = and_(
        Registration.state == RegistrationState.REGISTERED, Registration.source != RegistrationSource.SEAT
    )
    query = (
        select(Registration, EventRole.name, PresenceRow.first_in_at, PresenceRow.first_source)
        .outerjoin(EventRole, EventRole.id == Registration.role_id)
        .outerjoin(PresenceRow, here)
        .where(Registration.event_id == event_id, Registration.office_id == office_id, or_(confirmed, registered))
        .order_by(EventRole.position, Registration.name, Registration.id)
    )
    return [
        Colleague(row.id, display_name(row), role or row.post, at, source)
        for row, role, at, source in db.session.execute(query)
    ]


def tick_all(
    event_id: UUID, office_id: UUID, place: Place, checkpoint_id: UUID, ticked: Sequence[UUID], *, now: datetime
) -> int:
    """Record those of the ticked who are of the office; return how many were new. Needs an open transaction."""
    own = {one.id for one in colleagues(event_id, office_id, checkpoint_id)}
    at = seen_at(place.ends_at, now)
    facts = [tick(who, checkpoint_id, at) for who in dict.fromkeys(ticked) if who in own]
    fresh = enter_own(event_id, facts, "", now=now, place="Mengikuti bersama") if facts else 0
    if fresh:
        audit.record("presence.together", event_id=event_id, object_kind="office", object_id=office_id, count=fresh)
    return fresh


def rooms(event_id: UUID, checkpoint_ids: Sequence[UUID]) -> dict[UUID, int]:
    """Return by office the most who were ticked in its room at one checkpoint: such a room holds one Zoom seat."""
    query = (
        select(Registration.office_id, FactRow.checkpoint_id, func.count(func.distinct(Registration.id)))
        .join(FactRow, and_(FactRow.event_id == Registration.event_id, FactRow.registration_id == Registration.id))
        .where(Registration.event_id == event_id, Registration.office_id.is_not(None))
        .where(FactRow.checkpoint_id.in_(checkpoint_ids), FactRow.source == Source.VIEWING_GROUP)
        .group_by(Registration.office_id, FactRow.checkpoint_id)
    )
    most: dict[UUID, int] = {}
    rows: Any = db.session.execute(query)
    for office_id, _place, count in rows:
        most[office_id] = max(count, most.get(office_id, 0))
    return most
