"""A coordinator's decisions, each one more fact in the ledger, entered under the event's turn like any scan.

The caller has a transaction open. Every function returns what became of the decision.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from uuid import UUID, uuid4, uuid5

from sqlalchemy import select

from rakor import audit
from rakor.attendance.models import FactRow, HeldRecord
from rakor.attendance.rules.facts import Fact
from rakor.attendance.rules.words import MARKS, Hold, Kind, Source
from rakor.attendance.store import Arrival, checkpoints, receive
from rakor.checkin import coordination_waiting, operators, wire
from rakor.checkin.batches import fact_of
from rakor.checkin.coordination_rules import ACCEPTABLE, Decision, Outcome
from rakor.checkin.models import Device
from rakor.db import db
from rakor.events import store as events

RULINGS = {Decision.VOID: Kind.VOID, Decision.RESTORE: Kind.RESTORE}


def rule(event_id: UUID, scan_id: UUID, decision: Decision, *, operator_id: UUID, now: datetime) -> Outcome:
    """Void a mark or restore it; IMPOSSIBLE where the event has no such mark."""
    known = db.session.get(FactRow, scan_id)
    if known is None or known.event_id != event_id or known.kind not in MARKS:
        return Outcome.IMPOSSIBLE
    fact = Fact(uuid4(), RULINGS[decision], now, source=Source.MANUAL, target_id=scan_id)
    return _enter(event_id, [_arrival(event_id, fact, operator_id, "koordinator")], decision, now)


def review(event_id: UUID, registration_id: UUID, checkpoint_id: UUID, *, operator_id: UUID, now: datetime) -> Outcome:
    """Note that somebody looked at a person's marks at a checkpoint and lets them stand."""
    about = (FactRow.event_id == event_id, FactRow.registration_id == registration_id)
    here = select(FactRow.scan_id).where(*about, FactRow.checkpoint_id == checkpoint_id, FactRow.kind.in_(MARKS))
    if db.session.scalar(here.limit(1)) is None:
        return Outcome.IMPOSSIBLE
    fact = Fact(uuid4(), Kind.REVIEW, now, checkpoint_id, source=Source.MANUAL, registration_id=registration_id)
    return _enter(event_id, [_arrival(event_id, fact, operator_id, "koordinator")], Decision.REVIEW, now)


def resolve(event_id: UUID, ref: bytes, person_ref: bytes, *, operator_id: UUID, now: datetime) -> Outcome:
    """Say whose an unknown code is: a manual fact in that name for every undecided mark, at the mark's own time."""
    marks = coordination_waiting.unknown_marks(event_id, ref)
    person_id = coordination_waiting.person_of_ref(event_id, person_ref)
    if person_id is None:
        return Outcome.IMPOSSIBLE
    moments = coordination_waiting.moments(event_id, marks)
    arrivals = []
    for mark in marks:
        fact = Fact(
            scan_id=uuid5(mark.scan_id, "resolved"),
            kind=Kind.MANUAL,
            wall_at=moments[mark.scan_id],
            checkpoint_id=mark.checkpoint_id,
            device_seq=mark.device_seq,
            source=Source.MANUAL,
            direction=mark.direction,
            registration_id=person_id,
            ref=mark.ref,
        )
        arrivals.append(_arrival(event_id, fact, operator_id, "kode tidak dikenal", mark.place))
    return _enter(event_id, arrivals, Decision.RESOLVE, now)


def dismiss(event_id: UUID, ref: bytes, *, operator_id: UUID, now: datetime) -> Outcome:
    """Say that an unknown code is nobody's: its marks are voided, and stay."""
    rulings = [
        Fact(uuid4(), Kind.VOID, now, source=Source.MANUAL, target_id=mark.scan_id)
        for mark in coordination_waiting.unknown_marks(event_id, ref)
    ]
    arrivals = [_arrival(event_id, one, operator_id, "kode tidak dikenal") for one in rulings]
    return _enter(event_id, arrivals, Decision.DISMISS, now)


def settle(
    event_id: UUID, device_id: UUID | None, hold: Hold, decision: Decision, place: UUID | None, *, now: datetime
) -> Outcome:
    """Accept or reject a lot of held records; ``place`` is where marks of no known checkpoint shall count.

    What cannot be accepted stays where it is.
    """
    events.locked_event(event_id)
    rows = coordination_waiting.waiting(event_id, device_id, hold)
    if not rows:
        return Outcome.NOTHING
    if decision is Decision.REJECT:
        for row in rows:
            row.decided_at, row.accepted = now, False
        audit.record("attendance.reject", event_id=event_id, object_kind="device", object_id=device_id, count=len(rows))
        return Outcome.DONE
    if hold not in ACCEPTABLE:
        return Outcome.IMPOSSIBLE
    known, _houses = checkpoints.known(checkpoints.ask_known(db.session.connection(), [event_id]))
    desk = db.session.get(Device, device_id) if device_id else None
    arrivals = []
    for row in rows:
        arrival = _accepted(row, desk.name if desk else "", {one for _event, one in known}, place)
        if arrival is not None:
            row.decided_at, row.accepted = now, True
            arrivals.append(arrival)
    db.session.flush()
    return _enter(event_id, arrivals, Decision.ACCEPT, now) if arrivals else Outcome.IMPOSSIBLE


def _accepted(row: HeldRecord, desk: str, places: set[UUID], place: UUID | None) -> Arrival | None:
    """Return a held record as it enters after all; None where that cannot be."""
    record = wire.read_records([json.loads(row.record)])[0]
    if record is None or row.device_id is None:
        return None
    fact = fact_of(record, row.device_id)
    if row.hold is Hold.CONFLICT:  # its id is taken: it gets one made of its own content
        fact = replace(fact, scan_id=uuid5(fact.scan_id, row.digest.hex()))
    if fact.kind in MARKS and fact.checkpoint_id not in places:
        if place not in places:
            return None
        fact = replace(fact, checkpoint_id=place)
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


def _arrival(event_id: UUID, fact: Fact, operator_id: UUID, reason: str, desk: str = "") -> Arrival:
    """Return a fact of the server itself as an arrival."""
    text = f"{fact.kind} {fact.target_id or fact.registration_id} {fact.scan_id}"
    digest = sha256(text.encode()).digest()[:16]
    return Arrival(event_id, fact.scan_id, 0, digest, text, fact, place=desk, reason=reason, operator_id=operator_id)


def _enter(event_id: UUID, arrivals: Sequence[Arrival], decision: Decision, now: datetime) -> Outcome:
    if not arrivals:
        return Outcome.NOTHING
    event = events.locked_event(event_id)
    change_seq = {event_id: event.change_seq}
    connection = db.session.connection()
    receive(connection, arrivals, change_seq, {event_id: checkpoints.house(connection, event_id)}, now=now)
    event.change_seq = change_seq[event_id]
    audit.record(f"attendance.{decision}", event_id=event_id, object_kind="attendance", count=len(arrivals))
    return Outcome.DONE
