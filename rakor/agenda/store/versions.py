"""Published versions: what everybody but the organisers reads, made from the draft, and brought back."""

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from sqlalchemy import Text, bindparam, cast, select, update

from rakor import audit, outbox
from rakor.agenda.models import AgendaItem, AgendaVersion
from rakor.agenda.rules import Visibility
from rakor.agenda.rules import versions as rules
from rakor.agenda.rules.snapshots import change_json, changes_of, item_json, item_of
from rakor.agenda.rules.versions import Change
from rakor.agenda.rules.views import EVERYTHING, ItemView
from rakor.agenda.store.reading import items
from rakor.db import db

PUBLISHED = "agenda.published"

told_by: list[Callable[[UUID], bool]] = []
"""Who knows whether somebody was told of an event (id); ``app.py`` joins what later features know."""

# built once: every public page reads it
_NEWEST = (
    select(AgendaVersion)
    .where(AgendaVersion.event_id == bindparam("event_id"))
    .order_by(AgendaVersion.number.desc())
    .limit(1)
)
_NEWEST_TEXT = _NEWEST.with_only_columns(cast(AgendaVersion.snapshot, Text), maintain_column_froms=True)


@dataclass(frozen=True)
class Past:
    """What a reader may read of one version: its programme, and what it changed of the version before."""

    number: int
    newest: int
    published_at: datetime
    items: tuple[ItemView, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class VersionLine:
    """One published version without its programme; ``restores`` is the version that it brought back."""

    number: int
    published_at: datetime
    published_by_id: UUID | None
    restores: int | None
    changes: tuple[Change, ...]


def programme(event_id: UUID, seen: Collection[Visibility]) -> list[ItemView]:
    """Return what a reader of ``seen`` may see of the newest published version; one query.

    An event that was never published shows its draft.
    """
    kept = db.session.scalar(_NEWEST_TEXT, {"event_id": event_id})
    return items(event_id, seen) if kept is None else rules.visible(_read(kept), seen)


@lru_cache(maxsize=64)
def _read(kept: str) -> tuple[ItemView, ...]:
    """Read a version's programme; every page of an event asks for the same one, and the text is its own key."""
    return tuple(map(item_of, json.loads(kept)))


def published(event_id: UUID, item_id: UUID) -> ItemView | None:
    """Return one item as it is published, or None; one query."""
    return next((item for item in programme(event_id, EVERYTHING) if item.id == item_id), None)


def sessions(event_id: UUID) -> list[ItemView]:
    """Return the published items that take attendance, in order; one query.

    Doors, lists and counts go by these: what an organiser tries out in the draft moves none of them.
    """
    return [item for item in programme(event_id, EVERYTHING) if item.takes_attendance]


def newest(event_id: UUID) -> AgendaVersion | None:
    """Return the version that everybody reads, or None."""
    return db.session.scalar(_NEWEST, {"event_id": event_id})


def tag(event_id: UUID) -> str:
    """Return a word that is another one as soon as another programme is read; one small query."""
    columns = select(AgendaVersion.number, AgendaVersion.published_at).where(AgendaVersion.event_id == event_id)
    found = db.session.execute(columns.order_by(AgendaVersion.number.desc()).limit(1)).one_or_none()
    return f"{found.number}-{found.published_at.timestamp():.0f}" if found else "0"


def version(event_id: UUID, number: int) -> AgendaVersion | None:
    """Return one version, or None."""
    return db.session.get(AgendaVersion, (event_id, number))


def snapshot(kept: AgendaVersion) -> list[ItemView]:
    """Return the whole programme of a version."""
    return [item_of(one) for one in kept.snapshot]


def lines(event_id: UUID) -> list[VersionLine]:
    """Return every version without its programme, the newest first; one query."""
    columns = (
        AgendaVersion.number, AgendaVersion.published_at, AgendaVersion.published_by_id,
        AgendaVersion.restores, AgendaVersion.changes,
    )  # fmt: skip
    query = select(*columns).where(AgendaVersion.event_id == event_id).order_by(AgendaVersion.number.desc())
    return [
        VersionLine(row.number, row.published_at, row.published_by_id, row.restores, tuple(changes_of(row.changes)))
        for row in db.session.execute(query)
    ]


def news(event_id: UUID, number: int, seen: Collection[Visibility]) -> list[Change]:
    """Return what a version changed of the one before, as a reader of ``seen`` may know it; empty for the first."""
    before, after = version(event_id, number - 1), version(event_id, number)
    if before is None or after is None:
        return []
    return rules.changes(rules.visible(snapshot(before), seen), rules.visible(snapshot(after), seen))


def past(event_id: UUID, number: int, seen: Collection[Visibility]) -> Past | None:
    """Return what a reader of ``seen`` could read of a version, less what was closed since; None: no version."""
    kept, last = version(event_id, number), newest(event_id)
    if kept is None or last is None:
        return None
    query = select(AgendaVersion.changes).where(AgendaVersion.event_id == event_id, AgendaVersion.number >= number)
    later = [one for made in db.session.scalars(query.order_by(AgendaVersion.number)) for one in changes_of(made)]
    closed = rules.closed_since(snapshot(last), later, seen)
    items_ = tuple(item for item in rules.visible(snapshot(kept), seen) if item.id not in closed)
    changed = tuple(change for change in news(event_id, number, seen) if change.item_id not in closed)
    return Past(number, last.number, kept.published_at, items_, changed)


def number_in(tag_: str) -> int:
    """Return the number of the version that a ``tag`` names; 0 where there is none."""
    return int(tag_.partition("-")[0])


def pending(event_id: UUID) -> list[Change]:
    """Return what the draft changes of the newest version; empty where there is none."""
    kept = newest(event_id)
    return [] if kept is None else rules.changes(snapshot(kept), items(event_id, EVERYTHING))


def told(event_id: UUID) -> bool:
    """True where somebody was told of the event, so that a change must be published before it is seen."""
    return any(ask(event_id) for ask in told_by)


def by_itself(event_id: UUID) -> bool:
    """True while saving publishes by itself."""
    kept = newest(event_id)
    return rules.publishes_by_itself(told(event_id), kept.number if kept else None)


def publish(event_id: UUID, *, by: UUID | None, now: datetime, restores: int | None = None) -> int | None:
    """Publish the draft as the next version and announce ``agenda.published``; None where nothing differs.

    Call it under the event's lock. The number rises by one; an item whose time, room, title or people changed gets
    the next SEQUENCE (RFC 5545 §3.8.7.4).
    """
    kept = newest(event_id)
    before = snapshot(kept) if kept else []
    draft = items(event_id, EVERYTHING)
    found = rules.changes(before, draft)
    if kept is not None and not found:
        return None
    number = kept.number + 1 if kept else rules.FIRST
    after = rules.next_version(before, draft, at=now, marks=kept is not None)
    row = AgendaVersion(
        event_id=event_id, number=number, snapshot=[item_json(item) for item in after], restores=restores,
        changes=[change_json(one) for one in found] if kept else [], published_at=now, published_by_id=by,
    )  # fmt: skip
    db.session.add(row)
    _announce(event_id, draft, after, number)
    audit.record("agenda.publish", event_id=event_id, object_kind="agenda_version", count=number)
    return number


def follow(event_id: UUID, *, now: datetime) -> None:
    """After every save: while nobody was told, version 1 follows the draft; its number stays, SEQUENCE rises."""
    if not by_itself(event_id):
        return
    kept = newest(event_id)
    before = snapshot(kept) if kept else []
    draft = items(event_id, EVERYTHING)
    after = rules.next_version(before, draft, at=now, marks=False)
    if kept is None:
        kept = AgendaVersion(event_id=event_id, number=rules.FIRST, changes=[], published_at=now)
        db.session.add(kept)
    kept.snapshot, kept.published_at = [item_json(item) for item in after], now
    _announce(event_id, draft, after, kept.number)


def hold(event_id: UUID, *, now: datetime) -> None:
    """Before every save: an event whose people were told, but which has no version, keeps what they read as its first.

    Installations that are older than versions have such events.
    """
    if newest(event_id) is None and told(event_id):
        publish(event_id, by=None, now=now)


def _announce(event_id: UUID, draft: list[ItemView], after: list[ItemView], number: int) -> None:
    """Keep the SEQUENCE of what was published on the draft, and tell later features."""
    known = {item.id: item.sequence for item in draft}
    for item in after:
        if item.sequence != known[item.id]:
            own = (AgendaItem.event_id == event_id, AgendaItem.id == item.id)
            db.session.execute(update(AgendaItem).where(*own).values(sequence=item.sequence))
    db.session.flush()
    outbox.announce(PUBLISHED, {"event_id": str(event_id), "version": str(number)}, event_id=event_id)
