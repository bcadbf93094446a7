"""The database's engine: its settings, the fair turn of the writers, and the write-ahead log kept short."""

import fcntl
import logging
import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.engine import make_url

try:  # Debian's own SQLite links the WAL-reset race of 3.7.0–3.51.2; the wheel carries a safe one
    from pysqlite3 import dbapi2 as found
except ImportError:  # pragma: no cover - platforms without the wheel
    found = sqlite3
sqlite_driver: Any = found
for as_it_is in (type(None), bytes, memoryview):
    # the driver takes these anyhow, but looks for four ways to change each first: 1.8 µs a value, a third of an insert
    sqlite_driver.register_adapter(as_it_is, lambda value: value)

log = logging.getLogger(__name__)
LOG_PAGES = 16_000
"""How long SQLite's log grows, in pages of 4 KB, before whoever commits must copy it into the database itself."""
COPY_EVERY_S = 1.0

writing: ContextVar[bool] = ContextVar("rakor_writing", default=False)
_lock_files = threading.local()


class UnsafeDatabaseError(RuntimeError):
    """The database engine found here would not keep rakor's promises."""


def check_sqlite_version(version: tuple[int, ...]) -> None:
    """Refuse SQLite versions with the WAL-reset race (fixed in 3.51.3; backports 3.44.6 and 3.50.7)."""
    safe = version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)
    if not safe:
        raise UnsafeDatabaseError(
            f"SQLite {'.'.join(map(str, version))} can lose writes in WAL mode; install the pysqlite3 package "
            "or use PostgreSQL (RAKOR_DATABASE_URL)."
        )


def engine_options(url: str) -> dict[str, Any]:
    """Return ``create_engine`` options for ``url``; raises UnsafeDatabaseError for a broken SQLite."""
    if make_url(url).get_backend_name() != "sqlite":
        # the driver forgets what it has prepared with every rollback, ours at the door too (``rakor.lean.pipeline``)
        own = {"prepare_threshold": None}
        return {"pool_pre_ping": True, "pool_size": 10, "max_overflow": 20, "connect_args": own}
    check_sqlite_version(sqlite_driver.sqlite_version_info)
    return {
        "module": sqlite_driver,
        "connect_args": {"check_same_thread": False, "timeout": 30},
        "pool_size": 20,
        "max_overflow": 60,
        "pool_use_lifo": True,  # the connection that is warm
    }


def prepare_engine(engine: Engine) -> None:
    """Set what every connection needs: WAL, full synchronisation, foreign keys, and our own BEGIN; how values look."""
    if engine.dialect.name != "sqlite":
        event.listen(engine, "connect", _write_as_we_read)
        return

    @event.listens_for(engine, "connect")
    def _settings(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "busy_timeout=30000",
            "temp_store=MEMORY",
            "cache_size=-32000",
            "mmap_size=268435456",
            f"wal_autocheckpoint={LOG_PAGES}",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing.get() else "BEGIN")


def _write_as_we_read(connection: Any, _record: Any) -> None:
    """Have PostgreSQL write texts, moments and bytes as ``rakor.driver_values`` reads them, and read them so, whatever
    its own settings are.
    """
    connection.autocommit = True
    connection.execute("SET client_encoding TO 'UTF8'; SET datestyle TO ISO; SET bytea_output TO hex")
    connection.autocommit = False


@contextmanager
def turn(path: str | None) -> Iterator[None]:
    """Wait in line to write. SQLite's own busy handler sleeps and starves writers; a file lock queues them.

    Every thread holds its own open files, so the kernel's locks order threads and processes alike. Whoever waits
    holds the place next in line: without it, a process that has just been served takes the turn again before the
    one that waited is awake.
    PostgreSQL orders writers by row locks and needs no turn (None).
    """
    if path is None:
        yield
        return
    taken, next_in_line = _lock_pair(path)
    fcntl.flock(next_in_line, fcntl.LOCK_EX)
    fcntl.flock(taken, fcntl.LOCK_EX)
    fcntl.flock(next_in_line, fcntl.LOCK_UN)
    try:
        yield
    finally:
        fcntl.flock(taken, fcntl.LOCK_UN)


def _lock_pair(path: str) -> tuple[int, int]:
    """Return this thread's own open files of the turn and of the place next in line."""
    held = getattr(_lock_files, "held", None)
    if held is None or held[0] != path or held[1] != os.getpid():
        files = [os.open(name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600) for name in (path, f"{path}.next")]
        held = _lock_files.held = (path, os.getpid(), *files)
    return held[2], held[3]


def lock_path(url: str) -> str | None:
    """Return the path of the turn's lock file for a SQLite ``url``; None for other databases."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        return None
    return f"{parsed.database}.turn"


def keep_log_short(engine: Engine) -> None:
    """Copy SQLite's log into the database every second, beside the writers, in a thread of this process.

    Without it whoever makes the log too long copies it all while everybody waits for the turn (0.1 s at the door).
    """
    if engine.dialect.name == "sqlite":
        threading.Thread(target=_copy_for_ever, args=(engine,), name="log", daemon=True).start()


def _copy_for_ever(engine: Engine) -> None:
    while True:
        time.sleep(COPY_EVERY_S)
        try:
            copy_log(engine)
        except Exception:
            log.exception("the log was not copied; the next commits do it")


def copy_log(engine: Engine) -> tuple[int, int]:
    """Copy what the log holds into the database, without making anybody wait; return its pages, and those copied."""
    with engine.connect() as connection:
        cursor = connection.connection.cursor()
        _busy, pages, copied = cursor.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        return pages, copied
