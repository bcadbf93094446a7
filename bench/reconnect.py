"""The network returns: fifty phones with 400 scans each come back within five seconds, while people register."""

import random
import tempfile
import threading
import time
from collections import Counter
from itertools import count
from pathlib import Path
from typing import Any

from bench._desks import Phone, account, percentile
from bench._door import GOT_IT, Sender, form_of, set_size
from bench._hall import build, environment
from bench._serving import free_port, serving

WHAT = "50 phones × 400 queued scans come back within 5 s: seconds to drain, p99 batch, lost; registrations meanwhile"
PHONES, SCANS, WITHIN_S, SEED = 50, 400, 5.0, 20261124
LIMITS = {"drained_s": 15.0, "batch_p99_ms": 2000.0, "registration_p95_ms": 1000.0}
REGISTRATIONS_PER_S = 5


def run(quick: bool) -> dict[str, Any]:
    """Drain; the fault (a server that stores 49 of 50) must be seen."""
    scans = 100 if quick else SCANS
    with tempfile.TemporaryDirectory() as folder:
        good, figures = drain(Path(folder), PHONES, scans, ["rakor.cli", "web"])
    with tempfile.TemporaryDirectory() as folder:
        fits, seen = drain(Path(folder), 4, 100, ["bench._faulty", "early", "web"])
    bites = {"a server that stores 49 of 50": seen["lost"]}
    return {"ok": good and not fits and seen["lost"] > 0, **figures, "limits": LIMITS, "bites": bites, "seed": SEED}


def drain(folder: Path, phones: int, scans: int, server: list[str]) -> tuple[bool, dict[str, Any]]:
    """Fill every outbox, bring all phones back, and measure until the last is empty."""
    rng, port = random.Random(SEED), free_port()
    hall = build(folder / "hall", f"sqlite:///{folder}/rakor.sqlite3", port, phones * scans, phones)
    set_size(hall, None)
    fleet = [Phone(hall, cookie, [port]) for cookie in hall.cookies]
    for number, ref in enumerate(hall.refs):
        fleet[number % phones].scan(ref, minutes_ago=30)
    answers: list[tuple[str, float]] = []
    stop = threading.Event()
    with serving(server, environment(hall), port):
        _warm(port)
        registering = threading.Thread(target=_register, args=(port, stop, answers))
        registering.start()
        began = time.monotonic()
        starts = sorted(rng.uniform(0, WITHIN_S) for _ in fleet)
        threads = [threading.Thread(target=_come_back, args=(one, at)) for one, at in zip(fleet, starts, strict=True)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        drained_s = round(time.monotonic() - began, 1)
        stop.set()
        registering.join()
    found = account(hall, fleet)
    figures: dict[str, Any] = {
        "phones": phones,
        "scans": phones * scans,
        "drained_s": drained_s,
        "batch_p50_ms": percentile((ms for one in fleet for ms in one.took_ms), 0.5),
        "batch_p99_ms": percentile((ms for one in fleet for ms in one.took_ms), 0.99),
        "refused": dict(sum((one.refused for one in fleet), Counter())),
        "registrations": len(answers),
        "registration_errors": sum(said != GOT_IT for said, _ms in answers),
        "registration_p95_ms": percentile((ms for _said, ms in answers), 0.95),
        **found.figures(),
    }
    fast = all(figures[name] <= limit for name, limit in LIMITS.items())
    return found.good and fast and not figures["registration_errors"] and bool(answers), figures


def _warm(port: int) -> None:
    """Ask every worker once, so that the first phone does not pay for what is loaded late."""
    for number in range(8):
        Sender(port, 50_000 + number).post(b"")


def _come_back(phone: Phone, after_s: float) -> None:
    time.sleep(after_s)
    if not phone.drain(120):
        raise RuntimeError("a phone was not drained")


def _register(port: int, stop: threading.Event, answers: list[tuple[str, float]]) -> None:
    for number in count(1):
        began = time.perf_counter()
        if stop.is_set():
            return
        said = Sender(port, number).post(form_of(900_000 + number))
        answers.append((said, (time.perf_counter() - began) * 1000))
        time.sleep(max(0.0, 1 / REGISTRATIONS_PER_S - (time.perf_counter() - began)))
