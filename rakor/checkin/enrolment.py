"""Making a phone a desk by a one-time code, and saying farewell to it (check-in.md §7)."""

from datetime import datetime, timedelta
from secrets import token_urlsafe
from uuid import UUID, uuid4

from sqlalchemy import func, select, update

from rakor import audit, crypto
from rakor.attendance.models import FactRow
from rakor.attendance.rules.words import Kind
from rakor.checkin.models import Device
from rakor.checkin.store import ensure_epoch, free_number
from rakor.db import db

INVITATION_LIFE = timedelta(minutes=10)
SKEW_SHOWN = timedelta(minutes=2)


def invite(event_id: UUID, name: str, checkpoint_id: UUID, *, now: datetime, expires_at: datetime) -> Device:
    """Add a device that no phone is yet; ``invitation`` gives its one-time code for ten minutes."""
    device = Device(
        id=uuid4(),
        event_id=event_id,
        name=name,
        number=free_number(event_id, checkpoint_id, now),
        checkpoint_id=checkpoint_id,
        created_at=now,
        expires_at=expires_at,
    )
    db.session.add(device)
    ensure_epoch(now)
    renew(device, now=now)
    audit.record("device.invite", event_id=event_id, object_kind="device", object_id=device.id)
    return device


def renew(device: Device, *, now: datetime) -> None:
    """Give a device a new code; the one before opens nothing any more. The phone that it is stays it until then."""
    device.enrol_until_at = now + INVITATION_LIFE
    device.enrol_hash = crypto.lookup_hash(_code(device.id, device.enrol_until_at))


def invitation(device: Device, *, now: datetime) -> str | None:
    """Return the code of 26 characters (128 bits) that is open now; None where it was used, or is over."""
    if device.enrol_hash is None or device.revoked_at is not None or device.enrol_until_at is None:
        return None
    return _code(device.id, device.enrol_until_at) if now < device.enrol_until_at else None


def _code(device_id: UUID, until_at: datetime) -> str:
    return crypto.link_token("desk", device_id, int(until_at.timestamp()))


def redeem(code: str, user_id: UUID | None, *, now: datetime, as_relay: bool = False) -> tuple[Device, str] | None:
    """Make the phone that brings ``code`` the device; return it with the token for its cookie. It works once.

    A phone that was the device before is it no more, unless it is the same one: then its unsent records, which lie
    under the device's id, go on waiting, and its PIN is void. A relay's code makes no phone anything, and the other
    way round.
    """
    token = token_urlsafe(32)
    asked = (
        Device.enrol_hash == crypto.lookup_hash(code.strip().lower()),
        Device.enrol_until_at > now,
        Device.revoked_at.is_(None),
        Device.is_relay.is_(as_relay),
    )
    values = {"token_hash": crypto.lookup_hash(token), "enrol_hash": None, "user_id": user_id, "enrolled_at": now}
    found = db.session.scalars(update(Device).where(*asked).values(values).returning(Device.id)).one_or_none()
    if found is None:
        return None
    device = db.session.get_one(Device, found, populate_existing=True)
    audit.record("device.enrol", event_id=device.event_id, object_kind="device", object_id=device.id)
    return device, token


def farewell(event_id: UUID, device_id: UUID, *, now: datetime) -> None:
    """Note that a phone has wiped what it held; one that was not revoked is finished herewith."""
    mine = (Device.event_id == event_id, Device.id == device_id)
    db.session.execute(update(Device).where(*mine, Device.revoked_at.is_(None)).values(revoked_at=now))
    db.session.execute(update(Device).where(*mine, Device.wiped_at.is_(None)).values(wiped_at=now))
    audit.record("device.wiped", event_id=event_id, object_kind="device", object_id=device_id)


def skews(event_id: UUID) -> dict[UUID, timedelta]:
    """Return by how much each device's wall clock was ahead of the server's at its last clock record."""
    clocks = (FactRow.event_id == event_id, FactRow.kind == Kind.CLOCK, FactRow.device_id.is_not(None))
    last = (
        select(FactRow.device_id, func.max(FactRow.device_seq).label("seq"))
        .where(*clocks)
        .group_by(FactRow.device_id)
        .subquery()
    )
    query = (
        select(FactRow.device_id, FactRow.wall_at, FactRow.server_at)
        .join(last, (last.c.device_id == FactRow.device_id) & (last.c.seq == FactRow.device_seq))
        .where(*clocks)
    )
    return {row[0]: row[1] - row[2] for row in db.session.execute(query) if row[0] is not None and row[2] is not None}
