"""A batch of records becomes facts: read, held where it must wait, entered with all that wait, acknowledged."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from rakor import clock
from rakor.attendance.rules.facts import Fact
from rakor.attendance.rules.words import MARKS, Hold
from rakor.attendance.store import Arrival, Outcome, Receipt, Who, checkpoints, load, receive
from rakor.checkin import operators, store, wire
from rakor.checkin.rules import Ack, Door, acknowledged
from rakor.checkin.store import Desk
from rakor.checkin.turns import Turns
from rakor.events import upstreams
from rakor.events.rules import Admission
from rakor.lean import Lean
from rakor.web.access import Device

GROUP_LIMIT = 2000


@dataclass(frozen=True)
class Sent:
    """One batch on its way in: from which device, its records as arrivals, and the checkpoints its marks name."""

    device_id: UUID
    waiting: int
    arrivals: Sequence[Arrival]
    checkpoints: frozenset[UUID | None]


@dataclass(frozen=True)
class Entered:
    """What became of a batch: its records from ``first`` on in the group's outcome, and what the device may forget."""

    arrivals: Sequence[Arrival]
    outcome: Outcome
    first: int
    ack: Ack
    server_epoch: UUID
    change_seq: int
    door: Door

    def receipts(self) -> list[Receipt]:
        """Return the answer to every record, in the batch's order; made by who asks, outside of the turn."""
        return [self.outcome.receipt(arrival, number) for number, arrival in enumerate(self.arrivals, self.first)]


def sent(device: Device, batch: wire.Batch) -> Sent:
    """Read a batch's records, outside of any turn; one that cannot be read is kept as it came."""
    records = wire.read_records(batch.records)
    arrivals = [_arrival(device, raw, record) for raw, record in zip(batch.records, records, strict=True)]
    if batch.behind is not None and batch.behind.held:
        arrivals = [one._replace(hold=one.hold or Hold.DEVICE) for one in arrivals]
    if upstreams.keys(device.event_id) is not None:
        arrivals = [_by_server_number(one) for one in arrivals]
    named = frozenset(one.fact.checkpoint_id for one in arrivals if one.fact is not None and one.fact.kind in MARKS)
    return Sent(device.id, batch.waiting, arrivals, named)


def _arrival(device: Device, raw: Any, record: wire.Record | None) -> Arrival:
    text = wire.canonical(raw)
    digest = wire.digest(text)
    if record is None:
        scan_id, _, seq = wire.claimed(raw, digest)
        return Arrival(device.event_id, scan_id, seq, digest, text, None, device.id, Hold.UNREADABLE, device.name)
    return Arrival(
        event_id=device.event_id,
        scan_id=record.scan_id,
        device_seq=record.device_seq,
        digest=digest,
        record=text,
        fact=fact_of(record, device.id),
        device_id=device.id,
        place=device.name,
        reason=record.reason,
        operator_id=operators.of_team(device.event_id, record.operator),
        device_verdict=record.verdict,
        sealed_name=record.sealed_name,
    )


def _by_server_number(one: Arrival) -> Arrival:
    """At a relay: what a phone knew, said in its server's numbers, which tickets carry too."""
    if one.fact is None:
        return one
    known = upstreams.server_number(one.event_id, one.fact.roster_seq)
    return one._replace(fact=one.fact._replace(roster_seq=known))


def enter(lean: Lean, group: Sequence[Sent]) -> list[Entered]:
    """Enter every batch of the group in one transaction, in a fixed number of statements."""
    now = clock.now()
    everything = [arrival for one in group for arrival in one.arrivals]
    turn = store.ask_lock(lean, {one.device_id for one in group})
    named = checkpoints.ask_known(lean, {arrival.event_id for arrival in everything})
    asked = load.ask(lean, everything)
    change_seq, desks = store.locked(turn, now)
    places, houses = checkpoints.known(named)
    arrivals = [_held(one, desks[one.device_id], places) for one in group]
    outcome = receive(lean, [a for some in arrivals for a in some], change_seq, houses, now=now, asked=asked)
    acks = {desk.id: desk.ack for desk in desks.values()}
    for one, some in zip(group, arrivals, strict=True):
        acks[one.device_id] = acknowledged(acks[one.device_id], [arrival.device_seq for arrival in some])
    store.acknowledge(lean, acks, {one.device_id: one.waiting for one in group}, now)
    store.number(lean, change_seq)
    entered, first = [], 0
    for one, some in zip(group, arrivals, strict=True):
        desk = desks[one.device_id]
        seq = change_seq[desk.event_id]
        entered.append(Entered(some, outcome, first, acks[desk.id], desk.server_epoch, seq, desk.door))
        first += len(some)
    return entered


def _held(one: Sent, desk: Desk, places: set[tuple[UUID, UUID]]) -> Sequence[Arrival]:
    """Return a batch's arrivals, held back where the device, or a checkpoint they name, is not of this event now, and
    with the desk that their tickets belong to, where it is another.
    """
    unknown = {checkpoint for checkpoint in one.checkpoints if (desk.event_id, checkpoint) not in places}
    if desk.door.admission is Admission.OWNED:
        owners = [desk.door.owner(arrival.fact.ref) if arrival.fact else 0 for arrival in one.arrivals]
        one = replace(one, arrivals=[a._replace(owner=o) for a, o in zip(one.arrivals, owners, strict=True)])
    if desk.alive and not unknown:
        return one.arrivals
    return [arrival._replace(hold=arrival.hold or _hold(desk, arrival.fact, unknown)) for arrival in one.arrivals]


def _hold(desk: Desk, fact: Fact | None, unknown: set[UUID | None]) -> Hold | None:
    if not desk.alive:
        return Hold.DEVICE
    return Hold.CHECKPOINT if fact is not None and fact.kind in MARKS and fact.checkpoint_id in unknown else None


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
    """Return the wire's answers to a batch, in its order: each as ``answers.Answered`` says, ready for JSON."""
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
        "who": _lines(who) if who else None,
        "first_in_at": wire.millis(receipt.first_in_at) if receipt.first_in_at else None,
        "place": receipt.first_place,
        "hold": None,
    }


def _lines(who: Who) -> dict[str, str]:
    """Return a person's lines by name; ``asdict`` copies deeply, which took a sixth of a batch's time."""
    return {
        "name": who.name, "role": who.role, "office": who.office, "placing": who.placing, "colour": who.colour
    }  # fmt: skip


turns: Turns[Sent, Entered] = Turns(enter, weight=lambda one: len(one.arrivals) or 1, limit=GROUP_LIMIT)
