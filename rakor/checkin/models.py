"""Desks' devices, and the epoch that tells them whether this server still remembers what it acknowledged."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, BigInteger, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from rakor.db import Base, key, within_event


class Device(Base):
    """A phone or laptop at a desk, enrolled for one event until a moment. Only the hash of its cookie is
    stored.

    ``number`` counts the desks of one checkpoint from 1; ``also`` are the ids of further checkpoints that it serves.
    ``enrolled_at`` is when a phone last became it: a PIN set before is void. A help desk sees what other desks sent it.
    A relay speaks for desks of its own; each of them names it in ``relay_id``. From ``names_since_at`` on it may keep
    everybody's names, sealed (``rakor.checkin.names``).
    Every ``device_seq`` up to ``ack_through`` is stored; ``beyond`` lists those stored above the first gap.
    """

    __tablename__ = "device"
    __table_args__ = (
        UniqueConstraint("event_id", "id"),
        UniqueConstraint("token_hash"),
        within_event("checkpoint_id", "checkpoint"),
    )
    id: Mapped[UUID] = key()
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    checkpoint_id: Mapped[UUID]
    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    name: Mapped[str] = mapped_column(String(60))
    number: Mapped[int] = mapped_column(default=0)
    also: Mapped[list[str]] = mapped_column(JSON, default=list)
    token_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    enrol_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    enrol_until_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    enrolled_at: Mapped[datetime | None]
    is_help_desk: Mapped[bool] = mapped_column(default=False)
    is_relay: Mapped[bool] = mapped_column(default=False)
    relay_id: Mapped[UUID | None]
    names_since_at: Mapped[datetime | None]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    wiped_at: Mapped[datetime | None]
    last_seen_at: Mapped[datetime | None]
    ack_through: Mapped[int] = mapped_column(BigInteger, default=0)
    beyond: Mapped[list[int]] = mapped_column(JSON, default=list)
    roster_seq: Mapped[int] = mapped_column(BigInteger, default=0)
    waiting_count: Mapped[int] = mapped_column(default=0)


class ServerEpoch(Base):
    """One row: a random id, new after a restore, so that devices offer again what they keep (check-in.md §2)."""

    __tablename__ = "server_epoch"
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    epoch: Mapped[UUID]
    since_at: Mapped[datetime]
