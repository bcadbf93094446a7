"""What the pages of this room share: the blueprint, the event, what every page shows."""

from typing import Any
from uuid import UUID

from flask import Blueprint, abort
from werkzeug.wrappers import Response as BaseResponse

from rakor.events import store as events
from rakor.events.models import Event
from rakor.messages.letters import config

blueprint = Blueprint("messages", __name__)
Page = str | BaseResponse | tuple[str, int]


def event_of(event_id: UUID) -> Event:
    """Return the event of the URL; the policy has found it before."""
    return events.event(event_id) or abort(404)


def staff_context(event: Event, here: str) -> dict[str, Any]:
    """What every page of the organiser's messages needs; ``here`` is the tab that is open."""
    return {
        "event": event,
        "event_title": event.short_title,
        "demo_notice": event.demo_world is not None,
        "here": here,
        "keeps": not config().smtp_url,
    }
