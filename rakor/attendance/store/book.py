"""The open book of one event: the facts of everybody a group touches, grown record by record."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from rakor.attendance.rules.clocks import Clocks
from rakor.attendance.rules.facts import ABSENT, Fact, Interval, Moment, Presence, Ticket
from rakor.attendance.rules.reducer import Key, named, person_of, reduce, touched
from rakor.attendance.rules.verdicts import judge
from rakor.attendance.rules.words import MARKS, Kind, Source, Verdict
from rakor.attendance.store.receipts import Placed


class Book:
    """Facts by whom and where they are about. ``merged`` maps checkpoints to what they became."""

    def __init__(self, event_id: UUID, merged: Mapping[UUID, UUID]) -> None:
        self.event_id = event_id
        self.tickets: dict[bytes, Ticket] = {}
        self._merged = merged
        self._all: dict[UUID, Fact] = {}
        self._places: dict[UUID, str] = {}
        self._marks: dict[Key, list[Fact]] = defaultdict(list)
        self._rulings: dict[UUID, list[Fact]] = defaultdict(list)
        self._clock_facts: list[Fact] = []
        self._clocks = Clocks(())
        self._reduced: dict[Key, Presence] = {}

    def add(self, placed: Placed) -> None:
        """Enter one fact; the same fact twice is once."""
        fact = placed.fact
        if fact.scan_id in self._all:
            return
        self._all[fact.scan_id] = fact
        self._places[fact.scan_id] = placed.place
        if placed.ticket is not None:
            self.tickets[placed.ticket.ref] = placed.ticket
        if fact.kind in MARKS:
            key = self.key(fact)
            if key is not None:
                self._marks[key].append(fact)
                self._reduced.pop(key, None)
            return
        self._reduced.clear()
        if fact.kind is Kind.CLOCK:
            self._clock_facts.append(fact)
            self._clocks = Clocks(self._clock_facts)
        elif fact.target_id is not None:
            self._rulings[fact.target_id].append(fact)

    def key(self, fact: Fact) -> Key | None:
        """Return whose presence at which checkpoint a mark is about; None for an unknown code."""
        person = person_of(fact, self.tickets)
        if person is None or fact.checkpoint_id is None:
            return None
        return person, named(fact.checkpoint_id, self._merged)

    def show(self, fact: Fact) -> Verdict:
        """Return the verdict for a fact that is about to be entered, by what was received before it."""
        ticket = self.tickets.get(fact.ref) if fact.ref is not None else None
        key = self.key(fact)
        return judge(fact, ticket, self.presence(key) if key else ABSENT, self.event_id)

    def presence(self, key: Key) -> Presence:
        """Return what the facts entered so far say about a person at a checkpoint."""
        marks = self._marks.get(key)
        if not marks:
            return ABSENT
        if key not in self._reduced:
            rulings = [ruling for mark in marks for ruling in self._rulings.get(mark.scan_id, ())]
            self._reduced[key] = reduce([*marks, *rulings], self.tickets, clocks=self._clocks)
        return self._reduced[key]

    def moment(self, fact: Fact) -> Moment:
        """Return when a fact happened, by the clock records entered so far."""
        return self._clocks.moment(fact)

    def touched(self, fresh: Iterable[Fact]) -> set[Key]:
        """Return whose presence the fresh facts, entered already, may have changed."""
        return touched(fresh, self._all.values(), self.tickets, self._merged)

    def place(self, stay: Interval) -> str:
        """Return the name of the desk where a stay began."""
        return self._places.get(stay.opened_by, "")

    def source(self, stay: Interval) -> Source:
        """Return by which means a stay began."""
        return self._all[stay.opened_by].source

    def fact_count(self, key: Key) -> int:
        """Return how many facts a presence rests on."""
        return len(self._marks.get(key, ()))
