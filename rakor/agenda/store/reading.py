"""The draft that organisers edit, read as frozen values in a constant number of queries."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from rakor.agenda.models import AgendaAudience, AgendaItem, AgendaSpeaker, Room, Speaker
from rakor.agenda.rules import SpeakerPart, Visibility
from rakor.agenda.rules.views import EVERYTHING, ItemView, PersonView, RoleView
from rakor.db import db
from rakor.events.models import EventDay, EventRole

People = dict[UUID, list[tuple[SpeakerPart, PersonView]]]
Roles = dict[UUID, list[RoleView]]


def items(event_id: UUID, visible: Collection[Visibility]) -> list[ItemView]:
    """Return the draft's items that a reader of ``visible`` may see, in order; three queries."""
    query = (
        select(AgendaItem, EventDay.held_on, Room.name)
        .join(EventDay, EventDay.id == AgendaItem.day_id)
        .outerjoin(Room, Room.id == AgendaItem.room_id)
        .where(AgendaItem.event_id == event_id, AgendaItem.visibility.in_(visible), AgendaItem.removed_at.is_(None))
        .order_by(AgendaItem.position, func.coalesce(AgendaItem.session_number, 0), AgendaItem.title)
    )
    people, roles = _people(event_id), _roles(event_id)
    found = [_view(item, held_on, room, people, roles) for item, held_on, room in db.session.execute(query)]
    return sorted(found, key=place)


def item(event_id: UUID, item_id: UUID) -> ItemView | None:
    """Return one item of the draft, or None."""
    return next((found for found in items(event_id, EVERYTHING) if found.id == item_id), None)


def place(view: ItemView) -> tuple[object, ...]:
    """By day and time; what has no time, or the same, stays in the order of the programme."""
    unknown = view.starts_at is None
    return view.held_on, unknown, view.starts_at or view.held_on


def speakers(event_id: UUID) -> list[PersonView]:
    """Return everybody who speaks or moderates in the draft, in order."""
    used = select(AgendaSpeaker.speaker_id).where(AgendaSpeaker.event_id == event_id)
    query = select(Speaker).where(Speaker.event_id == event_id, Speaker.id.in_(used))
    return [person(speaker) for speaker in db.session.scalars(query.order_by(Speaker.position, Speaker.name))]


def rooms(event_id: UUID) -> list[Room]:
    """Return the event's rooms in their order."""
    query = select(Room).where(Room.event_id == event_id).order_by(Room.position, Room.name)
    return list(db.session.scalars(query))


def person(speaker: Speaker) -> PersonView:
    """Return a speaker as the agenda shows them."""
    return PersonView(speaker.id, speaker.name, speaker.post, speaker.organization, speaker.source)


def _people(event_id: UUID) -> People:
    query = (
        select(AgendaSpeaker.item_id, AgendaSpeaker.part, Speaker)
        .join(Speaker, Speaker.id == AgendaSpeaker.speaker_id)
        .where(AgendaSpeaker.event_id == event_id)
        .order_by(AgendaSpeaker.position)
    )
    found: People = {}
    for item_id, part, speaker in db.session.execute(query):
        found.setdefault(item_id, []).append((part, person(speaker)))
    return found


def _roles(event_id: UUID) -> Roles:
    query = (
        select(AgendaAudience.item_id, EventRole.id, EventRole.name)
        .join(EventRole, EventRole.id == AgendaAudience.role_id)
        .where(AgendaAudience.event_id == event_id)
        .order_by(EventRole.position, EventRole.name)
    )
    found: Roles = {}
    for item_id, role_id, name in db.session.execute(query):
        found.setdefault(item_id, []).append(RoleView(role_id, name))
    return found


def _view(row: AgendaItem, held_on: date, room: str | None, people: People, roles: Roles) -> ItemView:
    own = people.get(row.id, [])
    return ItemView(
        id=row.id,
        day_id=row.day_id,
        held_on=held_on,
        kind=row.kind,
        title=row.title,
        topic=row.topic,
        session_number=row.session_number,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        room=room or "",
        room_id=row.room_id,
        visibility=row.visibility,
        takes_attendance=row.takes_attendance,
        counts_for_jp=row.counts_for_jp,
        audience=row.audience,
        source=row.source,
        sequence=row.sequence,
        updated_at=row.updated_at,
        speakers=tuple(who for part, who in own if part is SpeakerPart.SPEAKER),
        moderators=tuple(who for part, who in own if part is SpeakerPart.MODERATOR),
        roles=tuple(roles.get(row.id, ())),
        capacity=row.capacity,
        in_charge=row.in_charge,
        note=row.note,
    )
