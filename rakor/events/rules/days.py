"""The days of an event follow its dates, but a day that carries something is never dropped silently."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from rakor.events.rules import days_between


@dataclass(frozen=True)
class DayPlan:
    """What becomes of an event's days: new dates, rows to drop, and rows kept although their date left the event."""

    added: tuple[date, ...]
    dropped: tuple[UUID, ...]
    kept: tuple[date, ...]


def plan_days(present: Mapping[UUID, date], carrying: Collection[UUID], starts_on: date, ends_on: date) -> DayPlan:
    """Return how the rows ``present`` (id → date) follow the new dates; ``carrying`` rows hold items or papers."""
    wanted = days_between(starts_on, ends_on)
    outside = {key: held_on for key, held_on in present.items() if held_on not in wanted}
    return DayPlan(
        added=tuple(day for day in wanted if day not in set(present.values())),
        dropped=tuple(key for key in outside if key not in carrying),
        kept=tuple(sorted(held_on for key, held_on in outside.items() if key in carrying)),
    )
