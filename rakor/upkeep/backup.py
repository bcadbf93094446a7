"""rakor backup: the database, the files and the secret in one archive, taken while everybody works."""

import json
import re
import shutil
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp

from flask import current_app

from rakor import clock
from rakor.db import db
from rakor.upkeep import authority, tables
from rakor.upkeep.archive import Manifest, Writer, durable_file

NAME = "rakor-%Y%m%dT%H%M%SZ.tar.gz"
NAMES = re.compile(r"rakor-\d{8}T\d{6}Z\.tar\.gz")
NOTE = "last-backup.json"
KEEP = 14


@dataclass(frozen=True)
class Backup:
    """A finished backup: where it lies, when its snapshot was taken, its size and what it holds."""

    path: Path
    made_at: datetime
    byte_count: int
    row_count: int
    took_s: float
    dropped: int = 0


def default_folder() -> Path:
    """Return where backups go by themselves: beside the database, until a better place is named."""
    folder: Path = current_app.config["RAKOR"].instance / "backups"
    return folder


def make(folder: Path, *, keep: int = KEEP) -> Backup:
    """Take a backup of the current app's installation into ``folder`` and drop all but the newest ``keep``.

    It appears under its name only when it is whole and on the disk. Raises OSError where the folder cannot be
    written, and UnsoundDatabaseError where the database itself says that it is not sound.
    """
    began, made_at = time.monotonic(), clock.now()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / made_at.strftime(NAME)
    staging = Path(mkdtemp(prefix=".rakor-backup-", dir=folder))
    instance: Path = current_app.config["RAKOR"].instance
    try:
        revision, rows, columns = tables.copy_out(db.engine, staging)
        manifest = Manifest(made_at, db.engine.dialect.name, revision, rows, columns)
        with durable_file(path) as file:
            _write(Writer(file), staging, instance, manifest)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    dropped = _drop_older(folder, keep)
    size = path.stat().st_size
    made = Backup(path, made_at, size, sum(rows.values()), round(time.monotonic() - began, 2), dropped)
    _note(instance, made)
    return made


def _write(archive: Writer, staging: Path, instance: Path, manifest: Manifest) -> None:
    """The database first, then the files: a file is on the disk before its row can be committed."""
    for found in sorted(path for path in staging.rglob("*") if path.is_file()):
        archive.add(found.relative_to(staging).as_posix(), found)
    for found in sorted((instance / "files").glob("*/*")):
        if found.suffix != ".part":
            archive.add(found.relative_to(instance).as_posix(), found)
    archive.add("secret.key", instance / "secret.key")
    trusted = authority.authority_file(instance)
    archive.add(trusted.relative_to(instance).as_posix(), trusted)
    archive.finish(manifest)


def _drop_older(folder: Path, keep: int) -> int:
    ours = sorted(path for path in folder.iterdir() if NAMES.fullmatch(path.name))
    old = ours[: -max(keep, 1)]
    for path in old:
        path.unlink()
    return len(old)


def _note(instance: Path, made: Backup) -> None:
    said = {"made_at": made.made_at.isoformat(), "path": str(made.path), "byte_count": made.byte_count}
    with durable_file(instance / NOTE) as file:
        file.write(json.dumps(said | {"row_count": made.row_count, "took_s": made.took_s}).encode())


def last(instance: Path) -> Backup | None:
    """Return the newest finished backup of an instance; None where there is none, or its archive is gone."""
    try:
        said = json.loads((instance / NOTE).read_text(encoding="ascii"))
        made_at = datetime.fromisoformat(said["made_at"]).astimezone(UTC)
        found = Backup(Path(said["path"]), made_at, said["byte_count"], said["row_count"], said["took_s"])
    except (OSError, ValueError, KeyError):
        return None
    return found if found.path.exists() else None


def kept(folder: Path) -> int:
    """Return how many finished backups lie in ``folder``."""
    return sum(1 for path in folder.iterdir() if NAMES.fullmatch(path.name)) if folder.is_dir() else 0
