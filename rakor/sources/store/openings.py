"""Openings of online presence: made, ended, and read by whoever may say something."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Select, func, select

from rakor import audit, crypto
from rakor.attendance.models import Checkpoint, FactRow, PresenceRow
from rakor.attendance.rules.words import Source
from rakor.db import db
from rakor.events import store as events
from rakor.sources.models import Opening

SAID = (Source.CODE_WORD, Source.SELF_SCAN)
LISTED = 20


@dataclass(frozen=True)
class Open:
    """An opening with the name of its checkpoint."""

    id: UUID
    checkpoint_id: UUID
    place: str
    word: str
    opened_at: datetime
    closes_at: datetime

    @property
    def key(self) -> bytes:
        """The key of the codes on the screen: derived, so nothing is stored for them."""
        return crypto.derive("presence/screen", self.id.bytes)


def open_now(event_id: UUID, now: datetime) -> list[Open]:
    """Return what is open at ``now``, in the order of the programme."""
    running = (Opening.opened_at <= now, Opening.closes_at > now)
    return _read(_query(event_id).where(*running).order_by(Checkpoint.position, Opening.opened_at))


def over(event_id: UUID, now: datetime) -> list[Open]:
    """Return what was open before, the latest first."""
    return _read(_query(event_id).where(Opening.closes_at <= now).order_by(Opening.closes_at.desc()).limit(LISTED))


def opening(event_id: UUID, opening_id: UUID) -> Open | None:
    """Return an opening of the event, or None."""
    return next(iter(_read(_query(event_id).where(Opening.id == opening_id))), None)


def _query(event_id: UUID) -> Select[*tuple[Any, ...]]:
    columns = (Opening.id, Opening.checkpoint_id, Checkpoint.name, Opening.word, Opening.opened_at, Opening.closes_at)
    return select(*columns).join(Checkpoint, Checkpoint.id == Opening.checkpoint_id).where(Opening.event_id == event_id)


def _read(query: Select[*tuple[Any, ...]]) -> list[Open]:
    return [Open(*row) for row in db.session.execute(query)]


def open_at(
    event_id: UUID, checkpoint_id: UUID, word: str, *, by_id: UUID, now: datetime, closes_at: datetime
) -> bool:
    """Open presence at a checkpoint; False where it is open there already."""
    events.locked_event(event_id)
    if any(one.checkpoint_id == checkpoint_id for one in open_now(event_id, now)):
        return False
    row = Opening(
        id=uuid4(), event_id=event_id, checkpoint_id=checkpoint_id, word=word, opened_by_id=by_id, opened_at=now,
        closes_at=closes_at,
    )  # fmt: skip
    db.session.add(row)
    audit.record("presence.open", event_id=event_id, object_kind="presence_opening", object_id=row.id)
    return True


def close(event_id: UUID, opening_id: UUID, *, now: datetime) -> None:
    """End an opening; one that is over stays as it ended."""
    row = db.session.scalar(select(Opening).where(Opening.event_id == event_id, Opening.id == opening_id))
    if row is not None and row.closes_at > now:
        row.closes_at = now
        audit.record("presence.close", event_id=event_id, object_kind="presence_opening", object_id=row.id)


def said_count(event_id: UUID, one: Open) -> int:
    """Return how many people said during an opening that they are here."""
    query = select(func.count(func.distinct(FactRow.registration_id))).where(
        FactRow.event_id == event_id, FactRow.checkpoint_id == one.checkpoint_id, FactRow.source.in_(SAID),
        FactRow.wall_at >= one.opened_at, FactRow.wall_at < one.closes_at,
    )  # fmt: skip
    return db.session.scalar(query) or 0


def here_since(event_id: UUID, registration_id: UUID, checkpoint_ids: Iterable[UUID]) -> dict[UUID, datetime]:
    """Return since when a person is present at those of these checkpoints where it is so."""
    query = select(PresenceRow.checkpoint_id, PresenceRow.first_in_at).where(
        PresenceRow.event_id == event_id, PresenceRow.registration_id == registration_id, PresenceRow.present,
        PresenceRow.checkpoint_id.in_(list(checkpoint_ids)),
    )  # fmt: skip
    return {place: at for place, at in db.session.execute(query) if at is not None}


def tag(event_id: UUID, now: datetime) -> str:
    """Return a short text that changes with what is open, for open pages that ask whether something is new."""
    return "".join(one.id.hex[:6] for one in open_now(event_id, now))
