"""Messages to people: one row each, rendered from ids when it is sent or looked at."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import JSON, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from rakor.db import Base, Word, key


class MessageState(StrEnum):
    """Where a message stands; ``kept`` = shown in the local outbox page because there is no SMTP."""

    QUEUED = "queued"
    KEPT = "kept"
    SENT = "sent"
    FAILED = "failed"


class Message(Base):
    """One message of one kind to one recipient, known by ids; its Message-ID never changes."""

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("event_id", "id"),
        UniqueConstraint("unique_key"),
        Index("ix_message_event", "event_id", "created_at"),
    )
    id: Mapped[UUID] = key()
    event_id: Mapped[UUID]
    kind: Mapped[str] = mapped_column(String(40))
    recipient_kind: Mapped[str] = mapped_column(String(16))
    recipient_id: Mapped[UUID]
    detail: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    unique_key: Mapped[str | None] = mapped_column(String(120))
    state: Mapped[MessageState] = mapped_column(Word(MessageState), default=MessageState.QUEUED)
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None] = mapped_column(Text)
