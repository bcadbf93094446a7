"""Devices in the database: enrolment, the cookie's look-up, acknowledgement."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from secrets import token_urlsafe
from uuid import UUID, uuid4

from sqlalchemy import Connection, bindparam, select, update

from rakor import audit, crypto
from rakor.attendance.models import Checkpoint
from rakor.checkin.models import Device, ServerEpoch
from rakor.checkin.rules import Ack, device_alive
from rakor.db import db, table_of
from rakor.events.models import Event
from rakor.prepared import Prepared, one_of
from rakor.web import access

# what runs for every batch is built once
DEVICES, EVENTS = table_of(Device), table_of(Event)
_D, _E, _S = DEVICES.c, EVENTS.c, table_of(ServerEpoch).c
_BY_TOKEN = Prepared(
    select(_D.id, _D.event_id, _D.user_id, _D.revoked_at, _D.name).where(_D.token_hash == bindparam("hash"))
)


@dataclass(frozen=True)
class Desk:
    """A device as it is under its event's lock."""

    id: UUID
    event_id: UUID
    alive: bool
    ack: Ack
    server_epoch: UUID


def enrol(
    event_id: UUID, user_id: UUID | None, name: str, checkpoint_id: UUID, *, now: datetime, expires_at: datetime
) -> tuple[Device, str]:
    """Add a device and return it with the token for its cookie, which is shown this once."""
    token = token_urlsafe(32)
    device = Device(
        id=uuid4(),
        event_id=event_id,
        user_id=user_id,
        name=name,
        checkpoint_id=checkpoint_id,
        token_hash=crypto.lookup_hash(token),
        created_at=now,
        expires_at=expires_at,
    )
    db.session.add(device)
    ensure_epoch(now)
    audit.record("device.enrol", event_id=event_id, object_kind="device", object_id=device.id)
    return device, token


def ensure_epoch(now: datetime) -> None:
    """Begin the server's epoch with the first device."""
    if db.session.get(ServerEpoch, 1) is None:
        db.session.add(ServerEpoch(number=1, epoch=uuid4(), since_at=now))


def revoke(event_id: UUID, device_id: UUID, *, now: datetime) -> bool:
    """Revoke a device: what it still sends waits for a person. False where the event has no such device."""
    mine = (Device.event_id == event_id, Device.id == device_id, Device.revoked_at.is_(None))
    revoked = db.session.scalars(update(Device).where(*mine).values(revoked_at=now).returning(Device.id)).all()
    if revoked:
        audit.record("device.revoke", event_id=event_id, object_kind="device", object_id=device_id)
    return bool(revoked)


def by_token(token: str) -> access.Device | None:
    """Return the device whose cookie this is, also a revoked one; None for an unknown token."""
    with db.engine.connect() as connection:  # one read that needs no session
        found = _BY_TOKEN.rows(connection, hash=crypto.lookup_hash(token))
    if not found:
        return None
    device_id, event_id, user_id, revoked_at, name = found[0]
    return access.Device(device_id, event_id, user_id, revoked_at is not None, name)


def device(event_id: UUID, device_id: UUID) -> Device | None:
    """Return a device of the event, or None."""
    return db.session.scalar(select(Device).where(Device.event_id == event_id, Device.id == device_id))


def devices(event_id: UUID) -> list[tuple[Device, str]]:
    """Return the event's devices with their checkpoints' names, newest first."""
    query = select(Device, Checkpoint.name).join(Checkpoint, Checkpoint.id == Device.checkpoint_id)
    rows = db.session.execute(query.where(Device.event_id == event_id).order_by(Device.created_at.desc(), Device.name))
    return [(row[0], row[1]) for row in rows]


_LOCK = Prepared(
    select(
        _D.id, _D.event_id, _D.expires_at, _D.revoked_at, _D.ack_through, _D.beyond, _E.change_seq, _S.epoch
    )
    .join(EVENTS, _E.id == _D.event_id)
    .join(_S.number.table, _S.number == 1)
    .where(one_of(_D.id, "devices"))
    .order_by(_E.id)
    .with_for_update(of=EVENTS)
)
_ACKNOWLEDGE = Prepared(
    update(DEVICES)
    .where(_D.id == bindparam("device"))
    .values({name: bindparam(name) for name in ("ack_through", "beyond", "waiting_count", "last_seen_at")})
)
_NUMBER = Prepared(update(EVENTS).where(_E.id == bindparam("event")).values(change_seq=bindparam("last")))


def lock(connection: Connection, device_ids: Iterable[UUID], now: datetime) -> tuple[dict[UUID, int], dict[UUID, Desk]]:
    """Take the turn of every event of these devices; return the events' last numbers, and the desks.

    Rows are locked in the order of the events' ids, so two groups never wait for each other.
    """
    change_seq: dict[UUID, int] = {}
    desks: dict[UUID, Desk] = {}
    rows = _LOCK.rows(connection, devices=device_ids)
    for device_id, event_id, expires_at, revoked_at, through, beyond, seq, epoch in rows:
        change_seq[event_id] = seq
        alive = device_alive(now, expires_at, revoked_at)
        desks[device_id] = Desk(device_id, event_id, alive, Ack(through, tuple(beyond)), epoch)
    return change_seq, desks


def acknowledge(connection: Connection, acks: dict[UUID, Ack], waiting: dict[UUID, int], now: datetime) -> None:
    """Store what each device may forget, and how many records it still holds."""
    values = [
        {
            "device": device_id,
            "ack_through": ack.through,
            "beyond": list(ack.beyond),
            "waiting_count": waiting[device_id],
            "last_seen_at": now,
        }
        for device_id, ack in acks.items()
    ]
    _ACKNOWLEDGE.run_many(connection, values)


def number(connection: Connection, change_seq: dict[UUID, int]) -> None:
    """Store the last number of every event's changes, under the lock that ``lock`` took."""
    _NUMBER.run_many(connection, [{"event": event_id, "last": seq} for event_id, seq in change_seq.items()])
