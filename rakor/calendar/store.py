"""The programme as calendars need it; a constant number of statements."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from rakor.agenda.models import AgendaItem, AgendaSpeaker, Room, Speaker
from rakor.agenda.rules import SpeakerPart, Visibility
from rakor.db import db
from rakor.events.models import EventDay


@dataclass(frozen=True)
class Slot:
    """One agenda item with its day, its room, and who takes part, in order."""

    item: AgendaItem
    held_on: date
    room: str
    people: tuple[tuple[SpeakerPart, str], ...]


def programme(
    event_id: UUID,
    seen: Iterable[Visibility],
    *,
    item_id: UUID | None = None,
    speaker_id: UUID | None = None,
) -> list[Slot]:
    """Return the items of these visibilities in their order: all, one, or those in which a person takes part."""
    query = (
        select(AgendaItem, EventDay.held_on, Room.name)
        .join(EventDay, EventDay.id == AgendaItem.day_id)
        .outerjoin(Room, Room.id == AgendaItem.room_id)
        .where(AgendaItem.event_id == event_id, AgendaItem.visibility.in_(list(seen)))
        .order_by(EventDay.number, AgendaItem.starts_at, AgendaItem.position, AgendaItem.id)
    )
    if item_id is not None:
        query = query.where(AgendaItem.id == item_id)
    if speaker_id is not None:
        parts = select(AgendaSpeaker.item_id).where(
            AgendaSpeaker.event_id == event_id, AgendaSpeaker.speaker_id == speaker_id
        )
        query = query.where(AgendaItem.id.in_(parts))
    people = _people(event_id)
    return [
        Slot(item, day, room or "", tuple(people.get(item.id, ()))) for item, day, room in db.session.execute(query)
    ]


def _people(event_id: UUID) -> dict[UUID, list[tuple[SpeakerPart, str]]]:
    query = (
        select(AgendaSpeaker.item_id, AgendaSpeaker.part, Speaker.name)
        .join(Speaker, Speaker.id == AgendaSpeaker.speaker_id)
        .where(AgendaSpeaker.event_id == event_id)
        .order_by(AgendaSpeaker.position, Speaker.position, Speaker.name)
    )
    found: dict[UUID, list[tuple[SpeakerPart, str]]] = {}
    for item_id, part, name in db.session.execute(query):
        found.setdefault(item_id, []).append((part, name))
    return found


def speaker(event_id: UUID, speaker_id: UUID) -> Speaker | None:
    """Return a speaker of the event, or None."""
    return db.session.scalar(select(Speaker).where(Speaker.event_id == event_id, Speaker.id == speaker_id))
