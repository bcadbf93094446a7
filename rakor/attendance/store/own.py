"""Facts of the server itself: entered under the event's turn like any scan, by nobody's phone."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from rakor.attendance.rules.facts import Fact
from rakor.attendance.rules.words import Status
from rakor.attendance.store import checkpoints
from rakor.attendance.store.ledger import receive
from rakor.attendance.store.receipts import Arrival
from rakor.db import db
from rakor.events import store as events


def enter_own(
    event_id: UUID,
    facts: Iterable[Fact],
    reason: str,
    *,
    now: datetime,
    place: str = "",
    operator_id: UUID | None = None,
) -> int:
    """Enter facts that no desk made; return how many were new. The caller writes the audit entry.

    One that is there already changes nothing. ``place`` and ``operator_id`` say where and by whom they were stated.
    """
    arrivals = [own(event_id, one, reason, place=place, operator_id=operator_id) for one in facts]
    event = events.locked_event(event_id)
    change_seq = {event_id: event.change_seq}
    connection = db.session.connection()
    houses = {event_id: checkpoints.house(connection, event_id)}
    outcome = receive(connection, arrivals, change_seq, houses, now=now)
    event.change_seq = change_seq[event_id]
    return sum(status is Status.STORED for status in outcome.statuses)


def own(event_id: UUID, fact: Fact, reason: str = "", *, place: str = "", operator_id: UUID | None = None) -> Arrival:
    """Return a fact of the server itself as an arrival; its id says what it states, so the id alone is its digest."""
    digest = sha256(fact.scan_id.bytes).digest()[:16]
    return Arrival(event_id, fact.scan_id, 0, digest, "", fact, place=place, reason=reason, operator_id=operator_id)
