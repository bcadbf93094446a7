"""Two registrations of one name that somebody looked at and knows to be two people."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from rakor.db import Base, within_event


class TwoPeople(Base):
    """A pair that is asked about no more; ``first_id`` is the smaller id."""

    __tablename__ = "two_people"
    __table_args__ = (
        within_event("first_id", "registration"),
        within_event("second_id", "registration"),
    )
    first_id: Mapped[UUID] = mapped_column(primary_key=True)
    second_id: Mapped[UUID] = mapped_column(primary_key=True)
    event_id: Mapped[UUID]
    said_by_id: Mapped[UUID | None]
    said_at: Mapped[datetime]
