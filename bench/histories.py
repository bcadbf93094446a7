"""Random days at the doors: over the real store (bench/_days.py), and through the real client and a real server
(bench/_clients.py); and every fault that they must catch.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, nullcontext
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar
from unittest.mock import patch

from bench import _clients, _mutants
from bench._days import Day
from bench._hall import SECRET
from rakor import config
from rakor.app import create_app
from rakor.attendance.rules import clocks, facts, reducer
from rakor.attendance.store import book, load, write
from rakor.checkin import batches
from rakor.db import Base, db
from tools import postgres

WHAT = "random days of up to 12 phones, both databases, some through the real client: divergences from the facts"
FULL, QUICK, TRIES = 10_000, 80, 60
CLIENT, QUICK_CLIENT, CLIENT_TRIES = 200, 2, 5
FIRST = 20261124
DATABASES = ("sqlite", "postgresql")
Ended = TypeVar("Ended")
RESTORED = FIRST + 4
"""A day with a restore while phones hold what it lost: the mutants of the client begin with it."""


def run(quick: bool) -> dict[str, Any]:
    """Play the days, half of them on each database, both at once; then each fault until it is caught."""
    figures: dict[str, Any] = {"first_seed": FIRST}
    count = (QUICK if quick else FULL) // len(DATABASES)
    with ProcessPoolExecutor(len(DATABASES), mp_context=get_context("spawn")) as apart:
        found = dict(zip(DATABASES, apart.map(diverged, DATABASES, repeat(count)), strict=True))
    for name, wrong in found.items():
        figures[name] = {"histories": count, "divergences": len(wrong)}
        if wrong:
            figures[name]["first"] = f"{wrong[0][0]}: {wrong[0][1][0][:160]}"
    wrong_clients, figures["client"] = through_the_client(QUICK_CLIENT if quick else CLIENT, quick)
    figures["bites_after"] = bites = faults_caught()
    bitten = [*bites.values(), *figures["client"]["bites_after"].values()]
    return {"ok": not any(found.values()) and not wrong_clients and None not in bitten, **figures}


def diverged(name: str, count: int) -> list[tuple[int, list[str]]]:
    """Play ``count`` days on a database of the kind; return the seeds that ended badly, and what was wrong."""
    with on_a_database(name):
        days = shown(name, count, ((seed, Day(seed).play()) for seed in range(FIRST, FIRST + count)))
        return [(seed, told) for seed, told in days if told]


def through_the_client(count: int, quick: bool) -> tuple[bool, dict[str, Any]]:
    """Play days with the desk's own modules, a bad line and a server, then its mutants; ``quick``: on SQLite alone."""
    figures: dict[str, Any] = {}
    wrong: list[list[str]] = []
    names = DATABASES[:1] if quick else DATABASES
    for name in names:
        with _database(name, "clients") as (url, folder), _clients.place(url, folder) as held:
            seeds = range(FIRST, FIRST + count // len(names))
            told = list(shown(f"client, {name}", len(seeds), held.play(seeds)))
            wrong += [one for one in told if one]
            figures[name] = {"histories": len(told), "divergences": sum(map(bool, told)), "line": dict(held.line.did)}
            if name == "sqlite":
                figures["bites_after"] = {what: _caught_after(held, mutant) for what, mutant in MUTANTS.items()}
    if wrong:
        figures["first"] = wrong[0][0][:160]
    return bool(wrong), figures


def shown(what: str, count: int, days: Iterable[Ended]) -> Iterator[Ended]:
    """Hand on the days as they end, and say on the screen how far it is: ten thousand take most of an hour."""
    began, every = time.monotonic(), max(1, count // 10)
    for number, day in enumerate(days, 1):
        if number % every == 0:
            took = time.monotonic() - began
            print(f"histories ({what}): {number} of {count}, {took:.0f} s", file=sys.stderr, flush=True)
        yield day


def _caught_after(held: _clients.Place, mutant: _mutants.Mutant) -> int | None:
    days = held.play(range(RESTORED, RESTORED + CLIENT_TRIES), mutant)
    return next((number for number, told in enumerate(days, 1) if told), None)


def faults_caught() -> dict[str, int | None]:
    """Return after how many days every fault was caught on SQLite; None where it never was."""
    found: dict[str, int | None] = {}
    with on_a_database("sqlite"):
        for name, fault in FAULTS.items():
            found[name] = next((n for n in range(1, TRIES + 1) if caught(fault, FIRST + n)), None)
    return found


def caught(fault: Callable[[], Any], seed: int) -> bool:
    """True where a day with the fault ends badly."""
    with fault() as wishes:
        return bool(Day(seed, **(wishes if isinstance(wishes, dict) else {})).play())


@contextmanager
def on_a_database(name: str, within: Path | None = None) -> Iterator[None]:
    """Hold an app context on a fresh database of the kind; SQLite's lies in a folder ``within``."""
    with _database(name, "days", within) as (url, folder):
        app = create_app(
            config.Config(instance=folder, database_url=url, secret=SECRET, testing=True, base_url="http://localhost")
        )
        with app.app_context():
            Base.metadata.create_all(db.engine)
            yield
            db.session.remove()
            db.engine.dispose()


@contextmanager
def _database(kind: str, name: str, within: Path | None = None) -> Iterator[tuple[str, Path]]:
    """Hold an empty database and a folder: its address, and the folder."""
    with (
        postgres.server() if kind == "postgresql" else nullcontext(None) as running,
        tempfile.TemporaryDirectory(dir=within) as folder,
    ):
        yield postgres.create_database(running, name) if running else f"sqlite:///{folder}/{name}.sqlite3", Path(folder)


# ---- the faults ---------------------------------------------------------------------------------------------------


@contextmanager
def _clocks_move_nobody() -> Iterator[None]:
    with patch.object(load, "people", lambda asked: set()):
        yield


@contextmanager
def _earlier_clocks_forgotten() -> Iterator[None]:
    with patch.object(load, "_clocks", lambda question: []):
        yield


@contextmanager
def _earlier_facts_forgotten() -> Iterator[None]:
    with patch.object(load, "ledger", lambda connection, people, targets: []):
        yield


@contextmanager
def _early_rulings_forgotten() -> Iterator[None]:
    with patch.object(write, "adopt", lambda connection, rulings: None):
        yield


@contextmanager
def _acknowledged_before_commit() -> Iterator[None]:
    real, calls = write.facts, iter(range(10**9))

    def careless(connection: Any, entries: Any, change_seq: Any, now: Any) -> None:
        kept = [entry for entry in entries if next(calls) % 50]
        real(connection, kept, change_seq, now)

    with patch.object(write, "facts", careless):
        yield


@contextmanager
def _order_of_arrival() -> Iterator[None]:
    """The book reduces in the order of receipt instead of corrected time."""
    real = reducer.reduce

    def by_arrival(found: Any, tickets: Any, *rest: Any, **more: Any) -> facts.Presence:
        class Raw(clocks.Clocks):
            def moment(self, fact: facts.Fact) -> facts.Moment:
                return facts.Moment(fact.wall_at)

        return real(found, tickets, *rest, **more | {"clocks": Raw(())})

    with patch.object(book, "reduce", by_arrival):
        yield


@contextmanager
def _repeats_are_facts() -> Iterator[None]:
    """A repeat under a new id: what a client makes of a lost reply when the id is made on sending."""
    real, calls = batches.sent, iter(range(10**9))

    def renamed(device: Any, batch: Any) -> Any:
        for record in batch.records:
            if next(calls) % 30 == 0:
                record["scan_id"] = record["scan_id"][:-6] + f"{next(calls) % 10**6:06d}"
        return real(device, batch)

    with patch.object(batches, "sent", renamed):
        yield


@contextmanager
def _forgets_when_the_reply_is_lost() -> Iterator[dict[str, bool]]:
    yield {"forgetful": True}


@contextmanager
def _restored_under_the_old_epoch() -> Iterator[dict[str, bool]]:
    yield {"same_epoch": True}


MUTANTS = {
    "the client forgets when the reply is lost": _mutants.FORGETS,
    "the client does not notice a restored server": _mutants.DEAF_TO_EPOCHS,
}
FAULTS: dict[str, Callable[[], Any]] = {
    "a clock record moves nobody": _clocks_move_nobody,
    "earlier clock records are forgotten": _earlier_clocks_forgotten,
    "earlier facts are forgotten": _earlier_facts_forgotten,
    "a ruling before its scan is forgotten": _early_rulings_forgotten,
    "acknowledged without being stored": _acknowledged_before_commit,
    "the device's own clock is believed": _order_of_arrival,
    "a repeat gets a new id": _repeats_are_facts,
    "the phone forgets when the reply is lost": _forgets_when_the_reply_is_lost,
    "restored under the old epoch": _restored_under_the_old_epoch,
}
