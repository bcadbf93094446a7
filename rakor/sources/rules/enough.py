"""Whether somebody was there for long enough: the event sets minutes, a share of the session, or neither. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from rakor.attendance.rules.words import Source
from rakor.sources.rules.zoom_people import merged, within

STATED = frozenset({Source.CODE_WORD, Source.SELF_SCAN, Source.LINK, Source.VIEWING_GROUP, Source.MANUAL})
"""Sources that say "is here" and measure nothing: how late the word was read says nothing about how long one stayed."""
ONLINE = frozenset({Source.CODE_WORD, Source.SELF_SCAN, Source.LINK, Source.ZOOM, Source.VIEWING_GROUP})
Stay = Mapping[str, str | bool | None]


@dataclass(frozen=True, slots=True)
class Threshold:
    """How long is long enough; both given: both must hold. ``share`` is in percent of the session."""

    minutes: int | None = None
    share: int | None = None


def minutes_in(stays: Iterable[Stay], starts_at: datetime, ends_at: datetime) -> int:
    """Return the whole minutes of a presence's stays within a session; one that is open lasts to its end."""
    spans = []
    for stay in stays:
        start, end = datetime.fromisoformat(str(stay["start_at"])), stay["end_at"]
        spans.append((start, datetime.fromisoformat(str(end)) if end else ends_at))
    inside = within(merged(span for span in spans if span[0] < span[1]), starts_at, ends_at)
    return int(sum((end - start for start, end in inside), timedelta()) / timedelta(minutes=1))


def is_enough(minutes: int, sources: Iterable[Source], length: timedelta, threshold: Threshold) -> bool:
    """Return whether a presence of so many minutes counts; what was stated by word or by hand counts by itself."""
    if not STATED.isdisjoint(sources):
        return True
    long_enough = threshold.minutes is None or minutes >= min(threshold.minutes, int(length / timedelta(minutes=1)))
    share_enough = threshold.share is None or minutes * 100 >= threshold.share * (length / timedelta(minutes=1))
    return long_enough and share_enough


def came_online(sources: Iterable[Source]) -> bool:
    """Return whether all that tells of somebody tells of the online way; a desk that saw the person settles it."""
    seen = frozenset(sources) - {Source.AUTO}
    return not seen.isdisjoint(ONLINE) and Source.DESK_SCAN not in seen
