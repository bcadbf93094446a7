"""How far follow-ups are, added up: each row counts once by its word, and apart from that as late or unproven. Pure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from operator import add

from rakor.minutes.rules.follow_ups import Status, is_late


class Measure(StrEnum):
    """What the map shows."""

    DONE = "done"
    LATE = "late"
    UNPROVEN = "unproven"
    OBSTACLE = "obstacle"
    OPEN = "open"

    @property
    def is_lack(self) -> bool:
        """True where a tile bears how many are missing, and not which share is there."""
        return self is not Measure.DONE


@dataclass(frozen=True, slots=True)
class Tally:
    """Rows added up. ``late`` and ``unproven`` (done, with nothing that shows it) are among the others, not beside."""

    open: int = 0
    working: int = 0
    done: int = 0
    obstacle: int = 0
    late: int = 0
    unproven: int = 0

    @property
    def whole(self) -> int:
        """All rows."""
        return self.open + self.working + self.done + self.obstacle

    def of(self, measure: Measure) -> int:
        """Return how many rows a measure counts."""
        found: int = getattr(self, measure.value)
        return found

    def percent(self, measure: Measure) -> int | None:
        """Return the whole percents that a tile's colour shows; 100 only where nothing lacks, None without rows.

        Of those done, the share that is proven; else the share that is not lacking.
        """
        whole = self.done if measure is Measure.UNPROVEN else self.whole
        if not whole:
            return 100 if self.whole else None
        part = whole - self.of(measure) if measure.is_lack else self.done
        return 100 * part // whole

    def level(self, measure: Measure) -> int:
        """Return the map's colour step: below 50, 50–64, 65–79, 80–99, 100 → 0…4."""
        return sum((self.percent(measure) or 0) >= bound for bound in (50, 65, 80, 100))

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*map(add, self._parts(), other._parts()))

    def _parts(self) -> tuple[int, ...]:
        return self.open, self.working, self.done, self.obstacle, self.late, self.unproven


def tally(status: Status, evidence_count: int, due_on: date | None, today: date) -> Tally:
    """Return one row as a tally."""
    return Tally(
        open=int(status is Status.OPEN),
        working=int(status is Status.WORKING),
        done=int(status is Status.DONE),
        obstacle=int(status is Status.OBSTACLE),
        late=int(is_late(status, due_on, today)),
        unproven=int(status is Status.DONE and not evidence_count),
    )
