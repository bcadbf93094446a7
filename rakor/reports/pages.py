"""What the pages of this room share: the event, its numbers at one moment, and the shapes that are drawn of them."""

from typing import Any
from uuid import UUID

from flask import abort, request
from flask_babel import gettext as _

from rakor import clock
from rakor.accounts.rules import DESKS
from rakor.agenda import store as agenda
from rakor.agenda.store import ItemView
from rakor.events import store as events
from rakor.events.models import Event
from rakor.events.rules import Phase, phase
from rakor.reports import pictures, words
from rakor.reports.headline import headline
from rakor.reports.rules import Measure
from rakor.reports.summary import Summary, snapshot
from rakor.web.access import principal
from rakor.web.locale import date_long


def event_of(event_id: UUID) -> Event:
    """Return an event; 404 where there is none."""
    return events.event(event_id) or abort(404)


def asked() -> str:
    """Return whose presence the address asks for: a session, a day, or that of any time; else ""."""
    return request.args.get("at", "")[:40]


def counted(event: Event, at: str = "") -> Summary:
    """Return the event's numbers, at most five seconds old: of what is on, or of what was asked for."""
    return snapshot(event, now=clock.now(), today=clock.today(event.zone), asked=at)


def measured(summary: Summary) -> Measure:
    """Return what the map shall show: what the address asks for, else what there is."""
    wanted = request.args.get("show", "")
    return Measure(wanted) if wanted in set(Measure) else summary.measure


def numbers(event: Event, *, at: str = "", measure: Measure | None = None) -> dict[str, Any]:
    """Return what the templates of this room read, where nothing is drawn of it."""
    found = counted(event, at)
    item = _item(event, found)
    shown = measure or found.measure
    return {
        "event": event,
        "event_title": event.short_title,
        "demo_notice": event.demo_world is not None,
        "phase": phase(event.stage, event.starts_on, event.ends_on, clock.today(event.zone)),
        "Phase": Phase,
        "summary": found,
        "session": item,
        "focus_words": focus_words(item, found),
        "headline": headline(found),
        "measure": shown,
        "counted": pictures.counted_words(shown),
        "may_scan": principal().may(DESKS),
        "verdicts": words.VERDICTS,
        "sources": words.SOURCES,
    }


def context(event: Event, *, linked: bool = True, at: str = "", measure: Measure | None = None) -> dict[str, Any]:
    """Return the same with the map and the curve of arrivals; ``linked``: a tile leads to its province."""
    shown = numbers(event, at=at, measure=measure)
    tiles = pictures.tiles(shown["summary"], shown["measure"], linked=linked)
    return shown | {"tiles": tiles, "series": pictures.series(shown["summary"], event.zone)}


def focus_of(event: Event, summary: Summary) -> str:
    """Return what the big number counts, in words."""
    return focus_words(_item(event, summary), summary)


def _item(event: Event, summary: Summary) -> ItemView | None:
    item_id = summary.focus.item_id if summary.focus else None
    return agenda.published(event.id, item_id) if item_id else None


def focus_words(item: ItemView | None, summary: Summary) -> str:
    """Return what the big number counts: a session's short name, the day, or the whole event."""
    if item is not None:
        return _("Sesi %(n)s", n=item.session_number) if item.session_number else item.title
    if summary.focus is None:
        return ""
    return _("seluruh acara") if summary.focus.is_whole else date_long(summary.focus.held_on)
