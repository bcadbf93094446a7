"""What the numbers of the last minutes say about a desk's queue; pure."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

WINDOW = timedelta(minutes=5)
SERVICE_S = 6.0
"""Seconds that one guest needs at a desk: find the ticket, hold it, read the verdict, step aside."""
LATE = timedelta(minutes=2)
"""A scan that took longer to arrive came out of an outbox: it counts as entered, and says nothing about now."""


class Queue(StrEnum):
    """How a desk is doing."""

    IDLE = "idle"
    FREE = "free"
    BUSY = "busy"
    QUEUE = "queue"


@dataclass(frozen=True)
class Pace:
    """Guests per minute over the window, how busy that keeps a desk (0 to 1), and how many may be waiting."""

    per_minute: float
    load: float
    waiting: int
    queue: Queue


def pace(scans: int) -> Pace:
    """Return the pace of a desk that made ``scans`` in the window; the queue is a guess (M/D/1), never a count."""
    seconds = WINDOW.total_seconds()
    load = min(scans * SERVICE_S / seconds, 1.0)
    waiting = 20 if load > 0.97 else round(load**2 / (2 * (1 - load)))
    queue = Queue.IDLE if not scans else Queue.FREE if load < 0.5 else Queue.BUSY if load < 0.8 else Queue.QUEUE
    return Pace(round(scans * 60 / seconds, 1), round(load, 2), min(waiting, 20), queue)
