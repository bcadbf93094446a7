"""Signatures: one row each time somebody signs; the newest of a person at a place is the one that papers show."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from rakor.db import Base, Encrypted, Word, key, personal, within_event
from rakor.registrations.models import ARCHIVE_KEPT
from rakor.signatures.rules import SignedVia

SIGNS = "attendance list for the expense file"


class Signature(Base):
    """What somebody signed with at a day or session: strokes, or the typed name. Never changed, and no presence.

    It goes with the registration it belongs to, when that is erased.
    """

    __tablename__ = "signature"
    __table_args__ = (
        within_event("registration_id", "registration"),
        within_event("checkpoint_id", "checkpoint"),
        Index("ix_signature_place", "event_id", "checkpoint_id", "registration_id"),
        Index("ix_signature_person", "event_id", "registration_id"),
    )
    id: Mapped[UUID] = key()
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    registration_id: Mapped[UUID]
    checkpoint_id: Mapped[UUID]
    via: Mapped[SignedVia] = mapped_column(Word(SignedVia))
    strokes: Mapped[str | None] = mapped_column(Encrypted, info=personal(SIGNS, ARCHIVE_KEPT))
    typed: Mapped[str | None] = mapped_column(Encrypted, info=personal(SIGNS, ARCHIVE_KEPT))
    signed_at: Mapped[datetime]


class SignatureSetting(Base):
    """Whether the desk may ask for signatures; off until the event switches it on."""

    __tablename__ = "signature_setting"
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    at_desk: Mapped[bool]
