"""What numbers say: shares, levels of the map, which presence is in focus, arrivals over time.

Three numbers are never mixed: seats invited, seats confirmed, seats present; heads stand beside them (domain.md §5).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID


class Measure(StrEnum):
    """Which number the map shows."""

    CONFIRMED = "confirmed"
    PRESENT = "present"


@dataclass(frozen=True)
class Count:
    """Seats by what became of them; ``silent`` ones have no answer."""

    invited: int = 0
    confirmed: int = 0
    declined: int = 0
    present: int = 0

    @property
    def silent(self) -> int:
        """Seats nobody answered for."""
        return self.invited - self.confirmed - self.declined

    def of(self, measure: Measure) -> int:
        """Return the seats that fulfil a measure."""
        return self.present if measure is Measure.PRESENT else self.confirmed

    def __add__(self, other: "Count") -> "Count":
        return Count(
            self.invited + other.invited,
            self.confirmed + other.confirmed,
            self.declined + other.declined,
            self.present + other.present,
        )

    def __sub__(self, other: "Count") -> "Count":
        return Count(
            self.invited - other.invited,
            self.confirmed - other.confirmed,
            self.declined - other.declined,
            self.present - other.present,
        )


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
    """The presence that is shown: one session, or the union of a day's checkpoints."""

    held_on: date
    item_id: UUID | None
    checkpoint_ids: tuple[UUID, ...]


def focus(spots: Sequence[Spot], now: datetime, today: date) -> Focus | None:
    """Choose what "hadir" means at a moment.

    The session that runs, when presence is taken in it; else the present day, else the last day before it that has
    marks. None before anybody came: then the answers are what counts.
    """
    running = [s for s in spots if s.starts_at and s.ends_at and s.starts_at <= now < s.ends_at and s.marked]
    if running:
        chosen = max(running, key=lambda s: (s.marked, str(s.id)))
        return Focus(chosen.held_on, chosen.item_id, (chosen.id,))
    days = sorted({s.held_on for s in spots if s.held_on <= today and s.marked}, reverse=True)
    if not days:
        return None
    return Focus(days[0], None, tuple(s.id for s in spots if s.held_on == days[0]))


@dataclass(frozen=True)
class Arrivals:
    """Arrivals per step: two series of equal length, the first step's beginning, minutes per step."""

    begins_at: datetime
    minutes: int
    onsite: tuple[int, ...]
    online: tuple[int, ...]


MAX_STEPS = 48
STEPS = (5, 10, 15, 30, 60, 120, 240)


def arrivals(marks: Iterable[tuple[datetime, bool]]) -> Arrivals | None:
    """Bucket first arrivals (moment, is online) into even steps, at most 48 of them; None where nobody came."""
    ordered = sorted(marks)
    if not ordered:
        return None
    first, last = ordered[0][0], ordered[-1][0]
    minutes = next((m for m in STEPS if (last - first) / timedelta(minutes=m) < MAX_STEPS - 1), STEPS[-1])
    width = minutes * 60
    begins = datetime.fromtimestamp(first.timestamp() // width * width, tz=first.tzinfo)
    steps = int((last - begins).total_seconds() // width) + 1
    series = ([0] * steps, [0] * steps)
    for moment, online in ordered:
        series[online][int((moment - begins).total_seconds() // width)] += 1
    return Arrivals(begins, minutes, tuple(series[0]), tuple(series[1]))


def scale(highest: int) -> tuple[int, ...]:
    """Return three even ticks from 0 to a round number at or above ``highest``."""
    for step in (n * 10**power for power in range(7) for n in (1, 2, 5)):
        if step * 3 >= max(highest, 1):
            return tuple(step * n for n in range(4))
    return (0, highest)
