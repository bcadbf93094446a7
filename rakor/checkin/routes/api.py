"""The device API, version 1 (check-in.md §5)."""

import json
from datetime import timedelta
from threading import Lock
from uuid import UUID

from flask import Response, abort, jsonify, request

from rakor import audit, clock
from rakor.attendance.rules.words import Status, Verdict
from rakor.checkin import batches, guessing, roster, search, wire
from rakor.checkin.relaying import behind
from rakor.checkin.routes.front import blueprint, desk_device
from rakor.db import transaction
from rakor.web import errors, limits
from rakor.web.access import Device, Scope, policy

BUSY_RETRY_S, GUESSER_RETRY_S = "1", "60"
UNKNOWN = (Verdict.UNKNOWN, Verdict.NOT_ADMITTED)
SEARCHES, SEARCH_WINDOW = 60, timedelta(minutes=5)

_json = json.JSONEncoder(separators=(",", ":")).encode
_in_flight: set[UUID] = set()
_mutex = Lock()


@blueprint.post("/scan/v1/batches")
@policy("scan.batch", Scope.DEVICE)
def receive_batch() -> Response:
    """Take a batch of records in; answer after they are on disk (check-in.md §5).

    A second batch of a device is refused where this process knows of the first; another worker's waits for the event's
    turn, and what is sent twice is stored once. Who asks for many unknown codes gets no answers, though all is kept.
    """
    batch = _read_batch()
    device = _sender(batch)
    with _mutex:
        if device.id in _in_flight:
            abort(errors.answer(409, "Conflict", {"Retry-After": BUSY_RETRY_S}))
        _in_flight.add(device.id)
    try:
        entered = batches.turns.submit(batches.sent(device, batch))
    finally:
        with _mutex:
            _in_flight.discard(device.id)
    answered = batches.answers(batch, entered)
    fresh = (one for one in answered if one["status"] is Status.STORED)
    if guessing.too_many(device.event_id, device.id, sum(one["verdict"] in UNKNOWN for one in fresh)):
        abort(errors.answer(429, "Too Many Requests", {"Retry-After": GUESSER_RETRY_S}))
    changes = roster.changes(device.event_id, batch.roster_seq, batch.changes)
    door = entered.door
    answer = {
        "records": answered,
        "ack_through": entered.ack.through,
        "missing": entered.ack.missing,
        "server_epoch": str(entered.server_epoch),
        "server_time": wire.millis(clock.now()),
        "change_seq": entered.change_seq,
        "changes": [change.model_dump() for change in changes],
        "door": {"admission": door.admission, "desk": door.desk, "desks": door.desks},
        "retry_after_ms": 0,
        "names": wire.millis(device.names_since_at) if device.names_since_at else None,
        "wipe": device.revoked,
    }
    return Response(_json(answer), mimetype="application/json")


@blueprint.get("/scan/v1/search")
@policy("scan.search", Scope.DEVICE, writes_on_get="who searched is counted and in the audit log")
def find_people() -> Response:
    """Find people of this device's event by name, office or role: ``?q=asm ket``."""
    device = desk_device()
    if device.revoked:
        abort(403)
    if not limits.allowed("scan.search", str(device.id), limit=SEARCHES, per=SEARCH_WINDOW):
        abort(429)
    found = search.people(device.event_id, request.args.get("q", "")[:80])
    with transaction():
        audit.record(
            "scan.search", event_id=device.event_id, object_kind="device", object_id=device.id, count=len(found)
        )
    people = [{"ref": ref.hex(), "name": one.name, "role": one.role, "office": one.office} for ref, one in found]
    return jsonify(people=people)


def _sender(batch: wire.Batch) -> Device:
    """Return the device that asks, or the desk behind it, where a relay sends for one of its own."""
    asking = desk_device()
    if batch.behind is None:
        return asking
    desk = behind.desk(asking, batch.behind, now=clock.now()) if behind.is_relay(asking.event_id, asking.id) else None
    return desk or abort(403)


def _read_batch() -> wire.Batch:
    if request.content_length is None or request.content_length > wire.MAX_BYTES:
        abort(413 if request.content_length else 400)
    try:
        return wire.Batch.model_validate(wire.read_json(request.get_data(cache=False)))
    except (ValueError, RecursionError):
        abort(400)
