"""Papers that were asked for: which list, who asked, the job that makes it, the file that came of it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from rakor.db import Base, Word, key, within_event
from rakor.documents.rules import ListKind, PaperFormat


class Document(Base):
    """One attendance list as a file. It holds names and numbers, so it is for who asked, and only until ``expires_at``.

    Without ``item_id`` it is the list of the whole day; without ``province_code`` that of all provinces. ``file_id``
    is empty until the job has made the file, and again after it has been thrown away.
    """

    __tablename__ = "document"
    __table_args__ = (
        UniqueConstraint("event_id", "id"),
        within_event("day_id", "event_day"),
        within_event("item_id", "agenda_item"),
        Index("ix_document_owner", "event_id", "requested_by_id", "requested_at"),
    )
    id: Mapped[UUID] = key()
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    kind: Mapped[ListKind] = mapped_column(Word(ListKind))
    format: Mapped[PaperFormat] = mapped_column(Word(PaperFormat))
    day_id: Mapped[UUID]
    item_id: Mapped[UUID | None]
    province_code: Mapped[str | None] = mapped_column(String(2))
    requested_by_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"))
    requested_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    job_id: Mapped[UUID]
    made_at: Mapped[datetime | None]
    file_id: Mapped[UUID | None]
    row_count: Mapped[int | None]
