"""An invitation is written once and sent with the same bytes each time; on both databases."""

from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default
from uuid import UUID

import pytest
from sqlalchemy import select

from rakor import clock, outbox
from rakor.calendar import jobs
from rakor.calendar.models import CalendarEntry
from rakor.db import db, transaction
from rakor.events import links
from rakor.events.models import LinkPurpose
from rakor.messages.models import Message, MessageState
from rakor.messages.rules import Kind
from rakor.registrations import changes
from rakor.registrations import store as registrations
from tests import make
from tests.cast import Cast
from tests.messages.inviting import act, confirmed, mails, move_session, one, parsed, run, said, session
from tests.messages.test_delivery import person, smtp, tell
from tests.messages.test_mail import Postbox, postbox

__all__ = ["postbox", "session", "smtp"]


def test_sent_again_it_is_the_same_mail(people: Cast, session: UUID, moment: datetime) -> None:
    """Also an old one, after its entry has changed."""
    who = confirmed(people)
    before = mails(people, who)
    with clock.freeze(moment + timedelta(hours=1), everywhere=True):
        move_session(people, session, 15)
    after = mails(people, who)
    assert parsed(after[0]).to_ical() == parsed(before[0]).to_ical()
    assert len(after) == 2


def test_the_same_news_twice_is_told_once(people: Cast, session: UUID) -> None:
    who = confirmed(people)
    for name in ("registration.confirmed", "registration.changed"):
        tell(people.app, name, event_id=people.event_id, registration_id=who)
    tell(people.app, "agenda.published", event_id=people.event_id, version=1)
    assert len(said(people, who)) == 1


def test_without_an_address_there_is_no_mail_but_an_entry(people: Cast, session: UUID, moment: datetime) -> None:
    who = confirmed(people, email=None)
    with people.app.app_context():
        kinds = db.session.scalars(select(Message.kind).where(Message.recipient_id == who)).all()
        entries = db.session.scalars(select(CalendarEntry).where(CalendarEntry.registration_id == who)).all()
    assert Kind.CALENDAR not in kinds
    assert len(entries) == 4  # three items and the event
    act(people, who, changes.correct_contact, None, "baru@contoh.test")
    [calendar] = said(people, who)
    assert one(calendar)["attendee"] == "mailto:baru@contoh.test"
    act(people, who, changes.correct_contact, None, "betul@contoh.test")
    act(people, who, changes.correct_contact, "+6281200000147", "betul@contoh.test")
    assert len(said(people, who)) == 2


def test_the_outbox_shows_it_with_its_file(people: Cast, session: UUID) -> None:
    who = confirmed(people)
    sari = people.browser("sari")
    with people.app.app_context():
        query = select(Message).where(Message.kind == Kind.CALENDAR, Message.recipient_id == who)
        [row] = db.session.scalars(query).all()
    assert row.state is MessageState.KEPT
    assert "Undangan kalender" in sari.get(f"/events/{people.event_id}/outbox").text
    assert "Undangan kalender: Rakornas" in sari.get(f"/events/{people.event_id}/outbox/{row.id}").text
    answer = sari.get(f"/events/{people.event_id}/outbox/{row.id}/calendar.ics")
    assert answer.data.startswith(b"BEGIN:VCALENDAR")
    assert b"METHOD:REQUEST" in answer.data
    assert "attachment" in answer.headers["Content-Disposition"]


def test_a_server_gets_it_as_calendars_want_it(people: Cast, session: UUID, smtp: Postbox) -> None:
    confirmed(people)
    [mail] = [mail for mail in smtp.mails if b"text/calendar" in mail]
    received = message_from_bytes(mail, policy=default)
    mixed = [part.get_content_type() for part in received.iter_parts()]
    assert received.get_content_type() == "multipart/mixed"
    assert mixed == ["multipart/alternative", "application/ics"]
    alternatives = [part.get_content_type() for part in next(received.iter_parts()).iter_parts()]
    assert alternatives == ["text/plain", "text/html", "text/calendar"]
    assert one(parsed(mail))["attendee"] == "mailto:agustina@contoh.test"


def test_two_links_of_one_person_are_kept_apart(people: Cast, session: UUID) -> None:
    who = confirmed(people)
    with people.app.app_context(), transaction(unaudited="test"):
        feed = links.make_or_renew(people.event_id, LinkPurpose.CALENDAR, who, now=make.AT)
        path = registrations.person_path(people.event_id, who)
    client = people.app.test_client()
    assert client.get(f"/c/{feed}/rakor.ics").status_code == 200
    assert client.get(f"/p/{feed}").status_code == 404
    assert client.get(f"/c/{path.split('/')[-1]}/rakor.ics").status_code == 404


def test_entries_and_what_leads_to_the_mails_are_written_together(
    people: Cast, session: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = person(people)

    def refuse(*_named: object, **_more: object) -> None:
        raise RuntimeError("the outbox cannot be written")

    with people.app.app_context():
        payload = {"event_id": str(people.event_id), "registration_id": str(who)}
        monkeypatch.setattr(outbox, "announce", refuse)
        with pytest.raises(RuntimeError):
            jobs.follow_person(payload, lambda _done, _total: None)
        assert db.session.scalars(select(CalendarEntry).where(CalendarEntry.registration_id == who)).all() == []
        monkeypatch.undo()
        jobs.follow_person(payload, lambda _done, _total: None)
        assert len(db.session.scalars(select(CalendarEntry).where(CalendarEntry.registration_id == who)).all()) == 4
    run(people)
    assert len(said(people, who)) == 1
