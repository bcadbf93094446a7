"""An uploaded Zoom report, and each of its participants with whose seat it was."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from rakor.db import Base, Encrypted, Word, key, personal, within_event
from rakor.sources.rules.words import ZoomState
from rakor.sources.rules.zoom_matching import Found

MATCHES = "match a Zoom report with the participants"
REPORT_KEPT = "30 days after the upload"


class ZoomReport(Base):
    """One upload for one day. ``digest`` knows the same file again; ``least_minutes`` is what counts as presence.

    The file goes once it is read, what it said about people at ``expires_at``.
    """

    __tablename__ = "zoom_report"
    __table_args__ = (
        UniqueConstraint("event_id", "id"),
        UniqueConstraint("event_id", "day_id", "digest"),
        within_event("day_id", "event_day"),
    )
    id: Mapped[UUID] = key()
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    day_id: Mapped[UUID]
    requested_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    name: Mapped[str] = mapped_column(String(200))
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    zone: Mapped[str] = mapped_column(String(64))
    least_minutes: Mapped[int]
    file_id: Mapped[UUID | None]
    job_id: Mapped[UUID | None]
    state: Mapped[ZoomState] = mapped_column(Word(ZoomState))
    refusal: Mapped[str] = mapped_column(String(32), default="")
    host_lines: Mapped[int] = mapped_column(default=0)
    waiting_lines: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class ZoomAttendee(Base):
    """One participant of a report, reconnects put together. ``said`` is JSON: names, and spans in UTC."""

    __tablename__ = "zoom_attendee"
    __table_args__ = (
        within_event("report_id", "zoom_report"),
        within_event("registration_id", "registration", ondelete="CASCADE"),
        Index("ix_zoom_attendee_found", "report_id", "found", "saved"),
    )
    report_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    event_id: Mapped[UUID]
    said: Mapped[str | None] = mapped_column(Encrypted, info=personal(MATCHES, REPORT_KEPT))
    minutes: Mapped[int]
    found: Mapped[Found] = mapped_column(Word(Found))
    registration_id: Mapped[UUID | None]
    office_id: Mapped[UUID | None]
    choices: Mapped[list[str]] = mapped_column(JSON, default=list)
    saved: Mapped[bool] = mapped_column(default=False)
