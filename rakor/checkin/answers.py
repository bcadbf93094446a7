"""The JSON that the device API answers, version 1 (check-in.md §5); the asking half is ``rakor.checkin.wire``."""

from base64 import b64encode
from typing import Any

from pydantic import BaseModel

from rakor.attendance.rules.words import Direction, Hold, Status, Verdict
from rakor.events.rules import Admission


class Person(BaseModel):
    """What a desk shows of a person whose ticket it has in hand."""

    name: str
    role: str
    office: str
    placing: str = ""
    colour: str = ""


class Answered(BaseModel):
    """The answer to one record; ``scan_id`` is repeated as it was sent."""

    scan_id: str
    status: Status
    verdict: Verdict
    who: Person | None = None
    first_in_at: int | None = None
    place: str = ""
    hold: Hold | None = None


class Change(BaseModel):
    """One change of the roster: with ``checkpoint`` somebody's presence there, without a ticket issued or dead.

    ``sealed`` is the line of a living ticket, readable with its code alone (``rakor.checkin.sealing``).
    """

    change_seq: int
    ref: str
    epoch: int
    revoked_seq: int | None = None
    replaced: bool = False
    sealed: str | None = None
    checkpoint: str | None = None
    first_in_at: int | None = None
    last_out_at: int | None = None
    inside: bool = False
    place: str = ""


class DoorSaid(BaseModel):
    """Who is let in here: the event's policy, this desk's number, and how many desks share the tickets (0: none)."""

    admission: Admission
    desk: int
    desks: int


class Answer(BaseModel):
    """What the server says after it has committed to disk."""

    records: list[Answered]
    ack_through: int
    missing: list[int]
    server_epoch: str
    server_time: int
    change_seq: int
    changes: list[Change]
    door: DoorSaid
    retry_after_ms: int = 0
    names: int | None = None  # since when this device may keep everybody's names, sealed; None: it keeps none
    wipe: bool = False  # revoked: send the rest, wipe everything, say farewell


class Post(BaseModel):
    """Where a device may record, and the one way it records there (None: the operator chooses)."""

    id: str
    name: str
    way: Direction | None


class DeskSaid(BaseModel):
    """A device as the server knows it: what its page tells our own app."""

    device: str
    name: str
    number: int
    event: str
    title: str
    zone: str
    posts: list[Post]
    admission: Admission
    is_help_desk: bool
    seal_key: str
    expires_at: int
    names: int | None
    server_time: int


class Changes(BaseModel):
    """What changed in the roster after a number: when the last one is below ``change_seq``, more may follow."""

    server_epoch: str
    server_time: int
    change_seq: int
    changes: list[Change]


class RelayFrame(BaseModel):
    """For a relay: the event's own rows by table, what stands for them, and the secrets that its door needs."""

    frame: dict[str, list[dict[str, Any]]]
    digest: str
    ticket_key: str
    seal_point: str


class RelayChanges(BaseModel):
    """For a relay: rows of people, tickets and facts up to ``through``; more follow where ``change_seq`` is higher."""

    server_epoch: str
    change_seq: int
    through: int
    frame: str
    ended: list[str]
    people: list[dict[str, Any]]
    tickets: list[dict[str, Any]]
    facts: list[dict[str, Any]]


class Farewell(BaseModel):
    """The device is a desk no more."""

    wiped_at: int


def base64_of(raw: bytes) -> str:
    """Return bytes as the wire writes them."""
    return b64encode(raw).decode("ascii")
