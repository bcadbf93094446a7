"""Workers that share the open connections evenly.

A browser keeps its connection, so whoever accepts it serves all that it asks. Left to chance, one process holds nearly
every desk of a hall and computes alone while the other rests.
"""

import mmap
import time
from typing import Any

from gunicorn.workers import gthread

MOST_WORKERS = 64
NOBODY = -1
PATIENCE_S = 0.01
"""How long one that has more leaves a caller to those that have fewer: they may be busy, or just gone."""
PAUSE_S = 0.0002

_held = memoryview(mmap.mmap(-1, 8 * MOST_WORKERS)).cast("q")
"""How many connections each worker holds, by its place; shared with the workers, which are forked later."""
for _place in range(MOST_WORKERS):
    _held[_place] = NOBODY


def gives_way(own: int, others: list[int], waited_s: float) -> bool:
    """True where a worker that holds ``own`` connections leaves the next one to somebody who holds fewer."""
    return waited_s < PATIENCE_S and any(NOBODY < held < own for held in others)


def take_place(server: Any, worker: Any) -> None:
    """Give a worker that is about to be forked the place of one that is gone (gunicorn's ``pre_fork``)."""
    taken = {other.place for other in server.WORKERS.values()}
    for place in range(MOST_WORKERS):
        if place not in taken:
            _held[place] = NOBODY  # whoever had it takes no calls any more
    worker.place = next((place for place in range(MOST_WORKERS) if place not in taken), None)


class EvenWorker(gthread.ThreadWorker):  # type: ignore[misc]
    """gunicorn's threaded worker, which leaves the next connection to one that holds fewer."""

    place: int | None = None
    _waits_since: float | None = None

    def notify(self) -> None:
        """Say in every turn of its loop that it lives and how much it holds; once it stops, that it takes no more."""
        if self.place is not None:
            _held[self.place] = self.nr_conns if self.alive else NOBODY
        super().notify()

    def accept(self, listener: Any) -> None:
        """Take a connection, unless another should: then the listener calls again at once."""
        now = time.monotonic()
        since = self._waits_since or now
        others = [held for place, held in enumerate(_held) if place != self.place]
        if self.place is not None and gives_way(self.nr_conns, others, now - since):
            self._waits_since = since
            time.sleep(PAUSE_S)
            return
        self._waits_since = None
        super().accept(listener)
        if self.place is not None:
            _held[self.place] = self.nr_conns
