"""Whether a letter that was made still says what is so."""

from datetime import datetime

from sqlalchemy import func, select

from rakor.db import db
from rakor.events.models import Event
from rakor.seats.models import Seat
from rakor.seats.store.letters import letter


def changed_at(event: Event) -> datetime:
    """Return when anything that a letter says last changed: its words, the event, or who is invited; two queries."""
    row = letter(event.id)
    seats = select(func.max(Seat.invited_at), func.max(Seat.withdrawn_at)).where(Seat.event_id == event.id)
    moments = [event.updated_at, row.updated_at if row else None, *db.session.execute(seats).one()]
    return max(moment for moment in moments if moment is not None)
