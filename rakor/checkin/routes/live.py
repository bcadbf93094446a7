"""The door in numbers, for the coordinator and the committee; it polls itself and costs nothing while nothing moves."""

from uuid import UUID

from flask import Blueprint, Response, abort, make_response, render_template, request
from flask_babel import lazy_gettext as _l

from rakor import clock
from rakor.accounts.rules import EVERYBODY
from rakor.checkin import live
from rakor.checkin.live_rules import Live, Queue
from rakor.events import store as events
from rakor.events.models import Event
from rakor.kept import Kept
from rakor.web.access import Scope, policy
from rakor.web.locale import language
from rakor.web.nav import NavItem

blueprint = Blueprint("door", __name__)
NAV = (NavItem(_l("Pintu"), "door", "door.show", EVERYBODY, 211, "door."),)
_drawn = Kept[tuple[UUID, str, str], str](live.FRESH)
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
    context = _context(event, live.kept(event, clock.now()))
    return render_template("checkin/door.html", event_title=event.short_title, **context)


@blueprint.get("/events/<uuid:event_id>/door/numbers")
@policy("door.numbers", Scope.EVENT, roles=EVERYBODY)
def numbers(event_id: UUID) -> Response:
    """The changing part under an ETag: 304 (or 204 for ``?seen=``) while it is what the asker has."""
    event = events.event(event_id) or abort(404)
    found = live.kept(event, clock.now())
    if request.args.get("seen") == found.version:
        return Response(status=204)
    if request.if_none_match.contains(found.version):
        answer = Response(status=304)
    else:
        key = event.id, found.version, language()
        answer = make_response(_drawn.get(key, clock.now(), lambda: _draw(event, found)))
    answer.set_etag(found.version)
    return answer


def _draw(event: Event, found: Live) -> str:
    return render_template("checkin/door_numbers.html", **_context(event, found))


def _context(event: Event, found: Live) -> dict[str, object]:
    return {"event": event, "live": found, "queues": QUEUES}
