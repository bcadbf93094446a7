"""The steps of a meeting's preparation as far as an event says something about them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from rakor.db import Base, Word, key
from rakor.minutes.rules.preparation import Anchor


class PreparationStep(Base):
    """An own step, or what an event changes of a ready-made one (``ready_key``); the others follow from the rules.

    ``title``, ``anchor`` and ``days`` are empty where the ready-made step's hold. Dates are kept as days from the
    event's first or last day, so that they move with the event and with its copy.
    """

    __tablename__ = "preparation_step"
    __table_args__ = (UniqueConstraint("event_id", "id"), UniqueConstraint("event_id", "ready_key"))
    id: Mapped[UUID] = key()
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    ready_key: Mapped[str | None] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(160), default="")
    anchor: Mapped[Anchor | None] = mapped_column(Word(Anchor))
    days: Mapped[int | None]
    assignee_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    done_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    done_at: Mapped[datetime | None]
    dropped_at: Mapped[datetime | None]
    changed_at: Mapped[datetime]
