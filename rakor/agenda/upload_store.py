"""Files on their way: announced, sent in parts over however many broken lines, kept or given up."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import delete, select

from rakor import audit, files, outbox, segments
from rakor.agenda.material_rules import UPLOAD_LASTS
from rakor.agenda.material_store import Handed
from rakor.agenda.speaking_models import MaterialUpload
from rakor.db import db

EXPIRED = "material.upload_expired"
MOST_OPEN = 3


@dataclass(frozen=True)
class Announced:
    """A file as its sender announces it: name, size, SHA-256."""

    name: str
    byte_count: int
    digest: bytes


@dataclass(frozen=True)
class UploadView:
    """A file on its way, and how many of its bytes are here."""

    id: UUID
    handed: Handed
    announced: Announced
    arrived: int
    begun_at: datetime
    expires_at: datetime

    @property
    def percent(self) -> int:
        """How much of it is here, rounded down."""
        return 100 * self.arrived // self.announced.byte_count


def uploads(event_id: UUID, speaker_id: UUID, *, now: datetime) -> list[UploadView]:
    """Return what a speaker has begun to send, the newest first."""
    mine = (MaterialUpload.event_id == event_id, MaterialUpload.speaker_id == speaker_id)
    query = select(MaterialUpload).where(*mine, MaterialUpload.expires_at > now)
    return [_view(row) for row in db.session.scalars(query.order_by(MaterialUpload.begun_at.desc()))]


def upload(event_id: UUID, speaker_id: UUID, upload_id: UUID, *, now: datetime) -> UploadView | None:
    """Return one of a speaker's files on their way, or None."""
    return next((one for one in uploads(event_id, speaker_id, now=now) if one.id == upload_id), None)


def begin(event_id: UUID, handed: Handed, announced: Announced, *, now: datetime) -> UUID:
    """Announce a file; the same file for the same thing goes on where it stopped. Older ones give way at MOST_OPEN."""
    known = uploads(event_id, handed.speaker_id, now=now)
    same = (announced.digest, announced.byte_count, handed.item_id, handed.material_id)
    for one in known:
        if (one.announced.digest, one.announced.byte_count, one.handed.item_id, one.handed.material_id) == same:
            return one.id
    for one in known[MOST_OPEN - 1 :]:
        give_up(event_id, one.id)
    row = MaterialUpload(
        id=uuid4(), event_id=event_id, speaker_id=handed.speaker_id, item_id=handed.item_id,
        material_id=handed.material_id, is_open=handed.is_open, name=announced.name,
        byte_count=announced.byte_count, digest=announced.digest, begun_at=now, expires_at=now + UPLOAD_LASTS,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    told = {"event_id": str(event_id), "upload_id": str(row.id)}
    outbox.enqueue(EXPIRED, told, event_id=event_id, run_at=row.expires_at)
    audit.record("material.upload", event_id=event_id, object_kind="speaker", object_id=handed.speaker_id)
    return row.id


def give_up(event_id: UUID, upload_id: UUID) -> bool:
    """Forget a file on its way with all that arrived of it; False where it is gone already."""
    mine = (MaterialUpload.event_id == event_id, MaterialUpload.id == upload_id)
    gone = db.session.scalar(delete(MaterialUpload).where(*mine).returning(MaterialUpload.speaker_id))
    if gone is None:
        return False
    files.drop_part(upload_id)
    audit.record("material.upload_end", event_id=event_id, object_kind="speaker", object_id=gone)
    return True


def arrive(event_id: UUID, upload_id: UUID) -> bool:
    """Take a file off the list because it is kept; False where another request did. Its part stays until the commit."""
    mine = (MaterialUpload.event_id == event_id, MaterialUpload.id == upload_id)
    return db.session.scalar(delete(MaterialUpload).where(*mine).returning(MaterialUpload.id)) is not None


def _view(row: MaterialUpload) -> UploadView:
    handed = Handed(row.speaker_id, row.item_id, row.material_id, row.is_open)
    announced = Announced(row.name, row.byte_count, bytes(row.digest))
    there = segments.arrived(files.part_of(row.id), row.id, row.byte_count)
    return UploadView(row.id, handed, announced, there, row.begun_at, row.expires_at)
