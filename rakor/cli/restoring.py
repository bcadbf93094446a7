"""Put a backup into an empty or an existing instance, with a new server epoch.

Everything is unpacked and verified before anything is touched, while rakor serves on; then ``rakor serve`` rests until
the backup stands in its place. What was there is kept: moved aside, or (PostgreSQL) saved as a backup of its own first.
The new epoch makes every desk offer again what it keeps, so the hole between the backup and now is filled from the
phones (check-in.md §2).
"""

import dataclasses
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from tempfile import mkdtemp
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import make_url, update

from rakor import audit, clock, upgrade
from rakor.app import create_app
from rakor.checkin.models import ServerEpoch
from rakor.config import from_environment
from rakor.db import db, transaction
from rakor.events.models import Event
from rakor.upkeep import authority, backup, running, tables
from rakor.upkeep.archive import Manifest, sync_folder, unpack

PATIENCE = 20.0
"""Seconds that servers on this instance get to rest, before nothing is done."""
LEAP = 1_000_000
"""How far the changes' numbers jump: no number that a desk saw after the backup is ever given again."""


class Refusal(StrEnum):
    """Why a restore was not begun; nothing was changed."""

    SERVING = "serving"
    NOT_EMPTY = "not_empty"
    OTHER_DATABASE = "other_database"


@dataclass(frozen=True)
class Restored:
    """What stands now: the backup's moment, its rows, the new epoch, and where the former state lies."""

    made_at: datetime
    row_count: int
    server_epoch: UUID
    former: Path | None
    goes_on: bool = False
    """True where a server rested meanwhile, and serves again by itself."""


def restore_archive(
    archive: Path, instance: Path, database_url: str, *, replace: bool, patience: float = PATIENCE
) -> Restored | Refusal:
    """Restore ``archive`` into ``instance`` and the database at ``database_url``; ``replace`` allows a used one.

    Servers of this instance get ``patience`` seconds to rest. Raises DamagedArchiveError for a backup that is not
    whole; nothing was changed then.
    """
    instance.mkdir(parents=True, exist_ok=True, mode=0o700)
    staging = Path(mkdtemp(prefix=".rakor-restore-", dir=instance))
    try:
        manifest = unpack(archive, staging)
        if manifest.database != make_url(database_url).get_backend_name():
            return Refusal.OTHER_DATABASE
        used = _used(instance, database_url)
        if used and not replace:
            return Refusal.NOT_EMPTY
        served = _is_served(instance)
        with _paused(instance, patience) as is_free:
            if not is_free:
                return Refusal.SERVING
            former = _put_aside(instance, database_url, manifest.database) if used else None
            done = _put_in_place(staging, instance, database_url, manifest, former)
        return dataclasses.replace(done, goes_on=served)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


@contextmanager
def _paused(instance: Path, patience: float) -> Iterator[bool]:
    """Let nobody serve on this instance; gives whether that was reached in time."""
    handle, deadline = running.hold(instance, running.PAUSED, alone=True), time.monotonic() + patience
    try:
        while _is_served(instance) and time.monotonic() < deadline:
            time.sleep(0.1)
        yield not _is_served(instance)
    finally:
        os.close(handle)


def _is_served(instance: Path) -> bool:
    return running.held(instance, running.SERVING) or running.held(instance, running.WORKING)


def _used(instance: Path, database_url: str) -> bool:
    if any(piece.exists() for piece in _pieces(instance, database_url)):
        return True
    if make_url(database_url).get_backend_name() == "sqlite":
        return False
    with _app(instance, database_url, bytes(32)).app_context():
        return not tables.is_empty()


def _put_aside(instance: Path, database_url: str, kind: str) -> Path:
    """Keep what is there; return where it lies."""
    aside = instance / clock.now().strftime("replaced-%Y%m%dT%H%M%S.%fZ")
    aside.mkdir(mode=0o700)
    if kind != "sqlite":
        app = _app(instance, database_url)
        with app.app_context():
            if not tables.is_empty():
                backup.make(aside)
            db.engine.dispose()
    for piece in _pieces(instance, database_url):
        if piece.exists():
            piece.rename(aside / piece.name)
    return aside


def _pieces(instance: Path, database_url: str) -> list[Path]:
    pieces = [instance / "secret.key", instance / "files"]
    if make_url(database_url).get_backend_name() == "sqlite":
        main = str(make_url(database_url).database)
        pieces += [Path(main + ending) for ending in ("", "-wal", "-shm")]
    return pieces


def _put_in_place(
    staging: Path, instance: Path, database_url: str, manifest: Manifest, former: Path | None
) -> Restored:
    for name in ("secret.key", "files"):
        if (staging / name).exists():
            (staging / name).rename(instance / name)
    _trust_again(staging, instance)
    if manifest.database == "sqlite":
        os.replace(staging / tables.DATABASE, str(make_url(database_url).database))
    sync_folder(instance)
    with _app(instance, database_url).app_context():
        if manifest.database == "sqlite":
            upgrade.upgrade()
        else:
            tables.copy_in(staging, manifest.revision, manifest.columns)
        epoch = _begin_anew(manifest.made_at)
        db.session.remove()
        db.engine.dispose()
    return Restored(manifest.made_at, sum(manifest.rows.values()), epoch, former)


def _trust_again(staging: Path, instance: Path) -> None:
    """Put the hall's authority back, so that phones need no second set-up; one that stands here stays."""
    kept, here = authority.authority_file(staging), authority.authority_file(instance)
    if kept.exists() and not here.exists():
        here.parent.mkdir(mode=0o700, exist_ok=True)
        kept.rename(here)
        here.chmod(0o600)
        sync_folder(here.parent)


def _begin_anew(made_at: datetime) -> UUID:
    """Give the server a new epoch, and every event numbers above all that were seen before the restore."""
    epoch, now = uuid4(), clock.now()
    with transaction() as session:
        known = session.get(ServerEpoch, 1)
        if known is None:
            session.add(ServerEpoch(number=1, epoch=epoch, since_at=now))
        else:
            known.epoch, known.since_at = epoch, now
        session.execute(update(Event).values(change_seq=Event.change_seq + LEAP))
        audit.record("installation.restore", object_kind="installation", reason=made_at.isoformat())
    return epoch


def _app(instance: Path, database_url: str, secret: bytes = b"") -> Flask:
    """Return the app on this instance; without ``secret`` the instance's own."""
    return create_app(from_environment(instance=instance, database_url=database_url, secret=secret))
