"""The activity report: what is typed of it, the papers attached to it, and the making of it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from rakor.db import Base, Word, key
from rakor.reports.activity.rules import AnnexKind, Section


class ReportText(Base):
    """What somebody typed for one section; a section without a row says what the data says. ``version`` only rises."""

    __tablename__ = "report_text"
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    section: Mapped[Section] = mapped_column(Word(Section), primary_key=True)
    body: Mapped[str] = mapped_column(Text)
    version: Mapped[int]
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))


class ReportAnnex(Base):
    """A paper that was attached: KAK, SK, a speaker's CV, a part of the SPJ; the file is a stored PDF or picture."""

    __tablename__ = "report_annex"
    __table_args__ = (UniqueConstraint("event_id", "id"),)
    id: Mapped[UUID] = key()
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    kind: Mapped[AnnexKind] = mapped_column(Word(AnnexKind))
    title: Mapped[str] = mapped_column(String(160))
    file_id: Mapped[UUID]
    byte_count: Mapped[int]
    added_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    added_at: Mapped[datetime]


class ReportRun(Base):
    """The report as it was made for who asked: DOCX, PDF, and the annexes as a ZIP; thrown away at ``expires_at``."""

    __tablename__ = "report_run"
    __table_args__ = (
        UniqueConstraint("event_id", "id"),
        Index("ix_report_run_owner", "event_id", "requested_by_id", "requested_at"),
    )
    id: Mapped[UUID] = key()
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    requested_by_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"))
    requested_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    job_id: Mapped[UUID]
    made_at: Mapped[datetime | None]
    docx_id: Mapped[UUID | None]
    pdf_id: Mapped[UUID | None]
    annexes_id: Mapped[UUID | None]
    unfilled: Mapped[int | None]
