"""Minutes of a session: their head, the edits that its notes are made of, the versions that were approved."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, ForeignKeyConstraint, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from rakor.db import Base, Encrypted, Word, key, personal, within_event
from rakor.minutes.rules.words import NoteKind, State

KEPT = "as the office's archive schedule says, five years by default"
SAID = personal("record who said what in an official meeting", KEPT)
SIGNED = personal("sign the minutes", KEPT)


def _of_minutes() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["event_id", "item_id"], ["minutes.event_id", "minutes.item_id"], ondelete="CASCADE")


class Minutes(Base):
    """The minutes of one agenda item; a row as soon as somebody writes, and the item may then not be taken off.

    ``number`` is the version that is being written, or that was approved last; ``reason`` says why it was opened.
    What the head leaves empty is filled from the agenda where it is shown.
    """

    __tablename__ = "minutes"
    __table_args__ = (within_event("item_id", "agenda_item", ondelete="RESTRICT"),)
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    item_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(default=1)
    state: Mapped[State] = mapped_column(Word(State), default=State.DRAFT)
    reason: Mapped[str] = mapped_column(String(200), default="")
    place: Mapped[str] = mapped_column(String(200), default="")
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    chair_name: Mapped[str] = mapped_column(String(120), default="", info=SIGNED)
    chair_post: Mapped[str] = mapped_column(String(160), default="")
    chair_rank: Mapped[str] = mapped_column(String(80), default="")
    chair_nip: Mapped[str | None] = mapped_column(Encrypted, info=SIGNED)
    secretary_name: Mapped[str] = mapped_column(String(120), default="", info=SIGNED)
    secretary_post: Mapped[str] = mapped_column(String(160), default="")
    taker_name: Mapped[str] = mapped_column(String(120), default="", info=SIGNED)
    taker_post: Mapped[str] = mapped_column(String(160), default="")
    taker_rank: Mapped[str] = mapped_column(String(80), default="")
    taker_nip: Mapped[str | None] = mapped_column(Encrypted, info=SIGNED)
    reviewed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    reviewed_at: Mapped[datetime | None]


class MinutesEdit(Base):
    """One edit of one note: a fact that is never changed. ``id`` and ``note_id`` are made by who writes.

    ``parents`` are the edits that its writer saw: none for a new note, one as a rule, several where a conflict was
    settled. What a note says now is a pure function of its edits (``rules/notes.py``).
    """

    __tablename__ = "minutes_edit"
    __table_args__ = (
        _of_minutes(),
        Index("ix_minutes_edit_note", "event_id", "item_id", "note_id"),
    )
    event_id: Mapped[UUID] = mapped_column(primary_key=True)
    item_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    note_id: Mapped[UUID]
    parents: Mapped[list[str]] = mapped_column(JSON)
    position: Mapped[str] = mapped_column(String(250))
    kind: Mapped[NoteKind] = mapped_column(Word(NoteKind))
    speaker_id: Mapped[UUID | None]
    speaker_name: Mapped[str] = mapped_column(String(120), default="", info=SAID)
    speaker_post: Mapped[str] = mapped_column(String(200), default="")
    text: Mapped[str] = mapped_column(Text, default="", info=SAID)
    is_removed: Mapped[bool] = mapped_column(default=False)
    written_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    written_at: Mapped[datetime]


class MinutesVersion(Base):
    """The minutes of a session as they were approved. Their content rests sealed among the files and never changes."""

    __tablename__ = "minutes_version"
    __table_args__ = (_of_minutes(),)
    event_id: Mapped[UUID] = mapped_column(primary_key=True)
    item_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    content_id: Mapped[UUID]
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary(32))
    note_count: Mapped[int]
    reason: Mapped[str] = mapped_column(String(200), default="")
    reviewed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    reviewed_at: Mapped[datetime | None]
    approved_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    approved_at: Mapped[datetime]


class MinutesPaper(Base):
    """Minutes as a file, for who asked and until ``expires_at``; ``number`` is the version, None what stands now."""

    __tablename__ = "minutes_paper"
    __table_args__ = (
        _of_minutes(),
        UniqueConstraint("event_id", "id"),
        Index("ix_minutes_paper_owner", "event_id", "requested_by_id", "requested_at"),
    )
    id: Mapped[UUID] = key()
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    item_id: Mapped[UUID]
    number: Mapped[int | None]
    requested_by_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"))
    requested_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    job_id: Mapped[UUID]
    made_at: Mapped[datetime | None]
    file_id: Mapped[UUID | None]
