"""The book of some people as the ledger keeps it, for whoever looks at it or counts it anew."""

from collections.abc import Iterable
from uuid import UUID

from rakor.attendance.store import checkpoints, load
from rakor.attendance.store.book import Book
from rakor.lean import Connected


def book_of(connection: Connected, event_id: UUID, people: Iterable[UUID]) -> Book:
    """Return the open book of these people of an event: all their facts, rulings on them, and their desks' clocks."""
    book = Book(event_id, checkpoints.house(connection, event_id))
    placed = [one for one in load.ledger(connection, set(people), ()) if one.event_id == event_id]
    devices = {one.fact.device_id for one in placed} - {None}
    clocks = [one for one in load.clocks(connection, devices) if one.event_id == event_id]
    for one in (*placed, *clocks):
        book.add(one)
    return book
