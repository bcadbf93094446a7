"""What people say of themselves goes into the ledger as a scan does: all that wait in one transaction."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from rakor import clock
from rakor.attendance.rules.words import Source
from rakor.attendance.store import Arrival, Receipt, checkpoints, load, receive
from rakor.attendance.store.own import own
from rakor.checkin.store import number
from rakor.checkin.turns import Turns
from rakor.db import table_of
from rakor.driver_values import one_of
from rakor.events.models import Event
from rakor.lean import Lean
from rakor.prepared import Prepared
from rakor.sources.rules.saying import stated
from rakor.sources.store.openings import Open

PLACE = "Halaman saya"
_E = table_of(Event).c
_LOCK = Prepared(
    select(_E.id, _E.change_seq).where(one_of(_E.id, "events")).order_by(_E.id).with_for_update()
)
GROUP_LIMIT = 500


def take(event_id: UUID, one: Open, registration_id: UUID, way: Source, *, now: datetime) -> Receipt:
    """Enter that a person said to be here; what is on disk is answered. Saying it again changes nothing."""
    fact = stated(one.id, one.checkpoint_id, registration_id, way, now)
    return turns.submit(own(event_id, fact, place=PLACE))


def enter(lean: Lean, group: Sequence[Arrival]) -> list[Receipt]:
    """Enter all that wait, in a fixed number of statements."""
    ids = {one.event_id for one in group}
    turn = _LOCK.ask(lean, events=ids)
    named, asked = checkpoints.ask_known(lean, ids), load.ask(lean, group)
    change_seq = {row[0]: row[1] for row in turn.rows()}
    houses = checkpoints.known(named)[1]
    outcome = receive(lean, group, change_seq, houses, now=clock.now(), asked=asked)
    number(lean, change_seq)
    return [outcome.receipt(arrival, place) for place, arrival in enumerate(group)]


turns: Turns[Arrival, Receipt] = Turns(enter, weight=lambda _one: 1, limit=GROUP_LIMIT)
