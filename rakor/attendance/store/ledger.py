"""The ledger: takes a group of records in, once each, and makes the presence of everybody they touch anew.

One function serves one scan or all that wait, so the code is one straight line and the number of statements
does not grow with the group. The caller holds the lock of every event in it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from rakor.attendance.rules.facts import Fact, House
from rakor.attendance.rules.words import MARKS, Hold, Kind, Status, Verdict
from rakor.attendance.store import load, write
from rakor.attendance.store.book import Book
from rakor.attendance.store.load import Asked
from rakor.attendance.store.receipts import Arrival, Found, Placed, Receipt, Stored
from rakor.attendance.store.write import Entry
from rakor.lean import Connected

KNOWN_PERSON = frozenset({Verdict.IN, Verdict.ALREADY, Verdict.OUT})


@dataclass
class Sorted:
    """A group, sorted: facts that are new, records that wait with why, and the answer's status for every
    record.
    """

    fresh: dict[UUID, Arrival] = field(default_factory=dict)
    held: dict[tuple[UUID, bytes], tuple[Arrival, Hold]] = field(default_factory=dict)
    statuses: list[Status] = field(default_factory=list)


@dataclass(frozen=True)
class Outcome:
    """What became of a group. The answers are made from it after the commit, when nobody waits for the turn."""

    statuses: Sequence[Status]
    known: Mapping[UUID, Stored]
    entries: Mapping[UUID, Entry]
    books: Mapping[UUID, Book]
    found: Mapping[bytes, Found]

    def receipt(self, arrival: Arrival, number: int) -> Receipt:
        """Return the answer to ``arrival``, the group's record ``number`` (from 0)."""
        fact, status = arrival.fact, self.statuses[number]
        if status is Status.QUARANTINED or fact is None:
            return Receipt(arrival.scan_id, Status.QUARANTINED, Verdict.HELD)
        entry, book = self.entries.get(arrival.scan_id), self.books[arrival.event_id]
        verdict = entry.shown if entry else self.known[arrival.scan_id].shown
        line = entry.line if entry else book.line(fact)
        if line is None or verdict not in KNOWN_PERSON:
            owner = str(arrival.owner) if verdict is Verdict.OTHER_DESK else ""
            return Receipt(arrival.scan_id, status, verdict, first_place=owner)
        one = self.found.get(fact.ref) if fact.ref is not None else None
        who = load.who(*one.shown) if one is not None else None
        stays = book.presence(line).intervals if verdict is Verdict.ALREADY else ()
        if stays:
            return Receipt(arrival.scan_id, status, verdict, who, stays[-1].start_at, book.opener(stays[-1]).place)
        return Receipt(arrival.scan_id, status, verdict, who, book.moment(fact).at, arrival.place)


def receive(
    connection: Connected,
    arrivals: Sequence[Arrival],
    change_seq: dict[UUID, int],
    houses: Mapping[UUID, House],
    *,
    now: datetime,
    asked: Asked | None = None,
) -> Outcome:
    """Store what is new, recompute whom it touches, and return what became of every record, in order.

    ``change_seq`` holds the last number of every event in the group, read under its lock; it is raised in place.
    ``houses`` say how each event keeps its doors; ``asked`` is ``load.ask`` of the same records, where the caller has
    asked already. A repeat gets the verdict of its first receipt.
    """
    asked = asked or load.ask(connection, arrivals)
    known = load.stored(asked)
    group = sort(arrivals, known)
    found = load.tickets(asked)
    books = {event_id: Book(event_id, houses.get(event_id) or House()) for event_id in change_seq}
    people = _people(arrivals, known, found)
    fresh = [arrival.fact for arrival in group.fresh.values() if arrival.fact is not None]
    early = _open(connection, asked, books, fresh, set(people.values()) - {None})
    write.adopt(connection, _adopted(early, group.fresh, people))
    entries = _enter(group, books, people, found)
    write.facts(connection, entries, change_seq, now)
    write.held(connection, group.held.values(), now)
    write.presences(connection, entries, books, change_seq)
    return Outcome(group.statuses, known, {one.arrival.scan_id: one for one in entries}, books, found)


def recompute(
    connection: Connected, house: House, event_id: UUID, people: set[UUID], change_seq: dict[UUID, int]
) -> None:
    """Make the presence of ``people`` anew: their tickets changed under facts that stand. Needs the event's lock."""
    book = Book(event_id, house)
    placed = load.ledger(connection, people, ())
    for one in (*placed, *load.clocks(connection, {one.fact.device_id for one in placed} - {None})):
        if one.event_id == event_id:
            book.add(one)
    change_seq[event_id] = write.again(connection, event_id, book, list(book.lines().values()), change_seq[event_id])


def sort(arrivals: Sequence[Arrival], known: Mapping[UUID, Stored]) -> Sorted:
    """Part a group into new facts, records that wait, and repeats."""
    group = Sorted()
    for arrival in arrivals:
        stored, twin = known.get(arrival.scan_id), group.fresh.get(arrival.scan_id)
        if stored is not None and stored.digest == arrival.digest:
            group.statuses.append(Status.QUARANTINED if stored.held else Status.DUPLICATE)
        elif twin is not None and twin.digest == arrival.digest:
            group.statuses.append(Status.DUPLICATE)
        elif hold := _hold(arrival, stored, twin, known):
            group.held[arrival.scan_id, arrival.digest] = (arrival, hold)
            group.statuses.append(Status.QUARANTINED)
        else:
            group.fresh[arrival.scan_id] = arrival
            group.statuses.append(Status.STORED)
    return group


def _hold(arrival: Arrival, stored: Stored | None, twin: Arrival | None, known: Mapping[UUID, Stored]) -> Hold | None:
    if arrival.hold is not None or arrival.fact is None:
        return arrival.hold or Hold.UNREADABLE
    if twin is not None or (stored is not None and not stored.held):
        return Hold.CONFLICT
    target = known.get(arrival.fact.target_id) if arrival.fact.target_id else None
    return Hold.FOREIGN if target is not None and target.event_id != arrival.event_id else None


def _people(
    arrivals: Sequence[Arrival], known: Mapping[UUID, Stored], found: Mapping[bytes, Found]
) -> dict[UUID, UUID | None]:
    """Return whom each record is about: its ticket's person at this event, the one it names, or its target's."""
    people: dict[UUID, UUID | None] = {}
    for arrival in sorted(arrivals, key=lambda one: one.fact is not None and one.fact.target_id is not None):
        fact, stored = arrival.fact, known.get(arrival.scan_id)
        if stored is not None and not stored.held:
            people[arrival.scan_id] = stored.registration_id
        elif fact is not None and fact.target_id is not None:
            target = known.get(fact.target_id)
            people[arrival.scan_id] = target.registration_id if target else people.get(fact.target_id)
        elif fact is not None:
            ticket = found.get(fact.ref) if fact.ref is not None else None
            here = ticket is not None and ticket.ticket.event_id == arrival.event_id
            people[arrival.scan_id] = ticket.ticket.registration_id if ticket and here else fact.registration_id
    return people


def _open(
    connection: Connected, asked: Asked, books: dict[UUID, Book], fresh: list[Fact], people: set[UUID | None]
) -> list[Placed]:
    """Enter what the ledger knows about everybody the group touches; return rulings that came before their targets."""
    people = people | load.people(asked)
    placed = load.ledger(connection, people, {fact.scan_id for fact in fresh if fact.kind in MARKS})
    for one in placed:
        if one.event_id in books:  # a ruling from another event is no ruling here
            books[one.event_id].add(one)
    others = {one.fact.device_id for one in placed} - {fact.device_id for fact in fresh}
    for clock in (*load.asked_clocks(asked), *load.clocks(connection, others - {None})):
        if clock.event_id in books:
            books[clock.event_id].add(clock)
    return [one for one in placed if one.fact.registration_id is None and one.fact.target_id is not None]


def _adopted(
    early: Sequence[Placed], fresh: Mapping[UUID, Arrival], people: Mapping[UUID, UUID | None]
) -> dict[UUID, UUID | None]:
    """Return whom rulings are about that came before their targets; a ruling from another event is about nobody."""
    targets = [(one, fresh.get(one.fact.target_id)) for one in early if one.fact.target_id is not None]
    return {
        one.fact.scan_id: people.get(target.scan_id)
        for one, target in targets
        if target is not None and target.event_id == one.event_id
    }


def _enter(
    group: Sorted, books: dict[UUID, Book], people: Mapping[UUID, UUID | None], found: Mapping[bytes, Found]
) -> list[Entry]:
    """Judge the new facts in the order of their receipt and enter each.

    Clock records go first: they judge nobody, and give the others their time.
    """
    entries: list[Entry] = []
    for arrival in sorted(group.fresh.values(), key=lambda one: one.fact is None or one.fact.kind is not Kind.CLOCK):
        fact, book = arrival.fact, books[arrival.event_id]
        if fact is None:
            continue
        one = found.get(fact.ref) if fact.ref is not None else None
        foreign = one is not None and one.ticket.event_id != arrival.event_id
        if one is not None and not foreign:
            book.tickets[one.ticket.ref] = one.ticket
        mark = fact.kind in MARKS
        line = book.line(fact) if mark else None
        shown = Verdict.OTHER_EVENT if foreign and mark else book.show(fact, line, elsewhere=arrival.owner > 0)
        book.add(Placed(arrival.event_id, fact, arrival.place), line)
        entries.append(Entry(arrival, fact, people.get(arrival.scan_id), shown, line))
    return entries
