"""What many ask for and may be a moment old: made once, shown to all who ask meanwhile."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import datetime, timedelta
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")
MOST = 256


class Kept(Generic[Key, Value]):
    """Values by key, each at most ``fresh`` old, in this process; of more than ``most`` the oldest go."""

    def __init__(self, fresh: timedelta, most: int = MOST) -> None:
        self._fresh, self._most = fresh, most
        self._values: OrderedDict[Key, tuple[datetime, Value]] = OrderedDict()
        self._making: dict[Key, Lock] = {}
        self._guard = Lock()

    def get(self, key: Key, now: datetime, make: Callable[[], Value]) -> Value:
        """Return what was made for ``key`` lately; else ``make`` it: one does, the others wait for it.

        What ``make`` raises rises here, and nothing is kept.
        """
        found = self._known(key, now)
        if found is not None:
            return found[1]
        with self._guard:
            making = self._making.setdefault(key, Lock())
        with making:
            found = self._known(key, now)
            if found is None:
                found = self._made(key, now, make)
            return found[1]

    def forget(self) -> None:
        """Drop everything; tests that change the world between two looks use it."""
        with self._guard:
            self._values.clear()

    def _known(self, key: Key, now: datetime) -> tuple[datetime, Value] | None:
        with self._guard:
            found = self._values.get(key)
        return found if found is not None and timedelta() <= now - found[0] < self._fresh else None

    def _made(self, key: Key, now: datetime, make: Callable[[], Value]) -> tuple[datetime, Value]:
        try:
            made = now, make()
            with self._guard:
                self._values[key] = made
                self._values.move_to_end(key)
                while len(self._values) > self._most:
                    self._values.popitem(last=False)
            return made
        finally:
            with self._guard:
                self._making.pop(key, None)  # who waits for it has it in hand
