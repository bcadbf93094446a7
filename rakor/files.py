"""Stored files behind one small interface: sealed bytes under ``instance/files/``, and a row that says what they are.

Papers and pictures hold the same personal data as the encrypted columns, so they rest encrypted too. Knowing a file's
id is not enough to read it: every reader names the event and the purpose.
"""

import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from io import BufferedReader
from pathlib import Path
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import current_app
from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from rakor import crypto
from rakor.db import Base, db
from rakor.segments import Reader


class StoredFile(Base):
    """One file of an event; its bytes lie in the folder under its id."""

    __tablename__ = "stored_file"
    __table_args__ = (UniqueConstraint("event_id", "id"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    purpose: Mapped[str] = mapped_column(String(32))
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    byte_count: Mapped[int]
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    created_at: Mapped[datetime]


@dataclass(frozen=True)
class Kept:
    """A file as it was kept."""

    name: str
    media_type: str
    content: bytes


def keep(content: bytes, *, event_id: UUID, purpose: str, name: str, media_type: str, now: datetime) -> UUID:
    """Keep ``content`` and return its id; the bytes are on the disk before the open transaction can commit."""
    file_id = uuid4()
    _write(_path(file_id), _seal(file_id, content))
    row = StoredFile(
        id=file_id,
        event_id=event_id,
        purpose=purpose,
        name=name[:200],
        media_type=media_type,
        byte_count=len(content),
        digest=sha256(content).digest(),
        created_at=now,
    )
    db.session.add(row)
    db.session.flush()
    return file_id


def read(event_id: UUID, file_id: UUID | None, purpose: str) -> Kept | None:
    """Return a file of this event and purpose, or None where there is none (or its bytes are gone)."""
    query = select(StoredFile).where(
        StoredFile.event_id == event_id, StoredFile.id == file_id, StoredFile.purpose == purpose
    )
    row = db.session.scalar(query)
    if row is None:
        return None
    try:
        sealed = _path(row.id).read_bytes()
    except FileNotFoundError:
        return None
    return Kept(row.name, row.media_type, _open(row.id, sealed))


@dataclass(frozen=True)
class LongFile:
    """A file that is read part by part (rakor/segments.py)."""

    id: UUID
    byte_count: int
    media_type: str
    digest: bytes
    path: Path

    def open(self) -> BufferedReader:
        """Return a reader that can seek; raises FileNotFoundError where the bytes are gone."""
        return BufferedReader(Reader(self.path, self.id, self.byte_count))


def part_of(file_id: UUID) -> Path:
    """Return where a long file lies while it is on its way; backups leave it out."""
    return _path(file_id).with_suffix(".part")


def drop_part(file_id: UUID) -> None:
    """Throw away what has arrived of a long file; twice is no harm."""
    part_of(file_id).unlink(missing_ok=True)


def keep_part(
    file_id: UUID, *, event_id: UUID, purpose: str, name: str, media_type: str, size: tuple[int, bytes], now: datetime
) -> None:
    """Keep the long file that has arrived, of ``size`` (bytes, SHA-256); its part stays until ``drop_part``.

    So a transaction that fails after this leaves what arrived where it was.
    """
    part, path = part_of(file_id), _path(file_id)
    path.unlink(missing_ok=True)
    os.link(part, path)
    _sync(path.parent)
    row = StoredFile(
        id=file_id,
        event_id=event_id,
        purpose=purpose,
        name=name[:200],
        media_type=media_type,
        byte_count=size[0],
        digest=size[1],
        created_at=now,
    )
    db.session.add(row)
    db.session.flush()


def long_file(event_id: UUID, file_id: UUID | None, purpose: str) -> LongFile | None:
    """Return a long file of this event and purpose, or None where there is none (or its bytes are gone)."""
    query = select(StoredFile).where(
        StoredFile.event_id == event_id, StoredFile.id == file_id, StoredFile.purpose == purpose
    )
    row = db.session.scalar(query)
    if row is None or not _path(row.id).exists():
        return None
    return LongFile(row.id, row.byte_count, row.media_type, bytes(row.digest), _path(row.id))


def drop(event_id: UUID, file_id: UUID) -> None:
    """Throw a file away: its row with the open transaction, its bytes at once; twice is no harm."""
    gone = delete(StoredFile).where(StoredFile.event_id == event_id, StoredFile.id == file_id)
    if db.session.scalars(gone.returning(StoredFile.id)).first() is not None:
        with suppress(FileNotFoundError):
            _path(file_id).unlink()


def _path(file_id: UUID) -> Path:
    root: Path = current_app.config["RAKOR"].instance / "files"
    return root / file_id.hex[:2] / file_id.hex


def _write(path: Path, sealed: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    half = path.with_suffix(".part")
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(sealed)
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _seal(file_id: UUID, content: bytes) -> bytes:
    nonce = os.urandom(12)
    return nonce + AESGCM(crypto.derive("files")).encrypt(nonce, content, file_id.bytes)


def _open(file_id: UUID, sealed: bytes) -> bytes:
    return AESGCM(crypto.derive("files")).decrypt(sealed[:12], sealed[12:], file_id.bytes)
