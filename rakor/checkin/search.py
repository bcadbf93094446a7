"""Finding a person at the desk by name, office or post: online, counted and audited (check-in.md §4)."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute

from rakor.attendance.store.load import SHOWN, who
from rakor.attendance.store.receipts import Who
from rakor.db import db
from rakor.events.models import EventRole
from rakor.offices.models import Office
from rakor.registrations.models import Registration, Ticket
from rakor.registrations.rules import fold, rank

CANDIDATES = 400
SHOWN_MATCHES = 8
SHORTEST = 2


def people(event_id: UUID, query: str) -> list[tuple[bytes, Who]]:
    """Return at most eight people whose name, office or role has words that begin as typed, best first.

    Each comes with the ref of a ticket in force, which is all that a desk needs to make a mark; never by NIP.
    """
    words = [word for word in fold(query).split()[:6] if word]
    if sum(map(len, words)) < SHORTEST:
        return []
    text = func.lower(Registration.search_key + " " + _or_empty(EventRole.name) + " " + _or_empty(Office.short_name))
    statement = (
        select(Ticket.ref, text, *SHOWN)
        .join(Registration, Registration.id == Ticket.registration_id)
        .outerjoin(EventRole, EventRole.id == Registration.role_id)
        .outerjoin(Office, Office.id == Registration.office_id)
        .where(Ticket.event_id == event_id, Ticket.revoked_seq.is_(None))
        .where(*(text.contains(word, autoescape=True) for word in words))
        .limit(CANDIDATES)
    )
    rows: list[Any] = list(db.session.execute(statement))
    best = rank(" ".join(words), [row[1] for row in rows], SHOWN_MATCHES)
    return [(bytes(rows[place][0]), who(*rows[place][2:])) for place in best]


def _or_empty(column: InstrumentedAttribute[str]) -> Any:
    return func.coalesce(column, "")
