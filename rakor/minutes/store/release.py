"""Photos and quotations of a meeting: drafts, and what is released to everybody."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import exists, func, or_, select

from rakor import audit, files
from rakor.agenda.pictures import Drawn
from rakor.db import db
from rakor.files import Kept
from rakor.minutes.conclusion_models import Conclusion
from rakor.minutes.release_models import ReleasePhoto, ReleaseQuotation
from rakor.minutes.rules.release import Kind

PURPOSE = "release_photo"
MOST_PHOTOS, MOST_QUOTATIONS = 60, 100
Row = ReleasePhoto | ReleaseQuotation
MODELS: Mapping[Kind, type[Row]] = {Kind.PHOTO: ReleasePhoto, Kind.QUOTATION: ReleaseQuotation}


def has_any(event_id: UUID) -> bool:
    """True where the event has anything that everybody may see, or an open conclusion, approved or not yet; one query.

    Most meetings have nothing until they end, and their page is asked for most before.
    """
    shown = [
        exists().where(ReleasePhoto.event_id == event_id, ReleasePhoto.published_at.is_not(None)),
        exists().where(ReleaseQuotation.event_id == event_id, ReleaseQuotation.published_at.is_not(None)),
        exists().where(Conclusion.event_id == event_id, Conclusion.is_public),
    ]
    return bool(db.session.scalar(select(or_(*shown))))


def photos(event_id: UUID, *, item_id: UUID | None = None, published: bool = False) -> list[ReleasePhoto]:
    """Return the event's photos in their order; of one agenda item, or only those that everybody sees. One query."""
    query = select(ReleasePhoto).where(ReleasePhoto.event_id == event_id)
    query = query.where(ReleasePhoto.item_id == item_id) if item_id else query
    query = query.where(ReleasePhoto.published_at.is_not(None)) if published else query
    return list(db.session.scalars(query.order_by(ReleasePhoto.position, ReleasePhoto.added_at, ReleasePhoto.id)))


def quotations(event_id: UUID, *, published: bool = False) -> list[ReleaseQuotation]:
    """Return the event's quotations in their order; with ``published`` only those given free. One query."""
    query = select(ReleaseQuotation).where(ReleaseQuotation.event_id == event_id)
    query = query.where(ReleaseQuotation.published_at.is_not(None)) if published else query
    order = (ReleaseQuotation.position, ReleaseQuotation.added_at, ReleaseQuotation.id)
    return list(db.session.scalars(query.order_by(*order)))


def photo(event_id: UUID, photo_id: UUID) -> ReleasePhoto | None:
    """Return one photo of the event, or None."""
    query = select(ReleasePhoto).where(ReleasePhoto.event_id == event_id, ReleasePhoto.id == photo_id)
    return db.session.scalar(query)


def quotation(event_id: UUID, quotation_id: UUID) -> ReleaseQuotation | None:
    """Return one quotation of the event, or None."""
    query = select(ReleaseQuotation).where(
        ReleaseQuotation.event_id == event_id, ReleaseQuotation.id == quotation_id
    )
    return db.session.scalar(query)


def picture(row: ReleasePhoto, *, preview: bool = False) -> Kept | None:
    """Return the photo itself as JPEG, or its smaller drawing; None where the bytes are gone."""
    return files.read(row.event_id, row.preview_id if preview else row.file_id, PURPOSE)


def add_photo(
    event_id: UUID, large: Drawn, small: Drawn, values: Mapping[str, Any], *, by: UUID | None, now: datetime
) -> ReleasePhoto:
    """Keep a photo that was drawn anew, as a draft at the end."""
    ids = [
        files.keep(
            one.content, event_id=event_id, purpose=PURPOSE, name="foto.jpg", media_type="image/jpeg", now=now
        )
        for one in (large, small)
    ]
    row = ReleasePhoto(
        id=uuid4(), event_id=event_id, file_id=ids[0], preview_id=ids[1], width=large.width, height=large.height,
        position=_next(ReleasePhoto, event_id), added_by_id=by, added_at=now, **values,
    )  # fmt: skip
    db.session.add(row)
    _note("add", row, values)
    return row


def add_quotation(event_id: UUID, values: Mapping[str, Any], *, by: UUID | None, now: datetime) -> ReleaseQuotation:
    """Keep what somebody said, as a draft at the end."""
    place = _next(ReleaseQuotation, event_id)
    row = ReleaseQuotation(
        id=uuid4(), event_id=event_id, position=place, added_by_id=by, added_at=now, **values
    )
    db.session.add(row)
    _note("add", row, values)
    return row


def change(row: Row, values: Mapping[str, Any]) -> None:
    """Change words of a photo or quotation; what is the same already is no change."""
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in changed.items():
        setattr(row, name, value)
    if changed:
        _note("change", row, changed)


def publish(row: Row, *, by: UUID | None, now: datetime) -> None:
    """Show a draft to everybody; what is shown already stays as it is."""
    if row.published_at is None:
        row.published_at, row.published_by_id = now, by
        _note("publish", row, {})


def take_back(row: Row) -> None:
    """Show it to nobody but the team any more."""
    if row.published_at is not None:
        row.published_at = row.published_by_id = None
        _note("take_back", row, {})


def move(row: Row, by: int) -> None:
    """Move it one place up (-1) or down (1) among its kind; at the ends nothing happens."""
    rows: Sequence[Row] = photos(row.event_id) if isinstance(row, ReleasePhoto) else quotations(row.event_id)
    there = rows.index(row) + by
    if 0 <= there < len(rows):
        row.position, rows[there].position = rows[there].position, row.position
        _note("move", row, {})


def remove(row: Row) -> None:
    """Throw it away, a photo with its bytes."""
    if isinstance(row, ReleasePhoto):
        for file_id in (row.file_id, row.preview_id):
            files.drop(row.event_id, file_id)
    db.session.delete(row)
    _note("remove", row, {})


def _next(model: type[Row], event_id: UUID) -> int:
    return (db.session.scalar(select(func.max(model.position)).where(model.event_id == event_id)) or 0) + 1


def _note(what: str, row: Row, values: Mapping[str, Any]) -> None:
    db.session.flush()
    kind = Kind.PHOTO if isinstance(row, ReleasePhoto) else Kind.QUOTATION
    audit.record(
        f"release.{what}", event_id=row.event_id, object_kind=f"release_{kind}", object_id=row.id, fields=sorted(values)
    )
