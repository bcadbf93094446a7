"""A campaign: words to chosen people or offices, and when they go out."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from rakor.db import Base, Word, key
from rakor.messages.rules.campaigns import Audience, CampaignState, Nature, Timing

SUBJECT_LENGTH, BODY_LENGTH = 150, 4000


class Campaign(Base):
    """One text for many. Who gets it is ``filters``, asked when it goes out, never a list kept from before.

    ``turn`` counts the times it was scheduled: the job of an earlier turn finds nothing to do.
    """

    __tablename__ = "campaign"
    __table_args__ = (UniqueConstraint("event_id", "id"), Index("ix_campaign_event", "event_id", "created_at"))
    id: Mapped[UUID] = key()
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    audience: Mapped[Audience] = mapped_column(Word(Audience))
    nature: Mapped[Nature] = mapped_column(Word(Nature))
    filters: Mapped[dict[str, str]] = mapped_column(JSON)
    subject: Mapped[str] = mapped_column(String(SUBJECT_LENGTH))
    body: Mapped[str] = mapped_column(String(BODY_LENGTH))
    subject_en: Mapped[str] = mapped_column(String(SUBJECT_LENGTH), default="")
    body_en: Mapped[str] = mapped_column(String(BODY_LENGTH), default="")
    timing: Mapped[Timing] = mapped_column(Word(Timing))
    send_at: Mapped[datetime | None]
    item_id: Mapped[UUID | None]
    lead_hours: Mapped[int | None]
    state: Mapped[CampaignState] = mapped_column(Word(CampaignState), default=CampaignState.DRAFT)
    turn: Mapped[int] = mapped_column(default=0)
    created_by: Mapped[UUID | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
