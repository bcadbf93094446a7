"""Rounds by WhatsApp: over what, what can be done at each stop, and which stop is next. Pure."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from uuid import UUID


class Over(StrEnum):
    """What a round goes over."""

    OFFICES = "offices"
    PROVINCES = "provinces"


class Step(StrEnum):
    """What was done at a stop."""

    PASSED_ON = "passed_on"
    SKIPPED = "skipped"


def next_stop(stops: Iterable[UUID], taken: Mapping[UUID, Step]) -> UUID | None:
    """Return the first stop where nothing was done yet; None where the round is over.

    ``stops`` are those that are asked for now: an office that has answered since is no stop any more.
    """
    return next((stop for stop in stops if stop not in taken), None)
