"""Steps of a meeting's preparation, counted back from its first day and on from its last (domain.md §2.1); pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from rakor.events.rules import EventKind

MOST_DAYS = 400
"""How far from the event a step may lie, on either side."""


class Anchor(StrEnum):
    """From which day a step's date is counted."""

    FIRST = "first"
    LAST = "last"


class Family(StrEnum):
    """Kinds of event that are prepared alike."""

    COORDINATION = "coordination"
    TRAINING = "training"
    SMALL = "small"
    OPEN = "open"


FAMILIES: Mapping[EventKind, Family] = {
    EventKind.BIMTEK: Family.TRAINING,
    EventKind.WORKSHOP: Family.TRAINING,
    EventKind.FGD: Family.SMALL,
    EventKind.PLENARY: Family.SMALL,
    EventKind.SEMINAR: Family.OPEN,
    EventKind.OUTREACH: Family.OPEN,
}
"""Every other kind is a coordination meeting."""


@dataclass(frozen=True)
class Occasion:
    """What of an event decides its steps: kind, first and last day, how one follows, how one gets in.

    ``answer_by`` is the day until which offices answer, in the event's zone, where one is set.
    """

    kind: EventKind
    starts_on: date
    ends_on: date
    onsite: bool = True
    online: bool = False
    invited: bool = True
    answer_by: date | None = None

    @property
    def family(self) -> Family:
        """Which steps it gets."""
        return FAMILIES.get(self.kind, Family.COORDINATION)

    @property
    def traits(self) -> frozenset[str]:
        """What is true of it, by the words that ready-made steps ask for."""
        is_so = {"onsite": self.onsite, "online": self.online, "invited": self.invited, "open": not self.invited}
        nights = self.ends_on > self.starts_on and self.onsite
        return frozenset(word for word, true in {**is_so, "nights": nights}.items() if true)


@dataclass(frozen=True)
class Ready:
    """A ready-made step: its key, how many days before or after for each family, and what the event must be."""

    key: str
    coordination: int | None
    training: int | None
    small: int | None
    open: int | None
    needs: str = ""
    anchor: Anchor = Anchor.FIRST

    def days(self, family: Family) -> int | None:
        """Return the days from its anchor; None where this family has no such step."""
        found: int | None = getattr(self, family.value)
        return found


READY = (
    Ready("terms", -30, -30, -10, -21),
    Ready("decree", -28, -28, None, -21),
    Ready("team", -28, -28, -7, -21),
    Ready("venue", -28, -28, -7, -21, "onsite"),
    Ready("agenda", -21, -21, -7, -21),
    Ready("speakers", -21, -21, -7, -21),
    Ready("letter", -14, -14, -7, None, "invited"),
    Ready("announced", -14, -14, -7, -14),
    Ready("invitations", -14, -14, -7, None, "invited"),
    Ready("places", None, -7, None, -3, "open"),
    Ready("names", -5, -5, -3, None, "invited"),
    Ready("answers", -3, -3, -2, None, "invited"),
    Ready("assignments", -2, -2, None, None, "invited"),
    Ready("rooms", -2, -2, None, None, "nights"),
    Ready("badges", -2, -2, None, None, "onsite"),
    Ready("links", -2, -2, -1, -2, "online"),
    Ready("reminder", -2, -2, -1, -2),
    Ready("materials", -1, -1, -1, -1),
    Ready("rehearsal", -1, -1, None, -1, "onsite"),
    Ready("lists", 0, 0, 0, 0, anchor=Anchor.LAST),
    Ready("notes", 0, 0, 0, 0, anchor=Anchor.LAST),
    Ready("conclusions", 0, 0, 0, None, anchor=Anchor.LAST),
    Ready("release", 2, 2, None, 2, anchor=Anchor.LAST),
    Ready("certificates", 7, 3, None, 3, anchor=Anchor.LAST),
    Ready("expenses", 7, 7, 5, 7, anchor=Anchor.LAST),
    Ready("report", 14, 14, 5, 14, anchor=Anchor.LAST),
    Ready("follow_ups", 30, 30, 14, None, anchor=Anchor.LAST),
)
"""In the order of the work; within a day this order holds."""
KEYS = {one.key: place for place, one in enumerate(READY)}


@dataclass(frozen=True)
class Own:
    """What an event says of a step: an own one, or a change of the ready-made ``ready_key``."""

    id: UUID
    ready_key: str | None
    title: str = ""
    anchor: Anchor | None = None
    days: int | None = None
    assignee_id: UUID | None = None
    is_done: bool = False
    is_dropped: bool = False


@dataclass(frozen=True)
class Tally:
    """What the data says of a step: so many of so many; ``whole`` 0 where there is nothing to count yet."""

    part: int
    whole: int

    @property
    def is_full(self) -> bool:
        """True where the data alone says that the step is done."""
        return self.part >= self.whole > 0


class State(StrEnum):
    """Where a step stands on a day."""

    DONE = "done"
    LATE = "late"
    TODAY = "today"
    COMING = "coming"


@dataclass(frozen=True)
class Planned:
    """A step of an event. ``key`` names it in addresses: a ready-made step's word, or an own step's id."""

    key: str
    ready_key: str
    title: str
    due_on: date
    anchor: Anchor
    days: int
    own: Own | None
    tally: Tally | None
    by_data: bool

    @property
    def is_done(self) -> bool:
        """By the data, or by hand."""
        return self.by_data or bool(self.own and self.own.is_done)

    @property
    def is_dropped(self) -> bool:
        """True where the event needs no such step."""
        return bool(self.own and self.own.is_dropped)

    def state(self, today: date) -> State:
        """Say where it stands on a day of the event's zone."""
        if self.is_done:
            return State.DONE
        if self.due_on < today:
            return State.LATE
        return State.TODAY if self.due_on == today else State.COMING


def plan(occasion: Occasion, owns: Sequence[Own], tallies: Mapping[str, Tally]) -> list[Planned]:
    """Return the steps of an event in the order of their dates, dropped ones among them.

    ``tallies`` are what the data says, by the keys of ready-made steps. A ready-made step that the event has changed
    stays, even where its kind or its mode would not bring it any more.
    """
    changed = {own.ready_key: own for own in owns if own.ready_key}
    found = []
    for ready in READY:
        days, own = _days(ready, occasion), changed.get(ready.key)
        if days is None and own is None:
            continue
        found.append(_planned(occasion, ready.key, own, ready.anchor, days or 0, tallies.get(ready.key)))
    for own in owns:
        if not own.ready_key:
            found.append(_planned(occasion, "", own, Anchor.FIRST, 0, None))
    return sorted(found, key=lambda step: (step.due_on, KEYS.get(step.ready_key, len(KEYS)), step.title, step.key))


def _days(ready: Ready, occasion: Occasion) -> int | None:
    """How many days from its anchor a ready-made step lies; None where the event does not need it."""
    if ready.needs and ready.needs not in occasion.traits:
        return None
    days = ready.days(occasion.family)
    if days is not None and ready.key == "answers" and occasion.answer_by:
        return min((occasion.answer_by - occasion.starts_on).days, 0)
    return days


def _planned(
    occasion: Occasion, ready_key: str, own: Own | None, anchor: Anchor, days: int, tally: Tally | None
) -> Planned:
    if own is not None and own.anchor is not None and own.days is not None:
        anchor, days = own.anchor, own.days
    from_day = occasion.starts_on if anchor is Anchor.FIRST else occasion.ends_on
    return Planned(
        key=ready_key or str(own.id if own else ""),
        ready_key=ready_key,
        title=own.title if own else "",
        due_on=from_day + timedelta(days=days),
        anchor=anchor,
        days=days,
        own=own,
        tally=tally,
        by_data=tally is not None and tally.is_full,
    )


def counted_from(occasion: Occasion, due_on: date) -> tuple[Anchor, int] | None:
    """Return a typed date as days from the event's first day, or after it from its last; None where it lies too far."""
    anchor = Anchor.FIRST if due_on <= occasion.starts_on else Anchor.LAST
    from_day = occasion.starts_on if anchor is Anchor.FIRST else occasion.ends_on
    days = (due_on - from_day).days
    return (anchor, days) if abs(days) <= MOST_DAYS else None


def pressing(steps: Sequence[Planned], today: date) -> list[Planned]:
    """Return what is due today, then what is late, the latest first: what slipped yesterday can still be caught."""
    found = [step for step in steps if not step.is_dropped and step.state(today) in (State.LATE, State.TODAY)]
    return sorted(found, key=lambda step: step.due_on, reverse=True)


def workday_before(due_on: date) -> date | None:
    """Return the Friday before a Saturday or Sunday; None for a working day. Holidays are not known here."""
    over = due_on.weekday() - 4
    return due_on - timedelta(days=over) if over > 0 else None
