"""Who was in a Zoom meeting, and when: reconnects become one person's spans, and what overlaps counts once. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from rakor.regions.rules import plain
from rakor.sources.rules.zoom_report import Stay

BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Attendee:
    """One participant: every name shown, the address where there is one, and the spans, apart and in order.

    ``minutes`` is the time in the meeting; of a report without times the sum that it gives.
    """

    names: tuple[str, ...]
    email: str
    spans: tuple[Span, ...]
    minutes: int


def bare(shown: str) -> str:
    """Return a shown name without what stands in brackets: a device, a nickname, the name before."""
    return BRACKETS.sub(" ", shown)


def attendees(stays: Iterable[Stay]) -> list[Attendee]:
    """Put the stays of one address, or of one shown name without address, together, in the order of the report."""
    groups: dict[str, list[Stay]] = {}
    for stay in stays:
        groups.setdefault(stay.email or f" {plain(bare(stay.name))}", []).append(stay)
    return [_attendee(group) for group in groups.values()]


def _attendee(group: Sequence[Stay]) -> Attendee:
    spans = merged([(stay.joined, stay.left) for stay in group if stay.joined and stay.left])
    whole = sum((end - start for start, end in spans), timedelta())
    minutes = round(whole / timedelta(minutes=1)) if spans else sum(stay.minutes for stay in group)
    return Attendee(tuple(dict.fromkeys(stay.name for stay in group)), group[0].email, spans, minutes)


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the union of spans, in order: two devices at once are one presence."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return tuple(found)


def within(spans: Iterable[Span], start: datetime, end: datetime) -> tuple[Span, ...]:
    """Return what of ``spans`` lies between two moments."""
    cut = ((max(first, start), min(last, end)) for first, last in spans)
    return tuple((first, last) for first, last in cut if first < last)
