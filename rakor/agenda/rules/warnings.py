"""What an organiser should look at before a programme is published. Every warning may be overruled."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from rakor.agenda.rules import AgendaKind, ClashKind, Slot, Visibility, clashes
from rakor.agenda.rules.views import ItemView

FRIDAY = 4
TALKS = frozenset({AgendaKind.SESSION, AgendaKind.PANEL, AgendaKind.BREAKOUT})


class WarningKind(StrEnum):
    """What is odd about a programme."""

    ROOM = "room"
    SPEAKER = "speaker"
    TOO_SMALL = "too_small"
    OUTSIDE_DAY = "outside_day"
    NO_PRAYER = "no_prayer"
    NO_MODERATOR = "no_moderator"


@dataclass(frozen=True)
class Warning:
    """One thing to look at: the items it is about (none for a day), what is fought over, and the numbers.

    ``what`` is the room's or the person's name; ``expected`` people stand against ``capacity`` places; ``begins`` and
    ``ends`` bound the hours that it is about.
    """

    kind: WarningKind
    on: date
    items: tuple[ItemView, ...] = ()
    what: str = ""
    begins: datetime | None = None
    ends: datetime | None = None
    expected: int = 0
    capacity: int = 0

    @property
    def is_grave(self) -> bool:
        """True for what cannot work as it stands."""
        return self.kind is not WarningKind.NO_MODERATOR and self.kind is not WarningKind.NO_PRAYER


@dataclass(frozen=True)
class PrayerTime:
    """Hours in which a programme leaves people ``free`` for a while."""

    begins: time
    ends: time
    free: timedelta


DHUHUR = PrayerTime(time(12), time(13), timedelta(minutes=30))
JUMAT = PrayerTime(time(11, 30), time(13), timedelta(minutes=60))
ASHAR = PrayerTime(time(15), time(17, 30), timedelta(minutes=15))
MAGHRIB = PrayerTime(time(17, 45), time(19), timedelta(minutes=20))


@dataclass(frozen=True)
class Expected:
    """How many people will be there on site: in all, and by role."""

    whole: int = 0
    by_role: Mapping[UUID, int] | None = None

    def of(self, item: ItemView) -> int:
        """Return how many will come to an item: those of its roles, or everybody."""
        if not item.roles:
            return self.whole
        return sum((self.by_role or {}).get(role.id, 0) for role in item.roles)


def warnings(
    items: Sequence[ItemView], capacities: Mapping[UUID, int | None], expected: Expected, zone: str
) -> list[Warning]:
    """Return everything to look at in a programme, day by day; ``capacities`` are those of the rooms."""
    found = [*_clashing(items), *_small(items, capacities, expected), *_outside(items, zone), *_alone(items)]
    for held_on in sorted({item.held_on for item in items}):
        found += prayers([item for item in items if item.held_on == held_on], held_on, zone)
    return sorted(found, key=lambda one: (one.on, not one.is_grave))


def _clashing(items: Sequence[ItemView]) -> list[Warning]:
    known = {item.id: item for item in items}
    slots = [
        Slot(i.id, i.starts_at, i.ends_at, i.room_id, frozenset(p.id for p in (*i.speakers, *i.moderators)))
        for i in items
        if i.starts_at and i.ends_at and i.kind is not AgendaKind.BREAK
    ]
    return [_clash(clash.kind, known[clash.first], known[clash.second]) for clash in clashes(slots)]


def _clash(kind: ClashKind, one: ItemView, other: ItemView) -> Warning:
    begins = max(at for at in (one.starts_at, other.starts_at) if at)
    ends = min(at for at in (one.ends_at, other.ends_at) if at)
    if kind is ClashKind.ROOM:
        return Warning(WarningKind.ROOM, one.held_on, (one, other), one.room, begins, ends)
    theirs = {person.id for person in (*other.speakers, *other.moderators)}
    both = [person.name for person in (*one.speakers, *one.moderators) if person.id in theirs]
    return Warning(WarningKind.SPEAKER, one.held_on, (one, other), both[0], begins, ends)


def _small(items: Sequence[ItemView], capacities: Mapping[UUID, int | None], expected: Expected) -> list[Warning]:
    found = []
    for item in items:
        rooms = [size for size in (item.capacity, capacities.get(item.room_id) if item.room_id else None) if size]
        coming = expected.of(item) if _meant_for_people(item) else 0
        if rooms and coming > min(rooms) and not _divided(item, items):
            found.append(_too_small(item, coming, min(rooms)))
    return found


def _meant_for_people(item: ItemView) -> bool:
    return item.visibility is not Visibility.ORGANIZERS and item.kind is not AgendaKind.REGISTRATION


def _too_small(item: ItemView, coming: int, size: int) -> Warning:
    times = (item.starts_at, item.ends_at)
    return Warning(WarningKind.TOO_SMALL, item.held_on, (item,), item.room, *times, expected=coming, capacity=size)


def _divided(item: ItemView, items: Iterable[ItemView]) -> bool:
    """True where people are divided between several items at once and nobody says how."""
    return not item.roles and any(
        other.id != item.id and other.kind is not AgendaKind.BREAK and _overlap(item, other) for other in items
    )


def _overlap(one: ItemView, other: ItemView) -> bool:
    if not (one.starts_at and one.ends_at and other.starts_at and other.ends_at):
        return False
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at


def _outside(items: Iterable[ItemView], zone: str) -> list[Warning]:
    return [
        Warning(WarningKind.OUTSIDE_DAY, item.held_on, (item,), item.title, item.starts_at, item.ends_at)
        for item in items
        if item.starts_at and item.ends_at and not _within(item.held_on, item.starts_at, item.ends_at, zone)
    ]


def _within(held_on: date, starts_at: datetime, ends_at: datetime, zone: str) -> bool:
    midnight = _moment(held_on, time(0), zone)
    return midnight <= starts_at and ends_at <= _moment(held_on + timedelta(days=1), time(0), zone)


def _alone(items: Iterable[ItemView]) -> list[Warning]:
    return [
        Warning(WarningKind.NO_MODERATOR, item.held_on, (item,), item.title, item.starts_at, item.ends_at)
        for item in items
        if item.kind in TALKS and item.speakers and not item.moderators
    ]


def prayers(items: Sequence[ItemView], held_on: date, zone: str) -> list[Warning]:
    """Return the prayer times of a day through which its programme runs without a pause long enough."""
    noon = JUMAT if held_on.weekday() == FRIDAY else DHUHUR
    return [
        Warning(WarningKind.NO_PRAYER, held_on, (), "", *_bounds(one, held_on, zone))
        for one in (noon, ASHAR, MAGHRIB)
        if not _leaves_free(items, one, held_on, zone)
    ]


def _leaves_free(items: Sequence[ItemView], wanted: PrayerTime, held_on: date, zone: str) -> bool:
    begins, ends = _bounds(wanted, held_on, zone)
    spans = [(i.starts_at, i.ends_at, i) for i in items if i.starts_at and i.ends_at]
    busy = [
        (max(first, begins), min(last, ends))
        for first, last, item in spans
        if item.kind not in (AgendaKind.BREAK, AgendaKind.REGISTRATION)
        and item.visibility is not Visibility.ORGANIZERS
        and first < ends
        and last > begins
    ]
    pauses = [(first, last) for first, last, item in spans if item.kind is AgendaKind.BREAK]
    return _longest_pause(busy, pauses, begins, ends) >= wanted.free


def _longest_pause(
    busy: Sequence[tuple[datetime, datetime]],
    pauses: Sequence[tuple[datetime, datetime]],
    begins: datetime,
    ends: datetime,
) -> timedelta:
    """Return the longest time between ``begins`` and ``ends`` in which nothing runs, or a pause is announced."""
    longest, at = timedelta(), begins
    for first, last in sorted(busy):
        longest, at = max(longest, first - at), max(at, last)
    announced = [min(last, ends) - max(first, begins) for first, last in pauses]
    return max([longest, ends - at, *announced])


def _bounds(wanted: PrayerTime, held_on: date, zone: str) -> tuple[datetime, datetime]:
    return _moment(held_on, wanted.begins, zone), _moment(held_on, wanted.ends, zone)


def _moment(day: date, at: time, zone: str) -> datetime:
    return datetime.combine(day, at, ZoneInfo(zone))
