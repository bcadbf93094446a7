"""Messages to people: one row each, rendered from ids when it is sent or looked at."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import JSON, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from rakor.db import Base, Word, key, within_event


class MessageState(StrEnum):
    """Where a message stands."""

    QUEUED = "queued"
    KEPT = "kept"
    """Shown in the local outbox page: there is no SMTP, or the recipient has no address."""
    SENT = "sent"
    FAILED = "failed"
    DROPPED = "dropped"
    """A reminder nobody needs any more: the recipient acted, or stopped broadcasts, before it left."""


class Message(Base):
    """One message of one kind to one recipient, known by ids; its Message-ID never changes.

    ``queued_at``: since when it waits, where it was sent again by hand (else ``created_at``). ``attempts``: how often a
    server answered for it, or broke off after taking its text.
    """

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("event_id", "id"),
        UniqueConstraint("unique_key"),
        Index("ix_message_event", "event_id", "created_at"),
        Index("ix_message_recipient", "event_id", "recipient_id"),
        Index("ix_message_campaign", "event_id", "campaign_id", "state"),
    )
    id: Mapped[UUID] = key()
    event_id: Mapped[UUID]
    kind: Mapped[str] = mapped_column(String(40))
    recipient_kind: Mapped[str] = mapped_column(String(16))
    recipient_id: Mapped[UUID]
    campaign_id: Mapped[UUID | None]
    detail: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    unique_key: Mapped[str | None] = mapped_column(String(120))
    state: Mapped[MessageState] = mapped_column(Word(MessageState), default=MessageState.QUEUED)
    created_at: Mapped[datetime]
    queued_at: Mapped[datetime | None]
    next_try_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None] = mapped_column(Text)


class OptOut(Base):
    """A person who stopped the broadcasts of an event; service messages still come."""

    __tablename__ = "message_opt_out"
    __table_args__ = (within_event("registration_id", "registration"),)
    event_id: Mapped[UUID] = mapped_column(primary_key=True)
    registration_id: Mapped[UUID] = mapped_column(primary_key=True)
    opted_out_at: Mapped[datetime]
