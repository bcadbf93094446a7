"""The event's own questions, and what people answered."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from rakor.db import Base, Encrypted, Word, key, personal, within_event
from rakor.registrations.rules.fields import FieldKind, FieldPurpose


class FormField(Base):
    """One question of an event's form; a withdrawn one is asked no more, its answers stay until their time."""

    __tablename__ = "form_field"
    __table_args__ = (UniqueConstraint("event_id", "id"),)
    id: Mapped[UUID] = key()
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    position: Mapped[int]
    kind: Mapped[FieldKind] = mapped_column(Word(FieldKind))
    label: Mapped[str] = mapped_column(String(160))
    hint: Mapped[str] = mapped_column(String(300), default="")
    required: Mapped[bool] = mapped_column(default=False)
    options: Mapped[list[str]] = mapped_column(JSON, default=list)
    shown_by_id: Mapped[UUID | None]
    shown_value: Mapped[str] = mapped_column(String(200), default="")
    purpose: Mapped[FieldPurpose] = mapped_column(Word(FieldPurpose))
    purpose_note: Mapped[str] = mapped_column(String(300), default="")
    created_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class FormAnswer(Base):
    """One answer; text rests encrypted, a file lies among the stored files."""

    __tablename__ = "form_answer"
    __table_args__ = (
        within_event("registration_id", "registration"),
        within_event("field_id", "form_field", ondelete="RESTRICT"),
    )
    registration_id: Mapped[UUID] = mapped_column(primary_key=True)
    field_id: Mapped[UUID] = mapped_column(primary_key=True)
    event_id: Mapped[UUID]
    value: Mapped[str | None] = mapped_column(
        Encrypted, info=personal("the purpose named beside the question", "90 days after the report is approved")
    )
    file_id: Mapped[UUID | None]
    consented_at: Mapped[datetime | None]
    answered_at: Mapped[datetime]
