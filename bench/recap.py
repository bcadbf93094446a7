"""Recap and map of an event with 10,000 people and 120,000 facts, counted anew; 50 watchers of the wall of numbers."""

import gc
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient

from bench.dashboard import NOW, build, counted
from rakor import clock
from rakor.accounts import routes as accounts_routes
from rakor.reports import leader_routes, summary

WHAT = "recap and map with 10,000 people and 120,000 facts, counted anew; the core that 50 watchers of the wall cost"
MS, SHARE, WATCHERS, EVERY_S = 300, 0.10, 50, 5
PAGES = ("recap", "recap?by=office", "recap?by=mode", "recap?by=session", "coverage?show=silent", "missing?show=absent")
SEATS_PER_OFFICE, FACTS = 18, 120_000  # 548 offices: 9,864 people with a seat


def run(quick: bool) -> dict[str, Any]:
    """Time the pages on a large event, count their statements on a small one too, and let 50 watch the wall."""
    rounds, seconds = (2, 15) if quick else (9, 300)
    with tempfile.TemporaryDirectory() as folder:
        large = Visitor(*build(Path(folder), seats_per_office=SEATS_PER_OFFICE, facts=FACTS))
        small = Visitor(*build(Path(folder) / "small", seats_per_office=1, facts=1_000))
        gc.collect()
        gc.freeze()  # as the server does once it is loaded; what built the world is not collected through again
        with clock.freeze(NOW, everywhere=True):
            ms = {page: statistics.median(large.anew(page) for _ in range(rounds)) for page in PAGES}
            queries = {page: (large.statements(page), small.statements(page)) for page in PAGES}
        watched = watch(large, seconds)
        with patch.object(leader_routes._drawn, "get", _each), patch.object(summary._kept, "get", _each):
            alone = watch(large, EVERY_S, WATCHERS // 10) * 10
    constant = all(one == other for one, other in queries.values())
    return {
        "ok": max(ms.values()) < MS and constant and watched < SHARE and alone > SHARE,
        "people": 548 * SEATS_PER_OFFICE,
        "facts": FACTS,
        "ms_p50": {page: round(took, 1) for page, took in ms.items()},
        "queries": {page: one for page, (one, _) in queries.items()},
        "constant": constant,
        "watchers": WATCHERS,
        "share_of_a_core": round(watched, 3),
        "bites": {"each watcher counts and draws for itself": round(alone, 2)},
        "limits": {"ms": MS, "share_of_a_core": SHARE},
    }


class Visitor:
    """Somebody logged in to an event."""

    def __init__(self, app: Flask, event_id: UUID, token: str) -> None:
        self.app, self.event_id, self.client = app, event_id, app.test_client()
        with app.app_context():
            self.client.set_cookie(accounts_routes.cookie_name(), token, domain="localhost")

    def anew(self, page: str) -> float:
        """Return the milliseconds of a page whose numbers are counted for it."""
        summary.forget()
        started = time.perf_counter()
        read(self.client, f"/events/{self.event_id}/{page}")
        return (time.perf_counter() - started) * 1000

    def statements(self, page: str) -> int:
        """Return how many statements that costs."""
        with counted(self.app) as seen:
            self.anew(page)
        return sum(not statement.startswith(("BEGIN", "PRAGMA")) for statement in seen)


def read(client: FlaskClient, path: str) -> Any:
    """Return the answer to a page that must be there."""
    answer = client.get(path)
    assert answer.status_code in (200, 204), (path, answer.status_code)
    return answer


def watch(visitor: Visitor, seconds: int, watchers: int = WATCHERS) -> float:
    """Let them poll the wall for so long, by a clock that runs ahead; return the share of one core it costs.

    Every five seconds each of them asks once. What they saw is never what is there now: the dearest case.
    """
    path = f"/events/{visitor.event_id}/board/live?seen=other"
    began = _cpu()
    for turn in range(seconds // EVERY_S):
        with clock.freeze(NOW + timedelta(seconds=turn * EVERY_S), everywhere=True):
            for _ in range(watchers):
                read(visitor.client, path)
    return (_cpu() - began) / seconds


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _each(_key: Any, _now: Any, make: Callable[[], Any]) -> Any:
    return make()


