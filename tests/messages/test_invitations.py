"""Invitations to calendars: who is told what, numbered how; on both databases."""

from contextlib import suppress
from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default
from uuid import UUID

from rakor import clock
from rakor.agenda import store as agenda
from rakor.agenda.rules import Visibility
from rakor.db import transaction
from rakor.events import store as events
from rakor.events.store import parts, setting_up
from rakor.registrations import places
from rakor.registrations import store as registrations
from rakor.registrations.rules import Mode, RegistrationState
from tests.cast import Cast
from tests.messages.inviting import (
    ZOOM,
    act,
    confirmed,
    draft,
    hour,
    mails,
    move_session,
    numbers,
    one,
    run,
    said,
    session,
)
from tests.messages.test_delivery import person, smtp, tell
from tests.messages.test_mail import postbox

__all__ = ["postbox", "session", "smtp"]


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


def test_a_version_that_is_not_published_moves_no_calendar(people: Cast, session: UUID) -> None:
    who = confirmed(people)
    with people.app.app_context(), suppress(InterruptedError), transaction():
        day = events.days(people.event_id)[1].id
        agenda.change(people.event_id, session, draft(day, 16), now=clock.now())
        agenda.publish(people.event_id, by=None, now=clock.now())
        raise InterruptedError
    run(people)
    assert len(said(people, who)) == 1
