"""An event with three sessions of one day that calendars are made of."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar
from werkzeug.test import TestResponse

from rakor.agenda.models import AgendaItem, AgendaSpeaker, Room, Speaker
from rakor.agenda.rules import SpeakerPart, Visibility
from rakor.db import db, transaction
from rakor.events import links
from rakor.events import store as events
from rakor.events.models import EventChannel, LinkPurpose
from rakor.events.rules import ChannelKind
from tests import make
from tests.cast import Cast

ZOOM = "https://zoom.example/j/123?pwd=rahasia"
STREAM = "https://youtube.example/live"


@dataclass
class Programme:
    """The cast's event with three sessions of one day, a Zoom room and a public stream."""

    people: Cast
    client: FlaskClient
    public: UUID
    closed: UUID
    internal: UUID
    speaker: UUID

    def link(self, purpose: LinkPurpose, subject: UUID) -> str:
        return links.token_of(self.people.event_id, purpose, subject)

    def person(self, **fields: object) -> str:
        """Register somebody and return the start of their own address."""
        with self.people.app.app_context(), transaction(unaudited="test"):
            row = make.registration(self.people.event_id, **fields)
            links.make_links(self.people.event_id, LinkPurpose.PERSON, [row.id], now=make.AT)
            return f"/p/{self.link(LinkPurpose.PERSON, row.id)}"

    def change(self, item_id: UUID, **values: object) -> None:
        with self.people.app.app_context(), transaction(unaudited="test"):
            item = db.session.get(AgendaItem, item_id)
            for name, value in values.items():
                setattr(item, name, value)


@pytest.fixture
def programme(people: Cast, moment: datetime) -> Programme:
    event_id = people.event_id
    with people.app.app_context(), transaction(unaudited="test"):
        day = events.days(event_id)[1].id
        room = make._add(Room(event_id=event_id, name="Ruang Melati"))
        items = [
            make.item(
                event_id, day, title=f"Sesi {seen}", visibility=seen, position=n, room_id=room.id, session_number=n
            )
            for n, seen in enumerate((Visibility.PUBLIC, Visibility.PARTICIPANTS, Visibility.ORGANIZERS))
        ]
        speaker = make._add(Speaker(event_id=event_id, name="Dewi Contoh"))
        for item in items[:2]:
            make._add(
                AgendaSpeaker(event_id=event_id, item_id=item.id, speaker_id=speaker.id, part=SpeakerPart.SPEAKER)
            )
        links.make_links(event_id, LinkPurpose.SPEAKER, [speaker.id], now=make.AT)
        for kind, url, public in ((ChannelKind.ZOOM, ZOOM, False), (ChannelKind.YOUTUBE, STREAM, True)):
            make._add(EventChannel(event_id=event_id, kind=kind, label=kind.title(), url=url, is_public=public))
        ids = [item.id for item in items]
        return Programme(people, people.app.test_client(), *ids, speaker.id)


def read(answer: TestResponse) -> Calendar:
    assert answer.status_code == 200, answer.status
    assert answer.content_type.startswith("text/calendar; charset=utf-8")
    calendar = Calendar.from_ical(answer.data)
    assert isinstance(calendar, Calendar)
    return calendar


def titles(calendar: Calendar) -> list[str]:
    return [str(event["summary"]) for event in calendar.events]
