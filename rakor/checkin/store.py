"""Devices in the database: enrolment, the cookie's look-up, acknowledgement."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from secrets import token_urlsafe
from uuid import UUID, uuid4

from sqlalchemy import Table, bindparam, select, update
from sqlalchemy.orm import Session

from rakor import audit, crypto
from rakor.attendance.models import Checkpoint
from rakor.checkin.models import Device, ServerEpoch
from rakor.checkin.rules import Ack, device_alive
from rakor.db import db
from rakor.events.models import Event
from rakor.web import access

DEVICES: Table = Device.__table__  # type: ignore[assignment]


@dataclass(frozen=True)
class Desk:
    """A device as it is under its event's lock."""

    id: UUID
    event_id: UUID
    name: str
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
    if db.session.get(ServerEpoch, 1) is None:
        db.session.add(ServerEpoch(number=1, epoch=uuid4(), since_at=now))
    audit.record("device.enrol", event_id=event_id, object_kind="device", object_id=device.id)
    return device, token


def revoke(event_id: UUID, device_id: UUID, *, now: datetime) -> bool:
    """Revoke a device: what it still sends waits for a person. False where the event has no such device."""
    mine = (Device.event_id == event_id, Device.id == device_id, Device.revoked_at.is_(None))
    revoked = db.session.scalars(update(Device).where(*mine).values(revoked_at=now).returning(Device.id)).all()
    if revoked:
        audit.record("device.revoke", event_id=event_id, object_kind="device", object_id=device_id)
    return bool(revoked)


def by_token(token: str) -> access.Device | None:
    """Return the device whose cookie this is, also a revoked one; None for an unknown token."""
    query = select(Device.id, Device.event_id, Device.user_id, Device.revoked_at)
    row = db.session.execute(query.where(Device.token_hash == crypto.lookup_hash(token))).one_or_none()
    return access.Device(row.id, row.event_id, row.user_id, row.revoked_at is not None) if row else None


def device(event_id: UUID, device_id: UUID) -> Device | None:
    """Return a device of the event, or None."""
    return db.session.scalar(select(Device).where(Device.event_id == event_id, Device.id == device_id))


def devices(event_id: UUID) -> list[tuple[Device, str]]:
    """Return the event's devices with their checkpoints' names, newest first."""
    query = select(Device, Checkpoint.name).join(Checkpoint, Checkpoint.id == Device.checkpoint_id)
    rows = db.session.execute(query.where(Device.event_id == event_id).order_by(Device.created_at.desc()))
    return [(row[0], row[1]) for row in rows]


def lock(session: Session, device_ids: Iterable[UUID], now: datetime) -> tuple[dict[UUID, int], dict[UUID, Desk]]:
    """Take the turn of every event of these devices; return the events' last numbers, and the desks.

    Rows are locked in the order of the events' ids, so two groups never wait for each other.
    """
    query = (
        select(DEVICES, Event.change_seq, ServerEpoch.epoch.label("server_epoch"))
        .join(Event, Event.id == Device.event_id)
        .join(ServerEpoch, ServerEpoch.number == 1)
        .where(Device.id.in_(list(device_ids)))
        .order_by(Event.id)
        .with_for_update(of=Event)
    )
    change_seq: dict[UUID, int] = {}
    desks: dict[UUID, Desk] = {}
    for row in session.execute(query):
        change_seq[row.event_id] = row.change_seq
        alive = device_alive(now, row.expires_at, row.revoked_at)
        ack = Ack(row.ack_through, tuple(row.beyond))
        desks[row.id] = Desk(row.id, row.event_id, row.name, alive, ack, row.server_epoch)
    return change_seq, desks


def acknowledge(session: Session, desks: dict[UUID, Ack], waiting: dict[UUID, int], now: datetime) -> None:
    """Store what each device may forget, and how many records it still holds."""
    values = [
        {
            "device": device_id,
            "ack_through": ack.through,
            "beyond": list(ack.beyond),
            "waiting_count": waiting[device_id],
            "last_seen_at": now,
        }
        for device_id, ack in desks.items()
    ]
    session.connection().execute(update(DEVICES).where(DEVICES.c.id == bindparam("device")), values)


def number(session: Session, change_seq: dict[UUID, int]) -> None:
    """Store the last number of every event's changes, under the lock that ``lock`` took."""
    events: Table = Event.__table__  # type: ignore[assignment]
    values = [{"event": event_id, "change_seq": seq} for event_id, seq in change_seq.items()]
    session.connection().execute(update(events).where(events.c.id == bindparam("event")), values)
