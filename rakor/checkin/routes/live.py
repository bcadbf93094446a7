"""The door in numbers, for the coordinator and the committee; it polls itself and costs nothing while nothing moves."""

from uuid import UUID

from flask import Blueprint, Response, abort, make_response, render_template, request
from flask_babel import lazy_gettext as _l

from rakor import clock
from rakor.accounts.rules import EVERYBODY
from rakor.checkin import live
from rakor.checkin.live_rules import Queue
from rakor.events import store as events
from rakor.events.models import Event
from rakor.web.access import Scope, policy
from rakor.web.nav import NavItem

blueprint = Blueprint("door", __name__)
NAV = (NavItem(_l("Pintu"), "door", "door.show", EVERYBODY, 51, "door."),)
QUEUES = {
    Queue.IDLE: (_l("Sepi"), "", "clock"),
    Queue.FREE: (_l("Lancar"), "ok", "check"),
    Queue.BUSY: (_l("Ramai"), "info", "users"),
    Queue.QUEUE: (_l("Mengantre"), "warn", "alert"),
}


@blueprint.get("/events/<uuid:event_id>/door")
@policy("door.show", Scope.EVENT, roles=EVERYBODY)
def show(event_id: UUID) -> str:
    """Entered, inside, and pace, by checkpoint and desk."""
    event = events.event(event_id) or abort(404)
    return render_template("checkin/door.html", event_title=event.short_title, **_context(event))


@blueprint.get("/events/<uuid:event_id>/door/numbers")
@policy("door.numbers", Scope.EVENT, roles=EVERYBODY)
def numbers(event_id: UUID) -> Response:
    """The changing part under an ETag: 304 (or 204 for ``?seen=``) while it is what the asker has."""
    event = events.event(event_id) or abort(404)
    version = live.version(event, clock.now())
    if request.args.get("seen") == version:
        return Response(status=204)
    if request.if_none_match.contains(version):
        answer = Response(status=304)
    else:
        answer = make_response(render_template("checkin/door_numbers.html", **_context(event)))
    answer.set_etag(version)
    return answer


def _context(event: Event) -> dict[str, object]:
    now = clock.now()
    return {
        "event": event,
        "live": live.count(event.id, now),
        "version": live.version(event, now),
        "queues": QUEUES,
    }
