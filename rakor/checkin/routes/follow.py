"""How a device follows its event: what it is itself, the packed roster once, then what changed (check-in.md §4)."""

from uuid import UUID

from flask import Response, abort, jsonify, request

from rakor import clock
from rakor.checkin import envelope, packed, posts, roster, store, wire
from rakor.checkin.answers import Changes, DeskSaid, base64_of
from rakor.checkin.models import Device
from rakor.checkin.routes.front import blueprint, desk_device
from rakor.checkin.rules import device_alive
from rakor.events import store as events
from rakor.web.access import Scope, policy


@blueprint.get("/scan/v1/desk")
@policy("scan.desk", Scope.DEVICE)
def send_standing() -> Response:
    """What this device is, for a client that has no page: event, posts, seal key, end."""
    row = _living()
    event = events.event(row.event_id) or abort(403)
    said = DeskSaid(
        device=str(row.id),
        name=row.name,
        number=row.number,
        event=str(event.id),
        title=event.short_title,
        zone=event.zone,
        posts=posts.posts(row),
        admission=event.admission,
        is_help_desk=row.is_help_desk,
        seal_key=base64_of(envelope.public_key(event.id)),
        expires_at=wire.millis(row.expires_at),
        names=wire.millis(row.names_since_at) if row.names_since_at else None,
        server_time=wire.millis(clock.now()),
    )
    return jsonify(said.model_dump())


@blueprint.get("/scan/v1/roster")
@policy("scan.roster", Scope.DEVICE)
def send_roster() -> Response:
    """The packed roster of this device's event and checkpoint; 304 for whoever holds this very one."""
    row = _living()
    place_id = _place(row)
    found = packed.packed(row.event_id, place_id)
    tag = f"{found.version}-{place_id.hex}"
    answer = Response(found.content, mimetype="application/octet-stream")
    answer.set_etag(tag)
    answer.headers["X-Rakor-Expires"] = str(wire.millis(row.expires_at))
    answer.make_conditional(request)
    return answer


@blueprint.get("/scan/v1/changes")
@policy("scan.changes", Scope.DEVICE)
def send_changes() -> Response:
    """What changed in the roster after number ``since``, at most 500."""
    row = _living()
    since = request.args.get("since", "0")
    if not since.isascii() or not since.isdigit() or len(since) > 15:
        abort(400)
    seq, epoch = roster.version(row.event_id)
    found = roster.changes(row.event_id, int(since), wire.MAX_CHANGES)
    now = wire.millis(clock.now())
    return jsonify(Changes(server_epoch=str(epoch), server_time=now, change_seq=seq, changes=found).model_dump())


def _place(row: Device) -> UUID:
    """Return the checkpoint whose presence is asked for: the device's own, or one that it also serves."""
    asked = request.args.get("checkpoint", str(row.checkpoint_id))
    if asked not in (str(row.checkpoint_id), *row.also):
        abort(403)
    return UUID(asked)


def _living() -> Device:
    """Return the device that asks; one that is revoked, or over, learns nothing more."""
    asking = desk_device()
    row = store.device(asking.event_id, asking.id)
    if row is None or not device_alive(clock.now(), row.expires_at, row.revoked_at):
        abort(403)
    return row
