"""A person at one event, and the tickets that person was given."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from rakor.db import Base, Encrypted, Word, key, personal, within_event
from rakor.registrations.rules import Mode, RegistrationState
from rakor.registrations.rules.work import Employment

CONTACT_KEPT = "90 days after the report is approved"
ARCHIVE_KEPT = "as the office's archive schedule says, five years by default"


class RegistrationSource(StrEnum):
    """How a person came to be registered."""

    SEAT = "seat"
    OPEN = "open"
    WALK_IN = "walk_in"
    IMPORT = "import"
    ORGANIZER = "organizer"


class Registration(Base):
    """One person at one event. The seat, where there is one, is a holding; the ticket's code is derived."""

    __tablename__ = "registration"
    __table_args__ = (
        UniqueConstraint("event_id", "id"),
        within_event("role_id", "event_role", ondelete="RESTRICT"),
        Index("ix_registration_state", "event_id", "state"),
        Index("ix_registration_change", "event_id", "change_seq"),  # what a desk has not heard of yet
        Index("ix_registration_email", "event_id", "email_index"),
        Index("ix_registration_phone", "event_id", "phone_index"),
        Index(
            "ix_registration_queue",
            "event_id",
            "queue_number",
            sqlite_where=text("queue_number IS NOT NULL"),
            postgresql_where=text("queue_number IS NOT NULL"),
        ),
        Index("uq_registration_idempotency", "event_id", "idempotency_key", unique=True),
    )
    id: Mapped[UUID] = key()
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    source: Mapped[RegistrationSource] = mapped_column(Word(RegistrationSource))
    state: Mapped[RegistrationState] = mapped_column(Word(RegistrationState))
    mode: Mapped[Mode] = mapped_column(Word(Mode))
    name: Mapped[str] = mapped_column(String(120), info=personal("attendance list and badge", ARCHIVE_KEPT))
    front_title: Mapped[str] = mapped_column(
        String(60), default="", info=personal("attendance list and badge", ARCHIVE_KEPT)
    )
    back_title: Mapped[str] = mapped_column(
        String(60), default="", info=personal("attendance list and badge", ARCHIVE_KEPT)
    )
    search_key: Mapped[str] = mapped_column(String(600), default="", info=personal("find at the desk", ARCHIVE_KEPT))
    post: Mapped[str] = mapped_column(String(160), default="", info=personal("attendance list", ARCHIVE_KEPT))
    employment: Mapped[Employment | None] = mapped_column(
        Word(Employment), info=personal("attendance list for the expense file", ARCHIVE_KEPT)
    )
    acting: Mapped[str] = mapped_column(String(8), default="")
    rank: Mapped[str] = mapped_column(
        String(80), default="", info=personal("attendance list for the expense file", ARCHIVE_KEPT)
    )
    role_id: Mapped[UUID | None]
    office_id: Mapped[UUID | None] = mapped_column(ForeignKey("office.id"))
    institution: Mapped[str] = mapped_column(String(200), default="")
    province_code: Mapped[str | None] = mapped_column(String(2))
    regency_code: Mapped[str | None] = mapped_column(String(4))
    nip: Mapped[str | None] = mapped_column(
        Encrypted, info=personal("attendance list for the expense file", ARCHIVE_KEPT)
    )
    phone: Mapped[str | None] = mapped_column(Encrypted, info=personal("tell about changes", CONTACT_KEPT))
    phone_index: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    email: Mapped[str | None] = mapped_column(Encrypted, info=personal("tell about changes", CONTACT_KEPT))
    email_index: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    placing: Mapped[str] = mapped_column(String(80), default="", info=personal("room or table", ARCHIVE_KEPT))
    queue_number: Mapped[int | None]
    epoch: Mapped[int] = mapped_column(default=0)
    idempotency_key: Mapped[UUID | None]
    notice_version: Mapped[str] = mapped_column(String(20), default="")
    consented_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    language: Mapped[str] = mapped_column(String(2), default="id")
    version: Mapped[int] = mapped_column(default=1)
    change_seq: Mapped[int] = mapped_column(BigInteger, default=0)


class Ticket(Base):
    """One issued ticket code, known by ``ref`` only (check-in.md §2); revoked ones stay, to answer "kartu lama"."""

    __tablename__ = "ticket"
    __table_args__ = (
        within_event("registration_id", "registration"),
        Index("ix_ticket_registration", "event_id", "registration_id"),
    )
    ref: Mapped[bytes] = mapped_column(LargeBinary(12), primary_key=True)
    event_id: Mapped[UUID]
    registration_id: Mapped[UUID]
    epoch: Mapped[int]
    issued_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    revoked_seq: Mapped[int | None] = mapped_column(BigInteger)
