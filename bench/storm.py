"""Five minutes at the door while server processes are killed at random, and on PostgreSQL the database too."""

import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from bench._desks import Phone, account
from bench._hall import Hall, build, environment
from bench._serving import ROOT, free_port
from tools import postgres

WHAT = "8 phones × 2 scans/s while server processes are killed (PostgreSQL: 3 servers, the database stopped too)"
PHONES, PER_S, SEED = 8, 2.0, 20261124
FULL = {"seconds": 300.0, "kills": 40, "stops": 5}
QUICK = {"seconds": 15.0, "kills": 6, "stops": 0}
DRAIN_S = 120.0
PATIENCE_S = 40.0


def run(quick: bool) -> dict[str, Any]:
    """Storm on SQLite with one server and (not ``quick``) on PostgreSQL with three; the fault must be seen."""
    wish = QUICK if quick else FULL
    figures: dict[str, Any] = {"phones": PHONES, "seed": SEED}
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/rakor.sqlite3"
        good, figures["sqlite"] = storm(Path(folder), url, None, 1, wish["seconds"], int(wish["kills"]))
    if not quick:
        with postgres.server(durable=True) as running, tempfile.TemporaryDirectory() as folder:
            url = postgres.create_database(running, "storm")
            stops = int(wish["stops"])
            fits, figures["postgresql"] = storm(
                Path(folder), url, running, 3, wish["seconds"], int(wish["kills"]), stops=stops
            )
        good &= fits
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/rakor.sqlite3"
        _fits, seen = storm(Path(folder), url, None, 1, 10.0, 6, forgets=True)
    figures["bites"] = {"phones that forget when no answer comes": seen["never_stored"]}
    return {"ok": good and seen["never_stored"] > 0, **figures}


def storm(
    folder: Path,
    url: str,
    database: "postgres.Server | None",
    servers: int,
    seconds: float,
    kills: int,
    *,
    stops: int = 0,
    forgets: bool = False,
) -> tuple[bool, dict[str, Any]]:
    """Scan, kill, drain; return whether every scan shown green is stored exactly once, with the figures."""
    rng, ports = random.Random(SEED), [free_port() for _ in range(servers)]
    hall = build(folder / "hall", url, ports[0], round(PHONES * PER_S * seconds * 1.2) + 50, PHONES)
    phones = [Phone(hall, cookie, ports, forgets=forgets) for cookie in hall.cookies]
    stop = threading.Event()
    killed: Counter[str] = Counter()
    with ExitStack() as stack:
        parents = [stack.enter_context(_supervised(hall, port)) for port in ports]
        restarts = stack.enter_context(_database(database)) if database else None
        threads = [threading.Thread(target=_work, args=(one, hall, n, stop)) for n, one in enumerate(phones)]
        for thread in threads:
            thread.start()
        moments = sorted([(rng.uniform(1, seconds), "kill") for _ in range(kills)] +
                         [(rng.uniform(5, seconds - 5), "stop") for _ in range(stops)])  # fmt: skip
        began = time.monotonic()
        for at, what in moments:
            time.sleep(max(0.0, at - (time.monotonic() - began)))
            if what == "stop" and restarts is not None:
                restarts()
                killed["database"] += 1
            else:
                killed[_kill_one(parents, rng)] += 1
        time.sleep(max(0.0, seconds - (time.monotonic() - began)))
        stop.set()
        for thread in threads:
            thread.join()
        drained = all(phone.drain(DRAIN_S) for phone in phones)
        found = account(hall, phones)
    shown = sum(phone.scanner.seq for phone in phones)
    figures = {
        "seconds": seconds,
        "killed": dict(killed),
        "shown_green": shown,
        "never_stored": shown - found.stored,
        "refused": dict(sum((phone.refused for phone in phones), Counter())),
        **found.figures(),
    }
    good = drained and found.good and found.stored == shown and sum(killed.values()) - killed["nobody"] == kills + stops
    return good, figures


def _work(phone: Phone, hall: Hall, number: int, stop: threading.Event) -> None:
    """Scan twice a second, each guest at one phone, and send what waits after each scan."""
    for ref in hall.refs[number::PHONES]:
        if stop.is_set():
            return
        began = time.monotonic()
        phone.scan(ref)
        phone.sync()
        stop.wait(max(0.0, 1 / PER_S - (time.monotonic() - began)))


@contextmanager
def _supervised(hall: Hall, port: int) -> Iterator[int]:
    """Run ``rakor serve`` on a port; give its process id."""
    command = [sys.executable, "-m", "rakor.cli", "serve", "--no-worker", "--port", str(port)]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **environment(hall), "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        deadline = time.monotonic() + 60
        while not _kin(process.pid, depth=2) and time.monotonic() < deadline:
            time.sleep(0.1)
        yield process.pid
    finally:
        process.terminate()
        process.wait(15)


@contextmanager
def _database(running: postgres.Server) -> Iterator[Any]:
    """Give a function that stops the database at once, as a power cut would, and starts it again."""
    newest: list[subprocess.Popen[bytes]] = []

    def stop_and_start() -> None:
        pid = newest[-1].pid if newest else running.pid
        os.kill(pid, signal.SIGQUIT)
        _await_gone(pid)
        time.sleep(1.0)
        newest.append(postgres.launch(running.folder, durable=True))

    try:
        yield stop_and_start
    finally:
        if newest:
            newest[-1].send_signal(signal.SIGQUIT)
            newest[-1].wait(15)


def _await_gone(pid: int) -> None:
    for _ in range(200):
        with suppress(OSError):
            state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
            if state != "Z":
                time.sleep(0.05)
                continue
        return


def _kill_one(parents: Sequence[int], rng: random.Random) -> str:
    """Kill -9 a random process below one supervisor: a web server's master or one of its workers."""
    parent, deadline = rng.choice(parents), time.monotonic() + PATIENCE_S
    while not (kin := _kin(parent)):  # all dead: the supervisor is about to start them again
        if time.monotonic() > deadline:
            return "nobody"
        time.sleep(0.1)
    pid, depth = rng.choice(kin)
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    return "master" if depth == 1 else "worker"


def _kin(parent: int, depth: int = 1) -> list[tuple[int, int]]:
    """Return the living descendants of a process with their depth; with ``depth`` 2 only when there are workers."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        with suppress(OSError, ValueError):
            fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
            if fields[0] != "Z":
                children.setdefault(int(fields[1]), []).append(int(folder.name))
    first = children.get(parent, [])
    found = [(pid, 1) for pid in first] + [(pid, 2) for one in first for pid in children.get(one, [])]
    return found if depth == 1 or any(level == 2 for _pid, level in found) else []
