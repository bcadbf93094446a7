"""Channels, roles and identity of an event."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, select, update

from rakor import audit, files, outbox
from rakor.db import db
from rakor.events.models import EventChannel, EventIdentity, EventRole
from rakor.events.rules.readiness import Audience, channel_visible
from rakor.events.store.setting_up import referenced

LOGO = "logo"


def channel(event_id: UUID, channel_id: UUID) -> EventChannel | None:
    """Return a channel of the event, or None."""
    query = select(EventChannel).where(EventChannel.event_id == event_id, EventChannel.id == channel_id)
    return db.session.scalar(query)


def channels_for(event_id: UUID, audience: Audience) -> list[EventChannel]:
    """Return the channels whose links the audience may see, in order."""
    query = select(EventChannel).where(EventChannel.event_id == event_id)
    rows = db.session.scalars(query.order_by(EventChannel.position, EventChannel.id))
    return [row for row in rows if channel_visible(row.kind, row.is_public, audience)]


def save_channel(event_id: UUID, channel_id: UUID | None, values: Mapping[str, Any]) -> bool:
    """Add a channel, or change the one of ``channel_id``; False where that is gone."""
    row = channel(event_id, channel_id) if channel_id else EventChannel(id=uuid4(), event_id=event_id)
    if row is None:
        return False
    if channel_id is None:
        last = db.session.scalar(select(func.max(EventChannel.position)).where(EventChannel.event_id == event_id))
        row.position = (last or 0) + 1
        db.session.add(row)
    for name, value in values.items():
        setattr(row, name, value)
    db.session.flush()
    action = "event.channel_change" if channel_id else "event.channel_add"
    audit.record(action, event_id=event_id, object_kind="channel", object_id=row.id, fields=list(values))
    _say_changed(event_id)
    return True


def remove_channel(event_id: UUID, channel_id: UUID) -> bool:
    """Remove a channel; False where it is gone already."""
    row = channel(event_id, channel_id)
    if row is None:
        return False
    db.session.delete(row)
    audit.record("event.channel_remove", event_id=event_id, object_kind="channel", object_id=channel_id)
    _say_changed(event_id)
    return True


def _say_changed(event_id: UUID) -> None:
    outbox.announce("event.changed", {"event_id": str(event_id)}, event_id=event_id)


def role(event_id: UUID, role_id: UUID) -> EventRole | None:
    """Return a role of the event, or None."""
    return db.session.scalar(select(EventRole).where(EventRole.event_id == event_id, EventRole.id == role_id))


def role_named(event_id: UUID, name: str) -> EventRole | None:
    """Return the role of that name, however it is capitalised, or None."""
    query = select(EventRole).where(EventRole.event_id == event_id)
    return next((row for row in db.session.scalars(query) if row.name.casefold() == name.casefold()), None)


def change_role(event_id: UUID, role_id: UUID, values: Mapping[str, Any]) -> bool:
    """Change a role's words and list; False where it is gone."""
    row = role(event_id, role_id)
    if row is None:
        return False
    for name, value in values.items():
        setattr(row, name, value)
    db.session.flush()
    audit.record("event.role_change", event_id=event_id, object_kind="role", object_id=role_id, fields=list(values))
    return True


def move_role(event_id: UUID, role_id: UUID, by: int) -> None:
    """Move a role one place up (-1) or down (1) in the protocol order; at the ends nothing happens."""
    query = select(EventRole).where(EventRole.event_id == event_id).order_by(EventRole.position, EventRole.name)
    ids = [row.id for row in db.session.scalars(query)]
    here = ids.index(role_id) if role_id in ids else -1
    there = here + by
    if here >= 0 and 0 <= there < len(ids):
        ids[here], ids[there] = ids[there], ids[here]
    for position, one in enumerate(ids, 1):
        mine = (EventRole.event_id == event_id, EventRole.id == one)
        db.session.execute(update(EventRole).where(*mine).values(position=position))
    audit.record("event.role_order", event_id=event_id, object_kind="role", object_id=role_id)


def remove_role(event_id: UUID, role_id: UUID) -> bool:
    """Remove a role that no seat, rule or person uses; False where one does, or it is gone."""
    row = role(event_id, role_id)
    if row is None or role_id in referenced(EventRole, event_id):
        return False
    db.session.delete(row)
    audit.record("event.role_remove", event_id=event_id, object_kind="role", object_id=role_id)
    return True


def save_identity(event_id: UUID, values: Mapping[str, Any]) -> None:
    """Write how the event's papers look."""
    row = _identity(event_id)
    for name, value in values.items():
        setattr(row, name, value)
    db.session.flush()
    audit.record("event.identity", event_id=event_id, object_kind="identity", fields=list(values))


def save_logo(event_id: UUID, picture: bytes | None, *, now: datetime) -> None:
    """Keep a logo (PNG bytes made by us) in place of the former one; None takes it away."""
    row = _identity(event_id)
    if row.logo_file_id is not None:
        files.drop(event_id, row.logo_file_id)
    row.logo_file_id = None
    if picture is not None:
        row.logo_file_id = files.keep(
            picture, event_id=event_id, purpose=LOGO, name="logo.png", media_type="image/png", now=now
        )
    db.session.flush()
    audit.record("event.logo", event_id=event_id, object_kind="identity")


def logo(event_id: UUID) -> bytes | None:
    """Return the event's logo as PNG, or None."""
    row = db.session.get(EventIdentity, event_id)
    kept = files.read(event_id, row.logo_file_id, LOGO) if row and row.logo_file_id else None
    return kept.content if kept else None


def _identity(event_id: UUID) -> EventIdentity:
    row = db.session.get(EventIdentity, event_id)
    if row is None:
        row = EventIdentity(event_id=event_id, letterhead="", accent="", signatory_name="", signatory_post="")
        db.session.add(row)
        db.session.flush()
    return row
