"""What goes into the ledger and what comes back: tuples, as the facts are (``rules.facts``)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from rakor.attendance.rules.facts import Fact, Ticket
from rakor.attendance.rules.words import Hold, Status, Verdict


class Arrival(NamedTuple):
    """One record as it arrived. ``fact`` is None where it could not be read; ``hold`` says why it must wait.

    ``digest`` (16 bytes) stands for the whole record: equal id and digest is a repeat. ``place`` is the
    desk's name; ``owner`` the number of the desk that the ticket belongs to, where it is another (0: none).
    """

    event_id: UUID
    scan_id: UUID
    device_seq: int
    digest: bytes
    record: str
    fact: Fact | None
    device_id: UUID | None = None
    hold: Hold | None = None
    place: str = ""
    owner: int = 0
    reason: str = ""
    operator_id: UUID | None = None
    device_verdict: Verdict | None = None
    sealed_name: bytes | None = None


class Who(NamedTuple):
    """What a desk may show of the person whose ticket it has in hand: one line of each.

    ``placing`` is a room or table, ``colour`` the word of the badge's colour; both may be empty.
    """

    name: str
    role: str
    office: str
    placing: str = ""
    colour: str = ""


class Found(NamedTuple):
    """A ticket as the installation knows it, and what a desk may show of its person: the columns of ``load.SHOWN``."""

    ticket: Ticket
    shown: Sequence[Any]


class Placed(NamedTuple):
    """A stored fact with its event, its desk's name and, where its code is known, the ticket."""

    event_id: UUID
    fact: Fact
    place: str = ""
    ticket: Ticket | None = None


class Receipt(NamedTuple):
    """The answer to one record. ``who``, since when and where are given only with a verdict about a known
    person.
    """

    scan_id: UUID
    status: Status
    verdict: Verdict
    who: Who | None = None
    first_in_at: datetime | None = None
    first_place: str = ""


class Stored(NamedTuple):
    """What the server keeps of a scan id it has seen."""

    event_id: UUID
    digest: bytes
    shown: Verdict
    held: bool
    registration_id: UUID | None
    checkpoint_id: UUID | None
