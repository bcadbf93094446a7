"""Agenda items, rooms and the people who speak in them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from rakor.agenda.rules import AgendaKind, SpeakerPart, Visibility
from rakor.db import Base, Word, key, personal, within_event


class Room(Base):
    """A room of the venue."""

    __tablename__ = "room"
    __table_args__ = (UniqueConstraint("event_id", "id"), UniqueConstraint("event_id", "name"))
    id: Mapped[UUID] = key()
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(120))
    capacity: Mapped[int | None]
    position: Mapped[int] = mapped_column(default=0)


class AgendaItem(Base):
    """One thing on the programme as organisers edit it. A missing time is legal: "waktu tidak tercatat".

    An item that a published version names stays a row when it is taken off (``removed_at``): calendars and material
    hang on it, and the version can be brought back.
    """

    __tablename__ = "agenda_item"
    __table_args__ = (
        UniqueConstraint("event_id", "id"),
        within_event("day_id", "event_day"),
        within_event("room_id", "room"),
        CheckConstraint("ends_at IS NULL OR starts_at < ends_at", name="times"),
        Index("ix_agenda_item_order", "event_id", "day_id", "position"),
    )
    id: Mapped[UUID] = key()
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    day_id: Mapped[UUID]
    room_id: Mapped[UUID | None]
    kind: Mapped[AgendaKind] = mapped_column(Word(AgendaKind))
    title: Mapped[str] = mapped_column(String(240))
    topic: Mapped[str] = mapped_column(String(400), default="")
    session_number: Mapped[int | None]
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    position: Mapped[int] = mapped_column(default=0)
    visibility: Mapped[Visibility] = mapped_column(Word(Visibility), default=Visibility.PUBLIC)
    takes_attendance: Mapped[bool] = mapped_column(default=False)
    counts_for_jp: Mapped[bool] = mapped_column(default=False)
    audience: Mapped[str] = mapped_column(String(200), default="")
    capacity: Mapped[int | None]  # its own, where it is less than the room's
    in_charge: Mapped[str] = mapped_column(String(120), default="")
    note: Mapped[str] = mapped_column(String(300), default="")
    source: Mapped[str] = mapped_column(String(120), default="")
    sequence: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


class AgendaAudience(Base):
    """A role for whose people an item is meant; an item without any is for everybody."""

    __tablename__ = "agenda_audience"
    __table_args__ = (
        within_event("item_id", "agenda_item"),
        within_event("role_id", "event_role", ondelete="RESTRICT"),
        Index("ix_agenda_audience_event", "event_id"),
    )
    event_id: Mapped[UUID]
    item_id: Mapped[UUID] = mapped_column(primary_key=True)
    role_id: Mapped[UUID] = mapped_column(primary_key=True)


class AgendaVersion(Base):
    """One published programme: what everybody but the organisers reads is the newest. Numbers only rise.

    ``snapshot`` holds the items and ``changes`` what differs from the version before (``rules/snapshots.py``).
    ``restores`` is the number of the version that this one brings back.
    """

    __tablename__ = "agenda_version"
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    snapshot: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    changes: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    restores: Mapped[int | None]
    published_at: Mapped[datetime]
    published_by_id: Mapped[UUID | None]


class Speaker(Base):
    """A resource person or moderator of an event; published with post and organisation (UU 14/2008 art. 11)."""

    __tablename__ = "speaker"
    __table_args__ = (UniqueConstraint("event_id", "id"),)
    id: Mapped[UUID] = key()
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(
        String(120), info=personal("publish the programme", "as long as the event page is public")
    )
    post: Mapped[str] = mapped_column(String(160), default="")
    organization: Mapped[str] = mapped_column(String(200), default="")
    source: Mapped[str] = mapped_column(String(120), default="")
    position: Mapped[int] = mapped_column(default=0)


class AgendaSpeaker(Base):
    """A person's part in one agenda item."""

    __tablename__ = "agenda_speaker"
    __table_args__ = (
        within_event("item_id", "agenda_item"),
        within_event("speaker_id", "speaker"),
        Index("ix_agenda_speaker_event", "event_id"),
    )
    event_id: Mapped[UUID]
    item_id: Mapped[UUID] = mapped_column(primary_key=True)
    speaker_id: Mapped[UUID] = mapped_column(primary_key=True)
    part: Mapped[SpeakerPart] = mapped_column(Word(SpeakerPart), primary_key=True)
    position: Mapped[int] = mapped_column(default=0)


class AgendaPaper(Base):
    """The rundown on paper that was asked for last; ``file_id`` is empty until the worker has made the first."""

    __tablename__ = "agenda_paper"
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    requested_at: Mapped[datetime]
    made_at: Mapped[datetime | None]
    file_id: Mapped[UUID | None]
