"""What of a meeting is released beside the programme: captioned photos and quotations given free.

``item_id`` is the item as it was published: the draft may have lost it, so no foreign key holds it. A row without
``published_at`` is a draft.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from rakor.db import Base, Word, key, personal
from rakor.minutes.rules.release import PhotoBasis

WHY, UNTIL = "document the meeting", "as long as the event page is public"


class ReleasePhoto(Base):
    """A photo drawn anew by us: ``who`` is on it, ``caption`` says what happens, ``alt`` what is to be seen.

    ``file_id`` is the picture (JPEG, at most 1600 pixels wide), ``preview_id`` a smaller one for lists and papers.
    """

    __tablename__ = "release_photo"
    __table_args__ = (
        UniqueConstraint("event_id", "id"),
        Index("ix_release_photo_order", "event_id", "position"),
    )
    id: Mapped[UUID] = key()
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    item_id: Mapped[UUID | None]
    who: Mapped[str] = mapped_column(String(300), default="", info=personal(WHY, UNTIL))
    caption: Mapped[str] = mapped_column(String(300))
    alt: Mapped[str] = mapped_column(String(300))
    basis: Mapped[PhotoBasis] = mapped_column(Word(PhotoBasis))
    file_id: Mapped[UUID] = mapped_column(info=personal(WHY, UNTIL))
    preview_id: Mapped[UUID]
    width: Mapped[int]
    height: Mapped[int]
    position: Mapped[int]
    added_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    added_at: Mapped[datetime]
    published_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    published_at: Mapped[datetime | None]


class ReleaseQuotation(Base):
    """What somebody on the programme said, word by word; free to be printed once it is published.

    Name and post are kept as they stood when it was typed: who is taken out of the agenda afterwards said it all the
    same, so ``speaker_id`` is no foreign key.
    """

    __tablename__ = "release_quotation"
    __table_args__ = (
        UniqueConstraint("event_id", "id"),
        Index("ix_release_quotation_order", "event_id", "position"),
    )
    id: Mapped[UUID] = key()
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    item_id: Mapped[UUID | None]
    speaker_id: Mapped[UUID]
    name: Mapped[str] = mapped_column(String(120), info=personal(WHY, UNTIL))
    post: Mapped[str] = mapped_column(String(400), default="")
    text: Mapped[str] = mapped_column(String(800))
    position: Mapped[int]
    added_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    added_at: Mapped[datetime]
    published_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    published_at: Mapped[datetime | None]
