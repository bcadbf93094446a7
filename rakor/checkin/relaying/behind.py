"""On the server: the desks behind a relay. Each is a device of its own, with its own numbers, gaps and end."""

from datetime import datetime
from uuid import UUID

from rakor import audit
from rakor.attendance.store import checkpoints
from rakor.checkin import store, wire
from rakor.checkin.models import Device
from rakor.db import db, transaction
from rakor.web import access


def desk(relay: access.Device, told: wire.Behind, *, now: datetime) -> access.Device | None:
    """Return the desk for which a relay sends, made or brought up to date; None where it is not the relay's to name."""
    row = db.session.get(Device, told.id)
    if row is None or _differs(row, told):
        with transaction():
            row = _written(relay, told, now)
    if row is None or row.relay_id != relay.id or row.event_id != relay.event_id:
        return None
    return access.Device(row.id, row.event_id, None, row.revoked_at is not None, row.name)


def _differs(row: Device, told: wire.Behind) -> bool:
    ended = told.revoked_at is not None and row.revoked_at is None
    return ended or row.name != told.name or row.number != told.number


def _written(relay: access.Device, told: wire.Behind, now: datetime) -> Device | None:
    audit.record("device.relay", event_id=relay.event_id, object_kind="device", object_id=told.id)
    row = db.session.get(Device, told.id)
    own = store.device(relay.event_id, relay.id)
    if own is None:
        return None
    if row is None:
        checkpoints.ensure(relay.event_id, now=now)
        row = _new(own, told, now)
        db.session.add(row)
    if row.relay_id != relay.id:
        return row
    row.name, row.number = told.name, told.number
    if told.revoked_at is not None and row.revoked_at is None:
        row.revoked_at = wire.moment(told.revoked_at)
    return row


def _new(own: Device, told: wire.Behind, now: datetime) -> Device:
    known = {one.id for one in checkpoints.checkpoints(own.event_id)}
    return Device(
        id=told.id,
        event_id=own.event_id,
        relay_id=own.id,
        checkpoint_id=told.checkpoint if told.checkpoint in known else own.checkpoint_id,
        name=told.name,
        number=told.number,
        created_at=now,
        enrolled_at=now,
        expires_at=min(own.expires_at, wire.moment(told.expires_at)),
    )


def is_relay(event_id: UUID, device_id: UUID) -> bool:
    """True where a device of the event may speak for others."""
    row = store.device(event_id, device_id)
    return row is not None and row.is_relay
