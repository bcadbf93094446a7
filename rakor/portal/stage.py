"""The moderator's clock: how long the running session still has, and what follows; it runs on without a network."""

from typing import Any

from flask import Response, make_response, render_template, request

from rakor import clock
from rakor.agenda import store as agenda
from rakor.agenda.store import PARTICIPANTS, ItemView
from rakor.portal.lobby import fresh
from rakor.portal.public import ZONES
from rakor.portal.speaker_base import SPEAKER, Whose, blueprint, whose
from rakor.portal.turns import turns
from rakor.web.access import Scope, policy
from rakor.web.times import zone_letters


@blueprint.get("/s/<token>/clock")
@policy("speaker.clock", Scope.LINK, purposes=SPEAKER)
def show_clock(token: str) -> str:
    """The clock of the rooms in which the person takes part."""
    return render_template("portal/stage.html", **_context(token))


@blueprint.get("/s/<token>/clock/turns")
@policy("speaker.clock_turns", Scope.LINK, purposes=SPEAKER)
def show_clock_turns(token: str) -> Response:
    """The changing part; 204 where ``?seen=`` names what the page shows already."""
    found = _context(token)
    if request.args.get("seen") == found["turns"].version:
        return fresh(Response(status=204))
    return fresh(make_response(render_template("portal/_stage_turns.html", **found)))


def _context(token: str) -> dict[str, Any]:
    found, now = whose(), clock.now()
    near = _near(found, agenda.programme(found.event.id, PARTICIPANTS))
    zones = (found.event.zone, *(zone for zone in ZONES if zone != found.event.zone))
    shown = turns(near, found.event.zone, now=now)
    own = {item.id for item in found.items}
    return {
        "event": found.event, "turns": shown, "zones": zones, "own_ids": own, "token": token, "now": now,
        "zone_letters": zone_letters,
    }  # fmt: skip


def _near(found: Whose, items: list[ItemView]) -> list[ItemView]:
    """The own items, and all others of the same rooms: who moderates needs to know what follows there."""
    own, rooms = {item.id for item in found.items}, {item.room_id for item in found.items if item.room_id}
    return [item for item in items if item.id in own or item.room_id in rooms]
