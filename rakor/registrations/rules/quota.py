"""Whether there is a place, and whether registration is open."""

from datetime import datetime
from enum import StrEnum


class Placement(StrEnum):
    """Where a new registration goes."""

    REGISTERED = "registered"
    WAITING = "waiting"
    FULL = "full"


class Window(StrEnum):
    """Whether registration is possible at a moment."""

    NOT_YET = "not_yet"
    OPEN = "open"
    CLOSED = "closed"


def place(size: int | None, used: int, waiting_list: bool) -> Placement:
    """Places one more registration in a pool.

    ``size`` is the number of places (None: no limit, 0: none), ``used`` how many are held (``HOLDS_PLACE``).
    Reading ``used`` and writing the registration belong in one transaction.
    """
    if size is None or used < size:
        return Placement.REGISTERED
    return Placement.WAITING if waiting_list else Placement.FULL


def registration_open(now: datetime, opens_at: datetime | None, closes_at: datetime | None) -> Window:
    """The window at ``now`` (aware): open from ``opens_at`` on, and until just before ``closes_at``.

    A missing bound does not bind. Between a closing and a later opening it is closed.
    """
    if closes_at is not None and now >= closes_at:
        return Window.CLOSED
    if opens_at is not None and now < opens_at:
        return Window.NOT_YET
    return Window.OPEN
