"""Follow-ups: what is asked by when, one row for each office it is asked of, what that answered, and its evidence."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from rakor.db import Base, Encrypted, Word, key, personal, within_event
from rakor.minutes.rules.follow_ups import Assignee, Status
from rakor.registrations.models import ARCHIVE_KEPT

ASKED_LENGTH, NOTE_LENGTH, ADDRESS_LENGTH = 1000, 1000, 500
IN_CHARGE = "know who carries out what the meeting decided"


class FollowUp(Base):
    """Something to be done by a person, an office or a class of offices; numbered through the event.

    Without a day (``due_on``) it is never late and nobody is reminded of it.
    """

    __tablename__ = "follow_up"
    __table_args__ = (
        UniqueConstraint("event_id", "id"),
        UniqueConstraint("event_id", "number"),
        within_event("conclusion_id", "conclusion"),
        within_event("role_id", "event_role", ondelete="RESTRICT"),
    )
    id: Mapped[UUID] = key()
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    conclusion_id: Mapped[UUID | None]
    number: Mapped[int]
    text: Mapped[str] = mapped_column(String(ASKED_LENGTH))
    due_on: Mapped[date | None]
    assignee: Mapped[Assignee] = mapped_column(Word(Assignee))
    office_id: Mapped[UUID | None] = mapped_column(ForeignKey("office.id"))
    province_code: Mapped[str | None] = mapped_column(String(2))
    role_id: Mapped[UUID | None]
    person_name: Mapped[str | None] = mapped_column(Encrypted, info=personal(IN_CHARGE, ARCHIVE_KEPT))
    made_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    made_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class FollowUpRow(Base):
    """One office's part of a follow-up, as it stands now; its history is its answers.

    A person of no office has one row without an office; it bears the follow-up's own id, so there is only one.
    """

    __tablename__ = "follow_up_row"
    __table_args__ = (
        UniqueConstraint("event_id", "id"),
        UniqueConstraint("event_id", "follow_up_id", "office_id"),
        within_event("follow_up_id", "follow_up"),
        Index("ix_follow_up_row_office", "event_id", "office_id"),
    )
    id: Mapped[UUID] = key()
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    follow_up_id: Mapped[UUID]
    office_id: Mapped[UUID | None] = mapped_column(ForeignKey("office.id"))
    status: Mapped[Status] = mapped_column(Word(Status), default=Status.OPEN)
    note: Mapped[str] = mapped_column(String(NOTE_LENGTH), default="")
    answered_at: Mapped[datetime | None]
    answer_count: Mapped[int] = mapped_column(default=0)
    evidence_count: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime]


class FollowUpAnswer(Base):
    """One thing that was said about a row, never changed. ``by_id`` None: the office said it, by its link."""

    __tablename__ = "follow_up_answer"
    __table_args__ = (
        UniqueConstraint("event_id", "id"),
        UniqueConstraint("event_id", "row_id", "number"),
        within_event("row_id", "follow_up_row"),
    )
    id: Mapped[UUID] = key()
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    row_id: Mapped[UUID]
    number: Mapped[int]
    status: Mapped[Status] = mapped_column(Word(Status))
    note: Mapped[str] = mapped_column(String(NOTE_LENGTH), default="")
    by_staff: Mapped[bool] = mapped_column(default=False)
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    answered_at: Mapped[datetime]
    idempotency_key: Mapped[UUID | None] = mapped_column(unique=True)


class FollowUpEvidence(Base):
    """A file or a link that shows what was done. What was taken back keeps its row; the file itself is gone."""

    __tablename__ = "follow_up_evidence"
    __table_args__ = (
        UniqueConstraint("event_id", "id"),
        within_event("row_id", "follow_up_row"),
        within_event("answer_id", "follow_up_answer"),
        Index("ix_follow_up_evidence_row", "event_id", "row_id"),
    )
    id: Mapped[UUID] = key()
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    row_id: Mapped[UUID]
    answer_id: Mapped[UUID]
    name: Mapped[str] = mapped_column(String(200))
    file_id: Mapped[UUID | None]
    byte_count: Mapped[int] = mapped_column(default=0)
    address: Mapped[str] = mapped_column(String(ADDRESS_LENGTH), default="")
    added_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


class FollowUpCarry(Base):
    """Open follow-ups of an earlier event that this one begins with: the item of the agenda that speaks of them.

    No foreign key holds the item: the draft may lose it.
    """

    __tablename__ = "follow_up_carry"
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    from_event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    item_id: Mapped[UUID]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    carried_at: Mapped[datetime]
