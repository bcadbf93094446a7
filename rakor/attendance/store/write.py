"""What the ledger writes: facts and held records once, presence as an upsert in executemany form."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, update

from rakor.attendance.models import FactRow, HeldRecord, PresenceRow
from rakor.attendance.rules.facts import Fact, Presence
from rakor.attendance.rules.words import Hold, Verdict
from rakor.attendance.store.book import Book, Line
from rakor.attendance.store.receipts import Arrival
from rakor.db import table_of
from rakor.lean import Connected
from rakor.prepared import Prepared, Upsert

_PERSON = Fact._fields.index("registration_id")
_ARRIVAL_FIELDS = ("event_id", "place", "reason", "sealed_name", "operator_id", "device_verdict", "digest")
_arrival_values = attrgetter(*_ARRIVAL_FIELDS)
_FACT_COLUMNS = (*Fact._fields, *_ARRIVAL_FIELDS, "shown", "received_at", "change_seq")
_RARE = ("registration_id", "target_id", "server_at", "rtt_ms", "sealed_name", "operator_id", "device_verdict")
_HELD_FIELDS = ("scan_id", "digest", "event_id", "device_id", "device_seq", "record")
_held_values = attrgetter(*_HELD_FIELDS)
_FACTS = Upsert(FactRow, replace=False)
_HELD = Upsert(HeldRecord, replace=False)
_PRESENCES = Upsert(PresenceRow, replace=True)
_F = table_of(FactRow)
_ADOPT = Prepared(update(_F).where(_F.c.scan_id == bindparam("ruling")).values(registration_id=bindparam("person")))
Numbers = dict[UUID, int]


class Entry(NamedTuple):
    """A new fact in the book: whom it is about, the verdict it was shown, and its line, where it is a mark."""

    arrival: Arrival
    fact: Fact
    person: UUID | None
    shown: Verdict
    line: Line | None


def facts(connection: Connected, entries: Sequence[Entry], change_seq: Numbers, now: datetime) -> None:
    """Add facts with the people they are about and the verdicts they were shown; each gets its own number."""
    rows = []
    for event_id, own in _by_event(entries, change_seq):
        last = change_seq[event_id]
        for number, (arrival, fact, person, shown, _line) in enumerate(own, last + 1):
            said = (*fact[:_PERSON], person, *fact[_PERSON + 1 :])
            rows.append((*said, *_arrival_values(arrival), shown, now, number))
        change_seq[event_id] = last + len(own)
    _FACTS.run(connection, _FACT_COLUMNS, rows, _RARE)


def adopt(connection: Connected, rulings: Mapping[UUID, UUID | None]) -> None:
    """Note whom rulings are about that came before their targets, so that they are read again with their people."""
    known = [{"ruling": scan_id, "person": person} for scan_id, person in rulings.items() if person is not None]
    if known:
        _ADOPT.run_many(connection, known)


def held(connection: Connected, waiting: Iterable[tuple[Arrival, Hold]], now: datetime) -> None:
    """Keep records that wait for a person, each once."""
    rows = [(*_held_values(arrival), hold, now) for arrival, hold in waiting]
    _HELD.run(connection, (*_HELD_FIELDS, "hold", "received_at"), rows)


def presences(connection: Connected, entries: Sequence[Entry], books: Mapping[UUID, Book], change_seq: Numbers) -> None:
    """Write the presence of everybody the new facts touched, each with its own number."""
    rows = []
    for event_id, own in _by_event(entries, books):
        book, last = books[event_id], change_seq[event_id]
        lines = _lines(book, own)
        rows += _numbered(event_id, book, lines, last)
        change_seq[event_id] = last + len(lines)
    _PRESENCES.run(connection, (*PRESENCE_COLUMNS, "change_seq"), rows)


def again(connection: Connected, event_id: UUID, book: Book, lines: Sequence[Line], last: int) -> int:
    """Write presences that were counted anew, numbered from ``last`` on; return the last number given."""
    _PRESENCES.run(connection, (*PRESENCE_COLUMNS, "change_seq"), _numbered(event_id, book, lines, last))
    return last + len(lines)


def _numbered(event_id: UUID, book: Book, lines: Iterable[Line], last: int) -> list[tuple[Any, ...]]:
    """Return the rows of ``lines``, each with its own number from ``last`` on."""
    return [(*presence_row(event_id, line, book), number) for number, line in enumerate(lines, last + 1)]


def _by_event(entries: Sequence[Entry], events: Collection[UUID]) -> list[tuple[UUID, Sequence[Entry]]]:
    """Return the new facts of each of ``events``; the desks of a group are nearly always of one."""
    if len(events) == 1:
        return [(event_id, entries) for event_id in events]
    return [(event_id, [one for one in entries if one.arrival.event_id == event_id]) for event_id in events]


def _lines(book: Book, entries: Sequence[Entry]) -> Collection[Line]:
    """Return the lines that may have changed: those of the marks, and more only where a clock or ruling came."""
    if all(entry.line is not None for entry in entries):
        return dict.fromkeys(entry.line for entry in entries if entry.line is not None)
    return book.touched([entry.fact for entry in entries])


PRESENCE_COLUMNS = (
    *("event_id", "registration_id", "checkpoint_id", "present", "inside", "first_in_at", "last_out_at"),
    *("first_source", "first_place", "fact_count", "duplicate_count", "flags", "intervals"),
)


def presence_row(event_id: UUID, line: Line, book: Book) -> tuple[Any, ...]:
    """Return the values of one presence in the order of ``PRESENCE_COLUMNS``."""
    found = book.presence(line)
    opener = book.opener(found.intervals[0]) if found.intervals else None
    return (
        event_id,
        *line.key,
        found.present,
        found.inside,
        found.first_in_at,
        found.last_out_at,
        opener.fact.source if opener else None,
        opener.place if opener else "",
        len(line.marks),
        len(found.duplicates),
        " ".join(sorted(found.flags)),
        _stays(found),
    )


def _stays(found: Presence) -> str:
    """Return the stays as JSON: a member each for ``start_at``, ``end_at`` (null: still inside) and ``auto``."""
    told = [
        f'{{"start_at": "{stay.start_at.isoformat()}", '
        f'"end_at": {_quoted(stay.end_at)}, "auto": {"true" if stay.auto else "false"}}}'
        for stay in found.intervals
    ]
    return f"[{', '.join(told)}]"


def _quoted(at: datetime | None) -> str:
    return f'"{at.isoformat()}"' if at else "null"
