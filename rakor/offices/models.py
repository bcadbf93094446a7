"""Institutions, their offices by level and region, and how to reach them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from rakor.db import Base, Encrypted, Word, key, personal
from rakor.offices.rules import OfficeLevel


class Institution(Base):
    """A body with offices: a ministry, a commission, a university, a city."""

    __tablename__ = "institution"
    id: Mapped[UUID] = key()
    name: Mapped[str] = mapped_column(String(200))
    short_name: Mapped[str] = mapped_column(String(60))
    created_at: Mapped[datetime]
    is_demo: Mapped[bool] = mapped_column(default=False)


class Office(Base):
    """One office (satuan kerja) at a level and, below the national one, in a region."""

    __tablename__ = "office"
    __table_args__ = (
        UniqueConstraint("institution_id", "code"),
        Index("ix_office_order", "institution_id", "sort_key"),
    )
    id: Mapped[UUID] = key()
    institution_id: Mapped[UUID] = mapped_column(ForeignKey("institution.id", ondelete="CASCADE"))
    code: Mapped[str] = mapped_column(String(16))
    level: Mapped[OfficeLevel] = mapped_column(Word(OfficeLevel))
    name: Mapped[str] = mapped_column(String(200))
    short_name: Mapped[str] = mapped_column(String(120))
    province_code: Mapped[str | None] = mapped_column(String(2), index=True)
    regency_code: Mapped[str | None] = mapped_column(String(4))
    zone: Mapped[str] = mapped_column(String(40))
    sort_key: Mapped[str] = mapped_column(String(24))


class OfficeContact(Base):
    """A person or desk through whom an office is reached."""

    __tablename__ = "office_contact"
    id: Mapped[UUID] = key()
    office_id: Mapped[UUID] = mapped_column(ForeignKey("office.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(
        String(120), info=personal("pass invitations on", "until replaced by the office")
    )
    post: Mapped[str] = mapped_column(String(120), default="")
    phone: Mapped[str | None] = mapped_column(
        Encrypted, info=personal("pass invitations on by WhatsApp", "until replaced by the office")
    )
    email: Mapped[str | None] = mapped_column(
        Encrypted, info=personal("pass invitations on by e-mail", "until replaced by the office")
    )
