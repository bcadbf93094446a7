"""The open book of one event: the facts of everybody a group touches, grown record by record."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from rakor.attendance.rules.clocks import Clocks
from rakor.attendance.rules.facts import ABSENT, Fact, House, Interval, Moment, Presence, Ticket
from rakor.attendance.rules.reducer import ALWAYS, Key, named, person_of, reduce, touched
from rakor.attendance.rules.verdicts import judge
from rakor.attendance.rules.words import MARKS, Kind, Verdict
from rakor.attendance.store.receipts import Placed


@dataclass(slots=True, eq=False)
class Line:
    """One person at one checkpoint: the marks entered so far, and what they reduce to (None: to be made anew)."""

    key: Key
    marks: list[Fact] = field(default_factory=list)
    presence: Presence | None = ABSENT


class Book:
    """Facts by whom and where they are about, in an event that keeps its doors as ``house`` says."""

    def __init__(self, event_id: UUID, house: House) -> None:
        self.event_id = event_id
        self.house = house
        self.tickets: dict[bytes, Ticket] = {}
        self._all: dict[UUID, Placed] = {}
        self._lines: dict[Key, Line] = {}
        self._rulings: dict[UUID, list[Fact]] = defaultdict(list)
        self._clocks = Clocks(())

    def add(self, placed: Placed, line: Line | None = None) -> None:
        """Enter one fact; the same fact twice is once. ``line`` is the mark's, where the caller knows it."""
        fact = placed.fact
        if self._all.setdefault(fact.scan_id, placed) is not placed:
            return
        if placed.ticket is not None:
            self.tickets[placed.ticket.ref] = placed.ticket
        if fact.kind in MARKS:
            line = line or self.line(fact)
            if line is not None:
                line.marks.append(fact)
                line.presence = None
            return
        if fact.kind is Kind.CLOCK:
            moved = self._clocks.add(fact)
        else:
            moved = fact.target_id is not None
            if fact.target_id is not None:
                self._rulings[fact.target_id].append(fact)
        for known in self._lines.values() if moved else ():
            known.presence = None

    def line(self, fact: Fact) -> Line | None:
        """Return the line of whom a mark is about, where; None for an unknown code."""
        person = person_of(fact, self.tickets)
        if person is None or fact.checkpoint_id is None:
            return None
        key = person, named(fact.checkpoint_id, self.house.merged)
        line = self._lines.get(key)
        if line is None:
            line = self._lines[key] = Line(key)
        return line

    def show(self, fact: Fact, line: Line | None, *, elsewhere: bool = False) -> Verdict:
        """Return the verdict for a fact that is about to be entered, by what was received before it."""
        ticket = self.tickets.get(fact.ref) if fact.ref is not None else None
        prior = self.presence(line) if line else ABSENT
        return judge(fact, ticket, prior, self.event_id, self.house.admission, elsewhere=elsewhere)

    def presence(self, line: Line) -> Presence:
        """Return what the facts entered so far say about a person at a checkpoint."""
        if line.presence is None:
            rulings = self._rulings and [one for mark in line.marks for one in self._rulings.get(mark.scan_id, ())]
            line.presence = reduce(
                [*line.marks, *rulings], self.tickets, self.house.admission, self._clocks, self.house.days or ALWAYS
            )
        return line.presence

    def moment(self, fact: Fact) -> Moment:
        """Return when a fact happened, by the clock records entered so far."""
        return self._clocks.moment(fact)

    def touched(self, fresh: Sequence[Fact]) -> list[Line]:
        """Return the lines that the fresh facts, entered already, may have changed."""
        known = [placed.fact for placed in self._all.values()]
        return [self._lines[key] for key in sorted(touched(fresh, known, self.tickets, self.house.merged))]

    def lines(self) -> Mapping[Key, Line]:
        """Return every line of the book."""
        return self._lines

    def desk(self, scan_id: UUID) -> str:
        """Return the name of the desk that made a fact."""
        placed = self._all.get(scan_id)
        return placed.place if placed else ""

    def opener(self, stay: Interval) -> Placed:
        """Return the fact by which a stay began."""
        return self._all[stay.opened_by]
