"""Kinds and visibility of agenda items; what is on now, what comes next, and which times clash."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol, TypeVar
from uuid import UUID


class AgendaKind(StrEnum):
    """What happens in an agenda item (domain.md §3)."""

    REGISTRATION = "registration"
    CEREMONY = "ceremony"
    REPORT = "report"
    REMARKS = "remarks"
    DIRECTIVE = "directive"
    SESSION = "session"
    PANEL = "panel"
    BREAKOUT = "breakout"
    QNA = "qna"
    BREAK = "break"
    AWARDS = "awards"
    CLOSING = "closing"
    OTHER = "other"


class Visibility(StrEnum):
    """Who sees an agenda item."""

    PUBLIC = "public"
    PARTICIPANTS = "participants"
    ORGANIZERS = "organizers"


class SpeakerPart(StrEnum):
    """What a person does in an agenda item."""

    SPEAKER = "speaker"
    MODERATOR = "moderator"


class Timed(Protocol):
    """Anything with a beginning and an end, either of which may be unknown."""

    @property
    def starts_at(self) -> datetime | None: ...
    @property
    def ends_at(self) -> datetime | None: ...


T = TypeVar("T", bound=Timed)


def now_and_next(items: Iterable[T], moment: datetime, count: int = 2) -> tuple[list[T], list[T]]:
    """Return the items running at ``moment`` and the next ``count`` to start; items without a time are left out."""
    timed = sorted((i for i in items if i.starts_at is not None), key=lambda i: i.starts_at or moment)
    running = [i for i in timed if i.starts_at and i.ends_at and i.starts_at <= moment < i.ends_at]
    coming = [i for i in timed if i.starts_at and i.starts_at > moment]
    return running, coming[:count]


class ItemProblem(StrEnum):
    """Why an agenda item's time cannot be kept."""

    ENDS_BEFORE_START = "ends_before_start"
    ONLY_ONE_TIME = "only_one_time"
    OUTSIDE_DAY = "outside_day"


def check_times(held_on: date, starts_at: datetime | None, ends_at: datetime | None) -> ItemProblem | None:
    """Check an item's times (aware, in the event's zone) against its day; both may be missing, one may not."""
    if starts_at is None and ends_at is None:
        return None
    if starts_at is None or ends_at is None:
        return ItemProblem.ONLY_ONE_TIME
    if ends_at <= starts_at:
        return ItemProblem.ENDS_BEFORE_START
    return None if starts_at.date() == held_on else ItemProblem.OUTSIDE_DAY


@dataclass(frozen=True)
class Slot:
    """An item's place in time, room and people, for finding clashes."""

    item_id: UUID
    starts_at: datetime
    ends_at: datetime
    room_id: UUID | None
    speaker_ids: frozenset[UUID]


class ClashKind(StrEnum):
    """What two items fight over."""

    ROOM = "room"
    SPEAKER = "speaker"


@dataclass(frozen=True)
class Clash:
    """Two items that cannot both happen."""

    kind: ClashKind
    first: UUID
    second: UUID


def clashes(slots: Sequence[Slot]) -> list[Clash]:
    """Return every pair of overlapping items that share a room or a person."""
    found = []
    ordered = sorted(slots, key=lambda slot: slot.starts_at)
    for index, one in enumerate(ordered):
        for other in ordered[index + 1 :]:
            if other.starts_at >= one.ends_at:
                break
            if one.room_id is not None and one.room_id == other.room_id:
                found.append(Clash(ClashKind.ROOM, one.item_id, other.item_id))
            if one.speaker_ids & other.speaker_ids:
                found.append(Clash(ClashKind.SPEAKER, one.item_id, other.item_id))
    return found
