"""How speakers are shown, what they answered, and the links by which they come in."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, update

from rakor import audit, files, outbox
from rakor.agenda.material_rules import SpeakerAnswer
from rakor.agenda.models import Speaker
from rakor.agenda.speaking_models import SpeakerProfile
from rakor.agenda.store import PersonView
from rakor.agenda.store.reading import person
from rakor.db import db
from rakor.events import links as links_
from rakor.events.models import AccessLink, LinkPurpose

PHOTO = "speaker_photo"
CHANGED = "speaker.changed"


@dataclass(frozen=True)
class Profile:
    """A speaker beside the programme; everything may be missing."""

    bio: str = ""
    photo_file_id: UUID | None = None
    answer: SpeakerAnswer | None = None
    reason: str = ""
    answered_at: datetime | None = None
    email: str = ""
    language: str = "id"


NOTHING = Profile()


def speaker(event_id: UUID, speaker_id: UUID) -> PersonView | None:
    """Return a speaker or moderator of the event, or None."""
    row = db.session.scalar(select(Speaker).where(Speaker.event_id == event_id, Speaker.id == speaker_id))
    return None if row is None else person(row)


def profiles(event_id: UUID, speaker_ids: Collection[UUID] | None = None) -> dict[UUID, Profile]:
    """Return what is known of the event's speakers (or of some of them); one query."""
    query = select(SpeakerProfile).where(SpeakerProfile.event_id == event_id)
    if speaker_ids is not None:
        query = query.where(SpeakerProfile.speaker_id.in_(speaker_ids))
    return {row.speaker_id: _view(row) for row in db.session.scalars(query)}


def profile(event_id: UUID, speaker_id: UUID) -> Profile:
    """Return what is known of one speaker."""
    return profiles(event_id, [speaker_id]).get(speaker_id, NOTHING)


def _view(row: SpeakerProfile) -> Profile:
    return Profile(
        row.bio, row.photo_file_id, row.answer, row.answer_reason or "", row.answered_at, row.email or "", row.language
    )


def declined_count(event_id: UUID) -> int:
    """Return how many speakers cannot come."""
    query = select(func.count()).select_from(SpeakerProfile)
    mine = (SpeakerProfile.event_id == event_id, SpeakerProfile.answer == SpeakerAnswer.DECLINED)
    return db.session.scalar(query.where(*mine)) or 0


def save_bio(event_id: UUID, speaker_id: UUID, bio: str) -> None:
    """Keep the short text about a speaker."""
    _row(event_id, speaker_id).bio = bio
    _noted("speaker.change", event_id, speaker_id, "bio")


def save_photo(event_id: UUID, speaker_id: UUID, picture: bytes | None, *, now: datetime) -> None:
    """Keep a portrait that was drawn anew, or none; the old one is thrown away."""
    row = _row(event_id, speaker_id)
    if row.photo_file_id is not None:
        files.drop(event_id, row.photo_file_id)
    row.photo_file_id = None
    if picture is not None:
        named = {"purpose": PHOTO, "name": "foto.jpg", "media_type": "image/jpeg"}
        row.photo_file_id = files.keep(picture, event_id=event_id, now=now, **named)
    _noted("speaker.change", event_id, speaker_id, "photo")


def photo(event_id: UUID, speaker_id: UUID, file_id: UUID) -> bytes | None:
    """Return a speaker's present portrait, asked for by its own address."""
    if profile(event_id, speaker_id).photo_file_id != file_id:
        return None
    kept = files.read(event_id, file_id, PHOTO)
    return kept.content if kept else None


def save_answer(event_id: UUID, speaker_id: UUID, answer: SpeakerAnswer, reason: str, *, now: datetime) -> bool:
    """Keep what a speaker answered and announce ``speaker.changed``; False where it is the same again."""
    row = _row(event_id, speaker_id)
    said = reason if answer is SpeakerAnswer.DECLINED else ""
    if (row.answer, row.answer_reason or "") == (answer, said):
        return False
    row.answer, row.answer_reason, row.answered_at = answer, said or None, now
    _noted(f"speaker.{answer.value}", event_id, speaker_id, "answer")
    _announce(event_id, speaker_id)
    return True


def save_address(event_id: UUID, speaker_id: UUID, email: str | None, language: str) -> bool:
    """Keep where a speaker is written to, and in which language, and announce it; False where nothing differs."""
    row = _row(event_id, speaker_id)
    if (row.email, row.language) == (email, language):
        return False
    row.email, row.language = email, language
    _noted("speaker.change", event_id, speaker_id, "email")
    _announce(event_id, speaker_id)
    return True


def _announce(event_id: UUID, speaker_id: UUID) -> None:
    payload = {"event_id": str(event_id), "speaker_id": str(speaker_id)}
    outbox.announce(CHANGED, payload, event_id=event_id)


def links(event_id: UUID) -> dict[UUID, AccessLink]:
    """Return the links of the event's speakers that live."""
    query = select(AccessLink).where(
        AccessLink.event_id == event_id, AccessLink.purpose == LinkPurpose.SPEAKER, AccessLink.revoked_at.is_(None)
    )
    return {row.subject_id: row for row in db.session.scalars(query)}


def give_links(event_id: UUID, speaker_ids: Collection[UUID], *, now: datetime) -> int:
    """Make the links that speakers lack; one that was revoked stays so. Returns how many are new."""
    made = links_.make_links(event_id, LinkPurpose.SPEAKER, speaker_ids, now=now)
    if made:
        audit.record("speaker.link", event_id=event_id, object_kind="speaker", count=made)
    return made


def new_link(event_id: UUID, speaker_id: UUID, *, now: datetime) -> None:
    """Give a speaker a link; the old one dies."""
    if not links_.make_links(event_id, LinkPurpose.SPEAKER, [speaker_id], now=now):
        links_.renew_link(event_id, LinkPurpose.SPEAKER, speaker_id)
    _noted("speaker.link", event_id, speaker_id, "link")


def revoke_link(event_id: UUID, speaker_id: UUID, *, now: datetime) -> None:
    """Let a speaker's link die."""
    links_.revoke_link(event_id, LinkPurpose.SPEAKER, speaker_id, now=now)
    _noted("speaker.link_end", event_id, speaker_id, "link")


def pass_on(event_id: UUID, speaker_id: UUID, *, at: datetime | None) -> None:
    """Note that a speaker's link was passed on, or (None) was not."""
    mine = (AccessLink.event_id == event_id, AccessLink.purpose == LinkPurpose.SPEAKER)
    db.session.execute(update(AccessLink).where(*mine, AccessLink.subject_id == speaker_id).values(passed_on_at=at))
    _noted("speaker.pass_on", event_id, speaker_id, "passed_on_at")


def _row(event_id: UUID, speaker_id: UUID) -> SpeakerProfile:
    mine = (SpeakerProfile.event_id == event_id, SpeakerProfile.speaker_id == speaker_id)
    row = db.session.scalar(select(SpeakerProfile).where(*mine))
    if row is None:
        row = SpeakerProfile(event_id=event_id, speaker_id=speaker_id, bio="", language="id")
        db.session.add(row)
        db.session.flush()
    return row


def _noted(action: str, event_id: UUID, speaker_id: UUID, field: str) -> None:
    audit.record(action, event_id=event_id, object_kind="speaker", object_id=speaker_id, fields=[field])
