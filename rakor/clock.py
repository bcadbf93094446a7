"""The only clock. Nothing else in rakor asks the machine for the time."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

_frozen_at: ContextVar[datetime | None] = ContextVar("rakor_frozen_at", default=None)
_shift: timedelta = timedelta()


def now() -> datetime:
    """Return the present moment as an aware UTC datetime."""
    frozen = _frozen_at.get() or _frozen_everywhere
    return frozen if frozen is not None else datetime.now(UTC) + _shift


def today(zone: str) -> date:
    """Return the calendar date now in the IANA ``zone``."""
    return now().astimezone(ZoneInfo(zone)).date()


_frozen_everywhere: datetime | None = None


@contextmanager
def freeze(moment: datetime, *, everywhere: bool = False) -> Iterator[None]:
    """Hold the clock at ``moment`` (aware) for this context, or for every thread of the process."""
    global _frozen_everywhere
    if moment.tzinfo is None:
        raise ValueError("freeze() needs an aware datetime")
    fixed = moment.astimezone(UTC)
    if not everywhere:
        token = _frozen_at.set(fixed)
        try:
            yield
        finally:
            _frozen_at.reset(token)
        return
    before, _frozen_everywhere = _frozen_everywhere, fixed
    try:
        yield
    finally:
        _frozen_everywhere = before


def set_shift(shift: timedelta) -> None:
    """Move this process's clock by ``shift``; the demo's simulation and the drills use it."""
    global _shift
    _shift = shift
