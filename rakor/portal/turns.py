"""What is on now and what comes next, as values: the same for the lobby's wall, for phones and for a moderator."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from rakor.agenda.rules.versions import is_marked
from rakor.agenda.store import ItemView
from rakor.web.times import local_day

MOST_LISTED = 60


@dataclass(frozen=True)
class Turns:
    """What is on at one moment, by room, and what comes next, by time: all of today, or of the next day that has any.

    ``day`` is the day of what comes next.
    """

    day: date
    is_today: bool
    now: datetime
    running: Sequence[ItemView]
    coming: Sequence[ItemView]
    version: str

    def is_new(self, item: ItemView) -> bool:
        """True where the last published changes of an item are still news."""
        return is_marked(item, self.now)


def turns(items: Iterable[ItemView], zone: str, *, now: datetime) -> Turns:
    """Return what is on and what comes next in the event's zone."""
    today = local_day(now, zone)
    left = sorted((item for item in items if _is_left(item, now)), key=_by_time)[:MOST_LISTED]
    running = [item for item in left if item.starts_at and item.ends_at and item.starts_at <= now < item.ends_at]
    later = [item for item in left if item not in running]
    day = later[0].held_on if later else today
    coming = [item for item in later if item.held_on == day]
    version = _version(day, [*running, *coming], lambda one: is_marked(one, now))
    return Turns(day, day == today, now, sorted(running, key=_by_room), coming, version)


def _is_left(item: ItemView, now: datetime) -> bool:
    """An item without an end is over once it has begun."""
    return item.starts_at is not None and (item.ends_at or item.starts_at) > now


def _by_time(item: ItemView) -> tuple[object, ...]:
    return item.starts_at, item.room, item.title


def _by_room(item: ItemView) -> tuple[object, ...]:
    return item.room, item.starts_at, item.title


def _version(day: date, items: Sequence[ItemView], marked: Callable[[ItemView], bool]) -> str:
    """What is shown, in short. What merely begins or ends is not in it: the page knows that by its own clock."""
    said = [(item.id, item.title, item.starts_at, item.ends_at, item.room, marked(item), item.speakers, item.moderators)
            for item in items]  # fmt: skip
    return sha256(repr((day, sorted(said, key=repr))).encode()).hexdigest()[:16]
