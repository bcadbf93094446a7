"""What belongs to a speaker beside the programme: how they are shown, what they answered, and their materials."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from rakor.agenda.material_rules import MaterialKind, SpeakerAnswer
from rakor.db import Base, Encrypted, Word, key, personal, within_event


class SpeakerProfile(Base):
    """How a speaker is shown, and what they answered; a speaker without one has said and shown nothing yet."""

    __tablename__ = "speaker_profile"
    __table_args__ = (within_event("speaker_id", "speaker"),)
    speaker_id: Mapped[UUID] = mapped_column(primary_key=True)
    event_id: Mapped[UUID]
    bio: Mapped[str] = mapped_column(
        String(800), default="", info=personal("publish the programme", "as long as the event page is public")
    )
    photo_file_id: Mapped[UUID | None] = mapped_column(
        info=personal("publish the programme", "as long as the event page is public")
    )
    answer: Mapped[SpeakerAnswer | None] = mapped_column(Word(SpeakerAnswer))
    answer_reason: Mapped[str | None] = mapped_column(
        Encrypted, info=personal("find somebody else in time", "90 days after the event's report")
    )
    answered_at: Mapped[datetime | None]
    email: Mapped[str | None] = mapped_column(
        Encrypted, info=personal("keep the speaker's calendar true", "90 days after the event's report")
    )
    language: Mapped[str] = mapped_column(String(2), default="id")  # in which they are written to


class Material(Base):
    """What a speaker hands in for one item, in versions.

    ``item_id`` is the item as it was published: the draft may have lost it, so no foreign key holds it. Everybody may
    see the newest version when its author said so (``is_open``), the organiser does not hold it back, and the session
    is over.
    """

    __tablename__ = "material"
    __table_args__ = (
        UniqueConstraint("event_id", "id"),
        within_event("speaker_id", "speaker"),
        Index("ix_material_speaker", "event_id", "speaker_id"),
    )
    id: Mapped[UUID] = key()
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    speaker_id: Mapped[UUID]
    item_id: Mapped[UUID]
    is_open: Mapped[bool] = mapped_column(default=False)
    withheld_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class MaterialVersion(Base):
    """One handing-in of a material: a stored file, or a link; and when the organiser took it."""

    __tablename__ = "material_version"
    __table_args__ = (
        UniqueConstraint("event_id", "id"),
        UniqueConstraint("material_id", "number"),
        within_event("material_id", "material"),
        CheckConstraint("(file_id IS NULL) <> (url IS NULL)", name="file_or_link"),
    )
    id: Mapped[UUID] = key()
    event_id: Mapped[UUID]
    material_id: Mapped[UUID]
    number: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[MaterialKind | None] = mapped_column(Word(MaterialKind))
    byte_count: Mapped[int]
    file_id: Mapped[UUID | None]
    url: Mapped[str | None] = mapped_column(String(500))
    uploaded_at: Mapped[datetime]
    taken_at: Mapped[datetime | None]
    taken_by_id: Mapped[UUID | None]


class MaterialUpload(Base):
    """A file on its way: what was announced. How much has arrived is what lies on the disk (rakor/segments.py)."""

    __tablename__ = "material_upload"
    __table_args__ = (
        UniqueConstraint("event_id", "id"),
        within_event("speaker_id", "speaker"),
        Index("ix_material_upload_speaker", "event_id", "speaker_id"),
    )
    id: Mapped[UUID] = key()
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    speaker_id: Mapped[UUID]
    item_id: Mapped[UUID]
    material_id: Mapped[UUID | None]
    name: Mapped[str] = mapped_column(String(200))
    byte_count: Mapped[int] = mapped_column(BigInteger)
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    is_open: Mapped[bool]
    begun_at: Mapped[datetime]
    expires_at: Mapped[datetime]
