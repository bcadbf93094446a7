"""A rush on the open form: registrations per second through the real form, one node on SQLite."""

import itertools
import multiprocessing
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from bench._door import GOT_IT, Sender, form_of, set_size
from bench._hall import build, environment
from bench._serving import free_port, serving
from rakor.app import create_app
from rakor.db import db
from rakor.registrations.models import Registration, RegistrationSource

WHAT = "registrations through the real form on one node with SQLite: per second, p95, answers of 5xx"
CLIENTS = 24
SECONDS, FEW = 60.0, 8.0
LEAST, P95_MS = 100.0, 1000.0
A_NETWORK = 500
WARM_UP = 2.0


def run(quick: bool) -> dict[str, Any]:
    """Let clients register new people one after the other for the time; the first two seconds warm up."""
    seconds = FEW if quick else SECONDS
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        hall = build(Path(folder) / "hall", f"sqlite:///{folder}/rakor.sqlite3", port, 1, 0)
        set_size(hall, None)
        with serving(["rakor.cli", "web"], environment(hall), port, threads=8):
            answers, took = _push(port, seconds)
        with create_app(hall.settings).app_context():
            mine = Registration.source == RegistrationSource.OPEN
            stored = db.session.scalar(select(func.count()).where(mine, Registration.name.startswith("Orang")))
    per_second = round(len(took) / seconds, 1)
    p50, p95 = (round(took[int(len(took) * share)] * 1000) if took else 0 for share in (0.5, 0.95))
    failed = sum(count for answer, count in answers.items() if answer != GOT_IT)
    good = per_second >= LEAST and p95 <= P95_MS and failed == 0 and stored == answers[GOT_IT]
    return {
        "ok": good,
        "per_s": per_second,
        "p50_ms": p50,
        "p95_ms": p95,
        "seconds": seconds,
        "clients": CLIENTS,
        "other_answers": {answer: count for answer, count in answers.items() if answer != GOT_IT},
        "registered": answers[GOT_IT],
        "stored": stored,
        "limits": {"per_s": LEAST, "p95_ms": P95_MS, "5xx": 0},
    }


def _push(port: int, seconds: float) -> tuple[Counter[str], list[float]]:
    """Push from a process of its own, so that the clients take no time from this one's; answers and durations."""
    receiving, sending = multiprocessing.Pipe(duplex=False)
    pusher = multiprocessing.Process(target=_clients, args=(port, seconds, sending))
    pusher.start()
    answers, took = receiving.recv()
    pusher.join()
    return Counter(answers), sorted(took)


def _clients(port: int, seconds: float, sending: Any) -> None:
    numbers, answers, took = itertools.count(), Counter[str](), list[float]()
    start_at = time.perf_counter() + WARM_UP
    stop_at = start_at + seconds

    def client() -> None:
        while time.perf_counter() < stop_at:
            number = next(numbers)
            form, browser = form_of(number), Sender(port, number // A_NETWORK)
            began = time.perf_counter()
            answer = browser.post(form)
            ended = time.perf_counter()
            answers[answer] += 1
            if answer == GOT_IT and began >= start_at and ended <= stop_at:
                took.append(ended - began)

    threads = [threading.Thread(target=client) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sending.send((dict(answers), took))
