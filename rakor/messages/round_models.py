"""A round by WhatsApp: one office or province after another, and where one was."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from rakor.db import Base, Word, key, within_event
from rakor.messages.rules.rounds import Over, Step

TEXT_LENGTH = 2000


class Round(Base):
    """One text passed on by hand, to each office or province that ``filters`` leaves."""

    __tablename__ = "whatsapp_round"
    __table_args__ = (UniqueConstraint("event_id", "id"), Index("ix_whatsapp_round_event", "event_id", "started_at"))
    id: Mapped[UUID] = key()
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    over: Mapped[Over] = mapped_column(Word(Over))
    filters: Mapped[dict[str, str]] = mapped_column(JSON)
    body: Mapped[str] = mapped_column(String(TEXT_LENGTH))
    started_by: Mapped[UUID | None]
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class RoundStep(Base):
    """What was done with one office or province of a round."""

    __tablename__ = "whatsapp_step"
    __table_args__ = (
        within_event("round_id", "whatsapp_round"),
        Index("ix_whatsapp_step_round", "event_id", "round_id"),
    )
    event_id: Mapped[UUID]
    round_id: Mapped[UUID] = mapped_column(primary_key=True)
    subject_id: Mapped[UUID] = mapped_column(primary_key=True)
    step: Mapped[Step] = mapped_column(Word(Step))
    taken_at: Mapped[datetime]
