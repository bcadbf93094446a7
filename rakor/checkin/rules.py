"""What a server has acknowledged to a device, and how long a device lives; pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from rakor.attendance.rules.facts import Fact, Ticket
from rakor.attendance.rules.reducer import reduce
from rakor.attendance.rules.verdicts import judge
from rakor.attendance.rules.words import Direction, Kind, Verdict

MISSING_SHOWN = 200
LIFE_AFTER_EVENT = timedelta(hours=12)
HERE = UUID(int=0)  # a device knows one event
ROSTER = UUID(int=2**128 - 1)


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


@dataclass(frozen=True)
class Known:
    """What a device's roster says about one ticket, and about its holder's presence at the device's checkpoint."""

    ref: bytes
    revoked: bool = False
    replaced: bool = False
    first_in_at: datetime | None = None
    last_out_at: datetime | None = None


def decide(known: Known | None, own: Sequence[Fact], fact: Fact) -> Verdict:
    """Return what a device without network shows for ``fact``, by the server's own rules.

    ``own`` are the facts about this person at this checkpoint that the roster does not hold yet, without ``fact``;
    where the code is not in the roster (``known`` is None), all of the device's facts about it.
    ``static/js/checkin/decide.js`` is the same, held by shared vectors.
    """
    prior = reduce([*own, *_told(known)], {})
    if known is None:
        again = prior.inside and fact.direction is Direction.IN
        return Verdict.ALREADY if again else Verdict.CHECK
    dead = 1 if known.revoked else None
    ticket = Ticket(known.ref, HERE, HERE, revoked_seq=dead, replaced=known.replaced)
    return judge(fact, ticket, prior, HERE)


def _told(known: Known | None) -> list[Fact]:
    """Return the presence that the roster tells, as facts of no desk."""
    times = (known.first_in_at, known.last_out_at) if known else (None, None)
    both = zip(times, (Direction.IN, Direction.OUT), strict=True)
    return [
        Fact(UUID(int=number), Kind.TICKET, at, device_id=ROSTER, direction=way)
        for number, (at, way) in enumerate(both, 1)
        if at is not None
    ]
