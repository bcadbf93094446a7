"""How many people an item is for: what later features count, asked here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from rakor.agenda.rules.warnings import Expected


@dataclass(frozen=True)
class Crowd:
    """So many people of one role who are in, on site or from afar."""

    role_id: UUID | None
    on_site: bool
    count: int


counted_by: list[Callable[[UUID], Sequence[Crowd]]] = []
"""Who counts the people of an event (id); ``app.py`` joins what later features know."""


def coming(event_id: UUID, *, on_site_only: bool) -> Expected:
    """Return how many are in, by role: on site, or on site and from afar."""
    crowds = [crowd for count in counted_by for crowd in count(event_id) if crowd.on_site or not on_site_only]
    by_role: dict[UUID, int] = {}
    for crowd in crowds:
        if crowd.role_id is not None:
            by_role[crowd.role_id] = by_role.get(crowd.role_id, 0) + crowd.count
    return Expected(sum(crowd.count for crowd in crowds), by_role)
