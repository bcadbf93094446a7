"""What numbers say: shares, levels of the map, which presence is in focus, arrivals over time.

Three numbers are never mixed: seats invited, seats confirmed, seats present; heads stand beside them (domain.md §5).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from enum import StrEnum
from operator import attrgetter, sub
from uuid import UUID


class Measure(StrEnum):
    """Which number the map shows: a share of the seats, or the seats that are still missing."""

    CONFIRMED = "confirmed"
    PRESENT = "present"
    SILENT = "silent"
    ABSENT = "absent"

    @property
    def is_lack(self) -> bool:
        """True where fewer is better."""
        return self in (Measure.SILENT, Measure.ABSENT)


@dataclass(frozen=True)
class Count:
    """Seats by what became of them; ``onsite`` are those of the present whose holder came to the place."""

    invited: int = 0
    confirmed: int = 0
    declined: int = 0
    present: int = 0
    onsite: int = 0

    @property
    def silent(self) -> int:
        """Seats nobody answered for."""
        return self.invited - self.confirmed - self.declined

    @property
    def online(self) -> int:
        """Seats whose holder followed from afar."""
        return self.present - self.onsite

    @property
    def absent(self) -> int:
        """Seats whose holder could still come: not there, and not excused."""
        return max(self.invited - self.declined - self.present, 0)

    def of(self, measure: Measure) -> int:
        """Return the seats that fulfil a measure."""
        return int(getattr(self, measure.value))

    def percent(self, measure: Measure) -> int | None:
        """Return the whole percents of a measure, or of what it does not lack; None where nobody is invited."""
        part = self.of(measure)
        return share(self.invited - part if measure.is_lack else part, self.invited)

    @property
    def present_percent(self) -> int | None:
        """Whole percents of the seats that are filled."""
        return self.percent(Measure.PRESENT)

    def __add__(self, other: "Count") -> "Count":
        return total((self, other))

    def __sub__(self, other: "Count") -> "Count":
        return Count(*map(sub, _parts(self), _parts(other)))


_parts = attrgetter(*(part.name for part in fields(Count)))


def total(counts: Iterable[Count]) -> Count:
    """Return some seats' counts together; part by part, for adding hundreds one to the next is slow."""
    return Count(*map(sum, zip(*map(_parts, counts), strict=True)))


@dataclass(frozen=True)
class Heads:
    """Distinct people present, by how they follow; ``unseated`` ones hold no seat."""

    onsite: int = 0
    online: int = 0
    unseated: int = 0

    @property
    def total(self) -> int:
        """Everybody present, counted once."""
        return self.onsite + self.online


@dataclass(frozen=True)
class Came:
    """People who came within one minute (``at``, its beginning; None: not known), alike in how they follow.

    ``lately``: how many of them came in the last minutes that ``per_minute`` looks at.
    """

    at: datetime | None
    onsite: bool
    seated: bool
    people: int
    lately: int = 0


def heads(came: Iterable[Came]) -> Heads:
    """Count the people present."""
    found = list(came)
    return Heads(
        onsite=sum(some.people for some in found if some.onsite),
        online=sum(some.people for some in found if not some.onsite),
        unseated=sum(some.people for some in found if not some.seated),
    )


def share(part: int, whole: int) -> int | None:
    """Return whole percents, rounded down so that 100 means complete; None where there is nothing to share."""
    return None if whole == 0 else part * 100 // whole


def level(percent: int | None) -> int:
    """Return the map's colour step of a share: below 50, 50–64, 65–79, 80–99, 100 → 0…4."""
    if percent is None:
        return 0
    return sum(percent >= bound for bound in (50, 65, 80, 100))


@dataclass(frozen=True)
class Spot:
    """A checkpoint as the focus sees it: its day, its session's times where it has one, and how many are present."""

    id: UUID
    held_on: date
    item_id: UUID | None
    starts_at: datetime | None
    ends_at: datetime | None
    marked: int


@dataclass(frozen=True)
class Focus:
    """The presence that is shown: one session, or the union of a day's checkpoints, or of the whole event's."""

    held_on: date
    item_id: UUID | None
    checkpoint_ids: tuple[UUID, ...]
    is_whole: bool = False


def focus(spots: Sequence[Spot], now: datetime, today: date) -> Focus | None:
    """Choose what "hadir" means at a moment.

    The session that runs, when presence is taken in it; else the present day, else the last day before it that has
    marks. None before anybody came: then the answers are what counts.
    """
    running = [s for s in spots if s.item_id and s.starts_at and s.ends_at and s.starts_at <= now < s.ends_at]
    marked = [s for s in running if s.marked]
    if marked:
        return chosen(spots, max(marked, key=lambda s: (s.marked, str(s.id))).item_id)
    days = sorted({s.held_on for s in spots if s.held_on <= today and s.marked}, reverse=True)
    return chosen(spots, days[0]) if days else None


def ever(spots: Sequence[Spot]) -> Focus | None:
    """Return the presence at any time of the event; None before anybody came."""
    days = [s.held_on for s in spots if s.marked]
    return Focus(max(days), None, tuple(s.id for s in spots), is_whole=True) if days else None


def chosen(spots: Sequence[Spot], wanted: date | UUID | None) -> Focus | None:
    """Return the presence of one session (its id) or of one day (its date); None where there is no such thing."""
    if isinstance(wanted, date):
        found = [s for s in spots if s.held_on == wanted]
        return Focus(wanted, None, tuple(s.id for s in found)) if found else None
    found = [s for s in spots if wanted and s.item_id == wanted]
    return Focus(found[0].held_on, found[0].item_id, tuple(s.id for s in found)) if found else None


@dataclass(frozen=True)
class Arrivals:
    """Arrivals per step: two series of equal length, the first step's beginning, minutes per step."""

    begins_at: datetime
    minutes: int
    onsite: tuple[int, ...]
    online: tuple[int, ...]


LATELY = timedelta(minutes=5)
MAX_STEPS = 48
STEPS = (5, 10, 15, 30, 60, 120, 240)


def arrivals(came: Iterable[Came]) -> Arrivals | None:
    """Bucket first arrivals into even steps, at most 48 of them; None where nobody came at a known time."""
    known = [(some.at, some) for some in came if some.at is not None]
    if not known:
        return None
    first, last = min(at for at, _ in known), max(at for at, _ in known)
    minutes = next((m for m in STEPS if (last - first) / timedelta(minutes=m) < MAX_STEPS - 1), STEPS[-1])
    width = minutes * 60
    begins = datetime.fromtimestamp(first.timestamp() // width * width, tz=first.tzinfo)
    steps = int((last - begins).total_seconds() // width) + 1
    series = ([0] * steps, [0] * steps)
    for at, some in known:
        series[not some.onsite][int((at - begins).total_seconds() // width)] += some.people
    return Arrivals(begins, minutes, tuple(series[0]), tuple(series[1]))


def per_minute(came: Iterable[Came]) -> float:
    """Return how many came a minute of late, to a tenth."""
    return round(sum(some.lately for some in came) / (LATELY / timedelta(minutes=1)), 1)


def scale(highest: int) -> tuple[int, ...]:
    """Return three even ticks from 0 to a round number at or above ``highest``."""
    for step in (n * 10**power for power in range(7) for n in (1, 2, 5)):
        if step * 3 >= max(highest, 1):
            return tuple(step * n for n in range(4))
    return (0, highest)
