"""The values that the decisions take: facts, tickets, and what facts reduce to.

They are made by the hundred while an event's desks wait for their turn, so they are tuples: a frozen dataclass takes
four times as long to make.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from rakor.attendance.rules.words import Direction, Flag, Kind, Source
from rakor.events.rules import Admission


class Fact(NamedTuple):
    """One immutable statement, as made; verdicts that were shown are kept elsewhere and never feed the
    reducer.

    ``wall_at`` is the device's own wall clock (aware), ``mono_ms`` its monotonic clock within ``segment``. A
    fact of the server itself has no device and no segment, and its ``wall_at`` is exact. ``registration_id``
    names the person where no ticket does. ``server_at`` and ``rtt_ms`` belong to ``clock`` facts.
    """

    scan_id: UUID
    kind: Kind
    wall_at: datetime
    checkpoint_id: UUID | None = None
    device_id: UUID | None = None
    device_seq: int = 0
    source: Source = Source.DESK_SCAN
    direction: Direction = Direction.IN
    registration_id: UUID | None = None
    target_id: UUID | None = None
    ref: bytes | None = None
    in_roster: bool = True
    mono_ms: int | None = None
    segment: UUID | None = None
    roster_seq: int = 0
    override: bool = False
    server_at: datetime | None = None
    rtt_ms: int | None = None


class Ticket(NamedTuple):
    """One code of a registration. ``revoked_seq`` is the change that killed it; ``replaced``: a newer code
    exists.
    """

    ref: bytes
    event_id: UUID
    registration_id: UUID
    revoked_seq: int | None = None
    revoked_at: datetime | None = None
    replaced: bool = False


class Moment(NamedTuple):
    """When a fact happened by the server's clock, and whether that is only a guess."""

    at: datetime
    uncertain: bool = False


class Interval(NamedTuple):
    """One stay: from a fact that came in to one that went out; ``end_at`` is None while it is open."""

    start_at: datetime
    opened_by: UUID
    device_id: UUID | None = None
    end_at: datetime | None = None
    auto: bool = False


class Presence(NamedTuple):
    """What the facts of one registration at one checkpoint say. ``refused`` and ``voided`` are scan ids,
    listed.
    """

    intervals: tuple[Interval, ...] = ()
    duplicates: tuple[UUID, ...] = ()
    flags: frozenset[Flag] = frozenset()
    voided: frozenset[UUID] = frozenset()
    refused: frozenset[UUID] = frozenset()
    orphan_outs: tuple[UUID, ...] = ()

    @property
    def present(self) -> bool:
        """True where at least one stay counts."""
        return bool(self.intervals)

    @property
    def inside(self) -> bool:
        """True where the last stay is open."""
        return bool(self.intervals) and self.intervals[-1].end_at is None

    @property
    def first_in_at(self) -> datetime | None:
        """When the first stay began."""
        return self.intervals[0].start_at if self.intervals else None

    @property
    def last_out_at(self) -> datetime | None:
        """When the last stay ended; None while it is open."""
        return self.intervals[-1].end_at if self.intervals else None


@dataclass(frozen=True, slots=True)
class House:
    """How an event keeps its doors: who is let in, what merged checkpoints became, and between which two moments
    anything can have happened there.
    """

    admission: Admission = Admission.OPEN
    merged: Mapping[UUID, UUID] = field(default_factory=dict)
    days: tuple[datetime, datetime] | None = None


ABSENT = Presence()
