"""Random histories of a day at the desks, and facts as JSON for the answers shared with the browser."""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from rakor.attendance.rules.facts import Fact, Presence, Ticket
from rakor.attendance.rules.words import Direction, Kind, Source
from rakor.events.rules import Admission

START = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
EVENT = UUID(int=0xE)
CHECKPOINTS = [UUID(int=0xC1), UUID(int=0xC2)]
PEOPLE = [UUID(int=0xA0 + n) for n in range(3)]
DEVICES = [UUID(int=0xD0 + n) for n in range(3)]
ADMIN = None


@dataclass(frozen=True)
class History:
    """A set of facts, the tickets they name, and the event's policy."""

    facts: tuple[Fact, ...]
    tickets: dict[bytes, Ticket]
    admission: Admission
    aliases: dict[UUID, UUID]


def made_tickets(rng: random.Random) -> dict[bytes, Ticket]:
    tickets = {}
    for number, person in enumerate(PEOPLE):
        for epoch in range(2):
            ref = bytes([number, epoch] * 6)
            dead = rng.random() < (0.5 if epoch == 0 else 0.2)
            tickets[ref] = Ticket(
                ref,
                EVENT,
                person,
                revoked_seq=rng.randrange(1, 60) if dead else None,
                revoked_at=START + timedelta(seconds=rng.randrange(1200)) if dead and rng.random() < 0.5 else None,
                replaced=dead and rng.random() < 0.5,
            )
    return tickets


def history(rng: random.Random, size: int | None = None) -> History:
    """Return a small, dense history: few people, few devices, seconds apart, wrong clocks, voids and
    restores.
    """
    tickets = made_tickets(rng)
    skews = {device: timedelta(seconds=rng.choice([0, 0, 40, -4000, 86400])) for device in DEVICES}
    facts: list[Fact] = []
    for seq in range(size or rng.randrange(1, 14)):
        device = rng.choice(DEVICES)
        seconds = rng.randrange(600) if rng.random() < 0.7 else rng.randrange(30)
        segment = UUID(int=0x50 + rng.randrange(2))
        base: dict[str, Any] = {
            "scan_id": UUID(int=rng.getrandbits(128), version=4),
            "wall_at": START + timedelta(seconds=seconds) + skews[device],
            "mono_ms": seconds * 1000 + (500_000 if segment.int & 1 else 0),
            "segment": segment,
            "device_id": device,
            "device_seq": seq + 1,
        }
        facts.append(one(rng, base, tickets, facts, seconds))
    aliases = {PEOPLE[0]: PEOPLE[1]} if rng.random() < 0.2 else {}
    if rng.random() < 0.1:
        aliases[CHECKPOINTS[1]] = CHECKPOINTS[0]
    return History(tuple(facts), tickets, rng.choice(list(Admission)), aliases)


def one(
    rng: random.Random, base: dict[str, Any], tickets: dict[bytes, Ticket], before: list[Fact], seconds: int
) -> Fact:
    chance = rng.random()
    if chance < 0.15:
        server_at = START + timedelta(seconds=seconds, milliseconds=rng.randrange(200))
        return Fact(kind=Kind.CLOCK, server_at=server_at, rtt_ms=rng.randrange(1, 400), **base)
    if chance < 0.3 and before:
        ruled = rng.choice(before).scan_id
        if rng.random() < 0.5:  # the coordinator rules at the server, whose clock is right
            base |= {"device_id": ADMIN, "segment": None, "mono_ms": None}
        return Fact(kind=rng.choice([Kind.VOID, Kind.VOID, Kind.RESTORE]), target_id=ruled, **base)
    base |= {
        "checkpoint_id": rng.choice(CHECKPOINTS),
        "direction": rng.choice([Direction.IN, Direction.IN, Direction.OUT]),
        "roster_seq": rng.randrange(60),
        "override": rng.random() < 0.2,
    }
    if chance < 0.4:
        return Fact(kind=Kind.MANUAL, registration_id=rng.choice(PEOPLE), **base)
    if chance < 0.5:
        return Fact(kind=Kind.TICKET, ref=b"unknown code", **base)
    source = Source.AUTO if base["direction"] is Direction.OUT and chance < 0.6 else Source.DESK_SCAN
    return Fact(kind=Kind.TICKET, ref=rng.choice(list(tickets)), source=source, **base)


def plain(value: Any) -> Any:
    """Return a value as JSON: moments as milliseconds, ids and refs as text."""
    if isinstance(value, datetime):
        return round(value.timestamp() * 1000)
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, UUID):
        return str(value)
    return value


def as_json(thing: Fact | Ticket) -> dict[str, Any]:
    """Return a fact or a ticket as JSON, under the field's own names; what is the default is left out."""
    defaults = thing._field_defaults
    told = {name: value for name, value in thing._asdict().items() if name not in defaults or value != defaults[name]}
    return {name: plain(value) for name, value in told.items()}


def presence_json(presence: Presence) -> dict[str, Any]:
    """Return a presence as JSON."""
    stays = [
        {
            "start_at": plain(stay.start_at),
            "end_at": plain(stay.end_at),
            "opened_by": str(stay.opened_by),
            "auto": stay.auto,
        }
        for stay in presence.intervals
    ]
    return {
        "present": presence.present,
        "inside": presence.inside,
        "intervals": stays,
        "duplicates": [str(scan) for scan in presence.duplicates],
        "flags": sorted(presence.flags),
        "voided": sorted(str(scan) for scan in presence.voided),
        "refused": sorted(str(scan) for scan in presence.refused),
        "orphan_outs": [str(scan) for scan in presence.orphan_outs],
    }
