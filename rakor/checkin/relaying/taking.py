"""On the relay: what the server says becomes rows and facts here, a page at a time, each in one transaction."""

from base64 import b64decode
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import select, update

from rakor.attendance.models import FactRow, HeldRecord
from rakor.attendance.rules.facts import Fact
from rakor.attendance.rules.words import Kind, Source
from rakor.attendance.store import Arrival, checkpoints, receive, recompute
from rakor.checkin import coordination_lots, store
from rakor.checkin.models import Device
from rakor.checkin.relaying.rows import FRAME, Row, read
from rakor.db import db, transaction
from rakor.events import store as events
from rakor.events import upstreams
from rakor.events.models import Event
from rakor.events.upstream_models import Upstream, UpstreamMark
from rakor.registrations.models import Registration, Ticket

COPIED = "a copy: the act stands in the log of the event's server"


@dataclass(frozen=True)
class Credential:
    """How a relay reaches its server, and as whom."""

    url: str
    token: str


def join(credential: Credential, told: dict[str, Any], *, now: datetime) -> UUID:
    """Take an event's frame and secrets in; the people follow by ``take``. A second joining renews the credential."""
    [row] = told["frame"][Event.__tablename__]
    event_id: UUID = read(Event, row)["id"]
    with transaction(unaudited=COPIED) as session:
        _write_frame(told)
        known = session.get(Upstream, event_id)
        if known is None:
            known = Upstream(event_id=event_id, joined_at=now, pulled_seq=0, sent_seq=0)
            session.add(known)
        known.url, known.token, known.refused_at = credential.url, credential.token, None
        known.ticket_key, known.seal_point = b64decode(told["ticket_key"]).hex(), b64decode(told["seal_point"])
        known.frame = told["digest"]
        store.ensure_epoch(now)
    upstreams.forget()
    return event_id


def refresh(event_id: UUID, told: dict[str, Any]) -> None:
    """Take a changed frame in."""
    with transaction(unaudited=COPIED) as session:
        _write_frame(told)
        session.get_one(Upstream, event_id).frame = told["digest"]


def _write_frame(told: dict[str, Any]) -> None:
    for model in FRAME:
        for row in told["frame"][model.__tablename__]:
            db.session.merge(model(**read(model, row)))
        db.session.flush()


def begin_anew(event_id: UUID, epoch: UUID) -> None:
    """The server has another epoch: it came back from a backup. All is asked for again, and all is offered again."""
    with transaction(unaudited=COPIED) as session:
        known = session.get_one(Upstream, event_id)
        known.epoch, known.pulled_seq, known.sent_seq = epoch, 0, 0


def take(event_id: UUID, since: int, page: dict[str, Any], *, now: datetime) -> bool:
    """Enter one page; False where another worker has entered it before."""
    with transaction(unaudited=COPIED) as session:
        event = events.locked_event(event_id)
        session.refresh(event)
        known = session.get_one(Upstream, event_id, populate_existing=True)
        if known.pulled_seq != since:
            return False
        event.change_seq += _write_people(page, event.change_seq)
        changed = _write_tickets(page)
        _adopt(page["facts"])
        _enter(event, _arrivals(event_id, page["facts"], now), now, changed)
        for device_id in _living(event_id, page.get("ended", ())):
            store.revoke(event_id, device_id, now=now)
        known.pulled_seq, known.heard_at, known.refused_at = page["through"], now, None
        if page["people"] or page["facts"]:
            event.change_seq += 1  # nobody before has this number: who knows it knows the whole page
            session.add(UpstreamMark(event_id=event_id, own_seq=event.change_seq, upstream_seq=page["through"]))
    return True


def _write_people(page: dict[str, Any], last: int) -> int:
    for number, row in enumerate(page["people"], last + 1):
        db.session.merge(Registration(**read(Registration, row) | {"change_seq": number}))
    db.session.flush()
    return len(page["people"])


def _write_tickets(page: dict[str, Any]) -> set[UUID]:
    """Write the page's tickets; return whose died here only now: marks that stand may mean something else."""
    changed = set()
    for row in page["tickets"]:
        values = read(Ticket, row)
        known = db.session.get(Ticket, values["ref"])
        if known is not None and known.revoked_seq != values["revoked_seq"]:
            changed.add(known.registration_id)
        db.session.merge(Ticket(**values))
    db.session.flush()
    return changed


def _adopt(facts: Iterable[Row]) -> None:
    """A guest who was let in, a code whose owner was found: the earlier mark has a person now."""
    for row in facts:
        fact = read(FactRow, row)
        if fact["target_id"] is not None and fact["registration_id"] is not None:
            mine = (FactRow.scan_id == fact["target_id"], FactRow.registration_id.is_(None))
            db.session.execute(update(FactRow).where(*mine).values(registration_id=fact["registration_id"]))


def _arrivals(event_id: UUID, rows: Iterable[Row], now: datetime) -> list[Arrival]:
    """Return what is new among the server's facts. Our own come back too: one that the server held and then accepted
    counts here again.
    """
    facts = [read(FactRow, row) for row in rows]
    ids = [one["scan_id"] for one in facts]
    here = set(db.session.scalars(select(FactRow.scan_id).where(FactRow.scan_id.in_(ids))))
    set_aside = {uuid5(one, "held upstream"): one for one in ids if one in here}
    doubted = list(db.session.scalars(select(FactRow.scan_id).where(FactRow.scan_id.in_(list(set_aside)))))
    fresh = [one["scan_id"] for one in facts if one["scan_id"] not in here]
    accepted = update(HeldRecord).where(HeldRecord.scan_id.in_(fresh), HeldRecord.accepted.is_not(True))
    db.session.execute(accepted.values(decided_at=now, accepted=True))
    rejected = {one["target_id"] for one in facts if one["kind"] is Kind.REJECT}
    coordination_lots.heard(event_id, rejected, now=now)
    found = [_arrival(event_id, one) for one in facts if one["scan_id"] not in here]
    return found + [ruling(event_id, set_aside[one], Kind.RESTORE, "accepted upstream", now) for one in doubted]


def _arrival(event_id: UUID, row: Row) -> Arrival:
    return Arrival(
        event_id=event_id,
        scan_id=row["scan_id"],
        device_seq=row["device_seq"],
        digest=row["digest"],
        record="",
        fact=Fact(**{name: row[name] for name in Fact._fields}),
        device_id=row["device_id"],
        place=row["place"],
        reason=row["reason"],
        device_verdict=row["device_verdict"],
        sealed_name=row["sealed_name"],
    )


def ruling(event_id: UUID, scan_id: UUID, kind: Kind, why: str, now: datetime) -> Arrival:
    """Return a fact of this relay alone: whether a scan counts here while, and as, it counts at the server."""
    fact = Fact(uuid5(scan_id, why), kind, now, source=Source.AUTO, target_id=scan_id)
    return Arrival(event_id, fact.scan_id, 0, fact.scan_id.bytes, "", fact, reason=why)


def set_aside(event_id: UUID, scan_ids: Sequence[UUID], *, now: datetime) -> None:
    """The server has these in quarantine: they count there for nobody, so not here either. Needs a transaction."""
    event = events.locked_event(event_id)
    db.session.refresh(event)
    _enter(event, [ruling(event_id, one, Kind.VOID, "held upstream", now) for one in scan_ids], now)


def _enter(event: Event, arrivals: Sequence[Arrival], now: datetime, changed: Collection[UUID] = ()) -> None:
    if not arrivals and not changed:
        return
    db.session.flush()
    connection, change_seq = db.session.connection(), {event.id: event.change_seq}
    house = checkpoints.house(connection, event.id)
    receive(connection, arrivals, change_seq, {event.id: house}, now=now)
    if changed:
        recompute(connection, house, event.id, set(changed), change_seq)
    event.change_seq = change_seq[event.id]


def _living(event_id: UUID, ids: Iterable[str]) -> list[UUID]:
    mine = (Device.event_id == event_id, Device.id.in_([UUID(one) for one in ids]), Device.revoked_at.is_(None))
    return list(db.session.scalars(select(Device.id).where(*mine))) if ids else []
