"""What must hold for every history (check-in.md §8, I2–I4, I6, I9), as functions that take the reducer's
module.

The tests hand in the real module, and mutants of it that these functions must catch.
"""

import itertools
import random
from types import ModuleType

from rakor.attendance.rules.clocks import Clocks
from rakor.attendance.rules.facts import Fact
from rakor.attendance.rules.words import MARKS, Flag, Kind
from rakor.events.rules import Admission
from tests.attendance.histories import CHECKPOINTS, DEVICES, PEOPLE, START, History


def order_and_repeats(module: ModuleType, day: History, rng: random.Random) -> None:
    """I2, I3: shuffled, doubled and taken as a list or a set, the answer is the same."""
    facts = list(day.facts)
    whole = module.reduce_all(facts, day.tickets, day.admission, day.aliases)
    again = [*facts, *rng.sample(facts, len(facts) // 2)]
    rng.shuffle(again)
    assert module.reduce_all(again, day.tickets, day.admission, day.aliases) == whole


def batches(module: ModuleType, day: History, rng: random.Random) -> None:
    """I3: batch by batch, recomputing only what each batch touches, ends in the state of the whole set."""
    facts = list(day.facts)
    rng.shuffle(facts)
    state: dict[object, object] = {}
    known: list[object] = []
    while facts:
        size = rng.randrange(1, 4)
        new, facts = facts[:size], facts[size:]
        if known and rng.random() < 0.3:
            new.append(rng.choice(known))  # a batch that was sent again
        known += [fact for fact in new if fact not in known]
        touched = module.touched(new, known, day.tickets, day.aliases)
        now = module.reduce_all(known, day.tickets, day.admission, day.aliases)
        state |= {key: now[key] for key in touched}
    assert state == module.reduce_all(known, day.tickets, day.admission, day.aliases)


def scans_never_remove(module: ModuleType, day: History, rng: random.Random) -> None:
    """I4: without the facts of an administrator, a larger set never loses a presence."""
    facts = [fact for fact in day.facts if fact.kind not in (Kind.VOID, Kind.RESTORE)]
    if any(ticket.revoked_at for ticket in day.tickets.values()):
        facts = [fact for fact in facts if fact.kind is not Kind.CLOCK]  # a surer clock may move a scan past it
    rng.shuffle(facts)
    present: set[object] = set()
    for size in range(len(facts) + 1):
        now = module.reduce_all(facts[:size], day.tickets, day.admission, day.aliases)
        here = {key for key, found in now.items() if found.present}
        assert present <= here
        present = here


def people_not_scans(module: ModuleType, day: History, rng: random.Random) -> None:
    """I6: the total present never exceeds the distinct people, and stays do not overlap."""
    whole = module.reduce_all(day.facts, day.tickets, day.admission, day.aliases)
    by_place: dict[object, list[object]] = {}
    for (person, place), found in whole.items():
        by_place.setdefault(place, []).append(person)
        stays = found.intervals
        for early, late in itertools.pairwise(stays):
            assert early.end_at is not None
            assert early.end_at <= late.start_at
    people = {module.person_of(fact, day.tickets) for fact in day.facts} - {None}
    assert all(len(set(found)) == len(found) <= len(people) for found in by_place.values())


def stale_exactly_when(module: ModuleType, day: History, rng: random.Random) -> None:
    """I9: a scan of a dead ticket is stale ⇔ roster_seq < revoked_seq, but for one surely shown while it
    lived.
    """
    clocks = Clocks(day.facts)
    for fact in day.facts:
        ticket = day.tickets.get(fact.ref or b"")
        if fact.kind is not Kind.TICKET or ticket is None:
            continue
        moment = clocks.moment(fact)
        lived = ticket.revoked_at is not None and not moment.uncertain and moment.at < ticket.revoked_at
        could_not_know = ticket.revoked_seq is not None and fact.roster_seq < ticket.revoked_seq
        counts, flags = module.standing(fact, ticket, moment, day.admission)
        assert (Flag.STALE in flags) == (could_not_know and not lived)
        dead = ticket.revoked_seq is not None and not lived
        assert counts == (not dead or (day.admission is not Admission.STRICT and (could_not_know or fact.override)))


def voids_win(module: ModuleType, day: History, rng: random.Random) -> None:
    """A void with no later restore takes its mark out, wherever both stand."""
    last = {}
    clocks = Clocks(day.facts)
    for fact in day.facts:
        if fact.kind in (Kind.VOID, Kind.RESTORE):
            last.setdefault(fact.target_id, []).append((clocks.moment(fact).at, fact.kind is Kind.VOID))
    whole = module.reduce_all(day.facts, day.tickets, day.admission, day.aliases)
    voided = {scan for found in whole.values() for scan in found.voided}
    for fact in day.facts:
        if fact.kind in MARKS and fact.scan_id in last and module.person_of(fact, day.tickets):
            assert (fact.scan_id in voided) == max(last[fact.scan_id])[1]


def a_clock_moves_rulings(module: ModuleType, day: History, rng: random.Random) -> None:
    """I3 where it is rare: a clock record that changes which of two rulings of its device was the last."""
    base = {"device_id": DEVICES[0], "segment": CHECKPOINTS[0], "wall_at": START, "mono_ms": 0}
    mark = Fact(PEOPLE[0], Kind.MANUAL, START, CHECKPOINTS[0], DEVICES[1], registration_id=PEOPLE[0])
    clock = Fact(PEOPLE[1], Kind.CLOCK, server_at=START, rtt_ms=1, **base)
    known = [mark, clock]
    assert module.touched([clock], known, {}, {}) == set()
    known.append(Fact(PEOPLE[2], Kind.VOID, target_id=mark.scan_id, **base))
    assert module.touched([clock], known, {}, {}) == {(PEOPLE[0], CHECKPOINTS[0])}


PROPERTIES = [
    a_clock_moves_rulings,
    order_and_repeats,
    batches,
    scans_never_remove,
    people_not_scans,
    stale_exactly_when,
    voids_win,
]
