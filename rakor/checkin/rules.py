"""What a server has acknowledged to a device, how long a device lives, and what it decides alone; pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from rakor.attendance.rules.facts import Fact, Ticket
from rakor.attendance.rules.reducer import reduce
from rakor.attendance.rules.verdicts import judge, unknown
from rakor.attendance.rules.words import Direction, Kind, Verdict
from rakor.events.rules import Admission

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


@dataclass(frozen=True, slots=True)
class Door:
    """Who is let in at a desk: the event's policy, the desk's number from 1, and into how many shares the tickets are
    parted where each desk owns its own.
    """

    admission: Admission = Admission.OPEN
    desk: int = 0
    desks: int = 0

    def owner(self, ref: bytes | None) -> int:
        """Return the number of the desk that a ticket belongs to, where it is another; 0 where this desk may let in."""
        if self.admission is not Admission.OWNED or self.desks < 1 or ref is None:
            return 0
        owner = int.from_bytes(ref, "big") % self.desks + 1
        return 0 if owner == self.desk else owner


OPEN_DOOR = Door()


@dataclass(frozen=True)
class Known:
    """What a device's roster says about one ticket, and about its holder's presence at the device's checkpoint."""

    ref: bytes
    revoked: bool = False
    replaced: bool = False
    first_in_at: datetime | None = None
    last_out_at: datetime | None = None


def decide(known: Known | None, own: Sequence[Fact], fact: Fact, door: Door = OPEN_DOOR) -> Verdict:
    """Return what a device without network shows for ``fact`` at its ``door``, by the server's own rules.

    ``own`` are the facts about this person at this checkpoint that the roster does not hold yet, without ``fact``;
    where the code is not in the roster (``known`` is None), all of the device's facts about it.
    ``static/js/checkin/decide.js`` is the same, held by shared vectors.
    """
    prior = reduce([*own, *_told(known)], {}, door.admission)
    elsewhere = door.owner(fact.ref) > 0
    if known is None:
        again = prior.inside and fact.direction is Direction.IN
        return Verdict.ALREADY if again else unknown(door.admission, elsewhere=elsewhere, word=Verdict.CHECK)
    dead = 1 if known.revoked else None
    ticket = Ticket(known.ref, HERE, HERE, revoked_seq=dead, replaced=known.replaced)
    return judge(fact, ticket, prior, HERE, door.admission, elsewhere=elsewhere)


def _told(known: Known | None) -> list[Fact]:
    """Return the presence that the roster tells, as facts of no desk."""
    times = (known.first_in_at, known.last_out_at) if known else (None, None)
    both = zip(times, (Direction.IN, Direction.OUT), strict=True)
    return [
        Fact(UUID(int=number), Kind.TICKET, at, device_id=ROSTER, direction=way)
        for number, (at, way) in enumerate(both, 1)
        if at is not None
    ]
