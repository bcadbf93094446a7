"""Conclusions: what a meeting recorded, recommends or decided, numbered through the event."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from rakor.db import Base, Word, key, within_event
from rakor.minutes.rules.conclusions import ConclusionKind

TEXT_LENGTH = 2000


class Conclusion(Base):
    """One numbered result, of a session or of the whole event.

    A number is given once and not again: what was withdrawn keeps its row. ``approved_at`` is an owner's word on one
    without a session; the others are approved with the minutes of theirs.
    """

    __tablename__ = "conclusion"
    __table_args__ = (
        UniqueConstraint("event_id", "id"),
        UniqueConstraint("event_id", "number"),
        within_event("agenda_item_id", "agenda_item", ondelete="RESTRICT"),
        Index("ix_conclusion_item", "event_id", "agenda_item_id"),
    )
    id: Mapped[UUID] = key()
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    agenda_item_id: Mapped[UUID | None]
    number: Mapped[int]
    kind: Mapped[ConclusionKind] = mapped_column(Word(ConclusionKind))
    text: Mapped[str] = mapped_column(String(TEXT_LENGTH))
    is_public: Mapped[bool] = mapped_column(default=False)
    made_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    made_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    approved_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    approved_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
