"""What the pages of this room share: the blueprint, the event, its offices."""

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, current_app
from werkzeug.wrappers import Response as BaseResponse

from rakor import clock
from rakor.events import store as events
from rakor.events.models import Event
from rakor.offices import store as offices
from rakor.offices.models import Office
from rakor.seats.paged import Paged as Paged
from rakor.seats.passing import place_of
from rakor.web import times
from rakor.web.times import Language

blueprint = Blueprint("seats", __name__)
Page = str | BaseResponse | tuple[str, int]


def event_of(event_id: UUID) -> Event:
    """Return the event of the URL; the policy has found it before."""
    event = events.event(event_id)
    if event is None:
        abort(404)
    return event


def office_of(event: Event, office_id: UUID) -> Office:
    """Return an office of the event's institution; any other does not exist here."""
    found = offices.office(event.institution_id, office_id)
    if found is None:
        abort(404)
    return found


def staff_context(event: Event) -> dict[str, Any]:
    """What every staff page needs."""
    return {"event": event, "event_title": event.short_title, "demo_notice": event.demo_world is not None}


@blueprint.app_template_global("under_way")
def under_way(event: Event) -> bool:
    """True on the days of the event, as its own zone counts them."""
    return event.starts_on <= clock.today(event.zone) <= event.ends_on


@blueprint.app_template_global("unfolded")
def unfolded(event: Event, whose: str = "") -> dict[str, str]:
    """What a link says of itself where a chat unfolds it: title, for whom (an office, never a person), date, place.

    In Indonesian, for whoever the link is sent to; the picture is that of the public page.
    """
    dates = times.plain(times.date_range(event.starts_on, event.ends_on, Language.ID))
    when = f"{dates} ({times.zone_letters(event.zone, clock.now())})"
    base: str = current_app.config["RAKOR"].base_url
    return {
        "title": event.title,
        "description": " · ".join(part for part in (whose, when, place_of(event, "id")) if part),
        "image": f"{base}/e/{event.slug}/card.png",
    }
