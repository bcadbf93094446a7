"""From rows to contents: what one reader may see of an event, with the words around it."""

from dataclasses import dataclass, replace
from itertools import groupby
from uuid import UUID

from flask import current_app
from flask_babel import gettext as _

from rakor.agenda.rules import Visibility
from rakor.agenda.store import ItemView
from rakor.calendar.rules import Content, span
from rakor.events import store as events
from rakor.events.models import Event, EventChannel
from rakor.events.rules import ChannelKind, EventMode
from rakor.web import times
from rakor.web.locale import language

FOR_ALL = (Visibility.PUBLIC,)
FOR_PEOPLE = (Visibility.PUBLIC, Visibility.PARTICIPANTS)
A_DAY, AN_HOUR, THE_EVENING_BEFORE = 24 * 60, 60, 6 * 60
SOON, RING_A_SPEAKER = 15, 30


@dataclass(frozen=True)
class Reader:
    """For whom a calendar is made: which items, whether the place is theirs, which online room, which zone is theirs.

    ``roles``: None sees what is for any role. ``zone`` is IANA.
    """

    seen: tuple[Visibility, ...]
    on_site: bool
    zone: str
    roles: frozenset[UUID] | None = None
    join_url: str = ""
    join_label: str = ""


def anybody(event: Event) -> Reader:
    """The public: open items, the place, and a stream that is public."""
    reader = Reader(FOR_ALL, on_site=event.mode is not EventMode.ONLINE, zone=event.zone)
    return joining(reader, stream(events.channels(event.id)))


def speaking(event: Event, *, over: bool) -> Reader:
    """Somebody who speaks: the place and, until the event is over, the online room."""
    reader = Reader(FOR_PEOPLE, on_site=event.mode is not EventMode.ONLINE, zone=event.zone)
    return reader if over else joining(reader, room(events.channels(event.id)))


def joining(reader: Reader, channel: EventChannel | None) -> Reader:
    """Return the reader with an online way in, where there is one."""
    return replace(reader, join_url=channel.url or "", join_label=channel.label) if channel else reader


def room(channels: list[EventChannel]) -> EventChannel | None:
    """Return the room where people join."""
    return next((one for one in channels if one.kind is ChannelKind.ZOOM and one.url), None)


def stream(channels: list[EventChannel]) -> EventChannel | None:
    """Return the stream that anybody may see."""
    return next((one for one in channels if one.is_public and one.url), None)


def seen_by(reader: Reader, programme: list[ItemView]) -> list[ItemView]:
    """Return the items of a programme that are for this reader."""
    return [item for item in programme if item.visibility in reader.seen and _is_for(item, reader)]


def _is_for(item: ItemView, reader: Reader) -> bool:
    return reader.roles is None or any(item.is_for(role) for role in reader.roles or (None,))


def whole(event: Event, items: list[ItemView], reader: Reader) -> Content:
    """The event itself over all its days, with the reader's programme in its text."""
    starts_at, ends_at = span(items, event.starts_on, event.ends_on)
    return Content(
        title=event.short_title or event.title,
        first_on=event.starts_on,
        last_on=event.ends_on,
        zone=event.zone,
        starts_at=starts_at,
        ends_at=ends_at,
        place=_place(event, "", reader),
        join_url=reader.join_url,
        join_label=reader.join_label,
        page_url=page_url(event),
        description="\n".join([event.title, *_programme(event, items, reader)]),
        alarms=(A_DAY, AN_HOUR) if starts_at else (THE_EVENING_BEFORE,),
    )


def one(event: Event, item: ItemView, reader: Reader) -> Content:
    """One agenda item; without a time it lasts all day."""
    return Content(
        title=item.title,
        first_on=item.held_on,
        last_on=item.held_on,
        zone=event.zone,
        starts_at=item.starts_at,
        ends_at=item.ends_at,
        place=_place(event, item.room, reader),
        join_url=reader.join_url,
        join_label=reader.join_label,
        page_url=page_url(event),
        description="\n".join(_about(event, item, reader)),
    )


def talk(event: Event, item: ItemView, reader: Reader) -> Content:
    """One agenda item for who speaks in it or leads it: it rings in time to go there."""
    return ringing(one(event, item, reader), RING_A_SPEAKER)


def ringing(content: Content, minutes: int) -> Content:
    """Return a content that rings so long before it starts; without a time nothing rings."""
    return replace(content, alarms=(minutes,)) if content.starts_at else content


def page_url(event: Event) -> str:
    """The public page: a person's own link does not belong into a calendar that others may share."""
    base: str = current_app.config["RAKOR"].base_url
    return f"{base}/e/{event.slug}"


def _programme(event: Event, items: list[ItemView], reader: Reader) -> list[str]:
    lines = []
    for held_on, of_day in groupby(items, key=lambda item: item.held_on):
        lines += ["", times.plain(times.date_long(held_on, language()))]
        lines += [" · ".join(filter(None, _line(event, item, reader))) for item in of_day]
    return lines


def _line(event: Event, item: ItemView, reader: Reader) -> tuple[str, str, str]:
    return _when(event, item, reader), item.title, item.room if reader.on_site else ""


def _when(event: Event, item: ItemView, reader: Reader) -> str:
    """ "08.00–09.30 WIB (10.00–11.30 WIT waktu Anda)"; empty where no time is known."""
    if item.starts_at is None:
        return ""
    held = times.plain(times.span(item.starts_at, item.ends_at, event.zone, language()))
    own = times.plain(times.span(item.starts_at, item.ends_at, reader.zone, language()))
    return held if own == held else _("%(held)s (%(own)s waktu Anda)", held=held, own=own)


def _about(event: Event, item: ItemView, reader: Reader) -> list[str]:
    speakers = ", ".join(person.name for person in item.speakers)
    moderators = ", ".join(person.name for person in item.moderators)
    lines = [_when(event, item, reader), event.short_title or event.title, item.topic]
    lines.append(_("Narasumber: %(names)s", names=speakers) if speakers else "")
    lines.append(_("Moderator: %(names)s", names=moderators) if moderators else "")
    return [line for line in lines if line]


def _place(event: Event, named: str, reader: Reader) -> str:
    return ", ".join(filter(None, (named, event.venue, event.address, event.city))) if reader.on_site else ""
