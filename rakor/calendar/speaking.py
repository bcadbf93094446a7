"""The calendars of speakers and moderators: who accepted is invited to each own session, by a mail of its own.

A participant is invited to the event as a whole (``rules/__init__.py`` says why). Who speaks comes for a session or
two, often from elsewhere, and must be there at its minute: an entry, and a mail, for each.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask_babel import force_locale
from sqlalchemy import select

from rakor import clock, outbox
from rakor.agenda import speaker_store
from rakor.agenda import store as agenda
from rakor.agenda.material_rules import SpeakerAnswer
from rakor.agenda.speaking_models import SpeakerProfile
from rakor.calendar import entries, store
from rakor.calendar.files import takes_part
from rakor.calendar.jobs import DERIVED, news_of
from rakor.calendar.refreshing import host, is_over, tells
from rakor.calendar.rules import Content, Move, content_hash, keep
from rakor.db import db, transaction
from rakor.events import store as events
from rakor.events.models import Event
from rakor.events.rules import Stage
from rakor.outbox import Progress, job

CHANGED = "calendar.speaker_changed"


@dataclass(frozen=True)
class Speaking:
    """Who of those who speak may have something in the calendar: whoever answered."""

    id: UUID
    accepted: bool
    language: str


@job(speaker_store.CHANGED)
def follow_speaker(payload: dict[str, str], progress: Progress) -> None:
    """Bring one speaker's entries up to date with their answer."""
    _follow(UUID(payload["event_id"]), {"because": "person"}, UUID(payload["speaker_id"]))


@job("event.changed")
@job("event.published")
@job("event.cancelled")
def follow_event(payload: dict[str, str], progress: Progress) -> None:
    """Bring every speaker's entries up to date with the event's place, room online and stage."""
    _follow(UUID(payload["event_id"]), {"because": "event"})


@job("agenda.published")
def follow_programme(payload: dict[str, str], progress: Progress) -> None:
    """Bring every speaker's entries up to date with a published version, unless it only corrects what is over."""
    event_id, number = UUID(payload["event_id"]), payload.get("version", "")
    if news_of(event_id, number):
        _follow(event_id, {"because": "agenda", "version": number})


def _follow(event_id: UUID, because: Mapping[str, str], speaker_id: UUID | None = None) -> None:
    """All in one transaction: few of a programme's speakers differ, and writing costs only for those."""
    now = clock.now()
    with transaction(unaudited=DERIVED):
        event = events.event(event_id)
        if event is not None and tells(event, now):
            _refresh(event, _speakers(event_id, speaker_id), because, now)


def _speakers(event_id: UUID, speaker_id: UUID | None) -> list[Speaking]:
    """Return who answered (or the one), locked, for two workers must not write one entry."""
    own = SpeakerProfile.speaker_id
    query = select(own, SpeakerProfile.answer, SpeakerProfile.language)
    query = query.where(SpeakerProfile.event_id == event_id, SpeakerProfile.answer.is_not(None))
    if speaker_id is not None:
        query = query.where(own == speaker_id)
    rows = db.session.execute(query.order_by(own).with_for_update())
    return [Speaking(row[0], row[1] is SpeakerAnswer.ACCEPTED, row[2]) for row in rows]


def _refresh(event: Event, whom: list[Speaking], because: Mapping[str, str], now: datetime) -> None:
    reader = entries.speaking(event, over=is_over(event, now))
    programme = agenda.programme(event.id, reader.seen)
    numbers = {item.id: item.sequence for item in programme}
    over = {item.id for item in programme if (item.ends_at or item.starts_at or now) < now}  # these stay as said
    kept = store.entries(event.id, [one.id for one in whom], book=store.OF_SPEAKERS)
    moved: dict[UUID, dict[UUID, Move]] = {}
    said: dict[bytes, Content] = {}
    for one in whom:
        ahead = [item for item in programme if takes_part(item, one.id) and item.id not in over]
        own = ahead if _is_awaited(event, one) else []
        with force_locale(one.language):
            contents = {item.id: entries.talk(event, item, reader) for item in own}
        hashes = {subject: content_hash(content) for subject, content in contents.items()}
        known = {subject: entry.kept for subject, entry in kept.get(one.id, {}).items() if subject not in over}
        moved[one.id] = keep(hashes, known, numbers)
        said |= {hashes[subject]: contents[subject] for subject in moved[one.id].keys() & hashes.keys()}
    store.write(event.id, moved, host=host(), now=now, book=store.OF_SPEAKERS)
    store.keep_contents(event.id, said, now=now)
    _announce(event.id, moved, because)


def _is_awaited(event: Event, one: Speaking) -> bool:
    return one.accepted and event.stage is Stage.PUBLISHED


def _announce(event_id: UUID, moved: Mapping[UUID, Mapping[UUID, Move]], because: Mapping[str, str]) -> None:
    for speaker_id, moves in moved.items():
        for item_id, move in moves.items():
            named = {"event_id": str(event_id), "speaker_id": str(speaker_id), "item_id": str(item_id)}
            outbox.announce(CHANGED, named | {"movement": str(move.movement)} | dict(because), event_id=event_id)
