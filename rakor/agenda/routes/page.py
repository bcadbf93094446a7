"""What the agenda's pages share: the blueprint, whose event it is, and the way back to a day's board."""

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from rakor.agenda import store
from rakor.agenda.rules.views import ItemView
from rakor.events import store as events
from rakor.events.models import Event, EventDay
from rakor.web.locale import date_long

blueprint = Blueprint("agenda", __name__)
Page = str | Response | tuple[str, int]


def event_or_404(event_id: UUID) -> Event:
    """Return the event, or answer 404."""
    return events.event(event_id) or abort(404)


def item_or_404(event_id: UUID, item_id: UUID) -> ItemView:
    """Return an item of the draft, or answer 404."""
    return store.item(event_id, item_id) or abort(404)


def day_or_404(event_id: UUID, day_id: UUID) -> EventDay:
    """Return a day of the event, or answer 404."""
    return next((day for day in events.days(event_id) if day.id == day_id), None) or abort(404)


def context(event: Event) -> dict[str, Any]:
    """Return what the layout needs of the event."""
    return {"event": event, "event_title": event.short_title, "demo_notice": event.demo_world is not None}


def day_words(day: EventDay) -> str:
    """Name a day: "Hari 2, Selasa, 24 November 2026"."""
    words: str = _("Hari %(n)s, %(date)s", n=day.number, date=date_long(day.held_on))
    return words


def to_day(event_id: UUID, day: EventDay | None = None, item_id: UUID | None = None) -> Response:
    """Lead back to the board of a day, with an item in sight."""
    anchor = f"item-{item_id}" if item_id else None
    chosen: dict[str, Any] = {"day": day.held_on} if day else {}
    return redirect(url_for("agenda.index", event_id=event_id, _anchor=anchor, **chosen), 303)
