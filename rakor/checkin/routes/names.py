"""Mode daftar: the organiser turns it on for a desk and reads its passphrase; the desk takes the sealed names."""

from uuid import UUID

from flask import Response, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from rakor import audit, clock
from rakor.accounts.rules import REGISTRARS
from rakor.checkin import names, store
from rakor.checkin.models import Device
from rakor.checkin.routes.front import blueprint
from rakor.checkin.routes.people import asking
from rakor.checkin.rules import device_alive
from rakor.db import transaction
from rakor.events import store as events
from rakor.web.access import Scope, policy


@blueprint.get("/events/<uuid:event_id>/desks/<uuid:device_id>/names")
@policy("desk.names.show", Scope.EVENT, roles=REGISTRARS)
def show_names_mode(event_id: UUID, device_id: UUID) -> str:
    """Whether this desk may keep the names, and what opens them there."""
    event = events.event(event_id) or abort(404)
    device = _desk(event_id, device_id)
    return render_template(
        "checkin/names.html",
        event=event,
        event_title=event.short_title,
        demo_notice=bool(event.demo_world),
        device=device,
        passphrase=names.passphrase(device),
    )


@blueprint.post("/events/<uuid:event_id>/desks/<uuid:device_id>/names")
@policy("desk.names", Scope.EVENT, roles=REGISTRARS)
def turn_names_mode(event_id: UUID, device_id: UUID) -> BaseResponse:
    """Turn mode daftar on, under a new passphrase, or off."""
    with transaction():
        names.turn(_desk(event_id, device_id), on=request.form.get("on") == "yes", now=clock.now())
    return redirect(url_for("checkin.show_names_mode", event_id=event_id, device_id=device_id), 303)


@blueprint.get("/scan/v1/names")
@policy("scan.names", Scope.DEVICE, writes_on_get="who took the names is counted and in the audit log")
def send_names() -> Response:
    """Everybody's names, sealed under this device's passphrase; 404 where no organiser turned that on."""
    row = asking("names")
    content = names.sealed(row) or abort(404)
    with transaction():
        audit.record("scan.names", event_id=row.event_id, object_kind="device", object_id=row.id)
    return Response(content, mimetype="application/octet-stream")


def _desk(event_id: UUID, device_id: UUID) -> Device:
    """Return a living desk of this server's own; a relay, and a desk behind one, keeps no names by our leave."""
    found = store.device(event_id, device_id)
    if found is None or found.is_relay or found.relay_id is not None:
        abort(404)
    if not device_alive(clock.now(), found.expires_at, found.revoked_at):
        abort(404)
    return found
