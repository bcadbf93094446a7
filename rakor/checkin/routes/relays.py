"""What relays ask for (docs/protocol.md, "Relays"), and the pages on which an organiser makes one."""

from datetime import timedelta
from uuid import UUID

from flask import Response, abort, jsonify, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from rakor import clock
from rakor.accounts.rules import REGISTRARS
from rakor.attendance.store import checkpoints
from rakor.checkin import enrolment, store
from rakor.checkin.models import Device
from rakor.checkin.relaying import giving
from rakor.checkin.routes.front import blueprint, desk_device
from rakor.checkin.routes.pages import ends_at
from rakor.checkin.rules import device_alive
from rakor.db import transaction
from rakor.events import store as events
from rakor.web.access import Scope, policy


@blueprint.get("/scan/v1/relay/event")
@policy("scan.relay.event", Scope.DEVICE)
def send_frame() -> Response:
    """The event around its people, and the secrets that its door needs."""
    row = _relay()
    found = giving.frame(row.event_id)
    return jsonify(frame=found, digest=giving.digest(found), **giving.secrets(row.event_id))


@blueprint.get("/scan/v1/relay/changes")
@policy("scan.relay.changes", Scope.DEVICE)
def send_relay_changes() -> Response:
    """People, tickets and facts with numbers above ``since``, and what stands for the frame now."""
    row = _relay()
    since = request.args.get("since", "0")
    if not since.isascii() or not since.isdigit() or len(since) > 15:
        abort(400)
    answer = giving.changes(row.event_id, int(since))
    ended = [str(one) for one in store.ended_behind(row.event_id, row.id)]
    return jsonify(frame=giving.digest(giving.frame(row.event_id)), ended=ended, **answer)


def _relay() -> Device:
    """Return the relay that asks; a desk, or a relay that is revoked or over, learns nothing."""
    asking = desk_device()
    row = store.device(asking.event_id, asking.id)
    if row is None or not row.is_relay or not device_alive(clock.now(), row.expires_at, row.revoked_at):
        abort(403)
    return row


@blueprint.post("/events/<uuid:event_id>/desks/relays")
@policy("relay.invite", Scope.EVENT, roles=REGISTRARS)
def invite_relay(event_id: UUID) -> BaseResponse:
    """Make a relay: the command with its one-time link is shown next."""
    event = events.event(event_id) or abort(404)
    now = clock.now()
    with transaction():
        places = checkpoints.ensure(event_id, now=now) or abort(409)
        name = _("Relai %(number)s", number=store.relay_count(event_id) + 1)
        end = max(ends_at(event), now + timedelta(hours=1))
        made = enrolment.invite(event_id, name, places[0].id, now=now, expires_at=end)
        made.is_relay, made.number = True, 0
        device_id = made.id
    return redirect(url_for("checkin.show_invitation", event_id=event_id, device_id=device_id), 303)
