"""Now and next for anybody: on phones, and on the wall of a lobby that nobody has to log in to."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import Response, abort, make_response, render_template, request

from rakor import clock
from rakor.agenda import store as agenda
from rakor.agenda.store import PUBLIC
from rakor.events.models import Event
from rakor.kept import Kept
from rakor.portal import public
from rakor.portal.public import ZONES
from rakor.portal.routes import blueprint
from rakor.portal.turns import Turns, turns
from rakor.web.access import Scope, policy
from rakor.web.times import zone_letters

REASON = "the published programme's open items, as on the event's page"
FRESH = timedelta(seconds=5)


@dataclass(frozen=True)
class Lobby:
    """An event's open programme around one moment."""

    event: Event
    turns: Turns

    @property
    def zones(self) -> tuple[str, ...]:
        """The event's own zone first, then the others."""
        return (self.event.zone, *(zone for zone in ZONES if zone != self.event.zone))


_kept = Kept[str, Lobby](FRESH)
forget = _kept.forget


@blueprint.get("/e/<slug>/now")
@policy("portal.now", Scope.PUBLIC, reason=REASON)
def show_now(slug: str) -> str:
    """What is on and what comes next, for a phone in the corridor."""
    return render_template("portal/now.html", **_context(slug))


@blueprint.get("/e/<slug>/wall")
@policy("portal.wall", Scope.PUBLIC, reason=REASON)
def show_wall(slug: str) -> str:
    """The same for a wall: dark, large, and never to be touched."""
    return render_template("portal/wall.html", **_context(slug))


@blueprint.get("/e/<slug>/now/turns")
@policy("portal.turns", Scope.PUBLIC, reason=REASON)
def show_turns(slug: str) -> Response:
    """The changing part; 204 where ``?seen=`` names what the page shows already."""
    found = _context(slug)
    if request.args.get("seen") == found["lobby"].turns.version:
        return fresh(Response(status=204))
    return fresh(make_response(render_template("portal/_turns.html", **found)))


def fresh(answer: Response) -> Response:
    """Say what time it is here: the page sets its clock by it."""
    answer.headers["X-Now"] = clock.now().isoformat()
    return answer


def _context(slug: str) -> dict[str, Any]:
    now = clock.now()
    found = lobby(slug, now=now)
    return {"lobby": found, "event": found.event, "turns": found.turns, "now": now, "zone_letters": zone_letters}


def lobby(slug: str, *, now: datetime) -> Lobby:
    """Return an announced event's open programme, at most five seconds old; 404 where there is no such event."""
    return _kept.get(slug, now, lambda: _made(slug, now))


def _made(slug: str, now: datetime) -> Lobby:
    event = public.published(slug) or abort(404)
    return Lobby(event, turns(agenda.programme(event.id, PUBLIC), event.zone, now=now))
