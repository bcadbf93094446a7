"""An event that another server keeps: this one is a relay for its doors (docs/protocol.md)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from rakor.db import Base, Encrypted


class Upstream(Base):
    """Where an event comes from, by which credential, and how far both sides know each other.

    ``pulled_seq`` is the server's number up to which everything is here; ``sent_seq`` our own number up to which our
    desks' facts are durable there, under ``epoch``. ``ticket_key`` (hexadecimal) makes the event's codes.
    """

    __tablename__ = "upstream"
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    url: Mapped[str] = mapped_column(String(200))
    token: Mapped[str | None] = mapped_column(Encrypted)
    ticket_key: Mapped[str | None] = mapped_column(Encrypted)
    seal_point: Mapped[bytes] = mapped_column(LargeBinary(65))
    frame: Mapped[str] = mapped_column(String(64), default="")
    epoch: Mapped[UUID | None]
    pulled_seq: Mapped[int] = mapped_column(BigInteger, default=0)
    sent_seq: Mapped[int] = mapped_column(BigInteger, default=0)
    joined_at: Mapped[datetime]
    heard_at: Mapped[datetime | None]
    refused_at: Mapped[datetime | None]


class UpstreamMark(Base):
    """Who knows our change ``own_seq`` knows the server's ``upstream_seq``: both count for themselves."""

    __tablename__ = "upstream_mark"
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    own_seq: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    upstream_seq: Mapped[int] = mapped_column(BigInteger)


class UpstreamHold(Base):
    """A record in our quarantine that the server has in its own, under ``epoch``."""

    __tablename__ = "upstream_hold"
    scan_id: Mapped[UUID] = mapped_column(primary_key=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    epoch: Mapped[UUID]
