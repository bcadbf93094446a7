"""A new event from an older one: the organiser chooses what comes along; people never do.

Every feature that has something to bring adds a ``Part``; ``app.py`` joins them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import delete, select

from rakor.db import db
from rakor.events import quota
from rakor.events.models import Event, EventChannel, EventDay, EventIdentity, EventRole
from rakor.events.store import days, parts, setting_up
from rakor.events.store import identity as identity_of


class Part(StrEnum):
    """What may come along."""

    IDENTITY = "identity"
    AGENDA = "agenda"
    RULES = "rules"
    TEXTS = "texts"
    PREPARATION = "preparation"
    FOLLOW_UPS = "follow_ups"


@dataclass(frozen=True)
class Copying:
    """One act of copying: from which event into which, which role became which, and how far the dates move."""

    source: Event
    target: Event
    roles: Mapping[UUID, UUID]
    apart: timedelta
    now: datetime

    @property
    def days(self) -> dict[UUID, EventDay]:
        """Return which new day stands for an old one."""
        new = {day.held_on: day for day in days(self.target.id)}
        old = {day.id: day.held_on + self.apart for day in days(self.source.id)}
        return {day_id: new[held_on] for day_id, held_on in old.items() if held_on in new}

    def later(self, at: datetime | None) -> datetime | None:
        """Return a moment moved as the dates are."""
        return at + self.apart if at else None


Copy = Callable[[Copying], None]
copies: dict[Part, list[Copy]] = {part: [] for part in Part}
"""What is done for each part, in the order of the house."""

ALWAYS = ("kind", "institution_id", "office_id", "organizer", "unit", "mode", "zone", "venue", "address", "city")
RULES = (
    "open_registration", "needs_approval", "waiting_list", "offer_hours", "delegation_allowed", "cost_bearer",
    "cost_note",
)  # fmt: skip
RULE_MOMENTS = ("answer_by_at", "registration_opens_at", "registration_closes_at", "self_service_until_at")


def clone(
    source: Event,
    event_id: UUID,
    *,
    title: str,
    starts_on: date,
    chosen: frozenset[Part],
    owner_id: UUID,
    owned_until: date,
    now: datetime,
) -> Event:
    """Make a draft from an event with the parts chosen; every date moves as far as its first day does."""
    apart = starts_on - source.starts_on
    values = {name: getattr(source, name) for name in ALWAYS} | {
        "title": title,
        "short_title": title if len(title) <= 120 else title[:117].rsplit(" ", 1)[0] + "…",
        "starts_on": starts_on,
        "ends_on": source.ends_on + apart,
        "regions_as_of": starts_on,
        "capacity": source.capacity if Part.RULES in chosen else None,
    }
    target = setting_up.create(event_id, values, owner_id=owner_id, owned_until=owned_until, now=now)
    copying = Copying(source, target, _roles(source.id, target.id), apart, now)
    for part in Part:
        for copy in copies[part] if part in chosen else ():
            copy(copying)
    db.session.flush()
    return target


def _roles(source_id: UUID, target_id: UUID) -> dict[UUID, UUID]:
    """Give the new event the roles of the old one, in their order; returns which became which."""
    db.session.execute(delete(EventRole).where(EventRole.event_id == target_id))
    rows = db.session.scalars(select(EventRole).where(EventRole.event_id == source_id)).all()
    setting_up.add_roles(target_id, [(r.name, r.short_name, r.group) for r in sorted(rows, key=lambda r: r.position)])
    new = {row.name: row.id for row in db.session.scalars(select(EventRole).where(EventRole.event_id == target_id))}
    return {row.id: new[row.name] for row in rows}


def _identity(copying: Copying) -> None:
    """Letterhead, logo, colour and the signatory's post; the name and number of a person stay behind."""
    old = identity_of(copying.source.id)
    row = EventIdentity(
        event_id=copying.target.id, letterhead=old.letterhead, accent=old.accent, signatory_post=old.signatory_post,
        signatory_name="",
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    if picture := parts.logo(copying.source.id):
        parts.save_logo(copying.target.id, picture, now=copying.now)
    channels = db.session.scalars(select(EventChannel).where(EventChannel.event_id == copying.source.id)).all()
    kept = ("kind", "label", "note", "capacity", "is_public", "position")  # an address belongs to one event
    for channel in channels:
        db.session.add(EventChannel(event_id=copying.target.id, **{name: getattr(channel, name) for name in kept}))


def _rules(copying: Copying) -> None:
    """How one registers, until when, and the quota pools."""
    for name in RULES:
        setattr(copying.target, name, getattr(copying.source, name))
    for name in RULE_MOMENTS:
        setattr(copying.target, name, copying.later(getattr(copying.source, name)))
    pools = db.session.scalars(select(quota.QuotaPool).where(quota.QuotaPool.event_id == copying.source.id)).all()
    rest = quota.rest_of(copying.target.id)
    for pool in pools:
        if pool.is_rest and rest is not None:
            rest.size = pool.size
            continue
        kept = {name: getattr(pool, name) for name in ("name", "mode", "provinces", "size", "position")}
        role_id = copying.roles[pool.role_id] if pool.role_id else None
        db.session.add(quota.QuotaPool(event_id=copying.target.id, role_id=role_id, used=0, **kept))


def _texts(copying: Copying) -> None:
    copying.target.theme, copying.target.purpose = copying.source.theme, copying.source.purpose


copies[Part.IDENTITY].append(_identity)
copies[Part.RULES].append(_rules)
copies[Part.TEXTS].append(_texts)
