"""Who came: facts through the real ledger, with two peaks, some doubles and a few codes nobody knows."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from sqlalchemy import select

from rakor import codes, crypto
from rakor.agenda.models import AgendaItem
from rakor.attendance.models import Checkpoint
from rakor.attendance.rules.facts import Fact
from rakor.attendance.rules.words import Kind, Source
from rakor.attendance.store import Arrival, receive
from rakor.checkin.models import Device, ServerEpoch
from rakor.db import db
from rakor.demo.people import Holder
from rakor.demo.seed import luck, uid
from rakor.events.models import Event
from rakor.registrations import tickets
from rakor.registrations.models import Registration
from rakor.registrations.rules import Mode

DESKS = 4
COMES = 0.87
GROUP = 500
PEAKS = {Mode.ONSITE: (-20.0, 9.0), Mode.ONLINE: (4.0, 9.0)}  # minutes from the beginning: middle, spread
REISSUED = 3


def device_token(event_id: UUID) -> str:
    """Return the cookie of the demo's first desk; derived, so it can be shown again."""
    return crypto.link_token("demo/desk", event_id, 0)


def desks(event: Event, place: Checkpoint, *, now: datetime) -> list[Device]:
    """Enrol the world's desks at a checkpoint; only the first one's cookie is known to anybody."""
    if db.session.get(ServerEpoch, 1) is None:
        db.session.add(ServerEpoch(number=1, epoch=uid("epoch"), since_at=now))
    made = []
    for number in range(1, DESKS + 1):
        token = device_token(event.id) if number == 1 else None
        device = Device(
            id=uid("device", event.id, number), event_id=event.id, checkpoint_id=place.id, name=f"Meja {number}",
            token_hash=crypto.lookup_hash(token) if token else None, created_at=now,
            expires_at=now + timedelta(days=3), last_seen_at=now,
        )
        db.session.add(device)
        made.append(device)
    db.session.flush()
    return made


def arrive(event: Event, holders: Sequence[Holder], places: Sequence[Checkpoint], *, now: datetime) -> None:
    """Let people come to every session that has begun; the event's row is locked by the caller."""
    begun = _begun(event.id, places, now)
    if not begun:
        return
    devices = desks(event, begun[-1][0], now=now)
    for place, starts_at in begun:
        _session(event, place, starts_at, holders, devices, now)
    for holder in [holder for holder in holders if holder.mode is Mode.ONSITE][-REISSUED:]:
        person = db.session.get(Registration, holder.id)
        if person is not None:
            tickets.reissue(person, now=now)


def _begun(event_id: UUID, places: Sequence[Checkpoint], now: datetime) -> list[tuple[Checkpoint, datetime]]:
    query = select(AgendaItem.id, AgendaItem.starts_at).where(AgendaItem.event_id == event_id)
    starts = {item_id: starts_at for item_id, starts_at in db.session.execute(query) if starts_at}
    sessions = [(place, starts[place.item_id]) for place in places if place.item_id in starts]
    return sorted(((place, at) for place, at in sessions if at <= now), key=lambda one: one[1])


def _session(
    event: Event, place: Checkpoint, starts_at: datetime, holders: Sequence[Holder], devices: Sequence[Device],
    now: datetime,
) -> None:
    chance = luck(f"arrivals/{place.position}")
    facts: list[tuple[datetime, Fact, str]] = []
    for holder in holders:
        if chance.random() > COMES:
            continue
        middle, spread = PEAKS[holder.mode]
        at = starts_at + timedelta(minutes=chance.gauss(middle, spread))
        device = chance.choice(devices) if holder.mode is Mode.ONSITE else None
        facts.append((at, *mark(place.id, at, holder, device)))
        if device and chance.random() < 0.05:  # a double: the same ticket again, minutes later
            again = at + timedelta(minutes=chance.randint(4, 14))
            facts.append((again, *mark(place.id, again, holder, chance.choice(devices))))
    for number in range(5):  # codes that nobody was given
        at = starts_at + timedelta(minutes=chance.gauss(-10, 10))
        device = chance.choice(devices)
        ref = codes.ref(uid("nobody", place.position, number).bytes[:12])
        facts.append((at, _fact(place.id, at, f"nobody/{number}", device, ref, None), device.name))
    past = sorted((one for one in facts if one[0] <= now), key=lambda one: one[0])
    store(event, [(fact, name) for _, fact, name in past], now)


def mark(place_id: UUID, at: datetime, holder: Holder, device: Device | None) -> tuple[Fact, str]:
    """Return one arrival: by a desk's scan, or by the person's own link, and the desk's name."""
    fact = _fact(place_id, at, str(holder.id), device, holder.ref, holder.id)
    return fact, device.name if device else "Daring"


def _fact(
    place_id: UUID, at: datetime, who: str, device: Device | None, ref: bytes, person: UUID | None
) -> Fact:
    return Fact(
        scan_id=uid("scan", place_id, who, at.isoformat()), kind=Kind.TICKET, wall_at=at, checkpoint_id=place_id,
        device_id=device.id if device else None, source=Source.DESK_SCAN if device else Source.LINK,
        registration_id=person, ref=ref, in_roster=person is not None,
    )


def store(event: Event, facts: Sequence[tuple[Fact, str]], now: datetime) -> None:
    """Hand facts to the ledger in groups; the event's row is locked by the caller."""
    db.session.flush()
    numbers = {event.id: event.change_seq}
    for start in range(0, len(facts), GROUP):
        group = [_arrival(event.id, fact, name) for fact, name in facts[start : start + GROUP]]
        receive(db.session.connection(), group, numbers, {}, now=now)
    event.change_seq = numbers[event.id]
    db.session.flush()


def _arrival(event_id: UUID, fact: Fact, place: str) -> Arrival:
    digest = sha256(fact.scan_id.bytes).digest()[:16]
    return Arrival(event_id, fact.scan_id, 0, digest, "", fact, fact.device_id, place=place)
