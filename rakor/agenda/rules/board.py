"""One day as a board: rooms across, time down in steps of five minutes."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from rakor.agenda.rules import AgendaKind
from rakor.agenda.rules.views import ItemView

STEP = 5
HOUR = 60
OPENING = 8 * HOUR
SHORTEST_FREE = 30
FITTING = 6
ACROSS = frozenset({AgendaKind.BREAK, AgendaKind.REGISTRATION})


@dataclass(frozen=True)
class Column:
    """A room on the board; ``lane`` counts the board's columns from 1, ``lanes`` is how many the room needs.

    A room needs several where items overlap in it.
    """

    room_id: UUID | None
    name: str
    capacity: int | None
    lane: int
    lanes: int = 1


@dataclass(frozen=True)
class Block:
    """An item on the board, in minutes after midnight. ``lane`` is None where it reaches across all rooms."""

    item: ItemView
    lane: int | None
    starts: int
    ends: int


@dataclass(frozen=True)
class Free:
    """A stretch in which a room has nothing, in minutes after midnight."""

    column: Column
    starts: int
    ends: int


@dataclass(frozen=True)
class Board:
    """A day's board between two full hours (minutes after midnight); what has no time stands aside."""

    columns: tuple[Column, ...]
    blocks: tuple[Block, ...]
    free: tuple[Free, ...]
    untimed: tuple[ItemView, ...]
    begins: int
    ends: int

    @property
    def lanes(self) -> int:
        """How many columns the board has, beside the hours."""
        return sum(column.lanes for column in self.columns)

    @property
    def hours(self) -> range:
        """The full hours, in minutes after midnight."""
        return range(self.begins, self.ends, HOUR)


def minutes(at: datetime, zone: str) -> int:
    """Return the minutes after midnight of a moment in a zone."""
    local = at.astimezone(ZoneInfo(zone))
    return local.hour * HOUR + local.minute


def board(
    items: Sequence[ItemView],
    rooms: Sequence[tuple[UUID, str, int | None]],
    zone: str,
    aside: Collection[UUID] = (),
) -> Board:
    """Lay one day's items out; ``rooms`` are (id, name, capacity) in their order, ``zone`` is the event's.

    Rooms that hold something are columns, and then others as far as they fit, but none that is ``aside``.
    """
    timed = [(item, *_span(item, zone)) for item in items if item.starts_at and item.ends_at]
    across = {item.id for item, first, last in timed if item.kind in ACROSS and not _beside(item, first, last, timed)}
    within = [(item, first, last) for item, first, last in timed if item.id not in across]
    lanes = _lanes(within)
    columns = _columns(rooms, within, lanes, aside)
    first_lane = {column.room_id: column.lane for column in columns}
    blocks = [
        Block(item, None if item.id in across else first_lane[item.room_id] + lanes[item.id], first, last)
        for item, first, last in timed
    ]
    begins = min((first for _item, first, _last in timed), default=OPENING) // HOUR * HOUR
    ends = -(-max((last for _item, _first, last in timed), default=OPENING) // HOUR) * HOUR
    untimed = tuple(item for item in items if not (item.starts_at and item.ends_at))
    return Board(columns, tuple(blocks), tuple(_free(columns, blocks)), untimed, begins, ends)


def _span(item: ItemView, zone: str) -> tuple[int, int]:
    assert item.starts_at
    assert item.ends_at
    first = minutes(item.starts_at, zone)
    length = int((item.ends_at - item.starts_at) / timedelta(minutes=1))
    return first, min(first + max(length, STEP), 24 * HOUR)


def _beside(item: ItemView, first: int, last: int, timed: Iterable[tuple[ItemView, int, int]]) -> bool:
    return any(other.id != item.id and begins < last and first < ends for other, begins, ends in timed)


def _lanes(timed: Iterable[tuple[ItemView, int, int]]) -> dict[UUID, int]:
    """Put items that overlap in one room into lanes beside each other, counted from 0."""
    until: dict[UUID | None, list[int]] = {}
    found = {}
    for item, first, last in sorted(timed, key=lambda one: one[1:]):
        ends = until.setdefault(item.room_id, [])
        lane = next((number for number, end in enumerate(ends) if end <= first), len(ends))
        ends[lane : lane + 1] = [last]
        found[item.id] = lane
    return found


def _columns(
    rooms: Sequence[tuple[UUID, str, int | None]],
    timed: Sequence[tuple[ItemView, int, int]],
    lanes: Mapping[UUID, int],
    aside: Collection[UUID],
) -> tuple[Column, ...]:
    """Return the rooms that hold something this day, then others as far as they fit; what has no room comes last."""
    used = {item.room_id for item, *_span in timed}
    others = [room[0] for room in rooms if room[0] not in used and room[0] not in aside]
    shown = used | set(others[: max(FITTING - len(used), 0)])
    known: list[tuple[UUID | None, str, int | None]] = [room for room in rooms if room[0] in shown]
    if None in used or not known:
        known.append((None, "", None))
    found, lane = [], 1
    for room_id, name, capacity in known:
        needed = 1 + max((lanes[item.id] for item, *_span in timed if item.room_id == room_id), default=0)
        found.append(Column(room_id, name, capacity, lane, needed))
        lane += needed
    return tuple(found)


def _free(columns: Iterable[Column], blocks: Sequence[Block]) -> list[Free]:
    """Return where a room has nothing while another has: there an item could be added."""
    busy = [(block.starts, block.ends) for block in blocks if block.lane is not None]
    found = []
    for column in columns:
        mine = range(column.lane, column.lane + column.lanes)
        own = sorted((b.starts, b.ends) for b in blocks if b.lane is None or b.lane in mine)
        for first, last in _joined(busy):
            found += [Free(column, *gap) for gap in _gaps(own, first, last) if gap[1] - gap[0] >= SHORTEST_FREE]
    return found


def _joined(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if joined and first < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return joined


def _gaps(own: Sequence[tuple[int, int]], first: int, last: int) -> list[tuple[int, int]]:
    found, at = [], first
    for begins, ends in own:
        if begins > at:
            found.append((at, min(begins, last)))
        at = max(at, ends)
    found.append((at, last))
    return [(a, b) for a, b in found if a < b]


def lounges(items: Iterable[ItemView]) -> set[UUID]:
    """Return the rooms in which people only pause or register: a restaurant is no column of the board."""
    used: dict[UUID, set[bool]] = {}
    for item in items:
        if item.room_id is not None:
            used.setdefault(item.room_id, set()).add(item.kind in ACROSS)
    return {room_id for room_id, kinds in used.items() if kinds == {True}}
