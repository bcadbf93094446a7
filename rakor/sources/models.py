"""When people may say from afar that they are here."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from rakor.db import Base, key, within_event


class Opening(Base):
    """When online presence is taken at a checkpoint. ``word`` is read aloud; empty: the screen's code alone."""

    __tablename__ = "presence_opening"
    __table_args__ = (
        UniqueConstraint("event_id", "id"),
        within_event("checkpoint_id", "checkpoint"),
        Index("ix_presence_opening_event", "event_id", "closes_at"),
    )
    id: Mapped[UUID] = key()
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    checkpoint_id: Mapped[UUID]
    word: Mapped[str] = mapped_column(String(40), default="")
    opened_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    opened_at: Mapped[datetime]
    closes_at: Mapped[datetime]
