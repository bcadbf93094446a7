"""What makes calendars follow: somebody's registration, a published programme, the event's own facts."""

from datetime import datetime
from uuid import UUID, uuid4

from rakor import clock, outbox
from rakor.agenda.rules.snapshots import changes_of
from rakor.agenda.store import versions
from rakor.calendar import store
from rakor.calendar.refreshing import Calendars, refresh, tells
from rakor.calendar.rules.news import is_news
from rakor.db import transaction
from rakor.events import store as events
from rakor.outbox import Progress, job

FOLLOW = "calendar.follow"
WHY = frozenset({"because", "version"})
A_TURN = 200  # people in one job: others' jobs wait for it some seconds
AT_ONCE = 25  # people in one transaction: a desk waits for it some tens of milliseconds
DERIVED = "entries follow from what was recorded"


@job("registration.received")
@job("registration.confirmed")
@job("registration.answered")
@job("registration.changed")
def follow_person(payload: dict[str, str], progress: Progress) -> None:
    """Bring one person's entries up to date."""
    _follow(UUID(payload["event_id"]), [UUID(payload["registration_id"])], {"because": "person"}, clock.now())


@job("event.changed")
@job("event.published")
@job("event.cancelled")
def follow_event(payload: dict[str, str], progress: Progress) -> None:
    """Bring everybody's entries up to date with the event's days, place and links."""
    _follow_all(UUID(payload["event_id"]), {"because": "event"})


@job("agenda.published")
def follow_programme(payload: dict[str, str], progress: Progress) -> None:
    """Bring everybody's entries up to date with a published version, unless it only corrects what is over."""
    event_id, number = UUID(payload["event_id"]), payload.get("version", "")
    if news_of(event_id, number):
        _follow_all(event_id, {"because": "agenda", "version": number})


def news_of(event_id: UUID, number: str) -> bool:
    """Tell whether a published version is news for calendars; one that nobody can name is."""
    kept = versions.version(event_id, int(number)) if number else None
    return kept is None or is_news(changes_of(kept.changes), versions.snapshot(kept), clock.now())


@job(FOLLOW)
def follow_some(payload: dict[str, str], progress: Progress) -> None:
    """Bring the next people's entries up to date, then let whatever waits meanwhile go first.

    In parts, each whole by itself: whoever was reached before a crash is not told twice.
    """
    event_id, because = UUID(payload["event_id"]), {name: payload[name] for name in WHY & payload.keys()}
    now, whom, made = clock.now(), store.concerned(event_id, payload["after"], A_TURN), None
    for start in range(0, len(whom), AT_ONCE):
        made = _follow(event_id, whom[start : start + AT_ONCE], because, now, made)
        progress(min(start + AT_ONCE, len(whom)), len(whom))
    if len(whom) == A_TURN:
        with transaction(unaudited=DERIVED):
            _go_on(event_id, because, payload["round"], str(whom[-1]))


def _follow_all(event_id: UUID, because: dict[str, str]) -> None:
    with transaction(unaudited=DERIVED):
        _go_on(event_id, because, uuid4().hex)


def _go_on(event_id: UUID, because: dict[str, str], round_of: str, after: str = "") -> None:
    payload = {"event_id": str(event_id), "round": round_of, "after": after} | because
    outbox.enqueue(FOLLOW, payload, event_id=event_id, unique_key=f"{round_of}/{after}")


def _follow(
    event_id: UUID, ids: list[UUID], because: dict[str, str], now: datetime, made: Calendars | None = None
) -> Calendars | None:
    """What calendars should say is written out before anybody has to wait, and read again under the lock."""
    event = events.event(event_id)
    if event is None or not tells(event, now):
        return None
    calendars = Calendars.of(event, now=now, like=made)
    for person in store.people(event_id, ids, lock=False):
        calendars.wanted(person)
    with transaction(unaudited=DERIVED):
        whom = store.people(event_id, ids)
        event = events.event(event_id)
        if event is not None and tells(event, now):
            calendars = Calendars.of(event, now=now, like=calendars)
            refresh(calendars, whom, because)
    return calendars
