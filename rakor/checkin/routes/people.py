"""What a desk may ask about people: colleagues, the help lane, a ticket on its screen, a new ticket.

Each answer that names somebody is limited in rate and in the log.
"""

from datetime import timedelta

from flask import Response, abort, jsonify, request

from rakor import audit, clock
from rakor.accounts.rules import REGISTRARS
from rakor.checkin import colleagues, help_lane, operators, store, wire
from rakor.checkin.models import Device
from rakor.checkin.routes.front import blueprint, desk_device
from rakor.checkin.rules import device_alive
from rakor.db import db, transaction
from rakor.qr import qr_path
from rakor.registrations import tickets
from rakor.registrations.models import Registration
from rakor.web import limits
from rakor.web.access import Scope, policy

LIMIT, WINDOW = 120, timedelta(minutes=5)


@blueprint.get("/scan/v1/colleagues")
@policy("scan.colleagues", Scope.DEVICE, writes_on_get="who asked is counted and in the audit log")
def find_colleagues() -> Response:
    """Who of the same office has not come yet: ``?ref=`` of somebody who stands at the desk."""
    row, ref = asking("colleagues"), asked_ref()
    found = colleagues.absent(row.event_id, row.checkpoint_id, ref)
    note("scan.colleagues", row, len(found))
    people = [{"ref": one.hex(), "name": who.name, "role": who.role, "office": who.office} for one, who in found]
    return jsonify(people=people)


@blueprint.get("/scan/v1/help")
@policy("scan.help", Scope.DEVICE)
def send_help_lane() -> Response:
    """Who was sent to the help desk and waits: refs and desks, no names; nothing for other desks."""
    device = desk_device()
    row = store.device(device.event_id, device.id)
    if row is None or not row.is_help_desk or not device_alive(clock.now(), row.expires_at, row.revoked_at):
        abort(403)
    found = help_lane.open_cases(row.event_id)
    said = [{"scan_id": str(c.scan_id), "ref": c.ref.hex(), "place": c.place, "at": wire.millis(c.at)} for c in found]
    return jsonify(cases=[one | {"verdict": case.verdict} for one, case in zip(said, found, strict=True)])


@blueprint.get("/scan/v1/ticket")
@policy("scan.ticket", Scope.DEVICE, writes_on_get="whose ticket was shown is in the audit log")
def show_ticket() -> Response:
    """Somebody's ticket for the desk's screen, drawn: ``?ref=`` of any ticket of theirs."""
    return _shown("scan.ticket", asking("ticket"), asked_ref())


@blueprint.post("/scan/v1/reissue")
@policy("scan.reissue", Scope.DEVICE)
def reissue_ticket() -> Response:
    """A new ticket for the one of ``?ref=``; the old code dies. Only where who stands here is a registrar."""
    row, ref = asking("reissue"), asked_ref()
    if not operators.may(row, REGISTRARS, clock.now()):
        abort(403)
    person = help_lane.holder(row.event_id, ref) or abort(404)
    with transaction():
        found = db.session.get_one(Registration, person.registration_id, with_for_update=True)
        tickets.reissue(found, now=clock.now())
    return _shown("scan.reissue", row, ref)


def _shown(action: str, row: Device, ref: bytes) -> Response:
    person = help_lane.holder(row.event_id, ref) or abort(404)
    with transaction():
        audit.record(
            action, event_id=row.event_id, object_kind="registration", object_id=person.registration_id, fields=["qr"]
        )
    side, path = qr_path(person.code) if person.code else (0, "")
    who = person.who
    return jsonify(name=who.name, role=who.role, office=who.office, side=side, path=path)


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


def note(action: str, row: Device, count: int) -> None:
    """Put into the log what a device asked."""
    event_id, device_id = row.event_id, row.id
    with transaction():
        audit.record(action, event_id=event_id, object_kind="device", object_id=device_id, count=count)
