"""A batch of records becomes facts: read, held where it must wait, entered with all that wait, acknowledged."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from rakor import clock
from rakor.attendance.rules.facts import Fact
from rakor.attendance.rules.words import MARKS, Hold
from rakor.attendance.store import Arrival, Outcome, Receipt, checkpoints, receive
from rakor.checkin import store, wire
from rakor.checkin.rules import Ack, acknowledged
from rakor.checkin.store import Desk
from rakor.checkin.turns import Turns

GROUP_LIMIT = 2000


@dataclass(frozen=True)
class Sent:
    """One batch on its way in: from which device, its records as they came, as they read, and their facts."""

    device_id: UUID
    event_id: UUID
    waiting: int
    raw: Sequence[Any]
    records: Sequence[wire.Record | None]
    texts: Sequence[str]
    digests: Sequence[bytes]
    facts: Sequence[Fact | None]


@dataclass(frozen=True)
class Entered:
    """What became of a batch: its records from ``first`` on in the group's outcome, and what the device may forget."""

    arrivals: Sequence[Arrival]
    outcome: Outcome
    first: int
    ack: Ack
    server_epoch: UUID
    change_seq: int

    def receipts(self) -> list[Receipt]:
        """Return the answer to every record, in the batch's order; made by who asks, outside of the turn."""
        return [self.outcome.receipt(arrival, number) for number, arrival in enumerate(self.arrivals, self.first)]


def sent(device_id: UUID, event_id: UUID, batch: wire.Batch) -> Sent:
    """Read a batch's records, outside of any turn; one that cannot be read is kept as it came."""
    texts = [wire.canonical(raw) for raw in batch.records]
    digests = [wire.digest(text) for text in texts]
    records = wire.read_records(batch.records)
    facts = [fact_of(record, device_id) if record is not None else None for record in records]
    return Sent(device_id, event_id, batch.waiting, batch.records, records, texts, digests, facts)


def enter(session: Session, group: Sequence[Sent]) -> list[Entered]:
    """Enter every batch of the group in one transaction, in a fixed number of statements."""
    now = clock.now()
    connection = session.connection()
    change_seq, desks = store.lock(connection, {one.device_id for one in group}, now)
    places, merged = checkpoints.known(connection, change_seq)
    arrivals = [_arrivals(one, desks[one.device_id], places) for one in group]
    outcome = receive(connection, [a for some in arrivals for a in some], change_seq, merged, now=now)
    acks = {desk.id: desk.ack for desk in desks.values()}
    for one, some in zip(group, arrivals, strict=True):
        acks[one.device_id] = acknowledged(acks[one.device_id], [arrival.device_seq for arrival in some])
    store.acknowledge(connection, acks, {one.device_id: one.waiting for one in group}, now)
    store.number(connection, change_seq)
    entered, first = [], 0
    for one, some in zip(group, arrivals, strict=True):
        desk = desks[one.device_id]
        seq = change_seq[desk.event_id]
        entered.append(Entered(some, outcome, first, acks[desk.id], desk.server_epoch, seq))
        first += len(some)
    return entered


def _arrivals(one: Sent, desk: Desk, places: set[tuple[UUID, UUID]]) -> list[Arrival]:
    rows = zip(one.raw, one.records, one.texts, one.digests, one.facts, strict=True)
    return [_arrival(desk, *row, places) for row in rows]


def _arrival(
    desk: Desk,
    raw: Any,
    record: wire.Record | None,
    text: str,
    digest: bytes,
    fact: Fact | None,
    places: set[tuple[UUID, UUID]],
) -> Arrival:
    if record is None:
        scan_id, _, seq = wire.claimed(raw, digest)
        return Arrival(desk.event_id, scan_id, seq, digest, text, None, desk.id, Hold.UNREADABLE, desk.name)
    return Arrival(
        event_id=desk.event_id,
        scan_id=record.scan_id,
        device_seq=record.device_seq,
        digest=digest,
        record=text,
        fact=fact,
        device_id=desk.id,
        hold=_hold(desk, record, places),
        place=desk.name,
        reason=record.reason,
        operator_id=record.operator,
        device_verdict=record.verdict,
        sealed_name=record.sealed_name,
    )


def _hold(desk: Desk, record: wire.Record, places: set[tuple[UUID, UUID]]) -> Hold | None:
    if not desk.alive:
        return Hold.DEVICE
    if record.kind in MARKS and (desk.event_id, record.checkpoint) not in places:
        return Hold.CHECKPOINT
    return None


def fact_of(record: wire.Record, device_id: UUID) -> Fact:
    """Return the fact that a device's record states."""
    return Fact(
        scan_id=record.scan_id,
        kind=record.kind,
        wall_at=record.wall_at,
        checkpoint_id=record.checkpoint,
        device_id=device_id,
        device_seq=record.device_seq,
        direction=record.direction,
        target_id=record.target,
        ref=bytes.fromhex(record.ref) if record.ref else None,
        in_roster=record.in_roster,
        mono_ms=record.t_mono,
        segment=record.segment,
        roster_seq=record.roster_seq,
        override=record.override,
        server_at=wire.moment(record.server_time) if record.server_time is not None else None,
        rtt_ms=record.rtt,
    )


def answers(batch: wire.Batch, entered: Entered) -> list[dict[str, Any]]:
    """Return the wire's answers to a batch, in its order: each as ``wire.Answered`` says, ready for JSON."""
    return [_answer(raw, receipt) for raw, receipt in zip(batch.records, entered.receipts(), strict=True)]


def _echo(said: str) -> str:
    """Return what a device called its record, fit for JSON: half a surrogate pair cannot be sent back."""
    return said.encode("utf-8", "replace").decode()[:64]


def _answer(raw: Any, receipt: Receipt) -> dict[str, Any]:
    said = raw.get("scan_id") if isinstance(raw, dict) else None
    who = receipt.who
    return {
        "scan_id": _echo(said) if isinstance(said, str) else str(receipt.scan_id),
        "status": receipt.status,
        "verdict": receipt.verdict,
        "who": {"name": who.name, "role": who.role, "office": who.office} if who else None,
        "first_in_at": wire.millis(receipt.first_in_at) if receipt.first_in_at else None,
        "place": receipt.first_place,
        "hold": None,
    }


turns: Turns[Sent, Entered] = Turns(enter, weight=lambda one: len(one.raw) or 1, limit=GROUP_LIMIT)
