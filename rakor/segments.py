"""Long files in sealed segments: written part by part, read from any place, never whole in memory.

Each segment of SEGMENT bytes is sealed by itself (AES-256-GCM) and bound to its file and its place, so none can be
changed, moved or taken from another file; a missing end is seen by whoever knows the file's size. How much of a file
on its way has arrived is what lies on the disk, nothing else: a broken line, a killed server or a power cut lose at
most the part that was not acknowledged.
"""

import fcntl
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import IO
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from rakor import crypto

SEGMENT = 256 * 1024
NONCE, TAG = 12, 16
SEALED = SEGMENT + NONCE + TAG
MOST_AT_ONCE = 4
"""Segments in one part: what a good line may bring at once."""


class DamagedFileError(OSError):
    """A segment is missing or was changed."""


def arrived(path: Path, file_id: UUID, byte_count: int) -> int:
    """Return how many of a file's ``byte_count`` bytes lie whole on the disk; 0 where nothing does."""
    try:
        with path.open("rb") as file:
            return _arrived(file, file_id, byte_count)
    except FileNotFoundError:
        return 0


def append(path: Path, file_id: UUID, byte_count: int, start: int, content: bytes) -> int:
    """Put ``content`` behind the ``start`` bytes that are there, durably; returns how many are there now.

    Nothing is written where ``start`` is not what is there (the caller goes on from the answer), nor where the part
    is not made of whole segments (the file's end may be shorter).
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file, _alone(file):
        there = _arrived(file, file_id, byte_count)
        if start != there or not _fits(there, len(content), byte_count):
            return there
        first = there // SEGMENT
        file.seek(first * SEALED)
        file.truncate()
        for place in range(0, len(content), SEGMENT):
            file.write(_seal(file_id, first + place // SEGMENT, content[place : place + SEGMENT]))
        file.flush()
        os.fsync(file.fileno())
        return there + len(content)


def write(path: Path, file_id: UUID, stream: IO[bytes], most: int) -> tuple[int, bytes]:
    """Write a whole stream; returns its size and its SHA-256. It ends after ``most`` + 1 bytes: the caller refuses."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    size, digest, index = 0, sha256(), 0
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        while size <= most and (segment := _filled(stream, min(SEGMENT, most + 1 - size))):
            file.write(_seal(file_id, index, segment))
            digest.update(segment)
            size, index = size + len(segment), index + 1
        file.flush()
        os.fsync(file.fileno())
    return size, digest.digest()


def _filled(stream: IO[bytes], wanted: int) -> bytes:
    """A stream may give less than it is asked for; only its end is shorter than ``wanted``."""
    parts = bytearray()
    while len(parts) < wanted and (part := stream.read(wanted - len(parts))):
        parts += part
    return bytes(parts)


class Reader(io.RawIOBase):
    """A sealed file as one to read and to seek in; it holds one segment at a time."""

    def __init__(self, path: Path, file_id: UUID, byte_count: int) -> None:
        super().__init__()
        self._file, self._file_id, self.byte_count = path.open("rb"), file_id, byte_count
        self._at, self._index, self._segment = 0, -1, b""

    def readable(self) -> bool:
        """Yes."""
        return True

    def seekable(self) -> bool:
        """Yes."""
        return True

    def tell(self) -> int:
        """Where the next byte is read."""
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a place; before the beginning is the beginning."""
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self.byte_count}[whence]
        self._at = max(base + offset, 0)
        return self._at

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        """Read into ``buffer`` up to the end of a segment; raises DamagedFileError."""
        if self._at >= self.byte_count:
            return 0
        index, inside = divmod(self._at, SEGMENT)
        if index != self._index:
            self._file.seek(index * SEALED)
            self._segment, self._index = _open(self._file_id, index, self._file.read(SEALED)), index
        part = self._segment[inside : inside + min(len(buffer), self.byte_count - self._at)]
        if not part:
            raise DamagedFileError("a segment is shorter than it was")
        buffer[: len(part)] = part
        self._at += len(part)
        return len(part)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()
        super().close()


def _arrived(file: IO[bytes], file_id: UUID, byte_count: int) -> int:
    """Whole segments count; the last of them is opened, for a power cut can leave a hole where it should be."""
    size = file.seek(0, os.SEEK_END)
    whole, rest = divmod(size, SEALED)
    ends_here = rest > NONCE + TAG and whole * SEGMENT + rest - NONCE - TAG == byte_count
    count = whole + ends_here
    while count:
        file.seek((count - 1) * SEALED)
        try:
            _open(file_id, count - 1, file.read(SEALED))
        except DamagedFileError:
            count -= 1
            continue
        return min(count * SEGMENT, byte_count)
    return 0


def _fits(there: int, length: int, byte_count: int) -> bool:
    within = 0 < length <= min(MOST_AT_ONCE * SEGMENT, byte_count - there)
    return within and (length % SEGMENT == 0 or there + length == byte_count)


@contextmanager
def _alone(file: IO[bytes]) -> Iterator[None]:
    fcntl.flock(file, fcntl.LOCK_EX)
    try:
        yield
    finally:
        fcntl.flock(file, fcntl.LOCK_UN)


def _bound(file_id: UUID, index: int) -> bytes:
    return file_id.bytes + index.to_bytes(8, "big")


def _seal(file_id: UUID, index: int, content: bytes) -> bytes:
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(crypto.derive("files")).encrypt(nonce, content, _bound(file_id, index))


def _open(file_id: UUID, index: int, sealed: bytes) -> bytes:
    try:
        return AESGCM(crypto.derive("files")).decrypt(sealed[:NONCE], sealed[NONCE:], _bound(file_id, index))
    except (InvalidTag, ValueError) as failure:
        raise DamagedFileError("a segment is missing or was changed") from failure
