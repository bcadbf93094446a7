"""An event with its days, channels, roles, identity; who may work on it, and the links that open parts of it."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
    select,
)
from sqlalchemy.orm import Mapped, column_property, mapped_column

from rakor.accounts.rules import Role
from rakor.db import Base, Encrypted, Word, key, personal
from rakor.events.quota import whole_size, whole_use
from rakor.events.rules import Admission, BadgeColour, ChannelKind, CostBearer, EventKind, EventMode, RoleGroup, Stage


class EventIdentity(Base):
    """How an event's papers and pages look: letterhead, logo, signatory, accent colour."""

    __tablename__ = "event_identity"
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    letterhead: Mapped[str] = mapped_column(String(600), default="")
    logo_file_id: Mapped[UUID | None]
    accent: Mapped[str] = mapped_column(String(7), default="")
    signatory_name: Mapped[str] = mapped_column(String(120), default="")
    signatory_post: Mapped[str] = mapped_column(String(160), default="")
    signatory_nip: Mapped[str | None] = mapped_column(
        Encrypted, info=personal("sign papers", "as long as the papers are kept")
    )


def own_accent(event_id: Mapped[UUID]) -> ColumnElement[str | None]:
    """The colour of an event's identity; NULL or empty where it has none."""
    query = select(EventIdentity.accent).where(EventIdentity.event_id == event_id)
    return query.correlate_except(EventIdentity).scalar_subquery()


class Event(Base):
    """One meeting. ``change_seq`` numbers every change of presence; its row is the event's turn."""

    __tablename__ = "event"
    __table_args__ = (
        UniqueConstraint("slug"),
        CheckConstraint("ends_on >= starts_on", name="dates"),
        Index("uq_event_letter", "institution_id", "letter_year", "letter_number", unique=True),
    )
    id: Mapped[UUID] = key()
    slug: Mapped[str] = mapped_column(String(80))
    office_id: Mapped[UUID | None] = mapped_column(ForeignKey("office.id"))
    institution_id: Mapped[UUID] = mapped_column(ForeignKey("institution.id"))
    organizer: Mapped[str] = mapped_column(String(200))
    unit: Mapped[str] = mapped_column(String(200), default="")
    kind: Mapped[EventKind] = mapped_column(Word(EventKind))
    title: Mapped[str] = mapped_column(String(240))
    short_title: Mapped[str] = mapped_column(String(120))
    theme: Mapped[str] = mapped_column(String(300), default="")
    purpose: Mapped[str] = mapped_column(String(2000), default="")
    mode: Mapped[EventMode] = mapped_column(Word(EventMode))
    zone: Mapped[str] = mapped_column(String(40))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    regions_as_of: Mapped[date]
    venue: Mapped[str] = mapped_column(String(200), default="")
    address: Mapped[str] = mapped_column(String(400), default="")
    city: Mapped[str] = mapped_column(String(120), default="")
    cost_bearer: Mapped[CostBearer] = mapped_column(Word(CostBearer), default=CostBearer.OWN_OFFICE)
    cost_note: Mapped[str] = mapped_column(String(300), default="")
    delegation_allowed: Mapped[bool] = mapped_column(default=True)
    admission: Mapped[Admission] = mapped_column(Word(Admission), default=Admission.OPEN)
    desk_count: Mapped[int | None]  # into how many shares the tickets are parted where each desk owns its own
    letter_number: Mapped[str] = mapped_column(String(60), default="")
    letter_on: Mapped[date | None]
    letter_year: Mapped[int | None]  # the year the number counts in; empty without a number
    answer_by_at: Mapped[datetime | None]
    open_registration: Mapped[bool] = mapped_column(default=False)
    needs_approval: Mapped[bool] = mapped_column(default=False)
    waiting_list: Mapped[bool] = mapped_column(default=True)
    accent: Mapped[str | None] = column_property(own_accent(id))
    capacity: Mapped[int | None] = column_property(whole_size(id))
    registered_count: Mapped[int] = column_property(whole_use(id))
    offer_hours: Mapped[int | None]  # how long a freed place is offered to who waits; empty: given at once
    self_service_until_at: Mapped[datetime | None]
    registration_opens_at: Mapped[datetime | None]
    registration_closes_at: Mapped[datetime | None]
    contact_name: Mapped[str] = mapped_column(String(120), default="")
    contact_phone: Mapped[str] = mapped_column(String(40), default="")
    contact_email: Mapped[str] = mapped_column(String(254), default="")
    stage: Mapped[Stage] = mapped_column(Word(Stage), default=Stage.DRAFT)
    published_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    change_seq: Mapped[int] = mapped_column(BigInteger, default=0)
    sources: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    demo_world: Mapped[str | None] = mapped_column(String(20))


class EventDay(Base):
    """One calendar day of an event, in its zone."""

    __tablename__ = "event_day"
    __table_args__ = (UniqueConstraint("event_id", "id"), UniqueConstraint("event_id", "held_on"))
    id: Mapped[UUID] = key()
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    held_on: Mapped[date]
    number: Mapped[int]
    label: Mapped[str] = mapped_column(String(120), default="")


class EventChannel(Base):
    """A way to follow an event, with its size; the link is shown only to those who may see it."""

    __tablename__ = "event_channel"
    __table_args__ = (UniqueConstraint("event_id", "id"),)
    id: Mapped[UUID] = key()
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    kind: Mapped[ChannelKind] = mapped_column(Word(ChannelKind))
    label: Mapped[str] = mapped_column(String(120))
    url: Mapped[str | None] = mapped_column(String(500))
    note: Mapped[str] = mapped_column(String(200), default="")
    capacity: Mapped[int | None]
    is_public: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)


class EventRole(Base):
    """A role of an event (Ketua, Sekretaris, Narasumber, Panitia …) in protocol order."""

    __tablename__ = "event_role"
    __table_args__ = (UniqueConstraint("event_id", "id"), UniqueConstraint("event_id", "name"))
    id: Mapped[UUID] = key()
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(120))
    short_name: Mapped[str] = mapped_column(String(40), default="")
    group: Mapped[RoleGroup] = mapped_column(Word(RoleGroup), default=RoleGroup.PARTICIPANT)
    colour: Mapped[BadgeColour | None] = mapped_column(Word(BadgeColour))  # of the badge, named at the desk
    position: Mapped[int]


class Grant(Base):
    """What one user may do in one event, until a date."""

    __tablename__ = "event_grant"
    __table_args__ = (UniqueConstraint("event_id", "user_id", "role"),)
    id: Mapped[UUID] = key()
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    role: Mapped[Role] = mapped_column(Word(Role))
    created_at: Mapped[datetime]
    ends_on: Mapped[date]


class Leader(Base):
    """Somebody who is told one number, behind a link that ends: no account, no password on the way to the opening."""

    __tablename__ = "event_leader"
    __table_args__ = (UniqueConstraint("event_id", "id"),)
    id: Mapped[UUID] = key()
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(
        String(120), info=personal("tell a leader the numbers", "until the event's records are closed")
    )
    post: Mapped[str] = mapped_column(String(160), default="")
    created_at: Mapped[datetime]


class LinkPurpose(StrEnum):
    """What an opaque link opens."""

    OFFICE = "office"
    PERSON = "person"
    PROVINCE = "province"
    SPEAKER = "speaker"
    LEADER = "leader"
    CALENDAR = "calendar"
    """The feed of one person or speaker; it opens nothing else."""


class PassedOnBy(StrEnum):
    """Who passed a link on: the centre, or the province that got it from there."""

    CENTRE = "centre"
    PROVINCE = "province"


class AccessLink(Base):
    """A link without account. The token is derived from purpose, subject and epoch; only its hash is stored."""

    __tablename__ = "access_link"
    __table_args__ = (
        UniqueConstraint("event_id", "id"),
        UniqueConstraint("lookup_hash"),
        Index("uq_access_link_subject", "event_id", "purpose", "subject_id", unique=True),
    )
    id: Mapped[UUID] = key()
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    purpose: Mapped[LinkPurpose] = mapped_column(Word(LinkPurpose))
    subject_id: Mapped[UUID]
    epoch: Mapped[int] = mapped_column(default=0)
    lookup_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    passed_on_at: Mapped[datetime | None]
    passed_on_by: Mapped[PassedOnBy | None] = mapped_column(Word(PassedOnBy))
    opened_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]
