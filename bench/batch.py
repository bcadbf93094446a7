"""Batches of 200 scans from four desks at once, over HTTP, on SQLite with synchronous=FULL."""

import itertools
import tempfile
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import Engine, event

from bench._hall import Hall, Scanner, build, environment
from bench._load import WARMING_S, Load, push
from bench._serving import free_port, serving
from rakor.app import create_app
from rakor.db import db
from rakor.engine import sqlite_driver

WHAT = "batches of 200 scans, 4 desks at once; SQL statements for 1, 3 and 200 scans"
DESKS, SIZE = 4, 200
SECONDS, ROUNDS = 3.0, 5
BATCHES = round((SECONDS + WARMING_S) * 14)  # that a desk has waiting: more than it can send
PEOPLE = DESKS * BATCHES * SIZE
SIZES = (1, 3, SIZE)
LIMIT_PER_S, LIMIT_STATEMENTS = 8000, 12


def run(quick: bool) -> dict[str, Any]:
    """Push for some seconds in several rounds and take the middle one; count the statements of one request."""
    with tempfile.TemporaryDirectory() as folder:
        statements = counted(Path(folder) / "counted")
        rounds = sorted(
            (pushed(Path(folder) / str(number)) for number in range(1 if quick else ROUNDS)),
            key=lambda load: load.per_second,
        )
    middle = rounds[len(rounds) // 2]
    scans = round(middle.per_second * SIZE)
    constant = len(set(statements.values())) == 1 and max(statements.values()) <= LIMIT_STATEMENTS
    return {
        "ok": scans >= LIMIT_PER_S and constant and not any(load.errors for load in rounds),
        "scans_per_s": scans,
        "scans_per_s_from_to": [round(load.per_second * SIZE) for load in (rounds[0], rounds[-1])],
        "batch_p50_ms": middle.p50_ms,
        "batch_p99_ms": middle.p99_ms,
        "people": PEOPLE,
        "statements": statements,
        "errors": sum(load.errors for load in rounds),
        "limits": {"scans_per_s": LIMIT_PER_S, "statements": LIMIT_STATEMENTS},
    }


def pushed(folder: Path) -> Load:
    """Let four desks empty their outboxes in a new hall: whoever is scanned is scanned for the first time."""
    port = free_port()
    hall = build(folder, f"sqlite:///{folder}/rakor.sqlite3", port, PEOPLE, DESKS)
    refs = itertools.cycle(hall.refs)
    outboxes = [_outbox(Scanner(hall, cookie), refs, BATCHES) for cookie in hall.cookies]
    with serving(["rakor.cli", "web"], environment(hall), port):
        return push(port, outboxes, SECONDS, keep_alive=True)


def counted(folder: Path) -> dict[int, int]:
    """Return how many SQL statements the first batch of a desk takes, by its size."""
    hall = build(folder, f"sqlite:///{folder}/rakor.sqlite3", free_port(), sum(SIZES), len(SIZES))
    refs = iter(hall.refs)
    return {
        size: count(hall, cookie, list(itertools.islice(refs, size)))
        for size, cookie in zip(SIZES, hall.cookies, strict=True)
    }


def _outbox(scanner: Scanner, refs: "itertools.cycle[str]", batches: int) -> Callable[[], bytes]:
    """Fill a desk's outbox: its scans were written before the network came back, so that takes none of the time."""

    def make() -> bytes:
        return scanner.request([next(refs) for _ in range(SIZE)], close=False)

    waiting = deque(make() for _ in range(batches))
    return lambda: waiting.popleft() if waiting else make()


def count(hall: Hall, cookie: str, refs: Sequence[str]) -> int:
    """Return how many SQL statements a desk's first batch, of fresh ``refs``, takes, with the look-up of its cookie."""
    app = create_app(hall.settings)
    scanner = Scanner(hall, cookie, seq=1000, segment="00000000-0000-4000-8000-000000000000")
    client = app.test_client()
    name, _, token = cookie.partition("=")
    client.set_cookie(name, token, domain="127.0.0.1")
    seen: list[str] = []
    with app.app_context():
        _watch(db.engine, seen)
    _post(client, hall, [scanner.record(ref) for ref in refs])
    return len(seen)


def _watch(engine: Engine, seen: list[str]) -> None:
    """Note every statement that any cursor of the driver is given, but the frame of the transaction."""

    class Cursor(sqlite_driver.Cursor):  # type: ignore[misc]
        def execute(self, sql: str, *values: Any) -> Any:
            seen.extend([] if sql.startswith(("BEGIN", "COMMIT", "PRAGMA")) else [sql])
            return super().execute(sql, *values)

        def executemany(self, sql: str, *values: Any) -> Any:
            seen.append(sql)
            return super().executemany(sql, *values)

    class Connection(sqlite_driver.Connection):  # type: ignore[misc]
        def cursor(self, *_factory: Any) -> Any:
            return super().cursor(Cursor)

    @event.listens_for(engine, "do_connect")
    def _watched(_dialect: Any, _record: Any, _arguments: Any, options: dict[str, Any]) -> None:
        options["factory"] = Connection


def _post(client: FlaskClient, hall: Hall, records: list[dict[str, Any]]) -> None:
    body = {"records": records, "changes": 0}
    base = hall.settings.base_url
    answer = client.post("/scan/v1/batches", json=body, base_url=base, headers={"Origin": base})
    assert answer.status_code == 200, answer.text
