"""Presence session by session against the event's threshold, in constant queries."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import and_, select

from rakor import audit
from rakor.attendance.models import Checkpoint, FactRow, PresenceRow
from rakor.attendance.rules.words import MARKS, Source
from rakor.attendance.store import checkpoints
from rakor.attendance.store.checkpoints import Place
from rakor.db import db
from rakor.registrations.models import Registration
from rakor.registrations.rules import Mode
from rakor.sources.models import PresenceThreshold
from rakor.sources.rules.enough import Threshold, came_online, is_enough, minutes_in


@dataclass(frozen=True)
class Counted:
    """One session: who was there, for how many it was long enough, and who came online though registered on site."""

    place: Place
    present: int
    enough: int
    online: tuple[UUID, ...]


def threshold(event_id: UUID) -> Threshold:
    """Return the event's threshold; none where none was set."""
    row = db.session.get(PresenceThreshold, event_id)
    return Threshold(row.least_minutes, row.least_share) if row else Threshold()


def set_threshold(event_id: UUID, wanted: Threshold) -> bool:
    """Set the event's threshold; False where it is so already."""
    if threshold(event_id) == wanted:
        return False
    row = db.session.get(PresenceThreshold, event_id) or PresenceThreshold(event_id=event_id)
    row.least_minutes, row.least_share = wanted.minutes, wanted.share
    db.session.add(row)
    audit.record("presence.threshold", event_id=event_id, object_kind="event", object_id=event_id)
    return True


def sessions(event_id: UUID) -> list[Counted]:
    """Return every session that takes attendance, counted against the threshold; four queries."""
    limit = threshold(event_id)
    rows = {one.item_id: one for one in checkpoints.checkpoints(event_id) if one.item_id is not None}
    found, said = _present(event_id), _sources(event_id)
    return [_counted(place, rows.get(place.id), found, said, limit) for place in _timed(event_id)]


def long_enough(event_id: UUID) -> dict[UUID, set[UUID]]:
    """Return by person the sessions (ids of items) in which they were for long enough; as ``sessions`` counts."""
    limit, came = threshold(event_id), defaultdict[UUID, set[UUID]](set)
    rows = {one.item_id: one for one in checkpoints.checkpoints(event_id) if one.item_id is not None}
    found, said = _present(event_id), _sources(event_id)
    for place in _timed(event_id):
        for who, _mode, sources, minutes, length in _stays(place, rows.get(place.id), found, said):
            if is_enough(minutes, sources, length, limit):
                came[who].add(place.id)
    return came


def _timed(event_id: UUID) -> list[Place]:
    return [one for one in checkpoints.places(event_id) if one.starts_at is not None and one.ends_at is not None]


def too_short(event_id: UUID, item_id: UUID) -> frozenset[UUID]:
    """Return who was at a session for less than the event's threshold; nobody where there is none."""
    limit = threshold(event_id)
    place = next((one for one in _timed(event_id) if one.item_id == item_id), None)
    row = next((one for one in checkpoints.checkpoints(event_id) if one.item_id == item_id), None)
    if limit == Threshold() or place is None:
        return frozenset()
    stays = _stays(place, row, _present(event_id), _sources(event_id))
    return frozenset(who for who, _m, said, minutes, length in stays if not is_enough(minutes, said, length, limit))


Present = dict[UUID, list[tuple[UUID, Mode, list[dict[str, str | bool | None]]]]]
Said = dict[tuple[UUID, UUID], set[Source]]


def _counted(place: Place, row: Checkpoint | None, found: Present, said: Said, limit: Threshold) -> Counted:
    present, enough, online = 0, 0, []
    for who, mode, sources, minutes, length in _stays(place, row, found, said):
        present += 1
        enough += is_enough(minutes, sources, length, limit)
        if mode is Mode.ONSITE and came_online(sources):
            online.append(who)
    return Counted(place, present, enough, tuple(online))


def _stays(
    place: Place, row: Checkpoint | None, found: Present, said: Said
) -> Iterator[tuple[UUID, Mode, set[Source], int, timedelta]]:
    """Who was in a session: the person, how they follow, what told of them, minutes in it, and how long it lasts."""
    assert place.starts_at is not None
    assert place.ends_at is not None
    here = row.merged_into_id or row.id if row else None
    for who, mode, stays in found.get(here, []) if here else ():
        minutes = minutes_in(stays, place.starts_at, place.ends_at)
        yield who, mode, said[who, here] if here else set(), minutes, place.ends_at - place.starts_at


def _present(event_id: UUID) -> Present:
    query = (
        select(PresenceRow.checkpoint_id, PresenceRow.registration_id, Registration.mode, PresenceRow.intervals)
        .join(
            Registration,
            and_(Registration.event_id == PresenceRow.event_id, Registration.id == PresenceRow.registration_id),
        )
        .where(PresenceRow.event_id == event_id, PresenceRow.present)
    )
    found: Present = defaultdict(list)
    for place, who, mode, stays in db.session.execute(query):
        found[place].append((who, mode, stays))
    return found


def _sources(event_id: UUID) -> Said:
    """Return by person and checkpoint all means that told of presence there, at the checkpoint where it counts."""
    merged = {one.id: one.merged_into_id for one in checkpoints.checkpoints(event_id) if one.merged_into_id}
    query = select(FactRow.registration_id, FactRow.checkpoint_id, FactRow.source).where(
        FactRow.event_id == event_id, FactRow.kind.in_(MARKS), FactRow.registration_id.is_not(None)
    )
    found: Said = defaultdict(set)
    for who, place, source in db.session.execute(query.distinct()):
        if who is not None and place is not None:
            found[who, merged.get(place, place)].add(source)
    return found
