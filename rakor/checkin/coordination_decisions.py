"""A coordinator's decisions, each one more fact in the ledger, entered under the event's turn like any scan.

The caller has a transaction open. Every function returns what became of the decision.
"""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from uuid import UUID, uuid4, uuid5

from sqlalchemy import select

from rakor import audit
from rakor.attendance.models import FactRow
from rakor.attendance.rules.facts import Fact
from rakor.attendance.rules.words import MARKS, Kind, Source
from rakor.attendance.store import Arrival, checkpoints, receive
from rakor.checkin import coordination_waiting
from rakor.checkin.coordination_rules import Decision, Outcome
from rakor.db import db
from rakor.events import store as events

RULINGS = {Decision.VOID: Kind.VOID, Decision.RESTORE: Kind.RESTORE}


def rule(event_id: UUID, scan_id: UUID, decision: Decision, *, operator_id: UUID, now: datetime) -> Outcome:
    """Void a mark or restore it; IMPOSSIBLE where the event has no such mark."""
    known = db.session.get(FactRow, scan_id)
    if known is None or known.event_id != event_id or known.kind not in MARKS:
        return Outcome.IMPOSSIBLE
    fact = Fact(uuid4(), RULINGS[decision], now, source=Source.MANUAL, target_id=scan_id)
    return enter(event_id, [arrival(event_id, fact, operator_id, "koordinator")], decision, now)


def review(event_id: UUID, registration_id: UUID, checkpoint_id: UUID, *, operator_id: UUID, now: datetime) -> Outcome:
    """Note that somebody looked at a person's marks at a checkpoint and lets them stand."""
    about = (FactRow.event_id == event_id, FactRow.registration_id == registration_id)
    here = select(FactRow.scan_id).where(*about, FactRow.checkpoint_id == checkpoint_id, FactRow.kind.in_(MARKS))
    if db.session.scalar(here.limit(1)) is None:
        return Outcome.IMPOSSIBLE
    fact = Fact(uuid4(), Kind.REVIEW, now, checkpoint_id, source=Source.MANUAL, registration_id=registration_id)
    return enter(event_id, [arrival(event_id, fact, operator_id, "koordinator")], Decision.REVIEW, now)


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
        arrivals.append(arrival(event_id, fact, operator_id, "kode tidak dikenal", mark.place))
    return enter(event_id, arrivals, Decision.RESOLVE, now)


def dismiss(event_id: UUID, ref: bytes, *, operator_id: UUID, now: datetime) -> Outcome:
    """Say that an unknown code is nobody's: its marks are voided, and stay."""
    rulings = [
        Fact(uuid4(), Kind.VOID, now, source=Source.MANUAL, target_id=mark.scan_id)
        for mark in coordination_waiting.unknown_marks(event_id, ref)
    ]
    arrivals = [arrival(event_id, one, operator_id, "kode tidak dikenal") for one in rulings]
    return enter(event_id, arrivals, Decision.DISMISS, now)


def arrival(event_id: UUID, fact: Fact, operator_id: UUID, reason: str, desk: str = "") -> Arrival:
    """Return a fact of the server itself as an arrival."""
    text = f"{fact.kind} {fact.target_id or fact.registration_id} {fact.scan_id}"
    digest = sha256(text.encode()).digest()[:16]
    return Arrival(event_id, fact.scan_id, 0, digest, text, fact, place=desk, reason=reason, operator_id=operator_id)


def enter(event_id: UUID, arrivals: Sequence[Arrival], decision: Decision, now: datetime) -> Outcome:
    """Enter facts of the server itself, numbered and noted as one decision; NOTHING where there are none."""
    if not arrivals:
        return Outcome.NOTHING
    event = events.locked_event(event_id)
    change_seq = {event_id: event.change_seq}
    connection = db.session.connection()
    receive(connection, arrivals, change_seq, {event_id: checkpoints.house(connection, event_id)}, now=now)
    event.change_seq = change_seq[event_id]
    audit.record(f"attendance.{decision}", event_id=event_id, object_kind="attendance", count=len(arrivals))
    return Outcome.DONE
