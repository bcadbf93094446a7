"""The letter of invitation: its words, the papers made of it; and the offices that are invited otherwise."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from rakor.db import Base, Word, key, within_event
from rakor.seats.rules.letters import LetterNature


class SeatException(Base):
    """One office has another number of seats of a role, or other modes, than its level's rule; and why."""

    __tablename__ = "seat_exception"
    __table_args__ = (
        UniqueConstraint("event_id", "id"),
        within_event("role_id", "event_role", ondelete="RESTRICT"),
        Index("uq_seat_exception_pair", "event_id", "office_id", "role_id", unique=True),
    )
    id: Mapped[UUID] = key()
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id"))
    role_id: Mapped[UUID]
    quota: Mapped[int]
    modes: Mapped[list[str]] = mapped_column(JSON)
    required: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(String(300))
    created_at: Mapped[datetime]


class InvitationLetter(Base):
    """What the letter says beyond the event itself. Number and date stand on the event, so does who bears the cost.

    ``shared_at``: since when offices see the letter that rakor made; a signed one is shown to them at once.
    """

    __tablename__ = "invitation_letter"
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    nature: Mapped[LetterNature] = mapped_column(Word(LetterNature), default=LetterNature.ORDINARY)
    attachments: Mapped[str] = mapped_column(String(60), default="")
    subject: Mapped[str] = mapped_column(String(240), default="")
    place: Mapped[str] = mapped_column(String(120), default="")
    addressees: Mapped[str] = mapped_column(String(1000), default="")
    basis: Mapped[str] = mapped_column(String(2000), default="")
    time_note: Mapped[str] = mapped_column(String(120), default="")
    dress: Mapped[str] = mapped_column(String(300), default="")
    bring: Mapped[str] = mapped_column(String(1000), default="")
    lodging: Mapped[str] = mapped_column(String(1000), default="")
    cc: Mapped[str] = mapped_column(String(2000), default="")
    with_list: Mapped[bool] = mapped_column(default=True)
    with_agenda: Mapped[bool] = mapped_column(default=True)
    with_form: Mapped[bool] = mapped_column(default=True)
    signed_file_id: Mapped[UUID | None]
    signed_at: Mapped[datetime | None]
    shared_at: Mapped[datetime | None]
    updated_at: Mapped[datetime]


class LetterPaper(Base):
    """A letter as a PDF made by the worker: the general one, or (``office_id``) one addressed to one office."""

    __tablename__ = "letter_paper"
    __table_args__ = (
        UniqueConstraint("event_id", "id"),
        Index("ix_letter_paper_office", "event_id", "office_id"),
    )
    id: Mapped[UUID] = key()
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    office_id: Mapped[UUID | None] = mapped_column(ForeignKey("office.id"))
    requested_at: Mapped[datetime]
    job_id: Mapped[UUID]
    made_at: Mapped[datetime | None]
    file_id: Mapped[UUID | None]
