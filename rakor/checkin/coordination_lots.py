"""A coordinator's decisions on what waits in quarantine: facts, like every other; the record itself stays as it came.

What a held record's row says of it follows from these facts: an acceptance goes before a rejection in any order.
The caller has a transaction open.
"""

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID, uuid4, uuid5

from sqlalchemy import select

from rakor.attendance.models import HeldRecord
from rakor.attendance.rules.facts import Fact
from rakor.attendance.rules.words import MARKS, Hold, Kind, Source
from rakor.attendance.store import Arrival, checkpoints
from rakor.checkin import coordination_waiting, operators, wire
from rakor.checkin.batches import fact_of
from rakor.checkin.coordination_decisions import arrival, enter
from rakor.checkin.coordination_rules import ACCEPTABLE, Decision, Outcome
from rakor.checkin.models import Device
from rakor.db import db
from rakor.events import store as events


def settle(
    event_id: UUID, lot: coordination_waiting.LotKey, decision: Decision, place: UUID | None, *,
    operator_id: UUID, now: datetime,
) -> Outcome:  # fmt: skip
    """Accept or reject a lot of held records, one that was rejected before too; what cannot be accepted stays as it is.

    ``place`` is where marks of no known checkpoint shall count.
    """
    events.locked_event(event_id)
    rows = coordination_waiting.waiting(event_id, lot)
    if decision is Decision.REJECT:
        rejected = [] if lot.rejected else rows
        _note(rejected, accepted=False, now=now)
        return enter(event_id, [_ruling(row, Kind.REJECT, operator_id, now) for row in rejected], decision, now)
    if rows and lot.hold not in ACCEPTABLE:
        return Outcome.IMPOSSIBLE
    known, _houses = checkpoints.known(checkpoints.ask_known(db.session.connection(), [event_id]))
    desk = db.session.get(Device, lot.device_id) if lot.device_id else None
    name, places = desk.name if desk else "", {one for _event, one in known}
    entering = [(row, found) for row in rows if (found := _accepted(row, name, places, place)) is not None]
    _note([row for row, _found in entering], accepted=True, now=now)
    arrivals = [found for _row, found in entering]
    arrivals += [_ruling(row, Kind.ACCEPT, operator_id, now) for row, _found in entering]
    done = enter(event_id, arrivals, decision, now)
    return Outcome.IMPOSSIBLE if rows and not entering else done


def subject(scan_id: UUID) -> UUID:
    """Return what a ruling on a held record names: never the id of a fact, for the held one may be taken by another."""
    return uuid5(scan_id, "held")


def heard(event_id: UUID, rejected: Collection[UUID], *, now: datetime) -> None:
    """Rejections came from somewhere else: what waits here under these subjects waits no more."""
    if rejected:
        query = select(HeldRecord).where(*coordination_waiting.undecided_held(event_id))
        _note([row for row in db.session.scalars(query) if subject(row.scan_id) in rejected], accepted=False, now=now)


def _note(rows: Sequence[HeldRecord], *, accepted: bool, now: datetime) -> None:
    for row in rows:
        row.decided_at, row.accepted = now, accepted
    db.session.flush()


def _ruling(row: HeldRecord, kind: Kind, operator_id: UUID, now: datetime) -> Arrival:
    fact = Fact(uuid4(), kind, now, source=Source.MANUAL, target_id=subject(row.scan_id))
    return arrival(row.event_id, fact, operator_id, str(row.hold))


def _accepted(row: HeldRecord, desk: str, places: set[UUID], place: UUID | None) -> Arrival | None:
    """Return a held record as it enters after all; None where that cannot be."""
    record = wire.read_records([json.loads(row.record)])[0]
    if record is None or row.device_id is None:
        return None
    fact = fact_of(record, row.device_id)
    if row.hold is Hold.CONFLICT:  # its id is taken: it gets one made of its own content
        fact = fact._replace(scan_id=uuid5(fact.scan_id, row.digest.hex()))
    if fact.kind in MARKS and fact.checkpoint_id not in places:
        if place not in places:
            return None
        fact = fact._replace(checkpoint_id=place)
    return Arrival(
        event_id=row.event_id,
        scan_id=fact.scan_id,
        device_seq=row.device_seq,
        digest=bytes(row.digest),
        record=row.record,
        fact=fact,
        device_id=row.device_id,
        place=desk,
        reason=record.reason,
        operator_id=operators.of_team(row.event_id, record.operator),
        device_verdict=record.verdict,
        sealed_name=record.sealed_name,
    )
