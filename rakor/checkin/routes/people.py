"""What a desk may ask about people: the colleagues of somebody who came. Each answer is limited and in the log."""

from datetime import timedelta

from flask import Response, abort, jsonify, request

from rakor import audit, clock
from rakor.checkin import colleagues, store
from rakor.checkin.models import Device
from rakor.checkin.routes.front import blueprint, desk_device
from rakor.checkin.rules import device_alive
from rakor.db import transaction
from rakor.web import limits
from rakor.web.access import Scope, policy

LIMIT, WINDOW = 120, timedelta(minutes=5)


@blueprint.get("/scan/v1/colleagues")
@policy("scan.colleagues", Scope.DEVICE, writes_on_get="who asked is counted and in the audit log")
def find_colleagues() -> Response:
    """Who of the same office has not come yet: ``?ref=`` of somebody who stands at the desk."""
    row, ref = asking("colleagues"), asked_ref()
    found = colleagues.absent(row.event_id, row.checkpoint_id, ref)
    note("scan.colleagues", row, count=len(found))
    people = [{"ref": one.hex(), "name": who.name, "role": who.role, "office": who.office} for one, who in found]
    return jsonify(people=people)


def asking(what: str) -> Device:
    """Return the living device that asks; 429 where it asks too often."""
    device = desk_device()
    row = store.device(device.event_id, device.id)
    if row is None or not device_alive(clock.now(), row.expires_at, row.revoked_at):
        abort(403)
    if not limits.allowed(f"scan.{what}", str(device.id), limit=LIMIT, per=WINDOW):
        abort(429)
    return row


def asked_ref() -> bytes:
    """Return the ref in the query; 400 where it is none."""
    try:
        ref = bytes.fromhex(request.args.get("ref", ""))
    except ValueError:
        abort(400)
    return ref if len(ref) == 12 else abort(400)


def note(action: str, row: Device, **detail: int) -> None:
    """Put into the log what a device asked."""
    event_id, device_id = row.event_id, row.id
    with transaction():
        audit.record(action, event_id=event_id, object_kind="device", object_id=device_id, **detail)
