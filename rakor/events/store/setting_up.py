"""Writing an event: made once, changed by its settings, announced, cancelled."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from rakor import audit, outbox
from rakor.accounts.rules import Role
from rakor.db import Base, db
from rakor.events import quota
from rakor.events.models import Event, EventDay, EventRole, Grant
from rakor.events.rules import Stage
from rakor.events.rules.days import DayPlan, plan_days
from rakor.events.rules.role_sets import first_roles
from rakor.events.rules.slugs import free_slug, slug_of
from rakor.offices.models import Institution

SLUG_TAKEN = "uq_event_slug"


def create(event_id: UUID, values: Mapping[str, Any], *, owner_id: UUID, owned_until: date, now: datetime) -> Event:
    """Add an event as a draft with its days, the roles of its kind and its owner.

    ``values`` are columns, and ``capacity``: the places of the open form (None: no limit).
    """
    columns = {name: value for name, value in values.items() if name != "capacity"}
    row = Event(id=event_id, created_at=now, updated_at=now, stage=Stage.DRAFT, **columns)
    _under_a_free_slug(row)
    quota.add_rest(row.id, values.get("capacity"))
    _add_days(row)
    add_roles(row.id, [(role.name, role.short_name, role.group) for role in first_roles(row.kind)])
    grant = Grant(event_id=row.id, user_id=owner_id, role=Role.OWNER, created_at=now, ends_on=owned_until)
    db.session.add(grant)
    db.session.flush()
    audit.record("event.create", event_id=row.id, object_kind="event", object_id=row.id)
    return row


def _under_a_free_slug(row: Event) -> None:
    """Insert the event under the first free address of its short title; two writers at once take two addresses."""
    wanted = slug_of(row.short_title, str(row.kind))
    for _try in range(20):
        row.slug = free_slug(wanted, set(db.session.scalars(select(Event.slug).where(Event.slug.startswith(wanted)))))
        try:
            with db.session.begin_nested():
                db.session.add(row)
            return
        except IntegrityError as refused:
            if SLUG_TAKEN not in str(refused.orig) and "event.slug" not in str(refused.orig):
                raise
            db.session.expunge_all()
    raise RuntimeError(f"no free address beside {wanted!r}")


def _add_days(row: Event) -> None:
    plan = plan_days({}, (), row.starts_on, row.ends_on)
    days = [
        {"id": uuid4(), "event_id": row.id, "held_on": day, "number": number, "label": ""}
        for number, day in enumerate(plan.added, 1)
    ]
    db.session.execute(insert(EventDay), days)


def add_roles(event_id: UUID, roles: list[tuple[str, str, Any]]) -> None:
    """Add roles at the end of the protocol order; those that are there already stay as they are."""
    known = list(db.session.scalars(select(EventRole).where(EventRole.event_id == event_id)))
    names, last = {role.name for role in known}, max((role.position for role in known), default=0)
    for position, (name, short_name, group) in enumerate((r for r in roles if r[0] not in names), last + 1):
        row = EventRole(id=uuid4(), event_id=event_id, name=name, short_name=short_name, group=group, position=position)
        db.session.add(row)
    db.session.flush()


def institution(name: str, *, now: datetime) -> Institution:
    """Add an institution by its name alone."""
    row = Institution(id=uuid4(), name=name, short_name=name[:60], created_at=now)
    db.session.add(row)
    db.session.flush()
    audit.record("institution.create", object_kind="institution", object_id=row.id)
    return row


def change(event: Event, values: Mapping[str, Any], *, now: datetime) -> list[str]:
    """Write what differs onto the event (read under its lock) and raise its version; returns the fields changed."""
    changed = [name for name, value in values.items() if getattr(event, name) != value]
    if not changed:
        return []
    if event.regions_as_of == event.starts_on and "starts_on" in changed:
        event.regions_as_of = values["starts_on"]  # the map of its day (domain.md §1.3)
    for name in changed:
        setattr(event, name, values[name])
    touch(event, now=now)
    audit.record("event.change", event_id=event.id, object_kind="event", object_id=event.id, fields=changed)
    outbox.announce("event.changed", {"event_id": str(event.id)}, event_id=event.id)
    return changed


def touch(event: Event, *, now: datetime) -> None:
    """Raise the event's version: a form drawn before is stale."""
    event.version += 1
    event.updated_at = now
    db.session.flush()


def follow_dates(event: Event) -> DayPlan:
    """Let the event's days follow its dates; a day that carries something stays, and the plan says so."""
    rows = list(db.session.scalars(select(EventDay).where(EventDay.event_id == event.id)))
    present = {row.id: row.held_on for row in rows}
    plan = plan_days(present, referenced(EventDay, event.id), event.starts_on, event.ends_on)
    if plan.dropped:
        db.session.execute(delete(EventDay).where(EventDay.event_id == event.id, EventDay.id.in_(plan.dropped)))
    for held_on in plan.added:
        db.session.add(EventDay(id=uuid4(), event_id=event.id, held_on=held_on, number=0))
    db.session.flush()
    in_order = select(EventDay.id).where(EventDay.event_id == event.id).order_by(EventDay.held_on)
    for number, day_id in enumerate(db.session.scalars(in_order).all(), 1):
        db.session.execute(update(EventDay).where(EventDay.id == day_id).values(number=number))
    return plan


def referenced(model: type[Base], event_id: UUID) -> set[UUID]:
    """Return the ids of an event's rows of ``model`` that a row of any other table points at.

    Read from the tables' own foreign keys, so a later feature is seen without being known here.
    """
    found: set[UUID] = set()
    for table in Base.metadata.sorted_tables:
        for constraint in table.foreign_key_constraints:
            if constraint.referred_table is not model.__table__ or "event_id" not in table.columns:
                continue
            column = next(e.parent for e in constraint.elements if e.column.name == "id")
            query = select(column).where(table.c.event_id == event_id, column.is_not(None)).distinct()
            if "removed_at" in table.columns:  # taken off: kept for older versions, holds nothing
                query = query.where(table.c.removed_at.is_(None))
            found.update(db.session.scalars(query))
    return found


def publish(event: Event, *, now: datetime) -> None:
    """Announce the event; its public page exists from now on."""
    event.stage, event.cancelled_at = Stage.PUBLISHED, None
    event.published_at = event.published_at or now
    touch(event, now=now)
    audit.record("event.publish", event_id=event.id, object_kind="event", object_id=event.id)
    outbox.announce("event.published", {"event_id": str(event.id)}, event_id=event.id)


def cancel(event: Event, *, now: datetime) -> None:
    """Cancel the event; its page stays and says so."""
    event.stage, event.cancelled_at = Stage.CANCELLED, now
    touch(event, now=now)
    audit.record("event.cancel", event_id=event.id, object_kind="event", object_id=event.id)
    outbox.announce("event.cancelled", {"event_id": str(event.id)}, event_id=event.id)
