"""The door in numbers as values, and what those of the last minutes say about a queue; pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import sqrt
from uuid import UUID

WINDOW = timedelta(minutes=5)
SERVICE_S = 6.0
"""Seconds that one guest needs at a desk: find the ticket, hold it, read the verdict, step aside."""
LATE = timedelta(minutes=2)
"""A scan that took longer to arrive came out of an outbox: it counts as entered, and says nothing about now."""


class Queue(StrEnum):
    """How a desk, or a checkpoint, is doing."""

    IDLE = "idle"
    FREE = "free"
    BUSY = "busy"
    QUEUE = "queue"


@dataclass(frozen=True)
class Pace:
    """Guests per minute over the window, how busy that keeps each desk (0 to 1), and how many may be waiting."""

    per_minute: float
    load: float
    waiting: int
    queue: Queue


def pace(scans: int, desks: int = 1) -> Pace:
    """Return the pace of ``desks`` that share ``scans`` of the window; the queue is a guess, never a count.

    M/D/c after Sakasegawa: one queue before several desks is shorter than several queues.
    """
    seconds, desks = WINDOW.total_seconds(), max(desks, 1)
    load, most = min(scans * SERVICE_S / seconds / desks, 1.0), 20 * desks
    waiting = most if load > 0.97 else round(load ** sqrt(2 * (desks + 1)) / (2 * (1 - load)))
    queue = Queue.IDLE if not scans else Queue.FREE if load < 0.5 else Queue.BUSY if load < 0.8 else Queue.QUEUE
    return Pace(round(scans * 60 / seconds, 1), round(load, 2), min(waiting, most), queue)


@dataclass(frozen=True)
class PlaceCount:
    """One checkpoint: people who entered, people inside now, and its pace over all desks that work there."""

    name: str
    entered: int
    inside: int
    pace: Pace


@dataclass(frozen=True)
class DeskCount:
    """One desk: everybody it showed green, its pace, records not sent yet, and when it was last heard."""

    name: str
    place: str
    entered: int
    pace: Pace
    waiting_count: int
    last_seen_at: datetime | None
    alive: bool


@dataclass(frozen=True)
class Live:
    """The whole page: ``present`` counts people once, at however many checkpoints; ``expected`` come in person.

    ``per_minute`` are people too: who passed two doors within the window, or took a meal, is one.
    """

    present: int
    inside: int
    expected: int
    per_minute: float
    places: Sequence[PlaceCount]
    desks: Sequence[DeskCount]
    counted_at: datetime
    version: str


@dataclass(frozen=True)
class Shown:
    """What was shown green, by desk and checkpoint (a merged one under what it became): all of it, and lately."""

    entered: Counter[tuple[UUID | None, UUID | None]]
    fresh: Counter[tuple[UUID | None, UUID | None]]

    def at_desk(self, desk: UUID) -> tuple[int, int]:
        """Return how many a desk showed green at all its checkpoints, and how many of them lately."""
        mine = [pair for pair in self.entered if pair[0] == desk]
        return sum(self.entered[pair] for pair in mine), sum(self.fresh[pair] for pair in mine)

    def at_place(self, place: UUID, standing: set[UUID]) -> Pace:
        """Return the pace of a checkpoint, shared by the desks that stand there or worked there lately."""
        fresh = {desk: count for (desk, where), count in self.fresh.items() if where == place and count}
        return pace(sum(fresh.values()), len(standing | fresh.keys()))
