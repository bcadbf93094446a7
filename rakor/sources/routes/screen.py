"""The screen for the projector: a code and its QR, another every thirty seconds."""

from typing import Any
from uuid import UUID

from flask import Response, abort, current_app, make_response, render_template, request, url_for
from flask_babel import gettext as _

from rakor import clock
from rakor.accounts.rules import REGISTRARS
from rakor.events import store as events
from rakor.qr import qr_svg
from rakor.sources.routes.front import blueprint
from rakor.sources.routes.openings import BASE
from rakor.sources.rules import saying
from rakor.sources.store import openings
from rakor.web.access import Scope, policy


@blueprint.get(f"{BASE}/<uuid:opening_id>/screen")
@policy("presence.screen", Scope.EVENT, roles=REGISTRARS)
def show_screen(event_id: UUID, opening_id: UUID) -> str:
    """The whole screen."""
    return render_template("sources/screen.html", **_context(event_id, opening_id))


@blueprint.get(f"{BASE}/<uuid:opening_id>/code")
@policy("presence.code", Scope.EVENT, roles=REGISTRARS)
def show_code(event_id: UUID, opening_id: UUID) -> Response:
    """The changing part; 204 where ``?seen=`` names the step that the screen shows."""
    found = _context(event_id, opening_id)
    if request.args.get("seen") == found["version"]:
        return make_response("", 204)
    return make_response(render_template("sources/_code.html", **found))


def _context(event_id: UUID, opening_id: UUID) -> dict[str, Any]:
    event, one, now = events.event(event_id), openings.opening(event_id, opening_id), clock.now()
    if event is None or one is None:
        abort(404)
    step, is_open = saying.step_of(now), one.closes_at > now
    code = saying.code(one.key, step) if is_open else ""
    leads_to = current_app.config["RAKOR"].base_url + url_for("portal.show_presence_code", slug=event.slug, code=code)
    return {
        "event": event,
        "one": one,
        "code": code,
        "qr": qr_svg(leads_to, _("Kode QR presensi")) if is_open else "",
        "version": str(step) if is_open else "over",
    }
