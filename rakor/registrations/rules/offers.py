"""A freed place that is offered to who waits: how long, what it is worth now, and what silence means."""

from datetime import datetime, timedelta
from enum import StrEnum

LAPSES_TO_END = 2
"""Unanswered offers after which a registration ends: the first moves it to the end of the queue."""


class OfferState(StrEnum):
    """How an offer stands at a moment."""

    NONE = "none"
    OPEN = "open"
    OVER = "over"


class Silence(StrEnum):
    """What an unanswered offer leads to."""

    END_OF_QUEUE = "end_of_queue"
    ENDED = "ended"


def offer_ends(now: datetime, hours: int, event_ends: datetime) -> datetime:
    """Return until when a place offered at ``now`` is kept: ``hours``, but never past the event's end."""
    return max(now, min(now + timedelta(hours=hours), event_ends))


def offer_state(expires_at: datetime | None, now: datetime) -> OfferState:
    """Tell whether an offer can be taken at ``now``: until just before it expires."""
    if expires_at is None:
        return OfferState.NONE
    return OfferState.OPEN if now < expires_at else OfferState.OVER


def silence(lapses_before: int) -> Silence:
    """Tell what one more unanswered offer means after ``lapses_before`` earlier ones."""
    return Silence.ENDED if lapses_before + 1 >= LAPSES_TO_END else Silence.END_OF_QUEUE
