"""Invitations to calendars: who gets which, numbered how, and the same bytes each time; on both databases."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from uuid import UUID

import pytest
from icalendar import Calendar, Event
from sqlalchemy import select

from rakor import clock, outbox
from rakor.agenda import store as agenda
from rakor.agenda.rules import AgendaKind, Visibility
from rakor.agenda.store import ItemDraft
from rakor.calendar import jobs
from rakor.calendar.models import CalendarEntry
from rakor.db import db, transaction
from rakor.events import links
from rakor.events import store as events
from rakor.events.models import EventChannel, LinkPurpose
from rakor.events.rules import ChannelKind
from rakor.events.store import parts, setting_up
from rakor.messages import delivery
from rakor.messages.models import Message, MessageState
from rakor.messages.rules import Kind
from rakor.registrations import changes, places
from rakor.registrations import store as registrations
from rakor.registrations.rules import Mode, RegistrationState
from tests import make
from tests.cast import Cast
from tests.messages.test_delivery import person, smtp, tell
from tests.messages.test_mail import Postbox, postbox

__all__ = ["postbox", "smtp"]
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


def test_who_confirms_is_invited_to_the_whole_event(people: Cast, session: UUID) -> None:
    who = confirmed(people, mode=Mode.ONSITE)
    [calendar] = said(people, who)
    event = one(calendar)
    assert numbers([calendar]) == [("REQUEST", 0)]
    assert event["organizer"] == "mailto:rakor@localhost"
    assert event["attendee"] == "mailto:agustina@contoh.test"
    assert event["attendee"].params["CN"] == "Agustina Contoh, S.E."
    assert event["location"] == "Hotel Contoh, Bogor"
    assert "conference" not in event
    assert (event.start, event.end) == (hour(9, day=23), hour(10, day=25))
    assert [part["action"] for part in event.subcomponents] == ["DISPLAY", "DISPLAY"]
    assert [zone["tzid"] for zone in calendar.timezones] == ["Asia/Jakarta"]
    assert "13.00–15.00 WIB · Sesi 2: Standar layanan · Ruang Melati" in event["description"]
    with people.app.app_context():
        token = registrations.person_path(people.event_id, who).split("/")[-1]
    assert token not in calendar.to_ical().decode().replace("\r\n ", "")


def test_online_is_another_place_and_another_time(people: Cast, session: UUID) -> None:
    event = one(said(people, confirmed(people, mode=Mode.ONLINE, province_code="93"))[0])
    assert event["conference"] == event["location"] == event["url"] == ZOOM
    assert "13.00–15.00 WIB (15.00–17.00 WIT waktu Anda) · Sesi 2" in event["description"]
    assert "Ruang Melati" not in event["description"]


def test_changing_the_mode_swaps_place_and_link(people: Cast, session: UUID) -> None:
    who = confirmed(people, mode=Mode.ONSITE)
    act(people, who, places.change_mode, Mode.ONLINE)
    act(people, who, places.change_mode, Mode.ONSITE)
    here, there, back = map(one, said(people, who))
    assert [int(event["sequence"]) for event in (here, there, back)] == [0, 1, 2]
    assert here["uid"] == there["uid"] == back["uid"]
    assert (here.get("conference"), there["conference"], back.get("conference")) == (None, ZOOM, None)
    assert here["location"] == back["location"] == "Hotel Contoh, Bogor"


def test_a_published_change_goes_to_whom_it_concerns(people: Cast, session: UUID) -> None:
    onsite, online = confirmed(people), confirmed(people, mode=Mode.ONLINE, email="jauh@contoh.test")
    move_session(people, session, 14)
    for who in (onsite, online):
        first, second = said(people, who)
        assert numbers([first, second]) == [("REQUEST", 0), ("REQUEST", 1)]
        assert one(first)["uid"] == one(second)["uid"]
        assert "14.00–16.00 WIB" in one(second)["description"]
    move_session(people, session, 14, room="Ruang Anggrek")
    assert numbers(said(people, onsite))[-1] == ("REQUEST", 2)
    assert len(said(people, online)) == 2  # another room means nothing to who is not there
    move_session(people, session, 14, room="Ruang Anggrek", counts_for_jp=True)
    assert len(said(people, onsite)) == 3


def test_the_mail_says_what_moved_in_both_zones(people: Cast, session: UUID) -> None:
    who = confirmed(people, mode=Mode.ONLINE, province_code="93")
    move_session(people, session, 14)
    received = message_from_bytes(mails(people, who)[-1], policy=default)
    text = received.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert received["Subject"] == "Jadwal berubah: Rakornas Pelayanan Informasi 2026"
    assert "Sesi 2: 13.00 → 14.00 WIB (15.00 → 16.00 WIT waktu Anda)" in text


def test_a_change_is_hidden_where_the_session_is(people: Cast, session: UUID) -> None:
    who = confirmed(people)
    move_session(people, session, 13, visibility=Visibility.ORGANIZERS)
    assert "Sesi 2" not in one(said(people, who)[-1])["description"]
    move_session(people, session, 15, visibility=Visibility.ORGANIZERS)
    assert len(said(people, who)) == 2


def test_withdrawal_cancels_and_coming_back_invites_again(people: Cast, session: UUID) -> None:
    who = confirmed(people)
    act(people, who, places.cancel)
    [asked, gone] = said(people, who)
    assert numbers([asked, gone]) == [("REQUEST", 0), ("CANCEL", 1)]
    assert one(gone)["status"] == "CANCELLED"
    assert one(gone)["uid"] == one(asked)["uid"]
    assert one(gone)["dtstart"].dt == one(asked)["dtstart"].dt
    with people.app.app_context(), transaction(unaudited="test"):
        row = registrations.registration(people.event_id, who)
        assert row is not None
        row.state = RegistrationState.CONFIRMED
    tell(people.app, "registration.confirmed", event_id=people.event_id, registration_id=who)
    assert numbers(said(people, who)) == [("REQUEST", 0), ("CANCEL", 1), ("REQUEST", 2)]


def test_a_cancelled_event_cancels_everybody_and_says_so(people: Cast, session: UUID) -> None:
    both = [confirmed(people), confirmed(people, email="lain@contoh.test")]
    with people.app.app_context(), transaction():
        setting_up.cancel(events.locked_event(people.event_id), now=clock.now())
    run(people)
    for who in both:
        assert numbers(said(people, who)) == [("REQUEST", 0), ("CANCEL", 1)]
    assert "Dibatalkan" in message_from_bytes(mails(people, both[0])[-1], policy=default)["Subject"]


def test_a_new_link_or_place_reaches_only_its_side(people: Cast, session: UUID) -> None:
    onsite, online = confirmed(people), confirmed(people, mode=Mode.ONLINE, email="jauh@contoh.test")
    with people.app.app_context(), transaction():
        [room] = events.channels(people.event_id)
        parts.save_channel(people.event_id, room.id, {"url": "https://zoom.example/j/456"})
    run(people)
    assert (len(said(people, onsite)), len(said(people, online))) == (1, 2)
    with people.app.app_context(), transaction():
        setting_up.change(events.locked_event(people.event_id), {"venue": "Balai Contoh"}, now=clock.now())
    run(people)
    assert (len(said(people, onsite)), len(said(people, online))) == (2, 2)


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


def test_who_only_waits_is_not_invited(people: Cast, session: UUID) -> None:
    for state in (RegistrationState.APPLIED, RegistrationState.WAITING):
        who = person(people, state=state)
        tell(people.app, "registration.received", event_id=people.event_id, registration_id=who)
        assert said(people, who) == []


def test_after_the_last_day_nobody_is_told_anything(people: Cast, session: UUID, moment: datetime) -> None:
    who = confirmed(people)
    with clock.freeze(moment + timedelta(days=4), everywhere=True):
        move_session(people, session, 15)
        act(people, who, places.cancel)
    assert len(said(people, who)) == 1


def test_a_correction_of_what_is_over_is_no_news(people: Cast, session: UUID, moment: datetime) -> None:
    who = confirmed(people)
    with clock.freeze(moment + timedelta(hours=12), everywhere=True):
        move_session(people, session, 12)
        assert len(said(people, who)) == 1
        with people.app.app_context(), transaction():
            items = {item.title: item for item in agenda.programme(people.event_id, agenda.PUBLIC)}
            closing = items["Penutupan"]
            later = draft(closing.day_id, starts_at=hour(11, day=25), ends_at=hour(12, day=25), title="Penutupan")
            agenda.change(people.event_id, closing.id, later, now=clock.now())
            agenda.publish(people.event_id, by=None, now=clock.now())
        run(people)
    assert "12.00–14.00 WIB · Sesi 2" in one(said(people, who)[-1])["description"]


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


def test_a_version_that_is_not_published_moves_no_calendar(people: Cast, session: UUID) -> None:
    who = confirmed(people)
    with people.app.app_context(), suppress(InterruptedError), transaction():
        day = events.days(people.event_id)[1].id
        agenda.change(people.event_id, session, draft(day, 16), now=clock.now())
        agenda.publish(people.event_id, by=None, now=clock.now())
        raise InterruptedError
    run(people)
    assert len(said(people, who)) == 1
