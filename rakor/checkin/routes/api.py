"""The device API, version 1 (check-in.md §5)."""

import json
from collections import deque
from dataclasses import asdict
from datetime import timedelta
from threading import Lock
from typing import Any
from uuid import UUID

from flask import Response, abort, jsonify, request

from rakor import audit, clock
from rakor.attendance.rules.words import Verdict
from rakor.checkin import batches, roster, search, wire
from rakor.checkin.routes.front import blueprint, desk_device
from rakor.db import transaction
from rakor.web import errors, limits
from rakor.web.access import Scope, policy

BUSY_RETRY_S = "1"
UNKNOWN_CODES, UNKNOWN_WINDOW = 120, timedelta(minutes=10)
SEARCHES, SEARCH_WINDOW = 60, timedelta(minutes=5)

_in_flight: set[UUID] = set()
_unknown: dict[UUID, deque[float]] = {}
_mutex = Lock()


@blueprint.post("/scan/v1/batches")
@policy("scan.batch", Scope.DEVICE)
def receive_batch() -> Response:
    """Take a batch of records in; answer after they are on disk (check-in.md §5)."""
    device = desk_device()
    batch = _read_batch()
    _refuse_guessers(device.id)
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
    _count_unknown(device.id, answered)
    changes = roster.changes(device.event_id, batch.roster_seq, batch.changes)
    answer = {
        "records": answered,
        "ack_through": entered.ack.through,
        "missing": entered.ack.missing,
        "server_epoch": str(entered.server_epoch),
        "server_time": wire.millis(clock.now()),
        "change_seq": entered.change_seq,
        "changes": [change.model_dump() for change in changes],
        "door": asdict(entered.door),
        "retry_after_ms": 0,
        "wipe": device.revoked,
    }
    return Response(json.dumps(answer, separators=(",", ":")), mimetype="application/json")


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


def _read_batch() -> wire.Batch:
    if request.content_length is None or request.content_length > wire.MAX_BYTES:
        abort(413 if request.content_length else 400)
    try:
        return wire.Batch.model_validate(wire.read_json(request.get_data(cache=False)))
    except (ValueError, RecursionError):
        abort(400)


def _refuse_guessers(device_id: UUID) -> None:
    """Refuse a device that asked for too many unknown codes; its records stay with it and come later."""
    since = clock.now().timestamp() - UNKNOWN_WINDOW.total_seconds()
    with _mutex:
        asked = _unknown.get(device_id)
        while asked and asked[0] < since:
            asked.popleft()
        if not asked or len(asked) < UNKNOWN_CODES:
            return
    abort(errors.answer(429, "Too Many Requests", {"Retry-After": "60"}))


def _count_unknown(device_id: UUID, answered: list[dict[str, Any]]) -> None:
    unknown = sum(one["verdict"] is Verdict.UNKNOWN for one in answered)
    if unknown:
        now = clock.now().timestamp()
        with _mutex:
            _unknown.setdefault(device_id, deque(maxlen=UNKNOWN_CODES)).extend([now] * unknown)
