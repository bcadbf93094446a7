"""The values of a calendar's entry: what it says (shared by many people), and whose it is with which number."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Protocol

from rakor.registrations.rules import Mode, RegistrationState

MOMENTS, DAYS = ("starts_at", "ends_at"), ("first_on", "last_on")


@dataclass(frozen=True)
class Content:
    """What an entry says; equal contents need no new message.

    ``starts_at``/``ends_at`` are aware and are written in ``zone`` (IANA); without a start the entry lasts all day,
    from ``first_on`` to ``last_on`` (inclusive). ``place`` is said only to who is there; ``join_url`` only to who may
    see it; ``page_url`` leads back to rakor. ``alarms`` are minutes before the start.
    """

    title: str
    first_on: date
    last_on: date
    zone: str
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    place: str = ""
    join_url: str = ""
    join_label: str = ""
    page_url: str = ""
    description: str = ""
    alarms: tuple[int, ...] = ()

    def as_json(self) -> str:
        """Return it as JSON, the same text for equal contents."""
        return json.dumps(asdict(self), default=lambda value: value.isoformat(), sort_keys=True, ensure_ascii=False)


@dataclass(frozen=True)
class Entry:
    """One entry of one calendar: a content under its UID. ``changed_at`` (aware) is its DTSTAMP."""

    uid: str
    content: Content
    changed_at: datetime
    sequence: int = 0
    cancelled: bool = False


def content_of(text: str) -> Content:
    """Return the content that ``as_json`` wrote."""
    kept: dict[str, Any] = json.loads(text)
    kept |= {name: datetime.fromisoformat(kept[name]) for name in MOMENTS if kept[name]}
    kept |= {name: date.fromisoformat(kept[name]) for name in DAYS}
    return Content(**kept | {"alarms": tuple(kept["alarms"])})


def content_hash(content: Content) -> bytes:
    """Return the 32 bytes a content is known by."""
    return hashlib.sha256(content.as_json().encode("utf-8", "replace")).digest()


def may_join(state: RegistrationState, mode: Mode, *, by_seat: bool, over: bool) -> bool:
    """Tell whether a person sees the online room: in, online, and the event is neither over nor cancelled."""
    return is_in(state, by_seat=by_seat) and mode is Mode.ONLINE and not over


def is_in(state: RegistrationState, *, by_seat: bool) -> bool:
    """Tell whether a person takes part: who came by a seat confirms first, who registered openly is in."""
    return state is RegistrationState.CONFIRMED or (state is RegistrationState.REGISTERED and not by_seat)


class Held(Protocol):
    """Anything with a day and times, either of which may be unknown."""

    @property
    def held_on(self) -> date: ...
    @property
    def starts_at(self) -> datetime | None: ...
    @property
    def ends_at(self) -> datetime | None: ...


def span(items: Iterable[Held], first_on: date, last_on: date) -> tuple[datetime | None, datetime | None]:
    """Return from when to when an event lasts; (None, None) where its first or last day has no times yet.

    A programme that is known in part must not make the event look shorter than it is.
    """
    timed = [item for item in items if item.starts_at is not None]
    if not {first_on, last_on} <= {item.held_on for item in timed}:
        return None, None
    begins = min(item.starts_at for item in timed if item.starts_at)
    ends = max(item.ends_at or item.starts_at for item in timed if item.starts_at)
    return begins, ends if ends > begins else None
