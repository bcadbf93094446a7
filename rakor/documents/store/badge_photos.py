"""Photos on badges: whether the event asks for them, and the one each person gave; shown nowhere else."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from rakor import audit, files
from rakor.db import db
from rakor.documents.models import BadgePhoto, BadgeSetting
from rakor.documents.rules.badges import Face

PURPOSE = "badge_photo"


def are_asked(event_id: UUID) -> bool:
    """Return whether the event asks people for a photo and prints it."""
    row = db.session.get(BadgeSetting, event_id)
    return row is not None and row.with_photo


def ask(event_id: UUID, with_photo: bool) -> None:
    """Ask people for a photo from now on, or ask no more. What was given before is kept until it is taken back."""
    row = db.session.get(BadgeSetting, event_id)
    if row is None:
        row = BadgeSetting(event_id=event_id, with_photo=False)
        db.session.add(row)
    if row.with_photo is not with_photo:
        row.with_photo = with_photo
        audit.record("badges.ask_photo", event_id=event_id, object_kind="event", object_id=event_id, fields=["photo"])


def photo_ids(event_id: UUID) -> dict[UUID, UUID]:
    """Return the photo's file of everybody who gave one; one query, none where the event does not ask."""
    if not are_asked(event_id):
        return {}
    query = select(BadgePhoto.registration_id, BadgePhoto.file_id).where(BadgePhoto.event_id == event_id)
    return {row[0]: row[1] for row in db.session.execute(query)}


def count(event_id: UUID) -> int:
    """Return how many people have given a photo."""
    return db.session.scalar(select(func.count()).where(BadgePhoto.event_id == event_id)) or 0


def has_one(event_id: UUID, registration_id: UUID) -> bool:
    """Return whether a person has given a photo."""
    return db.session.get(BadgePhoto, (event_id, registration_id)) is not None


def own(event_id: UUID, registration_id: UUID) -> files.Kept | None:
    """Return the photo of one person, or None."""
    row = db.session.get(BadgePhoto, (event_id, registration_id))
    return files.read(event_id, row.file_id, PURPOSE) if row is not None else None


def save(event_id: UUID, registration_id: UUID, picture: bytes | None, *, now: datetime) -> None:
    """Keep a portrait that was drawn anew in the place of the last one; None takes it back."""
    row = db.session.get(BadgePhoto, (event_id, registration_id))
    if row is not None:
        files.drop(event_id, row.file_id)
        db.session.delete(row)
        db.session.flush()
    if picture is not None:
        named = {"purpose": PURPOSE, "name": "foto.jpg", "media_type": "image/jpeg"}
        file_id = files.keep(picture, event_id=event_id, now=now, **named)
        row = BadgePhoto(event_id=event_id, registration_id=registration_id, file_id=file_id, given_at=now)
        db.session.add(row)
    audit.record(
        "registration.photo", event_id=event_id, object_kind="registration", object_id=registration_id, fields=["photo"]
    )


def pictures(event_id: UUID, faces: Iterable[Face]) -> dict[UUID, bytes]:
    """Return the photos of some badges by their files; one that is gone meanwhile is left out."""
    found = ((face.photo, files.read(event_id, face.photo, PURPOSE)) for face in faces if face.photo)
    return {file_id: kept.content for file_id, kept in found if kept is not None}
