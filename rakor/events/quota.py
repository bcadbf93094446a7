"""Quota pools: how many places the open form has for whom. Counted here, taken and given back by registrations."""

from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ColumnElement, ForeignKey, String, UniqueConstraint, case, func, select
from sqlalchemy.orm import Mapped, mapped_column

from rakor.db import Base, db, key, within_event

NAME_LENGTH = 80


class QuotaPool(Base):
    """Places for one category, way of following and group of provinces; what is empty means any.

    Pools of an event never overlap. Whatever none of them takes falls into the one pool that ``is_rest``, so every
    registration of the open form belongs to exactly one pool. ``used`` counts held and offered places; the database
    itself refuses more than ``size``.
    """

    __tablename__ = "quota_pool"
    __table_args__ = (
        UniqueConstraint("event_id", "id"),
        within_event("role_id", "event_role", ondelete="RESTRICT"),
        CheckConstraint("size IS NULL OR used <= size", name="used_within_size"),
        CheckConstraint("used >= 0", name="used_not_negative"),
    )
    id: Mapped[UUID] = key()
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(NAME_LENGTH), default="")
    is_rest: Mapped[bool] = mapped_column(default=False)
    role_id: Mapped[UUID | None]
    mode: Mapped[str | None] = mapped_column(String(8))
    provinces: Mapped[list[str]] = mapped_column(JSON, default=list)
    size: Mapped[int | None]
    used: Mapped[int] = mapped_column(default=0)
    position: Mapped[int]


def whole_size(event_id: Mapped[UUID]) -> ColumnElement[int | None]:
    """The places of all pools of an event together; NULL where one of them has no limit, or there is none."""
    unlimited = func.count(QuotaPool.id) != func.count(QuotaPool.size)
    query = select(case((unlimited, None), else_=func.sum(QuotaPool.size))).where(QuotaPool.event_id == event_id)
    return query.correlate_except(QuotaPool).scalar_subquery()


def whole_use(event_id: Mapped[UUID]) -> ColumnElement[int]:
    """The places taken in all pools of an event together."""
    query = select(func.coalesce(func.sum(QuotaPool.used), 0)).where(QuotaPool.event_id == event_id)
    return query.correlate_except(QuotaPool).scalar_subquery()


def add_rest(event_id: UUID, size: int | None) -> QuotaPool:
    """Give an event the pool of everybody: its only one until the organiser makes more."""
    row = QuotaPool(event_id=event_id, is_rest=True, size=size, used=0, position=0, provinces=[])
    db.session.add(row)
    db.session.flush()
    return row


def rest_of(event_id: UUID) -> QuotaPool | None:
    """Return the pool that takes whatever no other takes."""
    return db.session.scalar(select(QuotaPool).where(QuotaPool.event_id == event_id, QuotaPool.is_rest.is_(True)))
