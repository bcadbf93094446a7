"""Kinds, modes and stages of an event; what its dates and texts must satisfy."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum


class EventKind(StrEnum):
    """What sort of meeting it is (domain.md §3)."""

    RAKORNAS = "rakornas"
    RAKOR = "rakor"
    RAKER = "raker"
    KONSOLNAS = "konsolnas"
    BIMTEK = "bimtek"
    WORKSHOP = "workshop"
    FGD = "fgd"
    OUTREACH = "outreach"
    SEMINAR = "seminar"
    PLENARY = "plenary"


class EventMode(StrEnum):
    """Where people follow an event."""

    ONSITE = "onsite"
    ONLINE = "online"
    HYBRID = "hybrid"


class Stage(StrEnum):
    """The life of an event; running and over follow from its days."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


class Phase(StrEnum):
    """What an event is at a moment: a stage, or what its days say."""

    DRAFT = "draft"
    COMING = "coming"
    RUNNING = "running"
    OVER = "over"
    CANCELLED = "cancelled"


class CostBearer(StrEnum):
    """Who pays for travel; the letter must say it (domain.md §2.2)."""

    ORGANIZER = "organizer"
    OWN_OFFICE = "own_office"
    PARTLY = "partly"
    NONE = "none"


class Admission(StrEnum):
    """An event's policy at the door (check-in.md §6)."""

    OPEN = "open"  # let in, flag
    OWNED = "owned"  # each ticket belongs to one desk
    STRICT = "strict"  # known tickets in force only


class BadgeColour(StrEnum):
    """The colour of a role's badge, so that a steward sees from afar who stands there."""

    RED = "red"
    ORANGE = "orange"
    YELLOW = "yellow"
    GREEN = "green"
    BLUE = "blue"
    PURPLE = "purple"
    BROWN = "brown"
    BLACK = "black"
    WHITE = "white"


class ChannelKind(StrEnum):
    """By what people follow."""

    ONSITE = "onsite"
    ZOOM = "zoom"
    YOUTUBE = "youtube"


class RoleGroup(StrEnum):
    """Which attendance list a role stands on."""

    PARTICIPANT = "participant"
    SPEAKER = "speaker"
    COMMITTEE = "committee"


def phase(stage: Stage, starts_on: date, ends_on: date, today: date) -> Phase:
    """Return what an event is on ``today`` (a date in the event's zone)."""
    if stage is not Stage.PUBLISHED:
        return Phase(stage.value)
    if today < starts_on:
        return Phase.COMING
    return Phase.RUNNING if today <= ends_on else Phase.OVER


class EventProblem(StrEnum):
    """Why an event's dates cannot be kept."""

    ENDS_BEFORE_START = "ends_before_start"
    TOO_LONG = "too_long"
    WINDOW_REVERSED = "window_reversed"
    DEADLINE_AFTER_END = "deadline_after_end"


@dataclass(frozen=True)
class EventDates:
    """The dates of an event: days in its own zone, moments aware."""

    starts_on: date
    ends_on: date
    registration_opens_at: datetime | None = None
    registration_closes_at: datetime | None = None
    answer_by_at: datetime | None = None


MAX_DAYS = 31


def check_dates(dates: EventDates) -> tuple[EventProblem, ...]:
    """Return every problem of an event's dates; an empty tuple where they hold."""
    problems = []
    if dates.ends_on < dates.starts_on:
        problems.append(EventProblem.ENDS_BEFORE_START)
    elif (dates.ends_on - dates.starts_on).days >= MAX_DAYS:
        problems.append(EventProblem.TOO_LONG)
    opens, closes = dates.registration_opens_at, dates.registration_closes_at
    if opens and closes and closes <= opens:
        problems.append(EventProblem.WINDOW_REVERSED)
    if dates.answer_by_at and dates.answer_by_at.date() > dates.ends_on + timedelta(days=1):
        problems.append(EventProblem.DEADLINE_AFTER_END)
    return tuple(problems)


def days_between(starts_on: date, ends_on: date) -> tuple[date, ...]:
    """Return every date of an event, first to last."""
    return tuple(starts_on + timedelta(days=n) for n in range((ends_on - starts_on).days + 1))
