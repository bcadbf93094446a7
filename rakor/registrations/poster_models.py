"""The A4 poster with the QR of the open form: the one an event has, and the job that makes it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from rakor.db import Base


class RegistrationPoster(Base):
    """The poster last asked for; ``file_id`` is empty until the worker has made it."""

    __tablename__ = "registration_poster"
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    requested_at: Mapped[datetime]
    made_at: Mapped[datetime | None]
    file_id: Mapped[UUID | None]
