"""Checkpoints, the ledger of facts, what waits in quarantine, and presence as the facts' projection."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from rakor.attendance.rules.words import Direction, Hold, Kind, PlaceKind, Source, Verdict
from rakor.db import Base, Word, key, personal, within_event

KEPT = "as the office's archive schedule says, five years by default"


class Checkpoint(Base):
    """Where presence is taken: a day or one session of it, or what is handed out. A merged one names what it became.

    ``direction`` is the one way it records; None: both, as the desk says.
    """

    __tablename__ = "checkpoint"
    __table_args__ = (
        UniqueConstraint("event_id", "id"),
        within_event("day_id", "event_day", ondelete="RESTRICT"),
        within_event("item_id", "agenda_item", ondelete="RESTRICT"),
        Index("uq_checkpoint_session", "event_id", "day_id", "item_id", unique=True),
        Index(
            "uq_checkpoint_day",
            "event_id",
            "day_id",
            unique=True,
            sqlite_where=text("item_id IS NULL AND kind = 'day'"),
            postgresql_where=text("item_id IS NULL AND kind = 'day'"),
        ),
    )
    id: Mapped[UUID] = key()
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    day_id: Mapped[UUID]
    item_id: Mapped[UUID | None]
    kind: Mapped[PlaceKind] = mapped_column(Word(PlaceKind), default=PlaceKind.DAY)
    direction: Mapped[Direction | None] = mapped_column(Word(Direction))
    name: Mapped[str] = mapped_column(String(120))
    position: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    merged_into_id: Mapped[UUID | None]


class FactRow(Base):
    """One immutable fact. Nothing here is ever changed but ``registration_id``, when an unknown code is
    resolved.

    ``checkpoint_id``, ``device_id`` and ``target_id`` are what the device said, so they are no foreign keys:
    a fact outlives its desk, and a void may come before what it voids. ``shown`` is the verdict of the first
    receipt.
    """

    __tablename__ = "attendance_fact"
    __table_args__ = (
        within_event("registration_id", "registration"),
        Index("ix_attendance_fact_person", "registration_id"),
        Index(
            "ix_attendance_fact_target",
            "target_id",
            sqlite_where=text("target_id IS NOT NULL"),
            postgresql_where=text("target_id IS NOT NULL"),
        ),
        Index("ix_attendance_fact_device", "device_id", "kind"),
        Index("ix_attendance_fact_change", "event_id", "change_seq"),
    )
    scan_id: Mapped[UUID] = mapped_column(primary_key=True)
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    kind: Mapped[Kind] = mapped_column(Word(Kind))
    source: Mapped[Source] = mapped_column(Word(Source))
    direction: Mapped[Direction] = mapped_column(Word(Direction))
    registration_id: Mapped[UUID | None]
    checkpoint_id: Mapped[UUID | None]
    device_id: Mapped[UUID | None]
    device_seq: Mapped[int] = mapped_column(BigInteger)
    place: Mapped[str] = mapped_column(String(60), default="")
    target_id: Mapped[UUID | None]
    ref: Mapped[bytes | None] = mapped_column(LargeBinary(12))
    in_roster: Mapped[bool]
    wall_at: Mapped[datetime]
    mono_ms: Mapped[int | None] = mapped_column(BigInteger)
    segment: Mapped[UUID | None]
    roster_seq: Mapped[int] = mapped_column(BigInteger)
    override: Mapped[bool]
    server_at: Mapped[datetime | None]
    rtt_ms: Mapped[int | None]
    reason: Mapped[str] = mapped_column(String(200), default="")
    sealed_name: Mapped[bytes | None] = mapped_column(LargeBinary(1024), info=personal("name a walk-in", KEPT))
    operator_id: Mapped[UUID | None]
    device_verdict: Mapped[Verdict | None] = mapped_column(Word(Verdict))
    shown: Mapped[Verdict] = mapped_column(Word(Verdict))
    digest: Mapped[bytes] = mapped_column(LargeBinary(16))
    received_at: Mapped[datetime]
    change_seq: Mapped[int] = mapped_column(BigInteger)


class HeldRecord(Base):
    """A record that waits for a person: kept as it came, with why. It counts for nothing until it is accepted.

    ``decided_at`` and ``accepted`` follow from facts (``accept``, ``reject``), as presence does.
    """

    __tablename__ = "attendance_held"
    __table_args__ = (Index("ix_attendance_held_event", "event_id", "received_at"),)
    scan_id: Mapped[UUID] = mapped_column(primary_key=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    device_id: Mapped[UUID | None]
    device_seq: Mapped[int] = mapped_column(BigInteger)
    hold: Mapped[Hold] = mapped_column(Word(Hold))
    record: Mapped[str] = mapped_column(Text)
    received_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    accepted: Mapped[bool | None]


class PresenceRow(Base):
    """What the facts of one registration at one checkpoint reduce to; made anew whenever one of them arrives."""

    __tablename__ = "presence"
    __table_args__ = (
        within_event("registration_id", "registration"),
        within_event("checkpoint_id", "checkpoint"),
        Index("ix_presence_checkpoint", "event_id", "checkpoint_id", "present"),
        Index("ix_presence_change", "event_id", "change_seq"),
    )
    event_id: Mapped[UUID] = mapped_column(primary_key=True)
    registration_id: Mapped[UUID] = mapped_column(primary_key=True)
    checkpoint_id: Mapped[UUID] = mapped_column(primary_key=True)
    present: Mapped[bool]
    inside: Mapped[bool]
    first_in_at: Mapped[datetime | None]
    last_out_at: Mapped[datetime | None]
    first_source: Mapped[Source | None] = mapped_column(Word(Source))
    first_place: Mapped[str] = mapped_column(String(60), default="")
    fact_count: Mapped[int]
    duplicate_count: Mapped[int]
    flags: Mapped[str] = mapped_column(String(200), default="")
    intervals: Mapped[list[dict[str, str | bool | None]]] = mapped_column(JSON)
    change_seq: Mapped[int] = mapped_column(BigInteger)
