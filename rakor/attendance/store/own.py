"""Facts of the server itself: entered under the event's turn like any scan, by nobody's phone."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from rakor.attendance.rules.facts import Fact
from rakor.attendance.store import checkpoints
from rakor.attendance.store.ledger import receive
from rakor.attendance.store.receipts import Arrival
from rakor.db import db
from rakor.events import store as events


def enter_own(event_id: UUID, facts: Iterable[Fact], reason: str, *, now: datetime) -> None:
    """Enter facts that no desk made; one that is there already changes nothing. The caller writes the audit entry."""
    arrivals = [
        Arrival(event_id, one.scan_id, 0, sha256(one.scan_id.bytes).digest()[:16], "", one, reason=reason)
        for one in facts
    ]
    event = events.locked_event(event_id)
    change_seq = {event_id: event.change_seq}
    connection = db.session.connection()
    receive(connection, arrivals, change_seq, {event_id: checkpoints.house(connection, event_id)}, now=now)
    event.change_seq = change_seq[event_id]
