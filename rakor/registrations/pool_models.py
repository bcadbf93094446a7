"""What is kept beside a registration of the open form: its pool with the offer, and the organiser's answer."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from rakor.db import Base, Encrypted, Word, personal, within_event

REASON_LENGTH = 300


class PoolMember(Base):
    """The one quota pool a registration of the open form belongs to, and the place that is offered to it.

    While ``offer_expires_at`` is set, one place of the pool is kept for this person.
    """

    __tablename__ = "pool_member"
    __table_args__ = (
        within_event("registration_id", "registration"),
        within_event("pool_id", "quota_pool", ondelete="RESTRICT"),
        Index("ix_pool_member_pool", "event_id", "pool_id"),
    )
    registration_id: Mapped[UUID] = mapped_column(primary_key=True)
    event_id: Mapped[UUID]
    pool_id: Mapped[UUID]
    offered_at: Mapped[datetime | None]
    offer_expires_at: Mapped[datetime | None]
    lapse_count: Mapped[int] = mapped_column(default=0)


class Answer(StrEnum):
    """What the organiser answered an applicant."""

    APPROVED = "approved"
    REJECTED = "rejected"
    CANCELLED = "cancelled"
    """Ended by the organiser, long after the answer."""


class Decision(Base):
    """The organiser's answer to an applicant, with the reason that is told."""

    __tablename__ = "registration_decision"
    __table_args__ = (within_event("registration_id", "registration"),)
    registration_id: Mapped[UUID] = mapped_column(primary_key=True)
    event_id: Mapped[UUID]
    answer: Mapped[Answer] = mapped_column(Word(Answer))
    reason: Mapped[str | None] = mapped_column(
        Encrypted, info=personal("tell the applicant why", "90 days after the report is approved")
    )
    decided_by_id: Mapped[UUID | None]
    decided_at: Mapped[datetime]


__all__ = ["REASON_LENGTH", "Answer", "Decision", "PoolMember"]
