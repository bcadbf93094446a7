"""The programme as iCalendar (RFC 5545): frozen values in, the bytes of a file out.

Calendars keep an entry by its UID: it is derived from the item's own id, so a second download updates the first.
Who may see a join link is decided before: a value that carries one is shown with it.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from urllib.parse import urlsplit
from uuid import UUID
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, vText, vUri

from rakor.registrations.rules import Mode, RegistrationState

PRODUCT = "-//rakor//rakor//ID"
MIME = "text/calendar; charset=utf-8; method=PUBLISH"


def may_join(state: RegistrationState, mode: Mode, *, by_seat: bool, over: bool) -> bool:
    """Tell whether a person sees the online room: in, online, and the event is neither over nor cancelled.

    Who came by a seat confirms first; who registered openly is in when registered.
    """
    inside = state is RegistrationState.CONFIRMED or (state is RegistrationState.REGISTERED and not by_seat)
    return inside and mode is Mode.ONLINE and not over


@dataclass(frozen=True)
class Entry:
    """One entry of a calendar.

    ``id`` is the item's (or the event's) own UUID. ``starts_at``/``ends_at`` are aware; without a start the entry lasts
    all day, from ``first_on`` to ``last_on`` (inclusive). ``place`` is said only to who is there; ``join_url`` only to
    who may see it; ``page_url`` leads back to rakor. ``sequence`` counts the changes that calendars must take over.
    """

    id: UUID
    title: str
    first_on: date
    last_on: date
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    place: str = ""
    join_url: str = ""
    join_label: str = "Daring"
    page_url: str = ""
    description: str = ""
    sequence: int = 0
    changed_at: datetime | None = None
    cancelled: bool = False


def calendar_file(name: str, entries: Iterable[Entry], *, zone: str, host: str, stamped_at: datetime) -> bytes:
    """Return one VCALENDAR with METHOD:PUBLISH and the VTIMEZONE of ``zone`` (IANA) where an entry has a time.

    ``host`` is the host name of the base URL; ``stamped_at`` (aware) is when this file was made.
    """
    listed = list(entries)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", plain(name))
    calendar.add("x-wr-timezone", zone)
    if any(entry.starts_at for entry in listed):
        calendar.add_component(_timezone(zone))
    for entry in listed:
        calendar.add_component(_event(entry, ZoneInfo(zone), host, stamped_at))
    made = calendar.to_ical()
    assert isinstance(made, bytes)
    return made


def uid(item_id: UUID, host: str) -> str:
    """Return the UID of an item: the same for every file of one installation, for ever."""
    return f"{item_id}@{host}"


@cache
def _timezone(zone: str) -> Timezone:
    """Making one costs 18 ms; Indonesia's zones have not changed since 1988."""
    return Timezone.from_tzinfo(ZoneInfo(zone), first_date=date(1990, 1, 1))


def _event(entry: Entry, zone: ZoneInfo, host: str, stamped_at: datetime) -> Event:
    event = Event()
    event.add("uid", uid(entry.id, host))
    event.add("dtstamp", stamped_at)
    event.add("sequence", entry.sequence)
    event.add("summary", plain(entry.title))
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    if entry.changed_at is not None:
        event.add("last-modified", entry.changed_at)
    _add_times(event, entry, zone)
    if entry.place:
        event.add("location", plain(entry.place))
    if entry.description:
        event.add("description", plain(entry.description, lines=True))
    _add_links(event, entry)
    return event


def _add_times(event: Event, entry: Entry, zone: ZoneInfo) -> None:
    if entry.starts_at is None:
        event.add("dtstart", entry.first_on)
        event.add("dtend", max(entry.last_on, entry.first_on) + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
        return
    event.add("dtstart", entry.starts_at.astimezone(zone))
    if entry.ends_at is not None and entry.ends_at > entry.starts_at:
        event.add("dtend", entry.ends_at.astimezone(zone))


def _add_links(event: Event, entry: Entry) -> None:
    """A join link is the entry's conference (RFC 7986) and, for calendars that do not know that, its URL."""
    join, page = web_address(entry.join_url), web_address(entry.page_url)
    if join:
        conference = vUri(join)
        conference.params["VALUE"] = "URI"
        conference.params["FEATURE"] = "VIDEO"
        conference.params["LABEL"] = vText(plain(entry.join_label) or "Daring")
        event.add("conference", conference)
        if not entry.place:
            event.add("location", join)
    if join or page:
        event.add("url", vUri(join or page))


def web_address(text: str) -> str:
    """Return ``text`` where it is an http(s) address that fits one line; else nothing. Addresses are not escaped."""
    if not re.fullmatch(r"https?://[!-~]{1,1000}", text):
        return ""
    try:
        return text if urlsplit(text).hostname else ""
    except ValueError:
        return ""


def plain(text: str, *, lines: bool = False) -> str:
    """Return ``text`` without what would end a line for some reader: controls, separators, lone surrogates.

    ``lines`` keeps line feeds; iCalendar writes them as two characters.
    """
    joined = text.replace("\r\n", "\n")
    kept = "".join(sign if (lines and sign == "\n") or not _ends_line(sign) else " " for sign in joined)
    return kept.strip()


def _ends_line(sign: str) -> bool:
    return unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"}
