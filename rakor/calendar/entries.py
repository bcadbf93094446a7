"""From rows to entries: what one reader may see of an event, with the words around it."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from rakor.agenda.rules import Visibility
from rakor.agenda.store import ItemView
from rakor.calendar.rules import Entry, may_join
from rakor.events import store as events
from rakor.events.models import Event, EventChannel
from rakor.events.rules import ChannelKind, EventMode, Phase, Stage, phase
from rakor.registrations.models import Registration, RegistrationSource
from rakor.registrations.rules import Mode, RegistrationState
from rakor.web.times import local_day

FOR_ALL = (Visibility.PUBLIC,)
FOR_PEOPLE = (Visibility.PUBLIC, Visibility.PARTICIPANTS)
GONE = (RegistrationState.DECLINED, RegistrationState.CANCELLED)


@dataclass(frozen=True)
class Reader:
    """For whom a calendar is made: which items, whether the place is theirs, which online room, and a lost place."""

    seen: tuple[Visibility, ...]
    on_site: bool
    channel: EventChannel | None = None
    gone: bool = False


def anybody(event: Event) -> Reader:
    """The public: open items, the place, and a stream that is public."""
    return Reader(FOR_ALL, on_site=event.mode is not EventMode.ONLINE, channel=_stream(events.channels(event.id)))


def person(event: Event, row: Registration, *, now: datetime) -> Reader:
    """A registered person: on site the place, online the room where they may join, else the public stream."""
    channels = events.channels(event.id)
    by_seat = row.source is RegistrationSource.SEAT
    joins = may_join(row.state, row.mode, by_seat=by_seat, over=_over(event, now))
    return Reader(
        FOR_PEOPLE,
        on_site=row.mode is Mode.ONSITE,
        channel=(_room(channels) if joins else None) or _stream(channels),
        gone=row.state in GONE,
    )


def speaking(event: Event, *, now: datetime) -> Reader:
    """Somebody who speaks: the place and, until the event is over, the online room."""
    room = None if _over(event, now) else _room(events.channels(event.id))
    return Reader(FOR_PEOPLE, on_site=event.mode is not EventMode.ONLINE, channel=room)


def event_entry(event: Event, reader: Reader, page_url: str) -> Entry:
    """The event itself: all its days, so that the time is kept free before the programme is known."""
    return Entry(
        id=event.id,
        title=event.short_title or event.title,
        first_on=event.starts_on,
        last_on=event.ends_on,
        place=_place(event, "", reader),
        join_url=_url(reader),
        join_label=reader.channel.label if reader.channel else "",
        page_url=page_url,
        description=event.title,
        sequence=max(event.version - 1, 0),
        changed_at=event.updated_at,
        cancelled=reader.gone or event.stage is Stage.CANCELLED,
    )


def item_entry(event: Event, item: ItemView, reader: Reader, page_url: str) -> Entry:
    """One agenda item; without a time it lasts all day."""
    return Entry(
        id=item.id,
        title=item.title,
        first_on=item.held_on,
        last_on=item.held_on,
        starts_at=item.starts_at,
        ends_at=item.ends_at,
        place=_place(event, item.room, reader),
        join_url=_url(reader),
        join_label=reader.channel.label if reader.channel else "",
        page_url=page_url,
        description="\n".join(_about(event, item)),
        sequence=item.sequence,
        changed_at=item.updated_at,
        cancelled=reader.gone or event.stage is Stage.CANCELLED,
    )


def _about(event: Event, item: ItemView) -> list[str]:
    speakers = ", ".join(person.name for person in item.speakers)
    moderators = ", ".join(person.name for person in item.moderators)
    lines = [event.short_title or event.title, item.topic]
    lines.append(_("Narasumber: %(names)s", names=speakers) if speakers else "")
    lines.append(_("Moderator: %(names)s", names=moderators) if moderators else "")
    return [line for line in lines if line]


def _place(event: Event, room: str, reader: Reader) -> str:
    return ", ".join(filter(None, (room, event.venue, event.address, event.city))) if reader.on_site else ""


def _url(reader: Reader) -> str:
    return (reader.channel.url or "") if reader.channel else ""


def _room(channels: list[EventChannel]) -> EventChannel | None:
    return next((one for one in channels if one.kind is ChannelKind.ZOOM and one.url), None)


def _stream(channels: list[EventChannel]) -> EventChannel | None:
    return next((one for one in channels if one.is_public and one.url), None)


def _over(event: Event, now: datetime) -> bool:
    at = phase(event.stage, event.starts_on, event.ends_on, local_day(now, event.zone))
    return at in (Phase.OVER, Phase.CANCELLED)
