"""Bringing an earlier version back: the draft is set back to it, and it is published under a new number."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from rakor.agenda.models import AgendaItem
from rakor.agenda.rules.views import ItemView, draft_of
from rakor.agenda.store import versions
from rakor.agenda.store.writing import is_held, put, settle, take_off
from rakor.db import db
from rakor.events.models import EventDay, EventRole


def restore(event_id: UUID, number: int, *, by: UUID | None, now: datetime) -> int | None:
    """Set the draft back to a version and publish it; returns the new number, None where that changes nothing.

    What was never published is lost, what has attendance stays. Call it under the event's lock.
    """
    kept = versions.version(event_id, number)
    if kept is None:
        return None
    wanted = {view.id: view for view in versions.snapshot(kept)}
    rows = {row.id: row for row in db.session.scalars(select(AgendaItem).where(AgendaItem.event_id == event_id))}
    for row in rows.values():
        if row.removed_at is None and row.id not in wanted and not is_held(event_id, row.id):
            take_off(row, now=now)
    days = {day.held_on: day.id for day in db.session.scalars(select(EventDay).where(EventDay.event_id == event_id))}
    roles = set(db.session.scalars(select(EventRole.id).where(EventRole.event_id == event_id)))
    for view in wanted.values():
        _bring_back(event_id, view, rows.get(view.id), days, roles, now)
    settle(event_id, now=now)
    return versions.publish(event_id, by=by, now=now, restores=number)


def _bring_back(
    event_id: UUID, view: ItemView, row: AgendaItem | None, days: Mapping[date, UUID], roles: set[UUID], now: datetime
) -> None:
    """Write an item as the version has it; one whose day is no longer part of the event stays away."""
    if view.held_on not in days:
        return
    if row is None:
        row = AgendaItem(id=view.id, event_id=event_id, created_at=now, sequence=view.sequence + 1)
    elif row.removed_at is not None:
        row.sequence += 1  # calendars were told that it is gone
    draft = draft_of(view)
    known = tuple(role_id for role_id in draft.role_ids if role_id in roles)
    put(row, replace(draft, day_id=days[view.held_on], role_ids=known), now=now)
