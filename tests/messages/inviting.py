"""A published programme, people who confirm, and what their calendars were told."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from uuid import UUID

import pytest
from icalendar import Calendar, Event
from sqlalchemy import select

from rakor import clock, outbox
from rakor.agenda import store as agenda
from rakor.agenda.rules import AgendaKind
from rakor.agenda.store import ItemDraft
from rakor.db import db, transaction
from rakor.events import store as events
from rakor.events.models import EventChannel
from rakor.events.rules import ChannelKind
from rakor.messages import delivery
from rakor.messages.models import Message
from rakor.messages.rules import Kind
from rakor.registrations import store as registrations
from tests import make
from tests.cast import Cast
from tests.messages.test_delivery import person, tell

ZOOM = "https://zoom.example/j/123?pwd=rahasia"


def hour(number: int, *, day: int = 24) -> datetime:
    """An hour of an event's day, in WIB."""
    return datetime(2026, 11, day, number, tzinfo=UTC) - timedelta(hours=7)


def run(cast: Cast) -> None:
    with cast.app.app_context():
        while outbox.run_next():
            pass


@pytest.fixture
def session(people: Cast, moment: datetime) -> UUID:
    """A published programme: one session for everybody; a Zoom room."""
    with people.app.app_context(), transaction():
        days = events.days(people.event_id)
        for day, title in ((days[0], "Pembukaan"), (days[2], "Penutupan")):
            start = datetime(day.held_on.year, day.held_on.month, day.held_on.day, 2, tzinfo=UTC)
            make.item(people.event_id, day.id, title=title, starts_at=start, ends_at=start + timedelta(hours=1))
        item = agenda.add(people.event_id, draft(days[1].id), now=moment)
        make._add(EventChannel(event_id=people.event_id, kind=ChannelKind.ZOOM, label="Zoom", url=ZOOM))
        agenda.publish(people.event_id, by=None, now=moment)
    run(people)
    return item


def draft(day_id: UUID, start: int = 13, **changed: object) -> ItemDraft:
    values = {"kind": AgendaKind.SESSION, "title": "Sesi 2: Standar layanan", "starts_at": hour(start),
              "ends_at": hour(start + 2), "room": "Ruang Melati"} | changed  # fmt: skip
    return ItemDraft(day_id=day_id, **values)  # type: ignore[arg-type]


def move_session(cast: Cast, item: UUID, start: int = 14, **changed: object) -> None:
    """Change the session and publish it."""
    with cast.app.app_context(), transaction():
        day = events.days(cast.event_id)[1].id
        agenda.change(cast.event_id, item, draft(day, start, **changed), now=clock.now())
        agenda.publish(cast.event_id, by=None, now=clock.now())
    run(cast)


def confirmed(cast: Cast, **values: object) -> UUID:
    who = person(cast, **values)
    tell(cast.app, "registration.confirmed", event_id=cast.event_id, registration_id=who)
    return who


def said(cast: Cast, who: UUID) -> list[Calendar]:
    """What a person's calendar was told, in order."""
    return [parsed(mail) for mail in mails(cast, who)]


def mails(cast: Cast, who: UUID) -> list[bytes]:
    with cast.app.app_context():
        query = select(Message).where(Message.kind == Kind.CALENDAR, Message.recipient_id == who)
        rows = sorted(db.session.scalars(query), key=lambda row: int(row.detail["sequence"]))
        written = [delivery.written(row) for row in rows]
        return [pair[1].as_bytes() for pair in written if pair and pair[1]]


def parsed(mail: bytes) -> Calendar:
    received = message_from_bytes(mail, policy=default)
    [part] = [part for part in received.walk() if part.get_content_type() == "text/calendar"]
    [file] = [part for part in received.walk() if part.get_content_type() == "application/ics"]
    content = part.get_payload(decode=True)
    assert content == file.get_payload(decode=True)
    calendar = Calendar.from_ical(content)
    assert part.get_param("method") == calendar["method"]
    assert isinstance(calendar, Calendar)
    return calendar


def numbers(calendars: list[Calendar]) -> list[tuple[str, int]]:
    return [(str(one["method"]), int(one.events[0]["sequence"])) for one in calendars]


def act(cast: Cast, who: UUID, do: object, *values: object) -> None:
    with cast.app.app_context():
        with transaction(unaudited="test"):
            events.locked_event(cast.event_id)
            row = registrations.registration(cast.event_id, who)
            do(row, *values, now=clock.now())  # type: ignore[operator]
        while outbox.run_next():
            pass


def one(calendar: Calendar) -> Event:
    [event] = calendar.events
    return event
