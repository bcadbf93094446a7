"""What a server has acknowledged to a device, and how long a device lives; pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

MISSING_SHOWN = 200
LIFE_AFTER_EVENT = timedelta(hours=12)


@dataclass(frozen=True)
class Ack:
    """Every sequence number up to ``through`` is stored; ``beyond`` lists those stored above the first gap."""

    through: int = 0
    beyond: tuple[int, ...] = ()

    @property
    def missing(self) -> list[int]:
        """The first numbers that never arrived although later ones did."""
        if not self.beyond:
            return []
        known, missing = set(self.beyond), []
        for number in range(self.through + 1, self.beyond[-1]):
            if number not in known:
                missing.append(number)
            if len(missing) == MISSING_SHOWN:
                break
        return missing


def acknowledged(before: Ack, stored: Iterable[int]) -> Ack:
    """Return the acknowledgement after ``stored`` numbers joined; their order and repeats do not matter."""
    above = sorted({*before.beyond, *stored} - {0})
    through, waiting = before.through, []
    for number in above:
        if number == through + 1:
            through = number
        elif number > through:
            waiting.append(number)
    return Ack(through, tuple(waiting))


def device_alive(now: datetime, expires_at: datetime, revoked_at: datetime | None) -> bool:
    """True where a device's records count by themselves; otherwise they wait for a person."""
    return revoked_at is None and now < expires_at
