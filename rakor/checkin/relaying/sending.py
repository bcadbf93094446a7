"""On the relay: what its own desks recorded goes to the server, desk by desk, by the very endpoint that phones use."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from rakor.attendance.models import FactRow, HeldRecord
from rakor.checkin import wire
from rakor.checkin.answers import base64_of
from rakor.checkin.models import Device
from rakor.checkin.relaying.taking import COPIED, set_aside
from rakor.db import db, insert_missing, transaction
from rakor.events import upstreams
from rakor.events.upstream_models import Upstream, UpstreamHold

AT_ONCE = 1000
MOST_BYTES = 60_000
DURABLE = {"stored", "duplicate", "quarantined"}
Post = Callable[[dict[str, Any]], dict[str, Any]]


class OtherEpochError(Exception):
    """The server answers under another epoch than what it acknowledged before."""

    def __init__(self, epoch: UUID) -> None:
        super().__init__(str(epoch))
        self.epoch = epoch


class NotDurableError(Exception):
    """The server answered without naming a record as durable: it stays ours to send."""


@dataclass(frozen=True)
class Parcel:
    """Records of one desk for one request; ``held``: they are in our quarantine."""

    desk: Device
    records: list[Any]
    held: bool = False


def send_facts(event_id: UUID, epoch: UUID | None, post: Post, *, now: datetime) -> bool:
    """Send the next of our desks' facts; False where there were none. They are sent once each was named durable."""
    sent = db.session.get_one(Upstream, event_id, populate_existing=True).sent_seq
    rows = _unsent(event_id, sent)
    if not rows:
        return False
    desks = own_desks(event_id)
    held: list[UUID] = []
    for parcel in _parcels((desks[row.device_id], record_of(row)) for row in rows if row.device_id is not None):
        held += _deliver(parcel, epoch, post)
    with transaction(unaudited=COPIED) as session:
        known = session.get_one(Upstream, event_id, populate_existing=True)
        if known.epoch == epoch:
            known.sent_seq = max(known.sent_seq, rows[-1].change_seq)
        set_aside(event_id, held, now=now)
    return True


def send_holds(event_id: UUID, epoch: UUID | None, post: Post) -> bool:
    """Send what waits in our quarantine, to wait in the server's: nothing is dropped because it is wrong."""
    desks = own_desks(event_id)
    there = select(UpstreamHold.scan_id).where(
        UpstreamHold.scan_id == HeldRecord.scan_id,
        UpstreamHold.digest == HeldRecord.digest,
        UpstreamHold.epoch == epoch,
    )
    mine = (HeldRecord.event_id == event_id, HeldRecord.device_id.in_(desks), HeldRecord.decided_at.is_(None))
    query = select(HeldRecord).where(*mine, ~there.exists()).order_by(HeldRecord.device_id, HeldRecord.received_at)
    rows = list(db.session.scalars(query.limit(AT_ONCE)))
    for parcel in _parcels(((desks[row.device_id], _numbered(row)) for row in rows if row.device_id), held=True):
        _deliver(parcel, epoch, post)
    if rows:
        values = [{"scan_id": row.scan_id, "digest": row.digest, "event_id": event_id, "epoch": epoch} for row in rows]
        with transaction(unaudited=COPIED) as session:
            session.execute(insert_missing(UpstreamHold).values(values))
    return bool(rows)


def greet(event_id: UUID, epoch: UUID | None, post: Post) -> None:
    """Tell the server of every desk, how much it still holds, and whether it has ended; needs nothing left to send."""
    for desk in own_desks(event_id).values():
        if desk.token_hash is not None:
            _checked(post(_envelope(Parcel(desk, []), ends=True)), epoch)


def waiting(event_id: UUID) -> int:
    """Return how many facts of our desks the server has not named durable yet."""
    sent = db.session.scalar(select(Upstream.sent_seq).where(Upstream.event_id == event_id)) or 0
    mine = (FactRow.event_id == event_id, FactRow.change_seq > sent, FactRow.device_id.in_(own_desks(event_id)))
    return db.session.scalar(select(func.count()).where(*mine)) or 0


def own_desks(event_id: UUID) -> dict[UUID, Device]:
    """Return the phones that are desks of this relay."""
    return {one.id: one for one in db.session.scalars(select(Device).where(Device.event_id == event_id))}


def _unsent(event_id: UUID, sent: int) -> list[FactRow]:
    mine = (FactRow.event_id == event_id, FactRow.change_seq > sent, FactRow.device_id.in_(own_desks(event_id)))
    return list(db.session.scalars(select(FactRow).where(*mine).order_by(FactRow.change_seq).limit(AT_ONCE)))


def record_of(row: FactRow) -> dict[str, Any]:
    """Return the record of a fact as its desk would send it; always alike, so that a repeat is one."""
    said: dict[str, Any] = {
        "scan_id": str(row.scan_id),
        "device_seq": row.device_seq,
        "kind": str(row.kind),
        "t_wall": wire.millis(row.wall_at),
        "t_mono": row.mono_ms or 0,
        "segment": str(row.segment),
        "checkpoint": str(row.checkpoint_id) if row.checkpoint_id else None,
        "direction": str(row.direction),
        "ref": row.ref.hex() if row.ref else None,
        "target": str(row.target_id) if row.target_id else None,
        "in_roster": row.in_roster,
        "roster_seq": row.roster_seq,
        "verdict": str(row.device_verdict) if row.device_verdict else None,
        "reason": row.reason,
        "override": row.override,
        "server_time": wire.millis(row.server_at) if row.server_at else None,
        "rtt": row.rtt_ms,
        "sealed": base64_of(row.sealed_name) if row.sealed_name else None,
    }
    return {name: value for name, value in said.items() if value is not None}


def _numbered(row: HeldRecord) -> Any:
    """Return a held record as it came, what its desk knew said in the server's numbers."""
    raw = json.loads(row.record)
    known = raw.get("roster_seq") if isinstance(raw, dict) else None
    if isinstance(known, int) and 0 < known <= wire.SAFE:
        return raw | {"roster_seq": upstreams.server_number(row.event_id, known)}
    return raw


def _parcels(records: Iterable[tuple[Device, Any]], *, held: bool = False) -> Iterator[Parcel]:
    for _, group in groupby(sorted(records, key=lambda one: str(one[0].id)), key=lambda one: one[0].id):
        load: list[Any] = []
        size = 0
        for desk, record in group:
            length = len(json.dumps(record)) + 1
            if load and (len(load) == wire.MAX_RECORDS or size + length > MOST_BYTES):
                yield Parcel(desk, load, held)
                load, size = [], 0
            load.append(record)
            size += length
        yield Parcel(desk, load, held)


def _envelope(parcel: Parcel, *, ends: bool = False) -> dict[str, Any]:
    desk = parcel.desk
    told = {
        "id": str(desk.id),
        "name": desk.name,
        "number": desk.number,
        "checkpoint": str(desk.checkpoint_id),
        "expires_at": wire.millis(desk.expires_at),
        "revoked_at": wire.millis(desk.revoked_at) if ends and desk.revoked_at else None,
        "held": parcel.held,
    }
    return {"records": parcel.records, "changes": 0, "waiting": desk.waiting_count, "behind": told}


def _deliver(parcel: Parcel, epoch: UUID | None, post: Post) -> list[UUID]:
    """Send one parcel; return what the server holds in quarantine of it. Raises unless every record is durable."""
    answer = _checked(post(_envelope(parcel)), epoch)
    statuses = [one["status"] for one in answer["records"]]
    if len(statuses) != len(parcel.records) or not DURABLE.issuperset(statuses):
        raise NotDurableError
    return [UUID(one["scan_id"]) for one in answer["records"] if one["status"] == "quarantined" and not parcel.held]


def _checked(answer: dict[str, Any], epoch: UUID | None) -> dict[str, Any]:
    if UUID(answer["server_epoch"]) != epoch:
        raise OtherEpochError(UUID(answer["server_epoch"]))
    return answer
