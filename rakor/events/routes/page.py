"""What every page of an event's setting up shares."""

from typing import Any
from uuid import UUID

from flask import Blueprint, abort
from werkzeug.wrappers import Response

from rakor import clock
from rakor.events import store, words
from rakor.events.models import Event
from rakor.events.rules import phase

blueprint = Blueprint("events", __name__)

Page = str | Response | tuple[str, int]


def event_or_404(event_id: UUID) -> Event:
    """Return the event of the URL."""
    event = store.event(event_id)
    if event is None:
        abort(404)
    return event


def context(event: Event) -> dict[str, Any]:
    """Return what every page of an event needs."""
    now = phase(event.stage, event.starts_on, event.ends_on, clock.today(event.zone))
    return {
        "event": event,
        "event_title": event.short_title,
        "demo_notice": event.demo_world is not None,
        "phase": words.PHASES[now],
    }
