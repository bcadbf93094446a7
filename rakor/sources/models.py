"""When people may say from afar that they are here, and who is excused."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from rakor.db import Base, Encrypted, Word, key, personal, within_event
from rakor.registrations.models import ARCHIVE_KEPT
from rakor.sources.rules.words import AbsenceKind

EXPLAINS = "explain an absence in the expense file"


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


class Absence(Base):
    """Somebody who is excused or ill on one day, with the reason and, where there is one, the paper.

    No presence follows from it: who comes all the same is present.
    """

    __tablename__ = "presence_absence"
    __table_args__ = (
        UniqueConstraint("event_id", "id"),
        UniqueConstraint("event_id", "registration_id", "day_id"),
        within_event("registration_id", "registration"),
        within_event("day_id", "event_day"),
    )
    id: Mapped[UUID] = key()
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    registration_id: Mapped[UUID]
    day_id: Mapped[UUID]
    kind: Mapped[AbsenceKind] = mapped_column(Word(AbsenceKind), info=personal(EXPLAINS, ARCHIVE_KEPT))
    reason: Mapped[str] = mapped_column(Encrypted, info=personal(EXPLAINS, ARCHIVE_KEPT))
    file_id: Mapped[UUID | None]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    created_at: Mapped[datetime]


class PresenceThreshold(Base):
    """How long somebody must be in a session to count: minutes, a share in percent, both or neither."""

    __tablename__ = "presence_threshold"
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    least_minutes: Mapped[int | None]
    least_share: Mapped[int | None]
