"""Certificates: the event's rules, who checked the own name, what the organiser ruled, and what was issued."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from rakor.db import Base, Encrypted, Word, key, personal, within_event
from rakor.documents.rules.certificates import PATTERN, SHARE, Standing

KEPT = "as the office's archive schedule says, five years by default"


class CertificateRules(Base):
    """How an event certifies; without a row, or with ``is_on`` false, it does not.

    ``last_serial`` is the last running number that was given: numbers have no gaps and none returns.
    """

    __tablename__ = "certificate_rules"
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    is_on: Mapped[bool] = mapped_column(default=False)
    share: Mapped[int] = mapped_column(default=SHARE)
    pattern: Mapped[str] = mapped_column(String(80), default=PATTERN)
    place: Mapped[str] = mapped_column(String(120), default="")
    signed_on: Mapped[date | None]
    signatory_name: Mapped[str] = mapped_column(String(120), default="")
    signatory_post: Mapped[str] = mapped_column(String(160), default="")
    signatory_nip: Mapped[str | None] = mapped_column(Encrypted, info=personal("sign the certificates", KEPT))
    last_serial: Mapped[int] = mapped_column(default=0)


class CertificateNameCheck(Base):
    """A person has looked at the own name as it will be printed; ``name`` is a keyed hash of what was seen.

    So a name that changed afterwards counts as unchecked, without being kept twice.
    """

    __tablename__ = "certificate_name_check"
    __table_args__ = (within_event("registration_id", "registration"),)
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    registration_id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[bytes] = mapped_column(LargeBinary(16))
    checked_at: Mapped[datetime]


class CertificateRuling(Base):
    """What the organiser decided for one person, whatever was attended, and why."""

    __tablename__ = "certificate_ruling"
    __table_args__ = (within_event("registration_id", "registration"),)
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    registration_id: Mapped[UUID] = mapped_column(primary_key=True)
    granted: Mapped[bool]
    jp: Mapped[int | None]
    reason: Mapped[str] = mapped_column(String(200))
    ruled_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    ruled_at: Mapped[datetime]


class Certificate(Base):
    """One certificate as it was issued: its name, standing and JP stay whatever the registration says later.

    Its id is what the QR names: random, so nobody counts through. ``is_replaced``: revoked because another one took
    its place. ``file_id`` is empty until the worker has set the paper. ``speaker_id`` is no foreign key: who is taken
    out of the agenda afterwards was certified all the same.
    """

    __tablename__ = "certificate"
    __table_args__ = (
        UniqueConstraint("event_id", "id"),
        UniqueConstraint("event_id", "serial"),
        within_event("registration_id", "registration"),
        CheckConstraint("(registration_id IS NULL) <> (speaker_id IS NULL)", name="one_holder"),
        Index(
            "uq_certificate_registration", "event_id", "registration_id", unique=True,
            sqlite_where=text("revoked_at IS NULL"), postgresql_where=text("revoked_at IS NULL"),
        ),
        Index(
            "uq_certificate_speaker", "event_id", "speaker_id", unique=True,
            sqlite_where=text("revoked_at IS NULL"), postgresql_where=text("revoked_at IS NULL"),
        ),
        Index("ix_certificate_run", "event_id", "run_id"),
    )  # fmt: skip
    id: Mapped[UUID] = key()
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    run_id: Mapped[UUID]
    registration_id: Mapped[UUID | None]
    speaker_id: Mapped[UUID | None]
    serial: Mapped[int]
    number: Mapped[str] = mapped_column(String(160))
    name: Mapped[str] = mapped_column(String(260), info=personal("certificate", KEPT))
    standing: Mapped[Standing] = mapped_column(Word(Standing))
    minutes: Mapped[int]
    jp: Mapped[int]
    office: Mapped[str] = mapped_column(String(200), default="")
    province_code: Mapped[str] = mapped_column(String(2), default="")
    issued_at: Mapped[datetime]
    made_at: Mapped[datetime | None]
    file_id: Mapped[UUID | None]
    revoked_at: Mapped[datetime | None]
    revoked_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    revoke_reason: Mapped[str | None] = mapped_column(String(200))
    is_replaced: Mapped[bool] = mapped_column(default=False)


class RunKind(StrEnum):
    """What was asked for."""

    SAMPLE = "sample"
    ISSUE = "issue"
    BUNDLE = "bundle"


class CertificateRun(Base):
    """Something about certificates that the worker does: a sample, an issue, a ZIP; for who asked.

    What a sample or a ZIP holds is thrown away at ``expires_at``; what an issue made are the certificates.
    """

    __tablename__ = "certificate_run"
    __table_args__ = (
        UniqueConstraint("event_id", "id"),
        Index("ix_certificate_run_owner", "event_id", "requested_by_id", "requested_at"),
    )
    id: Mapped[UUID] = key()
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    kind: Mapped[RunKind] = mapped_column(Word(RunKind))
    province_code: Mapped[str | None] = mapped_column(String(2))
    by_mail: Mapped[bool] = mapped_column(default=False)
    requested_by_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"))
    requested_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    job_id: Mapped[UUID]
    certificate_count: Mapped[int | None]
    made_at: Mapped[datetime | None]
    file_id: Mapped[UUID | None]
