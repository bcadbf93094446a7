"""Calendar files over HTTP: what the public, a person and a speaker may see of an event."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from rakor import clock
from rakor.agenda.models import AgendaAudience, Speaker
from rakor.agenda.rules import Visibility
from rakor.db import db, transaction
from rakor.events import links
from rakor.events import store as events
from rakor.events.models import Event, LinkPurpose
from rakor.events.rules import Stage
from rakor.registrations.models import RegistrationSource
from rakor.registrations.rules import Mode, RegistrationState
from tests import make
from tests.calendar.conftest import STREAM, ZOOM, Programme, read, titles


def test_the_public_gets_public_items_and_no_room(programme: Programme) -> None:
    answer = programme.client.get(f"/e/{programme.people.slug}/calendar.ics")
    calendar = read(answer)
    assert titles(calendar) == ["Rakornas Pelayanan Informasi 2026", "Sesi public"]
    assert "rahasia" not in answer.text.replace("\r\n ", "")
    assert str(calendar.events[1]["conference"]) == STREAM
    assert str(calendar.events[1]["location"]) == "Ruang Melati, Hotel Contoh, Bogor"
    assert str(calendar.events[1]["uid"]) == f"{programme.public}@localhost"
    assert calendar.events[1].start == datetime(2026, 11, 24, 1, tzinfo=UTC)
    assert "Narasumber: Dewi Contoh" in str(calendar.events[1]["description"])
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{programme.people.slug}.ics"'


def test_closed_items_foreign_items_and_drafts_do_not_exist(programme: Programme) -> None:
    slug, app = programme.people.slug, programme.people.app
    assert titles(read(programme.client.get(f"/e/{slug}/items/{programme.public}.ics"))) == ["Sesi public"]
    with app.app_context(), transaction(unaudited="test"):
        other = make.event(programme.people.institution_id)
        foreign = make.item(other.id, events.days(other.id)[0].id).id
        draft = make.event(programme.people.institution_id, stage=Stage.DRAFT).slug
    for item in (programme.closed, programme.internal, foreign, uuid4()):
        assert programme.client.get(f"/e/{slug}/items/{item}.ics").status_code == 404
    assert programme.client.get(f"/e/{draft}/calendar.ics").status_code == 404


def test_an_online_person_gets_the_room_and_the_items_for_participants(programme: Programme) -> None:
    me = programme.person(mode=Mode.ONLINE)
    calendar = read(programme.client.get(f"{me}/calendar.ics"))
    assert titles(calendar)[1:] == ["Sesi public", "Sesi participants"]
    assert {str(event["conference"]) for event in calendar.events} == {ZOOM}
    assert {str(event["location"]) for event in calendar.events} == {ZOOM}
    assert me.split("/")[-1] not in calendar.to_ical().decode()


@pytest.mark.parametrize(
    "fields",
    [
        {"mode": Mode.ONSITE},
        {"mode": Mode.ONLINE, "state": RegistrationState.WAITING},
        {"mode": Mode.ONLINE, "state": RegistrationState.APPLIED},
        {"mode": Mode.ONLINE, "state": RegistrationState.CANCELLED},
        {"mode": Mode.ONLINE, "state": RegistrationState.REGISTERED, "source": RegistrationSource.SEAT},
    ],
)
def test_who_may_not_join_sees_no_room(programme: Programme, fields: dict[str, object]) -> None:
    me = programme.person(**fields)
    for path in ("calendar.ics", f"items/{programme.public}.ics", f"speakers/{programme.speaker}.ics"):
        answer = programme.client.get(f"{me}/{path}")
        assert answer.status_code == 200
        assert "rahasia" not in answer.text.replace("\r\n ", "")


def test_after_the_event_the_room_is_gone(programme: Programme, moment: datetime) -> None:
    me = programme.person(mode=Mode.ONLINE)
    with clock.freeze(moment + timedelta(days=3), everywhere=True):
        assert "rahasia" not in programme.client.get(f"{me}/calendar.ics").text.replace("\r\n ", "")


def test_a_cancelled_person_or_event_takes_the_entries_back(programme: Programme) -> None:
    me = programme.person(state=RegistrationState.CANCELLED)
    assert {str(e["status"]) for e in read(programme.client.get(f"{me}/calendar.ics")).events} == {"CANCELLED"}
    with programme.people.app.app_context(), transaction(unaudited="test"):
        db.session.get(Event, programme.people.event_id).stage = Stage.CANCELLED
    public = read(programme.client.get(f"/e/{programme.people.slug}/calendar.ics"))
    assert {str(event["status"]) for event in public.events} == {"CANCELLED"}


def test_the_persons_agenda_leads_to_each_calendar(programme: Programme) -> None:
    me = programme.person(mode=Mode.ONLINE)
    page = programme.client.get(f"{me}/agenda").text
    for path in (f"{me}/items/{programme.closed}.ics", f"{me}/speakers/{programme.speaker}.ics", f"{me}/calendar.ics"):
        assert f'href="{path}"' in page
        assert titles(read(programme.client.get(path)))
    assert str(programme.internal) not in page


def test_a_speaker_has_the_own_items_and_the_room(programme: Programme) -> None:
    token = programme.link(LinkPurpose.SPEAKER, programme.speaker)
    calendar = read(programme.client.get(f"/s/{token}/calendar.ics"))
    assert titles(calendar) == ["Sesi public", "Sesi participants"]
    assert {str(event["conference"]) for event in calendar.events} == {ZOOM}
    public = read(programme.client.get(f"/e/{programme.people.slug}/speakers/{programme.speaker}.ics"))
    assert titles(public) == ["Sesi public"]
    assert programme.client.get(f"/e/{programme.people.slug}/speakers/{uuid4()}.ics").status_code == 404


def test_a_speaker_without_items_keeps_the_days_free(programme: Programme) -> None:
    with programme.people.app.app_context(), transaction(unaudited="test"):
        speaker = make._add(Speaker(event_id=programme.people.event_id, name="Budi Contoh")).id
        links.make_links(programme.people.event_id, LinkPurpose.SPEAKER, [speaker], now=make.AT)
        token = programme.link(LinkPurpose.SPEAKER, speaker)
    calendar = read(programme.client.get(f"/s/{token}/calendar.ics"))
    assert titles(calendar) == ["Rakornas Pelayanan Informasi 2026"]
    assert calendar.events[0]["dtend"].dt == date(2026, 11, 26)


def test_links_open_only_their_own_calendars(programme: Programme) -> None:
    me = programme.person().split("/")[-1]
    speaker = programme.link(LinkPurpose.SPEAKER, programme.speaker)
    assert programme.client.get(f"/s/{me}/calendar.ics").status_code == 404
    assert programme.client.get(f"/p/{speaker}/calendar.ics").status_code == 404
    assert programme.client.get("/p/aaaaaaaaaaaaaaaaaaaaaaaaaa/calendar.ics").status_code == 404


def test_a_moved_session_keeps_its_uid_and_raises_its_sequence(programme: Programme) -> None:
    url = f"/e/{programme.people.slug}/items/{programme.public}.ics"
    before = read(programme.client.get(url)).events[0]
    programme.change(programme.public, starts_at=datetime(2026, 11, 24, 2, tzinfo=UTC), sequence=1)
    after = read(programme.client.get(url)).events[0]
    assert before["uid"] == after["uid"]
    assert after["sequence"] > before["sequence"]
    assert after.start == datetime(2026, 11, 24, 2, tzinfo=UTC)


def test_an_item_without_time_is_said_all_day(programme: Programme) -> None:
    programme.change(programme.public, starts_at=None, ends_at=None)
    event = read(programme.client.get(f"/e/{programme.people.slug}/items/{programme.public}.ics")).events[0]
    assert event["dtstart"].params["VALUE"] == "DATE"


def test_one_item_costs_as_many_statements_as_three(programme: Programme) -> None:
    from sqlalchemy import event as sa_event

    counts: list[int] = []
    seen: list[str] = []
    with programme.people.app.app_context():
        engine = db.engine

    def note(*args: object) -> None:
        seen.append(str(args[2]))

    sa_event.listen(engine, "before_cursor_execute", note)
    for _ in range(2):
        seen.clear()
        programme.client.get(f"/e/{programme.people.slug}/calendar.ics")
        counts.append(len(seen))
        programme.change(programme.closed, visibility=Visibility.PUBLIC)
        programme.change(programme.internal, visibility=Visibility.PUBLIC)
    sa_event.remove(engine, "before_cursor_execute", note)
    assert counts[0] == counts[1] <= 8


def test_what_is_for_another_role_is_not_in_the_calendar_but_can_be_asked_for(programme: Programme) -> None:
    with programme.people.app.app_context(), transaction(unaudited="test"):
        role = make.role(programme.people.event_id, "Operator").id
        values = {"event_id": programme.people.event_id, "item_id": programme.closed, "role_id": role}
        make._add(AgendaAudience(**values))
    other, operator = programme.person(), programme.person(role_id=role)
    assert titles(read(programme.client.get(f"{operator}/calendar.ics")))[1:] == ["Sesi public", "Sesi participants"]
    assert titles(read(programme.client.get(f"{other}/calendar.ics")))[1:] == ["Sesi public"]
    assert titles(read(programme.client.get(f"{other}/items/{programme.closed}.ics"))) == ["Sesi participants"]
