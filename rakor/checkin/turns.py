"""Group commit: whoever holds the turn takes every waiting piece of work into one transaction.

The first to come leads: it waits for the turn, takes all that waits by then, and hands each its result after
the commit. Then it gives the lead to the next that waits. So the same function serves one scan or all that
wait.
"""

from collections import deque
from collections.abc import Callable, Sequence
from threading import Lock
from typing import Generic, TypeVar

from sqlalchemy.exc import OperationalError

from rakor.db import plain_transaction
from rakor.lean import Lean

Work = TypeVar("Work")
Result = TypeVar("Result")
PATIENCE_S = 30.0
UNAUDITED = "facts are their own record: each keeps who, where and when, and is never changed"


class _Waiting(Generic[Work, Result]):
    """One piece of work in line. ``called`` opens when its result is there, or when it is its turn to lead."""

    __slots__ = ("called", "done", "error", "result", "work")

    def __init__(self, work: Work) -> None:
        self.work = work
        self.called = Lock()
        self.called.acquire()
        self.done = False
        self.result: Result | None = None
        self.error: Exception | None = None


class Turns(Generic[Work, Result]):
    """A line of work in front of one function that does many pieces in one transaction.

    ``limit`` bounds a group by the sum of ``weight`` over its pieces; a single piece always fits.
    """

    def __init__(
        self,
        act: Callable[[Lean, Sequence[Work]], Sequence[Result]],
        weight: Callable[[Work], int],
        limit: int,
    ) -> None:
        self._act, self._weight, self._limit = act, weight, limit
        self._line: deque[_Waiting[Work, Result]] = deque()
        self._mutex = Lock()
        self._led = False

    def submit(self, work: Work) -> Result:
        """Do ``work`` in the next transaction and return its result after the commit; its exception rises
        here.
        """
        mine: _Waiting[Work, Result] = _Waiting(work)
        with self._mutex:
            self._line.append(mine)
            leading, self._led = not self._led, True
        if not leading:
            mine.called.acquire()
        if not mine.done:
            self._lead()
        if mine.error is not None:
            raise mine.error
        assert mine.result is not None
        return mine.result

    def _lead(self) -> None:
        group: list[_Waiting[Work, Result]] = []
        try:
            self._run(group)
        finally:
            self._hand_over(group)

    def _run(self, group: list[_Waiting[Work, Result]]) -> None:
        try:
            with plain_transaction(unaudited=UNAUDITED) as connection:
                group += self._take()
                results = self._act(connection, [one.work for one in group])
        except Exception as error:
            if len(group) > 1 and not isinstance(error, OperationalError):
                self._run_apart(group)  # one piece broke the group; the others shall not suffer
                return
            for one in group or self._take_into(group):
                one.error = error
            return
        for one, result in zip(group, results, strict=True):
            one.result = result

    def _run_apart(self, group: Sequence[_Waiting[Work, Result]]) -> None:
        for one in group:
            try:
                with plain_transaction(unaudited=UNAUDITED) as connection:
                    one.result = self._act(connection, [one.work])[0]
            except Exception as error:
                one.error = error

    def _take(self) -> list[_Waiting[Work, Result]]:
        with self._mutex:
            taken = [self._line.popleft()]
            total = self._weight(taken[0].work)
            while self._line and total + self._weight(self._line[0].work) <= self._limit:
                taken.append(self._line.popleft())
                total += self._weight(taken[-1].work)
        return taken

    def _take_into(self, group: list[_Waiting[Work, Result]]) -> list[_Waiting[Work, Result]]:
        group += self._take()
        return group

    def _hand_over(self, group: Sequence[_Waiting[Work, Result]]) -> None:
        with self._mutex:
            following = self._line[0] if self._line else None
            self._led = following is not None
        for one in group:
            one.done = True
            one.called.release()
        if following is not None:
            following.called.release()
