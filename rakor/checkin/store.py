"""Devices in the database: enrolment, the cookie's look-up, acknowledgement."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from secrets import token_urlsafe
from uuid import UUID, uuid4

from sqlalchemy import bindparam, func, select, update

from rakor import audit, clock, crypto
from rakor.attendance.models import Checkpoint
from rakor.checkin.models import Device, ServerEpoch
from rakor.checkin.rules import Ack, Door, device_alive
from rakor.db import db, table_of
from rakor.driver_values import one_of
from rakor.events import store as events
from rakor.events.models import Event
from rakor.lean import Lean, lent
from rakor.prepared import Prepared, Question
from rakor.web import access

# what runs for every batch is built once
DEVICES, EVENTS = table_of(Device), table_of(Event)
_D, _E, _S = DEVICES.c, EVENTS.c, table_of(ServerEpoch).c
_BY_TOKEN = Prepared(
    select(_D.id, _D.event_id, _D.user_id, _D.revoked_at, _D.name, _D.names_since_at).where(
        _D.token_hash == bindparam("hash")
    )
)


@dataclass(frozen=True)
class Desk:
    """A device as it is under its event's lock."""

    id: UUID
    event_id: UUID
    alive: bool
    ack: Ack
    server_epoch: UUID
    door: Door


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
        number=free_number(event_id, checkpoint_id, now),
        checkpoint_id=checkpoint_id,
        token_hash=crypto.lookup_hash(token),
        created_at=now,
        expires_at=expires_at,
    )
    db.session.add(device)
    ensure_epoch(now)
    audit.record("device.enrol", event_id=event_id, object_kind="device", object_id=device.id)
    return device, token


def free_number(event_id: UUID, checkpoint_id: UUID, now: datetime) -> int:
    """Return the lowest number, from 1, that no living desk of the checkpoint has; takes the event's turn."""
    events.locked_event(event_id)
    living = (Device.expires_at > now, Device.revoked_at.is_(None), Device.checkpoint_id == checkpoint_id)
    taken = set(db.session.scalars(select(Device.number).where(Device.event_id == event_id, *living)))
    return next(number for number in count(1) if number not in taken)


def ensure_epoch(now: datetime) -> None:
    """Begin the server's epoch with the first device."""
    if db.session.get(ServerEpoch, 1) is None:
        db.session.add(ServerEpoch(number=1, epoch=uuid4(), since_at=now))


def revoke(event_id: UUID, device_id: UUID, *, now: datetime) -> bool:
    """Revoke a device: what it still sends waits for a person. False where the event has no such device."""
    mine = (Device.event_id == event_id, Device.id == device_id, Device.revoked_at.is_(None))
    revoked = db.session.scalars(update(Device).where(*mine).values(revoked_at=now).returning(Device.id)).all()
    _remembered.clear()
    if revoked:
        audit.record("device.revoke", event_id=event_id, object_kind="device", object_id=device_id)
    return bool(revoked)


_REMEMBERED = timedelta(seconds=1)
_MOST_REMEMBERED = 1000
_remembered: dict[bytes, tuple[datetime, access.Device]] = {}


def by_token(token: str) -> access.Device | None:
    """Return the device whose cookie this is, also a revoked one; None for an unknown token.

    Who is known is asked again after a second: what a batch may do is decided under the event's lock, not here.
    """
    now, token_hash = clock.now(), crypto.lookup_hash(token)
    since, known = _remembered.get(token_hash, (now, None))
    if known is not None and now - _REMEMBERED < since <= now:
        return known
    found = _asked(token_hash)
    if found is not None:
        if len(_remembered) >= _MOST_REMEMBERED:
            _remembered.clear()
        _remembered[token_hash] = (now, found)
    return found


def _asked(token_hash: bytes) -> access.Device | None:
    with lent(db.engine) as lean:
        found = _BY_TOKEN.rows(lean, hash=token_hash)
    if not found:
        return None
    device_id, event_id, user_id, revoked_at, name, names_since_at = found[0]
    return access.Device(device_id, event_id, user_id, revoked_at is not None, name, names_since_at)


def device(event_id: UUID, device_id: UUID) -> Device | None:
    """Return a device of the event, or None."""
    return db.session.scalar(select(Device).where(Device.event_id == event_id, Device.id == device_id))


def relay_count(event_id: UUID) -> int:
    """Return how many relays the event has, or had."""
    query = select(func.count()).select_from(Device).where(Device.event_id == event_id, Device.is_relay)
    return db.session.scalar(query) or 0


def ended_behind(event_id: UUID, relay_id: UUID) -> list[UUID]:
    """Return a relay's desks that are revoked here."""
    theirs = (Device.event_id == event_id, Device.relay_id == relay_id, Device.revoked_at.is_not(None))
    return list(db.session.scalars(select(Device.id).where(*theirs)))


def devices(event_id: UUID) -> list[tuple[Device, str]]:
    """Return the event's devices with their checkpoints' names, newest first."""
    query = select(Device, Checkpoint.name).join(Checkpoint, Checkpoint.id == Device.checkpoint_id)
    rows = db.session.execute(query.where(Device.event_id == event_id).order_by(Device.created_at.desc(), Device.name))
    return [(row[0], row[1]) for row in rows]


_RELAY = DEVICES.alias("relay")
_LOCK = Prepared(
    select(
        *(_D.id, _D.event_id, _D.expires_at, _D.revoked_at, _D.ack_through, _D.beyond, _E.change_seq, _S.epoch),
        *(_E.admission, _D.number, _E.desk_count, _RELAY.c.expires_at, _RELAY.c.revoked_at),
    )
    .join(EVENTS, _E.id == _D.event_id)
    .join(_S.number.table, _S.number == 1)
    .outerjoin(_RELAY, _RELAY.c.id == _D.relay_id)
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


def ask_lock(lean: Lean, device_ids: Iterable[UUID]) -> Question:
    """Ask for the turn of every event of these devices: what is asked after it waits for the turn, and sees what is so
    then.

    Rows are locked in the order of the events' ids, so two groups never wait for each other.
    """
    return _LOCK.ask(lean, devices=device_ids)


def locked(asked: Question, now: datetime) -> tuple[dict[UUID, int], dict[UUID, Desk]]:
    """Return the last numbers of the locked events, and the desks, as they are ``now``."""
    change_seq: dict[UUID, int] = {}
    desks: dict[UUID, Desk] = {}
    for device_id, event_id, expires_at, revoked_at, through, beyond, seq, epoch, *more in asked.rows():
        admission, own, all_, relay_expires_at, relay_revoked_at = more
        change_seq[event_id] = seq
        alive = device_alive(now, expires_at, revoked_at)
        alive = alive and device_alive(now, relay_expires_at or expires_at, relay_revoked_at)
        door = Door(admission, own, all_ or 0)
        desks[device_id] = Desk(device_id, event_id, alive, Ack(through, tuple(beyond)), epoch, door)
    return change_seq, desks


def acknowledge(lean: Lean, acks: dict[UUID, Ack], waiting: dict[UUID, int], now: datetime) -> None:
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
    _ACKNOWLEDGE.run_many(lean, values)


def number(lean: Lean, change_seq: dict[UUID, int]) -> None:
    """Store the last number of every event's changes, under the lock that ``ask_lock`` took."""
    _NUMBER.run_many(lean, [{"event": event_id, "last": seq} for event_id, seq in change_seq.items()])
