"""A backup as one file: a tar of the database, the stored files and the secret, and a manifest that proves it whole.

Members: ``database.sqlite3`` or ``tables/<name>`` (PostgreSQL's COPY text), ``files/<2 hex>/<32 hex>``, ``secret.key``,
``lan/authority.pem`` where phones of a hall trust this installation, and last ``manifest.json``, whose digests cover
all the others. Whoever has the archive has the installation.
"""

import io
import json
import os
import re
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

FORMAT = 1
MANIFEST = "manifest.json"
MEMBER = re.compile(
    r"database\.sqlite3|tables/[a-z][a-z0-9_]{0,62}|files/[0-9a-f]{2}/[0-9a-f]{32}|secret\.key|lan/authority\.pem"
)
CHUNK = 1 << 20


class DamagedArchiveError(Exception):
    """The file is no whole backup; the message says what is wrong with it."""


@dataclass(frozen=True)
class Manifest:
    """What an archive holds. ``rows`` counts each table's rows, ``columns`` names the columns in COPY's order."""

    made_at: datetime
    database: str
    revision: str
    rows: dict[str, int]
    columns: dict[str, list[str]]
    digests: dict[str, str] = field(default_factory=dict)
    format: int = FORMAT


class Writer:
    """An archive that is being written; members may be added in any order, the manifest last."""

    def __init__(self, file: IO[bytes]) -> None:
        self._tar = tarfile.open(fileobj=file, mode="w:gz", compresslevel=1)  # noqa: SIM115 - closed by finish()
        self._digests: dict[str, str] = {}

    def add(self, name: str, path: Path) -> None:
        """Add a file under ``name``; one that vanished meanwhile (somebody threw it away) is left out."""
        try:
            with path.open("rb") as file:
                self._put(name, file, os.fstat(file.fileno()).st_size)
        except FileNotFoundError:
            return

    def finish(self, manifest: Manifest) -> None:
        """Write the manifest with the digests of all that was added."""
        whole = asdict(manifest) | {"made_at": manifest.made_at.isoformat(), "digests": self._digests}
        content = json.dumps(whole, indent=1).encode()
        self._put(MANIFEST, io.BytesIO(content), len(content))
        self._tar.close()

    def _put(self, name: str, file: IO[bytes], size: int) -> None:
        member = tarfile.TarInfo(name)
        member.size, member.mode = size, 0o600
        watched = _Watched(file)
        self._tar.addfile(member, watched)
        self._digests[name] = watched.digest.hexdigest()


class _Watched:
    """A reader that digests what passes."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self.digest = file, sha256()

    def read(self, size: int = -1) -> bytes:
        part = self._file.read(size)
        self.digest.update(part)
        return part


def unpack(path: Path, target: Path) -> Manifest:
    """Unpack an archive into the empty folder ``target`` and return its manifest.

    Raises DamagedArchiveError where anything is missing, too much, or not what the manifest says.
    """
    found: dict[str, str] = {}
    manifest: Manifest | None = None
    try:
        with tarfile.open(path, "r:gz") as tar:
            for member in tar:
                file = tar.extractfile(member) if member.isfile() else None
                if file is None:
                    raise DamagedArchiveError(f"{member.name} is no plain file")
                if member.name == MANIFEST:
                    manifest = _read_manifest(file.read())
                elif MEMBER.fullmatch(member.name):
                    found[member.name] = _write(file, target / member.name)
                else:
                    raise DamagedArchiveError(f"{member.name} does not belong into a backup")
    except (tarfile.TarError, EOFError, OSError) as failure:
        raise DamagedArchiveError(f"{path} cannot be read to its end ({failure})") from failure
    if manifest is None:
        raise DamagedArchiveError(f"{path} has no manifest: it was not finished")
    said = manifest.digests
    if wrong := sorted(name for name in found.keys() | said if found.get(name) != said.get(name)):
        raise DamagedArchiveError(f"{len(wrong)} parts are not as they were written, first {wrong[0]}")
    return manifest


def _read_manifest(content: bytes) -> Manifest:
    try:
        said: dict[str, Any] = json.loads(content)
        if said["format"] != FORMAT:
            raise DamagedArchiveError(f"the archive's format is {said['format']}; this rakor reads {FORMAT}")
        return Manifest(**said | {"made_at": datetime.fromisoformat(said["made_at"])})
    except (ValueError, KeyError, TypeError) as failure:
        raise DamagedArchiveError("the manifest cannot be read") from failure


def _write(source: IO[bytes], path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest = sha256()
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        while part := source.read(CHUNK):
            digest.update(part)
            file.write(part)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()


@contextmanager
def durable_file(path: Path) -> Iterator[IO[bytes]]:
    """Give a new private file that appears under ``path`` only when it is whole and on the disk."""
    half = path.with_name(f".{path.name}.part")
    try:
        with os.fdopen(os.open(half, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
        sync_folder(path.parent)
    finally:
        half.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Bring a folder's own entries to the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
