"""Papers that were asked for: which list or badges, who asked, the job that makes it, the file that came of it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from rakor.db import Base, Word, key, personal, within_event
from rakor.documents.rules import ListKind, PaperFormat, Variant
from rakor.documents.rules.badges import BadgeDesign


class Document(Base):
    """One attendance list as a file. It holds names and numbers, so it is for who asked, and only until ``expires_at``.

    Without ``item_id`` it is the list of the whole day; without ``province_code`` and ``office_id`` that of all.
    ``file_id`` is empty until the job has made the file, and again after it has been thrown away. ``fingerprint``
    stays, because the code on the paper asks whether the ledger still says so.
    """

    __tablename__ = "document"
    __table_args__ = (
        UniqueConstraint("event_id", "id"),
        within_event("day_id", "event_day"),
        within_event("item_id", "agenda_item"),
        within_event("version_id", "list_version"),
        Index("ix_document_owner", "event_id", "requested_by_id", "requested_at"),
    )
    id: Mapped[UUID] = key()
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    kind: Mapped[ListKind] = mapped_column(Word(ListKind))
    format: Mapped[PaperFormat] = mapped_column(Word(PaperFormat))
    day_id: Mapped[UUID]
    item_id: Mapped[UUID | None]
    province_code: Mapped[str | None] = mapped_column(String(2))
    office_id: Mapped[UUID | None] = mapped_column(ForeignKey("office.id"))
    variant: Mapped[Variant] = mapped_column(Word(Variant), default=Variant.BLANK)
    whole: Mapped[bool] = mapped_column(default=False)
    requested_by_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"))
    requested_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    job_id: Mapped[UUID]
    made_at: Mapped[datetime | None]
    file_id: Mapped[UUID | None]
    row_count: Mapped[int | None]
    fingerprint: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    version_id: Mapped[UUID | None]


class ListVersion(Base):
    """An attendance list as it was locked. Its lines rest sealed among the files (``rows_id``) and never change.

    ``scope`` names which list it is (``rules.scope_of``); ``scan_id`` is the scan of the paper signed with ink.
    """

    __tablename__ = "list_version"
    __table_args__ = (
        UniqueConstraint("event_id", "id"),
        UniqueConstraint("event_id", "scope", "number", name="uq_list_version_scope"),
        within_event("day_id", "event_day"),
        within_event("item_id", "agenda_item"),
    )
    id: Mapped[UUID] = key()
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    scope: Mapped[str] = mapped_column(String(160))
    number: Mapped[int]
    kind: Mapped[ListKind] = mapped_column(Word(ListKind))
    day_id: Mapped[UUID]
    item_id: Mapped[UUID | None]
    province_code: Mapped[str | None] = mapped_column(String(2))
    office_id: Mapped[UUID | None] = mapped_column(ForeignKey("office.id"))
    rows_id: Mapped[UUID]
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary(32))
    row_count: Mapped[int]
    present_count: Mapped[int]
    locked_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    locked_at: Mapped[datetime]
    scan_id: Mapped[UUID | None]
    scanned_at: Mapped[datetime | None]


class Badge(Base):
    """The badge of one person: the number it keeps, and when it was last printed with which words.

    ``face`` is a keyed hash of the words, so a badge that says something else now is found without keeping them twice.
    """

    __tablename__ = "badge"
    __table_args__ = (within_event("registration_id", "registration"), UniqueConstraint("event_id", "number"))
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    registration_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int]
    face: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    printed_at: Mapped[datetime | None]


class BadgeSetting(Base):
    """Whether the event asks people for a photo and prints it on their badges; off until it is switched on."""

    __tablename__ = "badge_setting"
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    with_photo: Mapped[bool]


class BadgePhoto(Base):
    """The portrait that one person gave for the badge: drawn anew, so it holds no place and no camera."""

    __tablename__ = "badge_photo"
    __table_args__ = (within_event("registration_id", "registration"),)
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    registration_id: Mapped[UUID] = mapped_column(primary_key=True)
    file_id: Mapped[UUID] = mapped_column(info=personal("photo on the badge", "90 days after the event's report"))
    given_at: Mapped[datetime]


class BadgeRun(Base):
    """One print of badges: for whom, in which design, who asked (a user, or a desk), what came of it.

    First a sample of the first sheet (``sample_id``); the whole is made once it is wanted (``wanted_at``). ``job_id``
    is the job at work. The files hold names and tickets: they are for who asked, until ``expires_at``.
    """

    __tablename__ = "badge_run"
    __table_args__ = (
        UniqueConstraint("event_id", "id"),
        within_event("role_id", "event_role"),
        within_event("registration_id", "registration"),
        within_event("device_id", "device"),
        Index("ix_badge_run_owner", "event_id", "requested_by_id", "requested_at"),
    )
    id: Mapped[UUID] = key()
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    design: Mapped[BadgeDesign] = mapped_column(Word(BadgeDesign))
    role_id: Mapped[UUID | None]
    province_code: Mapped[str | None] = mapped_column(String(2))
    office_id: Mapped[UUID | None] = mapped_column(ForeignKey("office.id"))
    registration_id: Mapped[UUID | None]
    with_online: Mapped[bool]
    only_new: Mapped[bool]
    requested_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"))
    device_id: Mapped[UUID | None]
    requested_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    job_id: Mapped[UUID]
    badge_count: Mapped[int | None]
    sample_id: Mapped[UUID | None]
    wanted_at: Mapped[datetime | None]
    made_at: Mapped[datetime | None]
    file_id: Mapped[UUID | None]
