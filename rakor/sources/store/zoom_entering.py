"""The presence of matched participants enters the ledger, some people at a time."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from rakor import audit
from rakor.attendance.rules.facts import Fact
from rakor.attendance.rules.words import Direction
from rakor.attendance.store import checkpoints
from rakor.attendance.store.own import enter_own
from rakor.db import db
from rakor.events.models import Event
from rakor.sources.rules.zoom_facts import Session, facts_of, stated
from rakor.sources.rules.zoom_people import Span, merged
from rakor.sources.store.zoom import still_waiting
from rakor.sources.zoom_models import ZoomAttendee, ZoomReport

STEP = 200
PLACE = "Zoom"


def save_step(event: Event, row: ZoomReport, *, now: datetime) -> int:
    """Enter the presence of some more people; return how many participants were done, 0 at the end."""
    some = list(db.session.scalars(select(ZoomAttendee).where(*still_waiting(row.id)).limit(STEP)))
    if not some:
        return 0
    people = {one.registration_id for one in some if one.registration_id is not None}
    mine = (ZoomAttendee.report_id == row.id, ZoomAttendee.registration_id.in_(people))
    every = list(db.session.scalars(select(ZoomAttendee).where(*mine)))
    sessions = _sessions(event, row, now)
    facts = [fact for who in sorted(people) for fact in _facts(row, who, every, sessions)]
    if facts:
        enter_own(row.event_id, facts, "", now=now, place=PLACE)
    for one in every:
        one.saved = True
    audit.record("zoom.save", event_id=row.event_id, object_kind="zoom_report", object_id=row.id, count=len(people))
    return len(every)


def _facts(row: ZoomReport, who: UUID, every: Sequence[ZoomAttendee], sessions: Sequence[Session]) -> list[Fact]:
    own = [one for one in every if one.registration_id == who]
    spans = merged(span for one in own for span in _spans(one))
    if spans:
        return facts_of(who, spans, sessions, timedelta(minutes=row.least_minutes))
    first = sessions[0]  # a report without times says how long, not when: the day's first session stands for it
    enough = sum(one.minutes for one in own) >= row.least_minutes
    return [stated(who, first.checkpoint_id, first.starts_at, Direction.IN)] if enough else []


def _spans(one: ZoomAttendee) -> list[Span]:
    said = json.loads(one.said)["spans"] if one.said else []
    return [(datetime.fromisoformat(start), datetime.fromisoformat(end)) for start, end in said]


def _sessions(event: Event, row: ZoomReport, now: datetime) -> list[Session]:
    """Return the day's sessions that take attendance; the day itself where it has none."""
    made = {(one.day_id, one.item_id): one.id for one in checkpoints.ensure(event.id, now=now)}
    places = [one for one in checkpoints.places(event.id) if one.day_id == row.day_id]
    timed = [
        Session(made[one.day_id, one.item_id], one.starts_at, one.ends_at)
        for one in places
        if one.starts_at is not None and one.ends_at is not None
    ]
    if timed:
        return timed
    begins = datetime.combine(places[0].held_on, time(), ZoneInfo(event.zone)).astimezone(UTC)
    return [Session(made[row.day_id, None], begins, begins + timedelta(days=1))]
