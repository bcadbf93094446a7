"""Entries as iCalendar: frozen values in, bytes out; equal values give equal bytes.

Who may see a join link is decided before: a value that carries one is written with it.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from enum import StrEnum
from functools import cache
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
    calendar = _calendar(Method.PUBLISH, listed)
    calendar.add("name", plain(name))
    calendar.add("x-wr-calname", plain(name))
    calendar.add("x-wr-timezone", zone)
    if feed:
        calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", REFRESH)
    for entry in listed:
        event = _event(entry)
        event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
        calendar.add_component(event)
    return _bytes(calendar)


def invitation(entry: Entry, organizer: Attendee, attendee: Attendee) -> bytes:
    """Return what invites one person to one entry, or takes the invitation back where the entry is cancelled."""
    calendar = _calendar(Method.CANCEL if entry.cancelled else Method.REQUEST, [entry])
    event = _event(entry)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("organizer", _person(organizer))
    invited = _person(attendee)
    invited.params |= {"CUTYPE": "INDIVIDUAL", "ROLE": "REQ-PARTICIPANT", "PARTSTAT": "ACCEPTED", "RSVP": "FALSE"}
    event.add("attendee", invited)
    calendar.add_component(event)
    return _bytes(calendar)


def _calendar(method: Method, entries: list[Entry]) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method.value)
    for zone in sorted({entry.content.zone for entry in entries if entry.content.starts_at}):
        calendar.add_component(_timezone(zone))
    return calendar


def _bytes(calendar: Calendar) -> bytes:
    made = calendar.to_ical()
    assert isinstance(made, bytes)
    return made


@cache
def _timezone(zone: str) -> Timezone:
    """Making one costs 18 ms; Indonesia's zones have not changed since 1988."""
    made = Timezone.from_tzinfo(ZoneInfo(zone), first_date=date(1990, 1, 1))
    made.pop("comment", None)
    return made


def _event(entry: Entry) -> Event:
    content, event = entry.content, Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.changed_at.astimezone(UTC).replace(microsecond=0))
    event.add("last-modified", entry.changed_at.astimezone(UTC).replace(microsecond=0))
    event.add("sequence", entry.sequence)
    event.add("summary", plain(content.title))
    _add_times(event, content)
    if content.place:
        event.add("location", plain(content.place))
    if content.description:
        event.add("description", plain(content.description, lines=True))
    _add_links(event, content)
    for minutes in () if entry.cancelled else content.alarms:
        event.add_component(_alarm(content.title, minutes))
    return event


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
