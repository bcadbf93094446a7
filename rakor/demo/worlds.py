"""Making the worlds: once, never over real data, and anew where an untouched one has grown old."""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from rakor import audit
from rakor.agenda.models import AgendaItem
from rakor.audit import AuditEntry
from rakor.db import Base, db, transaction
from rakor.demo import accounts, followed, live, noted, others, prepared
from rakor.events.models import Event
from rakor.web.times import local_day

Build = Callable[[datetime], Event]
MARK = "demo.world"


class Made(StrEnum):
    """What became of a world."""

    NEW = "new"
    KEPT = "kept"
    MOVED = "moved"


class RealDataError(RuntimeError):
    """There are events here that the demo did not make."""


def builders(seat_count: int) -> dict[str, Build]:
    """Return the worlds by name, in the order of their making."""
    return {
        live.WORLD: lambda now: live.build(now, seat_count),
        others.OPEN: others.open_world,
        others.HISTORY: others.history_world,
        others.DRAFT: others.draft_world,
    }


def make(seat_count: int, *, fresh: bool, now: datetime) -> dict[str, Made]:
    """Make every world that is missing or old; raises RealDataError where only real events live here.

    Who tries the demo makes events too: those are nobody's world, and stay as they are beside the worlds.
    """
    known = set(db.session.scalars(select(Event.demo_world).distinct()))
    if known == {None}:
        raise RealDataError("this installation holds real events; the demo worlds were not made")
    return {world: _make(world, build, fresh, now) for world, build in builders(seat_count).items()}


def _make(world: str, build: Build, fresh: bool, now: datetime) -> Made:
    known = db.session.scalar(select(Event).where(Event.demo_world == world))
    if known is not None and not (fresh or (is_old(known, now) and untouched(known.id))):
        return Made.KEPT
    if known is not None and leaned_on(known.id):
        return Made.KEPT
    with transaction():
        if known is not None:
            remove(known.id)
        event = build(now)
        accounts.enlist([event], now)
        noted.write(event, now)
        prepared.prepare(event, now)
        followed.write(event, now)
        audit.record(MARK, event_id=event.id, object_kind="event", object_id=event.id)
    return Made.NEW if known is None else Made.MOVED


def is_old(event: Event, now: datetime) -> bool:
    """Whether a world no longer shows what it is there for."""
    today = local_day(now, event.zone)
    if event.demo_world == live.WORLD:
        running = select(func.count()).select_from(AgendaItem).where(
            AgendaItem.event_id == event.id, AgendaItem.takes_attendance, AgendaItem.starts_at <= now,
            AgendaItem.ends_at > now,
        )
        return not db.session.scalar(running)
    if event.demo_world == others.OPEN:
        return (event.starts_on - today).days != 9
    return event.demo_world == others.DRAFT and event.starts_on <= today


def untouched(event_id: UUID) -> bool:
    """Whether nobody but the machine has done anything in a world since it was made."""
    made = select(func.max(AuditEntry.number)).where(AuditEntry.chain_id == event_id, AuditEntry.action == MARK)
    by_people = select(func.count()).select_from(AuditEntry).where(
        AuditEntry.chain_id == event_id,
        AuditEntry.number > made.scalar_subquery(),
        AuditEntry.actor_kind != audit.SYSTEM.kind,
    )
    return not db.session.scalar(by_people)


def leaned_on(event_id: UUID) -> bool:
    """Whether a row of another event names this one, as carried follow-ups do: it would vanish with it."""
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_keys:
            names = key.column is Event.__table__.c.id and key.parent.name != "event_id"
            if names and db.session.scalar(select(func.count()).select_from(table).where(key.parent == event_id)):
                return True
    return False


def remove(event_id: UUID) -> None:
    """Delete an event with all that belongs to it, children first; its audit chain stays."""
    tables: list[Any] = [table for table in reversed(Base.metadata.sorted_tables) if "event_id" in table.columns]
    for table in tables:
        db.session.execute(table.delete().where(table.c.event_id == event_id))
    db.session.execute(Event.__table__.delete().where(Event.id == event_id))  # type: ignore[attr-defined]
    db.session.expire_all()
