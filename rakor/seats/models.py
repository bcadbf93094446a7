"""Invitation rules, the seats they expand into, and who sits on them from when to when."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from rakor.db import Base, Word, key, personal, within_event
from rakor.offices.rules import OfficeLevel
from rakor.seats.rules import SeatAnswer as SeatAnswer


class InvitationRule(Base):
    """Offices of a level × a role × how many × by which modes."""

    __tablename__ = "invitation_rule"
    __table_args__ = (
        UniqueConstraint("event_id", "id"),
        within_event("role_id", "event_role", ondelete="RESTRICT"),
        Index("uq_invitation_rule_pair", "event_id", "institution_id", "office_level", "role_id", unique=True),
    )
    id: Mapped[UUID] = key()
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    institution_id: Mapped[UUID] = mapped_column(ForeignKey("institution.id"))
    office_level: Mapped[OfficeLevel] = mapped_column(Word(OfficeLevel))
    role_id: Mapped[UUID]
    quota: Mapped[int]
    modes: Mapped[list[str]] = mapped_column(JSON)
    required: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)


class Seat(Base):
    """One invited place: office × role × number. Protocol order = office order, role position, number."""

    __tablename__ = "seat"
    __table_args__ = (
        UniqueConstraint("event_id", "id"),
        within_event("role_id", "event_role", ondelete="RESTRICT"),
        Index("uq_seat_place", "event_id", "office_id", "role_id", "number", unique=True),
    )
    id: Mapped[UUID] = key()
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    role_id: Mapped[UUID]
    number: Mapped[int]
    modes: Mapped[list[str]] = mapped_column(JSON)
    answer: Mapped[SeatAnswer | None] = mapped_column(Word(SeatAnswer))
    decline_reason: Mapped[str] = mapped_column(
        String(300), default="", info=personal("know why nobody comes", "90 days")
    )
    answered_at: Mapped[datetime | None]
    invited_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    modes_changed_at: Mapped[datetime | None]
    """Since when its holder may follow in other ways than invited at first; the office is told."""


class Holding(Base):
    """A registration on a seat. At most one runs at a time; ended ones are the seat's history."""

    __tablename__ = "holding"
    __table_args__ = (
        UniqueConstraint("event_id", "id"),
        within_event("seat_id", "seat"),
        within_event("registration_id", "registration"),
        Index(
            "uq_holding_running",
            "event_id",
            "seat_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_holding_registration", "event_id", "registration_id"),
    )
    id: Mapped[UUID] = key()
    event_id: Mapped[UUID]
    seat_id: Mapped[UUID]
    registration_id: Mapped[UUID]
    on_behalf: Mapped[bool] = mapped_column(default=False)
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class OfficeAnswer(Base):
    """One receipt of an office's answer: when, and how many seats it covered."""

    __tablename__ = "office_answer"
    __table_args__ = (Index("ix_office_answer_office", "event_id", "office_id"),)
    id: Mapped[UUID] = key()
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    answered_at: Mapped[datetime]
    seat_count: Mapped[int]
    idempotency_key: Mapped[UUID | None] = mapped_column(unique=True)
