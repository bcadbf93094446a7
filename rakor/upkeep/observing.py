"""Looking at an installation: its database, folder, clock, worker and backups."""

import ctypes
import shutil
import sys
from datetime import datetime
from pathlib import Path

from flask import current_app
from sqlalchemy import Connection, func, select, text
from sqlalchemy.exc import SQLAlchemyError

from rakor import clock, upgrade
from rakor.db import db, is_postgresql
from rakor.engine import sqlite_driver
from rakor.outbox import Job, JobState
from rakor.upkeep import authority, backup, neighbours, running
from rakor.upkeep.rules import WANTED, Lan, Observed

TIME_ERROR = 5


def observe(*, lan: bool = False) -> Observed:
    """Return how the current app's installation is now; a database that does not answer leaves its part empty.

    With ``lan`` also how this machine stands in its network where `rakor serve --lan` never ran.
    """
    settings = current_app.config["RAKOR"]
    instance: Path = settings.instance
    last = backup.last(instance)
    plain = Observed(
        now=clock.now(),
        base_url=settings.base_url,
        lan=_lan(instance, asked=lan),
        secret_open=_open_secret(instance / "secret.key"),
        free_bytes=shutil.disk_usage(instance).free,
        clock_kept=clock_kept(),
        working=running.held(instance, running.WORKING),
        backup_at=last.made_at if last else None,
        backup_bytes=last.byte_count if last else 0,
    )
    try:
        with db.engine.connect() as connection:
            return _with_database(plain, connection)
    except SQLAlchemyError:
        return plain


def _lan(instance: Path, *, asked: bool) -> Lan | None:
    standing = authority.standing(instance)
    if standing is None:
        return Lan(tuple(neighbours.addresses())) if asked else None
    return Lan(tuple(neighbours.addresses()), standing.names, standing.until_at, standing.open_file)


def _with_database(plain: Observed, connection: Connection) -> Observed:
    version, settings, database_now = (_postgresql if is_postgresql() else _sqlite)(connection)
    differences = len(upgrade.differences(db.engine))
    due = Job.state.in_([JobState.QUEUED, JobState.RUNNING]), Job.run_at <= plain.now
    waiting = failed = None
    if not differences:
        waiting = connection.scalar(select(func.min(Job.run_at)).where(*due))
        failed = connection.scalar(select(func.count()).where(Job.state == JobState.FAILED))
    return Observed(
        **{name: getattr(plain, name) for name in plain.__dataclass_fields__}
        | {
            "database": connection.dialect.name,
            "version": version,
            "settings": settings,
            "database_now": database_now,
            "schema_differences": differences,
            "waiting_since": waiting,
            "failed_jobs": failed or 0,
        }
    )


Seen = tuple[tuple[int, ...], tuple[tuple[str, str], ...], datetime | None]


def _sqlite(connection: Connection) -> Seen:
    names = WANTED["sqlite"]
    said = tuple((name, str(connection.exec_driver_sql(f"PRAGMA {name}").scalar())) for name in names)
    return sqlite_driver.sqlite_version_info, said, None


def _postgresql(connection: Connection) -> Seen:
    said = tuple((name, str(connection.scalar(text(f"SHOW {name}")))) for name in WANTED["postgresql"])
    number = int(connection.scalar(text("SHOW server_version_num")) or 0)
    return (number // 10_000, number % 10_000), said, connection.scalar(text("SELECT clock_timestamp()"))


def _open_secret(path: Path) -> str:
    return str(path) if path.exists() and path.stat().st_mode & 0o077 else ""


class _Timex(ctypes.Structure):
    """The head of the kernel's ``struct timex``; the rest is room that the call may write into."""

    _fields_ = [("modes", ctypes.c_uint), ("room", ctypes.c_byte * 508)]


def clock_kept() -> bool | None:
    """Return whether this machine's clock is kept by a time server, as the kernel says (Linux); None elsewhere."""
    if sys.platform != "linux":
        return None
    state = int(ctypes.CDLL(None, use_errno=True).ntp_adjtime(ctypes.byref(_Timex())))
    return None if state < 0 else state != TIME_ERROR
