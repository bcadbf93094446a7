"""Who speaks for an office: the number and the phones that may change its answer, and its letters of assignment."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from rakor.db import Base, Encrypted, key, personal, within_event
from rakor.registrations.models import ARCHIVE_KEPT, CONTACT_KEPT

SPEAKS = "change an office's answer from another phone"


class OfficeSpeaker(Base):
    """Whoever answered first for an office; the organiser releases it, and the next who answers takes it."""

    __tablename__ = "office_speaker"
    __table_args__ = (UniqueConstraint("event_id", "id"), UniqueConstraint("event_id", "office_id"))
    id: Mapped[UUID] = key()
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    name: Mapped[str] = mapped_column(String(120), default="", info=personal(SPEAKS, CONTACT_KEPT))
    phone: Mapped[str | None] = mapped_column(Encrypted, info=personal(SPEAKS, CONTACT_KEPT))
    phone_index: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    since_at: Mapped[datetime]


class OfficePhone(Base):
    """A phone that may change an office's answer: the first, or one whose holder knew the first one's number.

    ``device_hash`` is keyed and bound to the office, so that the offices of one phone cannot be put together.
    """

    __tablename__ = "office_phone"
    __table_args__ = (
        within_event("speaker_id", "office_speaker"),
        Index("uq_office_phone_device", "event_id", "speaker_id", "device_hash", unique=True),
    )
    id: Mapped[UUID] = key()
    event_id: Mapped[UUID]
    speaker_id: Mapped[UUID]
    device_hash: Mapped[bytes] = mapped_column(LargeBinary(16))
    trusted_at: Mapped[datetime]


class AssignmentLetter(Base):
    """A surat tugas of an office, for all its people or for one; the paper itself is a stored file."""

    __tablename__ = "assignment_letter"
    __table_args__ = (
        UniqueConstraint("event_id", "id"),
        within_event("registration_id", "registration"),
        Index("ix_assignment_letter_office", "event_id", "office_id"),
    )
    id: Mapped[UUID] = key()
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    registration_id: Mapped[UUID | None]
    number: Mapped[str] = mapped_column(String(60), info=personal("expense file", ARCHIVE_KEPT))
    dated_on: Mapped[date]
    file_id: Mapped[UUID]
    uploaded_at: Mapped[datetime]
