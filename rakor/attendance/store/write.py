"""What the ledger writes: facts and held records once, presence as an upsert in executemany form."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime
from operator import attrgetter
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from rakor.attendance.models import FactRow, HeldRecord, PresenceRow
from rakor.attendance.rules.facts import Fact, Presence
from rakor.attendance.rules.reducer import Key
from rakor.attendance.rules.words import Hold, Verdict
from rakor.attendance.store.book import Book
from rakor.attendance.store.bulk import Upsert
from rakor.attendance.store.receipts import Arrival

FACT_FIELDS = tuple(field.name for field in fields(Fact))
_FACT_VALUES = attrgetter(*FACT_FIELDS)
RARE = ("registration_id", "target_id", "server_at", "rtt_ms", "sealed_name", "operator_id", "device_verdict")
_FACTS = Upsert(FactRow, replace=False)
_HELD = Upsert(HeldRecord, replace=False)
_PRESENCES = Upsert(PresenceRow, replace=True)
Numbers = dict[UUID, int]


def _next(change_seq: Numbers, event_id: UUID) -> int:
    change_seq[event_id] += 1
    return change_seq[event_id]


def facts(
    connection: Connection,
    rows: Iterable[tuple[Arrival, UUID | None]],
    shown: dict[UUID, Verdict],
    change_seq: Numbers,
    now: datetime,
) -> None:
    """Add facts with the people they are about and the verdicts they were shown; each gets its own number."""
    values = []
    for arrival, person in rows:
        row = dict(zip(FACT_FIELDS, _FACT_VALUES(arrival.fact), strict=True))
        row |= {
            "event_id": arrival.event_id,
            "registration_id": person,
            "place": arrival.place,
            "reason": arrival.reason,
            "sealed_name": arrival.sealed_name,
            "operator_id": arrival.operator_id,
            "device_verdict": arrival.device_verdict,
            "shown": shown[arrival.scan_id],
            "digest": arrival.digest,
            "received_at": now,
            "change_seq": _next(change_seq, arrival.event_id),
        }
        values.append(row)
    _FACTS.run(connection, values, RARE)


def held(connection: Connection, waiting: Iterable[tuple[Arrival, Hold]], now: datetime) -> None:
    """Keep records that wait for a person, each once."""
    values = [
        {
            "scan_id": arrival.scan_id,
            "digest": arrival.digest,
            "event_id": arrival.event_id,
            "device_id": arrival.device_id,
            "device_seq": arrival.device_seq,
            "hold": hold,
            "record": arrival.record,
            "received_at": now,
        }
        for arrival, hold in waiting
    ]
    _HELD.run(connection, values)


def presences(connection: Connection, fresh: list[Fact], books: dict[UUID, Book], change_seq: Numbers) -> None:
    """Write the presence of everybody the fresh facts touched, each with its own number."""
    values = []
    for event_id, book in books.items():
        for key in sorted(book.touched(fresh)):
            values.append(presence_row(event_id, key, book) | {"change_seq": _next(change_seq, event_id)})
    _PRESENCES.run(connection, values)


def presence_row(event_id: UUID, key: Key, book: Book) -> dict[str, Any]:
    """Return the columns of one presence, but for its number."""
    found = book.presence(key)
    first = found.intervals[0] if found.intervals else None
    return {
        "event_id": event_id,
        "registration_id": key[0],
        "checkpoint_id": key[1],
        "present": found.present,
        "inside": found.inside,
        "first_in_at": found.first_in_at,
        "last_out_at": found.last_out_at,
        "first_source": book.source(first) if first else None,
        "first_place": book.place(first) if first else "",
        "fact_count": book.fact_count(key),
        "duplicate_count": len(found.duplicates),
        "flags": " ".join(sorted(found.flags)),
        "intervals": _stays(found),
    }


def _stays(found: Presence) -> list[dict[str, str | bool | None]]:
    return [
        {
            "start_at": stay.start_at.isoformat(),
            "end_at": stay.end_at.isoformat() if stay.end_at else None,
            "auto": stay.auto,
        }
        for stay in found.intervals
    ]
