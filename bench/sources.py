"""One day's facts from every source, in random orders: one state of attendance, by the reducer and by the ledger."""

import random
import tempfile
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import select

from bench._hall import build
from bench._serving import free_port
from rakor import audit, clock
from rakor.app import create_app
from rakor.attendance.models import PresenceRow
from rakor.attendance.rules.facts import Fact, Presence, Ticket
from rakor.attendance.rules.reducer import reduce_all
from rakor.attendance.rules.words import Direction, Kind, Source
from rakor.attendance.store.own import enter_own
from rakor.db import db, transaction
from rakor.events.models import Event
from rakor.events.rules import Admission
from rakor.registrations.models import Registration
from rakor.sources.rules import marking, saying, together, zoom_facts
from rakor.sources.rules.zoom_facts import Session

WHAT = "the same facts from all sources in 10,000 random orders, and in some through the ledger: states that differ"
ORDERS, FEW_ORDERS, STORED, FEW_STORED = 10_000, 1500, 60, 12
PEOPLE, SEED = 12, 20_261_130
State = frozenset[tuple[UUID, bool, datetime | None, int]]


def run(quick: bool) -> dict[str, Any]:
    """Shuffle and compare; an attendance that lets the last arrival decide must be seen to differ."""
    luck = random.Random(SEED)
    orders, stored = (FEW_ORDERS, FEW_STORED) if quick else (ORDERS, STORED)
    people, place, now = [UUID(int=luck.getrandbits(128)) for _ in range(PEOPLE)], UUID(int=1), clock.now()
    facts = a_day(luck, people, place, now)
    apart = _differing(luck, facts, orders, lambda some: _reduced(reduce_all(some, {})))
    last = _differing(luck, facts, orders // 10, _last_word)
    in_ledger = _through_the_ledger(luck, stored)
    return {
        "ok": apart == 0 and in_ledger == 0 and last > 0,
        "orders": orders,
        "facts": len(facts),
        "sources": len({fact.source for fact in facts}),
        "states_that_differ": apart,
        "ledger_orders": stored,
        "ledger_states_that_differ": in_ledger,
        "bites": {"the last arrival decides": last},
        "limits": {"states_that_differ": 0, "ledger_states_that_differ": 0},
        "seed": SEED,
    }


def a_day(luck: random.Random, people: Sequence[UUID], place: UUID, now: datetime) -> list[Fact]:
    """Return what all sources say of these people at one session, an hour long, that ended ``now``."""
    starts, opening, form = now - timedelta(hours=1), uuid5(place, "opening"), uuid5(place, "form")
    session, found = Session(place, starts, now), list[Fact]()
    for who in people:
        at = starts + timedelta(minutes=luck.randrange(50))
        spans = [(at, at + timedelta(minutes=luck.randrange(1, 40))) for _ in range(luck.randrange(3))]
        said: list[list[Fact]] = [
            [saying.stated(opening, place, who, luck.choice((Source.CODE_WORD, Source.SELF_SCAN)), at)],
            [together.tick(who, place, at)],
            marking.by_hand(form, who, place, at, luck.choice(list(Admission))),
            zoom_facts.facts_of(who, spans, [session], timedelta(minutes=5)),
            [_scan(who, place, starts + timedelta(seconds=luck.randrange(3600)), luck.choice(list(Direction)), n)
             for n in range(luck.randrange(3))],
        ]  # fmt: skip
        own = [fact for some in luck.sample(said, luck.randrange(1, len(said) + 1)) for fact in some]
        found += own
        found += [_close(who, place, now)] if luck.random() < 0.5 else []
        if own and luck.random() < 0.3:
            ruling = luck.choice((Kind.VOID, Kind.RESTORE))
            target = luck.choice(own).scan_id
            found.append(Fact(uuid5(target, ruling), ruling, now, source=Source.MANUAL, target_id=target))
    return found


def _scan(who: UUID, place: UUID, at: datetime, way: Direction, number: int) -> Fact:
    """A desk's scan, stated for the person: the ticket's look-up is another drill's."""
    return Fact(uuid5(who, f"{place} scan {number}"), Kind.TICKET, at, place, registration_id=who, direction=way)


def _close(who: UUID, place: UUID, at: datetime) -> Fact:
    base = _scan(who, place, at, Direction.OUT, 99)
    return base._replace(source=Source.AUTO)


def _differing(
    luck: random.Random, facts: Sequence[Fact], orders: int, state: Callable[[Sequence[Fact]], State]
) -> int:
    """Return in how many random orders, some facts said twice, the state is another."""
    wanted, differing = state(facts), 0
    for _order in range(orders):
        mixed = [*facts, *luck.sample(facts, luck.randrange(len(facts)))]
        luck.shuffle(mixed)
        differing += state(mixed) != wanted
    return differing


def _reduced(found: dict[tuple[UUID, UUID], Presence]) -> State:
    return frozenset(
        (who, one.present, one.first_in_at, len(one.intervals)) for (who, _place), one in found.items()
    )


def _last_word(facts: Iterable[Fact]) -> State:
    """The fault: whoever arrives last decides."""
    last = {fact.registration_id: fact for fact in facts if fact.registration_id is not None}
    return frozenset(
        (who, fact.direction is Direction.IN, fact.wall_at, 1) for who, fact in last.items() if who is not None
    )


def _through_the_ledger(luck: random.Random, orders: int) -> int:
    """Enter a day in random pieces into the real ledger, once for each order, and compare with the reducer."""
    with tempfile.TemporaryDirectory() as folder:
        people = PEOPLE * orders
        hall = build(Path(folder) / "hall", f"sqlite:///{folder}/rakor.sqlite3", free_port(), people, 0)
        with create_app(hall.settings).app_context():
            event_id, admission = db.session.execute(select(Event.id, Event.admission)).one()
            everybody = list(db.session.scalars(select(Registration.id)))
            db.session.rollback()
            differing = 0
            for place in range(orders):
                own = everybody[place * PEOPLE : (place + 1) * PEOPLE]
                facts = a_day(luck, own, hall.checkpoint_id, clock.now())
                wanted = _reduced(reduce_all(facts, dict[bytes, Ticket](), admission))
                _enter(luck, event_id, facts)
                differing += _stored(own) != wanted
            return differing


def _enter(luck: random.Random, event_id: UUID, facts: Sequence[Fact]) -> None:
    mixed = [*facts, *luck.sample(facts, len(facts) // 3)]
    luck.shuffle(mixed)
    while mixed:
        size = luck.randrange(1, 20)
        piece, mixed = mixed[:size], mixed[size:]
        with transaction():
            audit.record("bench.enter")
            enter_own(event_id, piece, "", now=clock.now())


def _stored(people: Sequence[UUID]) -> State:
    rows = db.session.scalars(select(PresenceRow).where(PresenceRow.registration_id.in_(people))).all()
    found = frozenset((row.registration_id, row.present, row.first_in_at, len(row.intervals)) for row in rows)
    db.session.rollback()
    return found
