"""Check-in of one scan over HTTP, beside a bare app that does one durable insert under the same server and turn."""

import itertools
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any
from uuid import uuid4

from bench import _serving, _watched
from bench._hall import Hall, Scanner, build, environment
from bench._load import Load, post, push
from bench._serving import free_port, serving
from rakor import config
from tools import postgres

WHAT = "one scan over HTTP, both databases (SQLite: FULL), beside a bare insert; 20 a second while 200 dashboards poll"
SHARES = {8: 0.8, 32: 1.0}
P99_FACTOR = 2.0
WATCHED_PEOPLE = 20_000


@dataclass(frozen=True)
class _Measure:
    """How clients ask, how long and how often, and of how many people: more than can be scanned in that time."""

    ways: tuple[tuple[str, int], ...]
    seconds: float
    rounds: int
    people: int


WAYS = tuple(itertools.product(("new_connections", "keep_alive"), sorted(SHARES)))
WHOLLY, QUICKLY = _Measure(WAYS, 3.0, 5, 25_000), _Measure(WAYS[:1], 3.0, 1, 6_000)


def run(quick: bool) -> dict[str, Any]:
    """Measure rakor and the bare app by turns on both databases; ``quick``: SQLite only, shorter."""
    measure = QUICKLY if quick else WHOLLY
    figures: dict[str, Any] = {"clients": sorted(SHARES), "server": f"gthread {_serving.WORKERS}×{_serving.THREADS}"}
    good = True
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/{{}}.sqlite3"
        fits, figures["sqlite"] = _database(Path(folder), url.format, measure)
        good &= fits & _watch(Path(folder), url.format("watched"), figures["sqlite"], quick)
        resting = ["bench._faulty", "slow", "web"]
        held, slow = _watched.watched(Path(folder) / "slow", url.format("slow"), 500, 3.0, resting)
        figures["bites"] = {"who has the turn rests 100 ms: scan_p95_ms": slow["scan_p95_ms"]}
        good &= not held and slow["scan_p95_ms"] > _watched.P95_MS
    if not quick:
        with tempfile.TemporaryDirectory() as folder, postgres.server(durable=True) as running:
            fits, figures["postgresql"] = _database(
                Path(folder), lambda name: postgres.create_database(running, name), measure
            )
            watched = _watch(Path(folder), postgres.create_database(running, "watched"), figures["postgresql"], quick)
            good &= fits & watched
    limits = {"share_of_bare": SHARES, "p99_times_bare": P99_FACTOR, "watched_scan_p95_ms": _watched.P95_MS}
    return {"ok": good, **figures, "limits": limits}


def _watch(folder: Path, url: str, figures: dict[str, Any], quick: bool) -> bool:
    """Measure the door while 200 dashboards poll; whether its limit holds."""
    people, seconds = (1_000, 3.0) if quick else (WATCHED_PEOPLE, 30.0)
    held, figures["watched"] = _watched.watched(folder / "watched", url, people, seconds, ["rakor.cli", "web"])
    return held


def _database(folder: Path, url: Callable[[str], str], measure: _Measure) -> tuple[bool, dict[str, Any]]:
    """Measure every way of asking, each on new databases: whoever is scanned is scanned for the first time."""
    figures: dict[str, Any] = {}
    good = True
    for way, clients in measure.ways:
        name = f"{clients}_clients_{way}"
        urls = url(f"rakor_{name}"), url(f"bare_{name}")
        loads = _by_turns(folder / name, urls, clients, way == "keep_alive", measure)
        fits, figures[name] = _judged(loads, SHARES[clients])
        good &= fits
    return good, figures


def _by_turns(
    folder: Path, urls: tuple[str, str], clients: int, keep_alive: bool, measure: _Measure
) -> list[tuple[Load, Load]]:
    """Measure rakor and the bare app by turns, so that what else the machine does hits both alike."""
    port, bare_port = free_port(), free_port()
    hall = build(folder, urls[0], port, measure.people, clients)
    bare = config.Config(instance=folder, database_url="", secret=b"", base_url=f"http://127.0.0.1:{bare_port}")
    refs = itertools.cycle(hall.refs)
    scans = [_scan(Scanner(hall, cookie), refs, keep_alive) for cookie in hall.cookies]
    inserts = [_insert(bare, keep_alive)] * clients
    with (
        serving(["rakor.cli", "web"], environment(hall), port),
        serving(["bench._bare"], {"BARE_DATABASE_URL": urls[1]}, bare_port),
    ):
        both, seconds = ((port, scans), (bare_port, inserts)), measure.seconds
        rounds = [[push(*one, seconds, keep_alive=keep_alive) for one in both] for _ in range(measure.rounds)]
        return [(ours, plain) for ours, plain in rounds]


def _judged(loads: list[tuple[Load, Load]], share: float) -> tuple[bool, dict[str, Any]]:
    """Compare each round with the bare app's of the same minute: a machine's speed changes by more than the share. The
    middle one counts; ``share_from_to`` are the lowest and the highest.
    """
    shares = sorted(ours.per_second / bare.per_second for ours, bare in loads)
    found = round(median(shares), 2)
    slower = round(median(ours.p99_ms / bare.p99_ms for ours, bare in loads), 2)
    ours, bare = (max(of_one, key=lambda load: load.per_second) for of_one in zip(*loads, strict=True))
    fits = found >= share and slower <= P99_FACTOR and not any(one.errors for pair in loads for one in pair)
    line = {
        "per_s": ours.per_second,
        "bare_per_s": bare.per_second,
        "share": found,
        "share_from_to": [round(shares[0], 2), round(shares[-1], 2)],
        "p50_ms": ours.p50_ms,
        "p99_ms": ours.p99_ms,
        "bare_p99_ms": bare.p99_ms,
        "p99_times_bare": slower,
        "errors": sum(one.errors for pair in loads for one in pair),
    }
    return fits, line


def _insert(bare: config.Config, keep_alive: bool) -> Callable[[], bytes]:
    return lambda: post("/insert", {"scan_id": str(uuid4()), "ref": "0" * 24}, bare, "none=", close=not keep_alive)


def _scan(scanner: Scanner, refs: "itertools.cycle[str]", keep_alive: bool) -> Callable[[], bytes]:
    return lambda: scanner.request([next(refs)], close=not keep_alive)


__all__ = ["WHAT", "Hall", "run"]
