"""Corrected time: what the server's clock would have said when a device made a fact (check-in.md §5).

It is a function of the set of facts: the surest clock record of a segment serves all facts of that segment,
also those that came before it.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from rakor.attendance.rules.facts import Fact, Moment
from rakor.attendance.rules.words import Kind

NO_RTT = 2**31
MILLISECOND = timedelta(milliseconds=1)
_Segment = tuple[int | None, int | None]  # device and segment as numbers: a UUID is slow to hash


class _Clock(NamedTuple):
    """One clock record. Smaller is surer: the server's time lies within half a round trip; the rest breaks
    ties.
    """

    sureness: tuple[int, int, str]
    server_at: datetime
    wall_at: datetime
    mono_ms: int


class Clocks:
    """The clock records of any number of devices, ready to correct their facts."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self._surest: dict[_Segment, _Clock] = {}
        for fact in facts:
            self.add(fact)

    def add(self, fact: Fact) -> bool:
        """Take one more record in; True where it is the surest of its segment, so that facts may move by it."""
        clock = _clock(fact)
        if clock is None:
            return False
        segment = _segment(fact)
        best = self._surest.get(segment)
        if best is not None and best <= clock:
            return False
        self._surest[segment] = clock
        return True

    def moment(self, fact: Fact) -> Moment:
        """Return when ``fact`` happened; uncertain where its own segment never met the server."""
        if fact.segment is None:
            return Moment(fact.wall_at)
        own = self._surest.get(_segment(fact))
        if own is not None and fact.mono_ms is not None:
            return Moment(own.server_at + (fact.mono_ms - own.mono_ms) * MILLISECOND)
        near = self._nearest(fact)
        if near is None:
            return Moment(fact.wall_at, uncertain=True)
        return Moment(near.server_at + (fact.wall_at - near.wall_at), uncertain=True)

    def _nearest(self, fact: Fact) -> _Clock | None:
        own, _ = _segment(fact)
        others = [clock for (device, _), clock in self._surest.items() if device == own]
        return min(others, key=lambda clock: (abs(clock.wall_at - fact.wall_at), clock), default=None)


def _segment(fact: Fact) -> _Segment:
    device, segment = fact.device_id, fact.segment
    return None if device is None else device.int, None if segment is None else segment.int


def _clock(fact: Fact) -> _Clock | None:
    if fact.kind is not Kind.CLOCK or fact.server_at is None or fact.mono_ms is None:
        return None
    sureness = (NO_RTT if fact.rtt_ms is None else fact.rtt_ms, fact.device_seq, str(fact.scan_id))
    return _Clock(sureness, fact.server_at, fact.wall_at, fact.mono_ms)
