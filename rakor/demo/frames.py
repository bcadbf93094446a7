"""The frame of a world: institution, event, days, channels, roles, agenda with its people."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from rakor.agenda.models import AgendaAudience, AgendaItem, AgendaSpeaker, AgendaVersion, Room, Speaker
from rakor.agenda.rules import AgendaKind, SpeakerPart, Visibility
from rakor.agenda.rules.snapshots import item_json
from rakor.agenda.rules.versions import FIRST
from rakor.agenda.rules.views import EVERYTHING
from rakor.agenda.store import items
from rakor.db import db
from rakor.demo.seed import uid
from rakor.events import quota
from rakor.events.models import Event, EventChannel, EventDay, EventIdentity, EventRole
from rakor.events.rules import ChannelKind, EventKind, Stage, days_between
from rakor.events.rules.role_sets import first_roles
from rakor.offices.models import Institution

ZONE = "Asia/Jakarta"


@dataclass(frozen=True)
class Item:
    """One agenda item as a world names it; times are minutes after midnight in the event's zone, or None."""

    day: int
    title: str
    kind: AgendaKind
    start: int | None = None
    end: int | None = None
    topic: str = ""
    room: str = ""
    number: int | None = None
    speakers: tuple[str, ...] = ()
    moderator: str = ""
    attendance: bool = False
    visibility: Visibility = Visibility.PUBLIC
    audience: str = ""
    roles: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True)
class Voice:
    """A speaker or moderator of a world."""

    key: str
    name: str
    post: str = ""
    organization: str = ""
    source: str = ""


@dataclass(frozen=True)
class Frame:
    """Everything a world's event is made of."""

    world: str
    event: dict[str, Any]
    channels: Sequence[tuple[ChannelKind, str, str | None, bool]]
    voices: Sequence[Voice]
    items: Sequence[Item]
    roles: Sequence[str] = field(default=())
    rooms: Sequence[tuple[str, int]] = field(default=())
    letterhead: str = ""
    signatory: tuple[str, str] = ("", "")


def institution(world: str, name: str, short_name: str, now: datetime) -> UUID:
    """Return the id of a world's institution, made where it is missing."""
    known = uid(world, "institution")
    if db.session.get(Institution, known) is None:
        db.session.add(Institution(id=known, name=name, short_name=short_name, created_at=now, is_demo=True))
        db.session.flush()
    return known


def at(day: date, minutes: int, zone: str = ZONE) -> datetime:
    """Return the moment ``minutes`` after midnight of ``day`` in ``zone``; the last minute of the day at most."""
    capped = min(minutes, 24 * 60 - 1)
    return datetime.combine(day, time(capped // 60, capped % 60), ZoneInfo(zone))


def raise_frame(frame: Frame, now: datetime) -> Event:
    """Write a world's event with everything but its people."""
    event = _event(frame, now)
    for position, (kind, label, url, public) in enumerate(frame.channels):
        db.session.add(
            EventChannel(event_id=event.id, kind=kind, label=label, url=url, is_public=public, position=position)
        )
    _roles(frame, event)
    post, name = frame.signatory
    db.session.add(
        EventIdentity(event_id=event.id, letterhead=frame.letterhead, signatory_post=post, signatory_name=name)
    )
    _agenda(frame, event, now)
    db.session.flush()
    _first_version(event.id, now)
    return event


def _event(frame: Frame, now: datetime) -> Event:
    row = {
        "id": uid(frame.world, "event"),
        "zone": ZONE,
        "demo_world": frame.world,
        "stage": Stage.PUBLISHED,
        "published_at": now,
        "created_at": now,
        "updated_at": now,
        "regions_as_of": frame.event["starts_on"],
    }
    values = row | frame.event
    size = values.pop("capacity", None)
    event = Event(**values)
    if event.stage is Stage.DRAFT:
        event.published_at = None
    db.session.add(event)
    db.session.flush()
    quota.add_rest(event.id, size)
    for number, held_on in enumerate(days_between(event.starts_on, event.ends_on), 1):
        db.session.add(EventDay(id=uid(frame.world, "day", number), event_id=event.id, held_on=held_on, number=number))
    db.session.flush()
    return event


def _roles(frame: Frame, event: Event) -> None:
    ready = first_roles(EventKind(event.kind))
    named = [(draft.name, draft.short_name, draft.group) for draft in ready]
    if frame.roles:
        named = [(name, name[:40], ready[0].group) for name in frame.roles] + named[-3:]
    for position, (name, short_name, group) in enumerate(named, 1):
        db.session.add(EventRole(event_id=event.id, name=name, short_name=short_name, group=group, position=position))


def _agenda(frame: Frame, event: Event, now: datetime) -> None:
    sizes = dict(frame.rooms)
    rooms = {name: uid(frame.world, "room", name) for name in dict.fromkeys(i.room for i in frame.items if i.room)}
    for position, (name, room_id) in enumerate(rooms.items()):
        size = sizes.get(name)
        db.session.add(Room(id=room_id, event_id=event.id, name=name, capacity=size, position=position))
    for position, voice in enumerate(frame.voices):
        known = uid(frame.world, "speaker", voice.key)
        db.session.add(
            Speaker(
                id=known,
                event_id=event.id,
                name=voice.name,
                post=voice.post,
                organization=voice.organization,
                source=voice.source,
                position=position,
            )
        )
    db.session.flush()
    for position, item in enumerate(frame.items):
        _item(frame, event, item, position, rooms.get(item.room), now)


def _item(frame: Frame, event: Event, item: Item, position: int, room_id: UUID | None, now: datetime) -> None:
    known, day = uid(frame.world, "item", position), event.starts_on + timedelta(days=item.day - 1)
    db.session.add(
        AgendaItem(
            id=known,
            event_id=event.id,
            day_id=uid(frame.world, "day", item.day),
            room_id=room_id,
            kind=item.kind,
            title=item.title,
            topic=item.topic,
            session_number=item.number,
            position=position,
            starts_at=None if item.start is None else at(day, item.start, event.zone),
            ends_at=None if item.end is None else at(day, item.end, event.zone),
            visibility=item.visibility,
            takes_attendance=item.attendance,
            counts_for_jp=item.attendance,
            audience=item.audience,
            source=item.source,
            created_at=now,
            updated_at=now,
        )
    )
    db.session.flush()
    parts = [(key, SpeakerPart.SPEAKER) for key in item.speakers]
    parts += [(item.moderator, SpeakerPart.MODERATOR)] if item.moderator else []
    for place, (key, part) in enumerate(parts):
        who = uid(frame.world, "speaker", key)
        db.session.add(AgendaSpeaker(event_id=event.id, item_id=known, speaker_id=who, part=part, position=place))
    meant = select(EventRole.id).where(EventRole.event_id == event.id, EventRole.name.in_(item.roles))
    for role_id in db.session.scalars(meant):
        db.session.add(AgendaAudience(event_id=event.id, item_id=known, role_id=role_id))


def _first_version(event_id: UUID, now: datetime) -> None:
    """Keep the programme as published version 1; nobody is told of it: the people of a world come later."""
    shown = [item_json(item) for item in items(event_id, EVERYTHING)]
    db.session.add(AgendaVersion(event_id=event_id, number=FIRST, snapshot=shown, changes=[], published_at=now))
    db.session.flush()


def within_day(items: Iterable[Item]) -> list[Item]:
    """Return the items that fit into their day: a programme that starts late at night loses its end."""
    return [item for item in items if item.start is None or (0 <= item.start < 24 * 60 - 2)]
