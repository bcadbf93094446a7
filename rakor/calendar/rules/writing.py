"""Entries as iCalendar: frozen values in, bytes out; equal values give equal bytes.

Who may see a join link is decided before: a value that carries one is written with it.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, Timezone, vCalAddress, vText, vUri

from rakor.calendar.rules.entries import Content, Entry

PRODUCT = "-//rakor//rakor//ID"
REFRESH = "PT1H"
PLAINER = str.maketrans({'"': "'", "^": "'", ";": ","})


class Method(StrEnum):
    """What a calendar's text asks for (RFC 5546)."""

    PUBLISH = "PUBLISH"
    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True)
class Attendee:
    """Somebody with a mail address, as organiser or as invited person."""

    name: str
    address: str


def calendar_file(name: str, entries: Iterable[Entry], *, zone: str, feed: bool = False) -> bytes:
    """Return one VCALENDAR with METHOD:PUBLISH, and the VTIMEZONE of each zone in which an entry has a time.

    ``zone`` (IANA) is the calendar's own. A ``feed`` says how often to ask for it.
    """
    listed = list(entries)
    named = Calendar()
    named.add("name", plain(name))
    named.add("x-wr-calname", plain(name))
    named.add("x-wr-timezone", zone)
    if feed:
        named.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
        named.add("x-published-ttl", REFRESH)
    return _calendar(Method.PUBLISH, listed, [_event(entry, _own(entry)) for entry in listed], _inside(named))


def invitation(entry: Entry, organizer: Attendee, attendee: Attendee) -> bytes:
    """Return what invites one person to one entry, or takes the invitation back where the entry is cancelled."""
    own, invited = _own(entry), _person(attendee)
    invited.params |= {"CUTYPE": "INDIVIDUAL", "ROLE": "REQ-PARTICIPANT", "PARTSTAT": "ACCEPTED", "RSVP": "FALSE"}
    own.add("organizer", _person(organizer))
    own.add("attendee", invited)
    return _calendar(Method.CANCEL if entry.cancelled else Method.REQUEST, [entry], [_event(entry, own)])


def _calendar(method: Method, entries: list[Entry], events: list[bytes], named: bytes = b"") -> bytes:
    """Many calendars differ in a few lines, so what they share is written once: the head, the zones, the contents."""
    zones = sorted({entry.content.zone for entry in entries if entry.content.starts_at})
    parts = [b"BEGIN:VCALENDAR\r\n", _head(method), named, *map(_timezone, zones), *events, b"END:VCALENDAR\r\n"]
    return b"".join(parts)


@cache
def _head(method: Method) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method.value)
    return _inside(calendar)


def _event(entry: Entry, own: Event) -> bytes:
    """One entry: the lines of its own, then those of its content."""
    said = _content(entry.content, rings=not entry.cancelled)
    return b"".join([b"BEGIN:VEVENT\r\n", _inside(own), said, b"END:VEVENT\r\n"])


def _own(entry: Entry) -> Event:
    event, moment = Event(), entry.changed_at.astimezone(UTC).replace(microsecond=0)
    event.add("uid", entry.uid)
    event.add("dtstamp", moment)
    event.add("last-modified", moment)
    event.add("sequence", entry.sequence)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    return event


@lru_cache(maxsize=512)
def _content(content: Content, *, rings: bool) -> bytes:
    """The lines of a content, the same for everybody who reads it."""
    event = Event()
    event.add("summary", plain(content.title))
    _add_times(event, content)
    if content.place:
        event.add("location", plain(content.place))
    if content.description:
        event.add("description", plain(content.description, lines=True))
    _add_links(event, content)
    for minutes in content.alarms if rings else ():
        event.add_component(_alarm(content.title, minutes))
    return _inside(event)


def _inside(part: Any) -> bytes:
    """Return the lines of a component between its BEGIN and its END."""
    lines: bytes = part.to_ical()
    first, last = lines.index(b"\r\n") + 2, lines.rindex(b"END:")
    return lines[first:last]


@cache
def _timezone(zone: str) -> bytes:
    """Making one costs 18 ms; Indonesia's zones have not changed since 1988."""
    made = Timezone.from_tzinfo(ZoneInfo(zone), first_date=date(1990, 1, 1))
    made.pop("comment", None)
    lines: bytes = made.to_ical()
    return lines


def _add_times(event: Event, content: Content) -> None:
    zone = ZoneInfo(content.zone)
    if content.starts_at is None:
        event.add("dtstart", content.first_on)
        event.add("dtend", max(content.last_on, content.first_on) + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
        return
    event.add("dtstart", content.starts_at.astimezone(zone))
    if content.ends_at is not None and content.ends_at > content.starts_at:
        event.add("dtend", content.ends_at.astimezone(zone))


def _add_links(event: Event, content: Content) -> None:
    """A join link is the entry's conference (RFC 7986) and, for calendars that do not know that, its place and URL."""
    join, page = web_address(content.join_url), web_address(content.page_url)
    if join:
        conference = vUri(join)
        conference.params["VALUE"] = "URI"
        conference.params["FEATURE"] = "VIDEO"
        conference.params["LABEL"] = vText(_parameter(content.join_label) or "Daring")
        event.add("conference", conference)
        if not content.place:
            event.add("location", join)
    if join or page:
        event.add("url", vUri(join or page))


def _alarm(title: str, minutes: int) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", plain(title))
    alarm.add("trigger", timedelta(minutes=-minutes))
    return alarm


def _person(who: Attendee) -> vCalAddress:
    known_by = plain(who.address).replace(" ", "")
    address = vCalAddress(f"mailto:{known_by}")
    address.params["CN"] = vText(_parameter(who.name) or _parameter(known_by))
    return address


def web_address(text: str) -> str:
    """Return ``text`` where it is an http(s) address that fits one line; else nothing. Addresses are not escaped."""
    if not re.fullmatch(r"https?://[!-~]{1,1000}", text):
        return ""
    try:
        return text if urlsplit(text).hostname else ""
    except ValueError:
        return ""


def plain(text: str, *, lines: bool = False) -> str:
    r"""Return ``text`` without what would end a line for some reader: controls, separators, lone surrogates.

    ``lines`` keeps line feeds; iCalendar writes them as two characters. A backslash becomes a slash: of an escaped one
    before "n", parsers make a line break, each in its own way.
    """
    joined = text.replace("\r\n", "\n").replace("\\", "/")
    kept = "".join(sign if (lines and sign == "\n") or not _ends_line(sign) else " " for sign in joined)
    return kept.strip()


def _parameter(text: str) -> str:
    """Return what a parameter can hold everywhere.

    No double quote may stand in it, its escape (RFC 6868) is not known to all, and some split at a quoted semicolon.
    """
    return plain(text).translate(PLAINER)


def _ends_line(sign: str) -> bool:
    return unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"}
