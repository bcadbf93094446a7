"""Every desk of an event as its list tells it: each figure by itself, none behind another."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from rakor.checkin import enrolment, operators, store
from rakor.checkin.models import Device
from rakor.checkin.rules import device_alive

EVEN = timedelta()
SILENT_AFTER = timedelta(minutes=2)
"""A desk says that it is there every half minute: four of these were missed."""


class State(StrEnum):
    """What a device is."""

    WAITS = "waits"  # for a phone
    WORKS = "works"
    SILENT = "silent"  # works, perhaps, without a network
    OVER = "over"  # its time is over
    REVOKED = "revoked"
    WIPED = "wiped"


@dataclass(frozen=True)
class DeskLine:
    """One device: where it takes presence, who stands there, and what its log says.

    ``gap_count`` numbers are missing below a later one; ``skew`` is how far its wall clock was off, either way.
    """

    id: UUID
    name: str
    place: str
    operator: str
    state: State
    last_seen_at: datetime | None
    waiting_count: int
    gap_count: int
    skew: timedelta
    invited: bool
    is_help_desk: bool
    lists_names: bool

    @property
    def alive(self) -> bool:
        """True where its records count by themselves, or will."""
        return self.state in (State.WAITS, State.WORKS, State.SILENT)

    @property
    def skewed(self) -> bool:
        """True where the clock is off by more than the operator is left alone with."""
        return self.skew > enrolment.SKEW_SHOWN


def lines(event_id: UUID, now: datetime) -> list[DeskLine]:
    """Return the event's devices, newest first."""
    skews, people = enrolment.skews(event_id), operators.at_desks(event_id)
    return [
        DeskLine(
            id=device.id,
            name=device.name,
            place=place,
            operator=people.get(device.id, ""),
            state=_state(device, now),
            last_seen_at=device.last_seen_at,
            waiting_count=device.waiting_count,
            gap_count=gap_count(device.ack_through, device.beyond),
            skew=abs(skews.get(device.id, EVEN)),
            invited=device.enrol_hash is not None,
            is_help_desk=device.is_help_desk,
            lists_names=device.names_since_at is not None,
        )
        for device, place in store.devices(event_id)
    ]


def version(found: list[DeskLine]) -> str:
    """Return what stands for these lines: others, another version."""
    return sha256(repr(found).encode()).hexdigest()[:16]


def gap_count(through: int, beyond: list[int]) -> int:
    """Return how many numbers are missing below the highest that arrived."""
    return beyond[-1] - through - len(beyond) if beyond else 0


def _state(device: Device, now: datetime) -> State:
    if device.wiped_at is not None:
        return State.WIPED
    if device.revoked_at is not None:
        return State.REVOKED
    if not device_alive(now, device.expires_at, device.revoked_at):
        return State.OVER
    if device.token_hash is None and device.enrol_hash is not None:
        return State.WAITS
    heard_at = device.last_seen_at or device.enrolled_at
    return State.SILENT if heard_at is not None and now - heard_at > SILENT_AFTER else State.WORKS
