"""What was said to people's calendars: an entry per person and item, and the contents that the entries had."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from rakor.db import Base, Encrypted, within_event


class Said:
    """What an entry said last.

    ``uid`` never changes, ``sequence`` counts what changed for its owner, ``content_hash`` tells whether something
    did. ``changed_at`` is the DTSTAMP. An item that left the programme keeps its entry, cancelled.
    """

    uid: Mapped[str] = mapped_column(String(300))
    sequence: Mapped[int]
    content_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    changed_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]


class CalendarEntry(Said, Base):
    """One entry of one person's calendar: an agenda item, or the event as a whole (``subject_id`` is the event's)."""

    __tablename__ = "calendar_entry"
    __table_args__ = (
        within_event("registration_id", "registration"),
        Index("ix_calendar_entry_event", "event_id", "subject_id"),
    )
    event_id: Mapped[UUID]
    registration_id: Mapped[UUID] = mapped_column(primary_key=True)
    subject_id: Mapped[UUID] = mapped_column(primary_key=True)


class SpeakerEntry(Said, Base):
    """One entry of a speaker's or moderator's calendar: an agenda item in which they take part (``subject_id``)."""

    __tablename__ = "speaker_entry"
    __table_args__ = (within_event("speaker_id", "speaker"), Index("ix_speaker_entry_event", "event_id"))
    event_id: Mapped[UUID]
    speaker_id: Mapped[UUID] = mapped_column(primary_key=True)
    subject_id: Mapped[UUID] = mapped_column(primary_key=True)


class CalendarContent(Base):
    """What an invitation said, known by its hash: many people share one, and a mail sent again says the same.

    It holds the online room's link, so it rests encrypted.
    """

    __tablename__ = "calendar_content"
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    content_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    content: Mapped[str] = mapped_column(Encrypted)
    created_at: Mapped[datetime]
