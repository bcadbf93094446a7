"""Marks that somebody makes for others, entered in the ledger with who made them and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from rakor import audit
from rakor.attendance.models import Checkpoint, FactRow, PresenceRow
from rakor.attendance.rules.words import Kind, Source
from rakor.attendance.store.own import enter_own
from rakor.db import db
from rakor.events import store as events
from rakor.sources.rules.marking import by_hand

PLACE = "Dicatat panitia"


@dataclass(frozen=True)
class Here:
    """One checkpoint at which a person is, or was, present."""

    place: str
    present: bool
    first_in_at: datetime | None
    source: Source | None
    desk: str


def mark_by_hand(
    event_id: UUID, registration_id: UUID, checkpoint_id: UUID, reason: str, *, form_id: UUID, by_id: UUID,
    at: datetime, now: datetime,
) -> bool:  # fmt: skip
    """Record somebody by hand, with the reason and the officer; False where this form was entered before."""
    event = events.locked_event(event_id)
    facts = by_hand(form_id, registration_id, checkpoint_id, at, event.admission)
    fresh = enter_own(event_id, facts, reason, now=now, place=PLACE, operator_id=by_id)
    if fresh:
        audit.record("presence.mark", event_id=event_id, object_kind="registration", object_id=registration_id)
    return fresh > 0


def presences(event_id: UUID, registration_id: UUID) -> list[Here]:
    """Return where a person has been, in the order of the programme."""
    columns = (
        Checkpoint.name, PresenceRow.present, PresenceRow.first_in_at, PresenceRow.first_source, PresenceRow.first_place
    )  # fmt: skip
    query = (
        select(*columns)
        .join(Checkpoint, Checkpoint.id == PresenceRow.checkpoint_id)
        .where(PresenceRow.event_id == event_id, PresenceRow.registration_id == registration_id)
        .order_by(Checkpoint.position, Checkpoint.id)
    )
    return [Here(*row) for row in db.session.execute(query)]


def reasons(event_id: UUID, registration_id: UUID) -> Sequence[str]:
    """Return the reasons that were given with a person's marks by hand, the latest first."""
    mine = (FactRow.event_id == event_id, FactRow.registration_id == registration_id, FactRow.kind == Kind.MANUAL)
    query = select(FactRow.reason).where(*mine, FactRow.reason != "").order_by(FactRow.change_seq.desc())
    return db.session.scalars(query).all()
