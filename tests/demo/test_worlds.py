"""The demo worlds, on SQLite and, smaller, on PostgreSQL."""

import shutil
from collections import Counter
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from rakor import audit, clock, upgrade
from rakor.agenda.models import AgendaItem
from rakor.attendance.models import FactRow, PresenceRow
from rakor.attendance.rules.words import Verdict
from rakor.checkin import store as devices
from rakor.checkin.samples import SampleKind, samples
from rakor.db import db, transaction
from rakor.demo import accounts, arrivals, command, simulation, worlds
from rakor.events.models import Event
from rakor.minutes.follow_up_models import FollowUpCarry
from rakor.minutes.store import conclusions, roll_up
from rakor.offices.models import Office
from rakor.outbox import Job, run_next
from rakor.registrations.models import Registration
from rakor.reports import summary
from rakor.seats import store as seats
from rakor.seats.models import Seat
from rakor.serve.web import prepared
from tests import make
from tests.conftest import _empty_sqlite

PEOPLE = 200


def event(world: str) -> Event:
    return db.session.scalars(select(Event).where(Event.demo_world == world)).one()


def count(*conditions: object, of: type) -> int:
    return db.session.scalar(select(func.count()).select_from(of).where(*conditions)) or 0  # type: ignore[arg-type]


@pytest.fixture
def made(app: Flask, moment: datetime) -> Flask:
    """All worlds, small, in an empty database; a SQLite file is kept, and copied for the next test."""
    summary.forget()
    kept = app.config["RAKOR"].instance / "worlds.sqlite3"
    if kept.exists():
        _empty_sqlite(app, kept.name)
        return app
    with app.app_context():
        assert set(worlds.make(PEOPLE, fresh=False, now=moment).values()) == {worlds.Made.NEW}
        if app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite"):
            db.session.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
            db.session.remove()
            shutil.copy(kept.with_name("rakor.sqlite3"), kept)
    return app


def test_the_live_world_looks_like_life(made: Flask, moment: datetime) -> None:
    with made.app_context():
        live = event("live")
        counted = summary.count_up(live, now=moment, today=clock.today(live.zone))
        assert PEOPLE <= counted.count.invited <= PEOPLE + 15
        assert counted.count.invited > counted.count.confirmed > counted.count.present > 0
        assert counted.focus is not None
        assert counted.focus.item_id is not None
        shown = Counter(db.session.scalars(select(FactRow.shown).where(FactRow.event_id == live.id)))
        assert shown[Verdict.UNKNOWN] > 0
        people = list(db.session.scalars(select(Registration.name).where(Registration.event_id == live.id)))
        assert all(name.endswith("Contoh") for name in people)


def test_some_operators_hold_two_seats_and_are_one_head(made: Flask, moment: datetime) -> None:
    with made.app_context():
        live = event("live")
        counted = seats.numbers(live.id)
        twice = counted.total.confirmed - counted.heads
        assert 0 < twice < counted.heads / 5
        held = Counter(line.registration_id for line in seats.seats_with_holders(live.id) if line.registration_id)
        assert sum(held.values()) - len(held) == twice


def test_presence_is_what_the_reducer_says(made: Flask, moment: datetime) -> None:
    with made.app_context():
        live = event("live")
        inside = count(PresenceRow.event_id == live.id, PresenceRow.present, of=PresenceRow)
        persons = db.session.scalar(
            select(func.count(func.distinct(FactRow.registration_id))).where(
                FactRow.event_id == live.id, FactRow.shown == Verdict.IN
            )
        )
        assert 0 < persons <= inside
        assert live.change_seq >= inside


def test_the_event_of_2021_has_its_facts_and_nobodys_attendance(made: Flask) -> None:
    with made.app_context():
        told = event("history")
        assert count(Seat.event_id == told.id, of=Seat) == 2740
        offices = Counter(
            db.session.scalars(select(Office.level).where(Office.institution_id == told.institution_id))
        )
        assert sorted(offices.values()) == [34, 514]
        aceh = select(Office.short_name).where(Office.institution_id == told.institution_id, Office.code == "1171")
        assert (db.session.scalar(aceh) or "").startswith("KIP")
        assert count(Registration.event_id == told.id, of=Registration) == 0
        assert count(FactRow.event_id == told.id, of=FactRow) == 0
        items = select(AgendaItem).where(AgendaItem.event_id == told.id)
        assert all(item.starts_at is None for item in db.session.scalars(items))
        seed = list(db.session.scalars(items.where(AgendaItem.source == "")))
        assert len(seed) == 6
        assert set(told.sources) == {"ends_on", "theme", "letter", "record"}


def test_the_bimtek_is_open_in_nine_days(made: Flask, moment: datetime) -> None:
    with made.app_context():
        bimtek = event("open")
        assert (bimtek.starts_on - clock.today(bimtek.zone)).days == 9
        assert bimtek.capacity == 40
        assert bimtek.registered_count == 23


def test_a_second_making_keeps_everything(made: Flask, moment: datetime) -> None:
    with made.app_context():
        before = event("live").change_seq
        assert set(worlds.make(PEOPLE, fresh=False, now=moment).values()) == {worlds.Made.KEPT}
        assert event("live").change_seq == before


def test_an_untouched_world_moves_to_today_and_keeps_its_links(made: Flask, moment: datetime) -> None:
    with made.app_context():
        before = command.describe(event("live"))["entries"]
        later = moment + timedelta(days=4)
        with clock.freeze(later, everywhere=True):
            again = worlds.make(PEOPLE, fresh=False, now=later)
            assert again["live"] is worlds.Made.MOVED
            assert again["history"] is worlds.Made.KEPT
            assert event("live").starts_on == clock.today("Asia/Jakarta") - timedelta(days=1)
            assert command.describe(event("live"))["entries"] == before
        assert audit.verify(db.session(), event("live").id) is None


def test_a_touched_world_stays_and_says_so(
    made: Flask, moment: datetime, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upgrade, "upgrade", lambda: None)  # the test's database is at the newest schema
    with made.app_context():
        live = event("live").id
        with audit.acting(audit.Actor("anonymous")), transaction():
            audit.record("somebody.acted", event_id=live)
        later = moment + timedelta(days=4)
        with clock.freeze(later, everywhere=True):
            assert worlds.make(PEOPLE, fresh=False, now=later)["live"] is worlds.Made.KEPT
            assert command.make_and_tell(PEOPLE) == 0
            assert "because somebody changed it" in capsys.readouterr().out
            assert worlds.make(PEOPLE, fresh=True, now=later)["live"] is worlds.Made.MOVED


def test_real_data_is_never_touched(lite: Flask, moment: datetime) -> None:
    with lite.app_context():
        with transaction(unaudited="test"):
            make.event(make.institution().id)
        with pytest.raises(worlds.RealDataError):
            worlds.make(PEOPLE, fresh=True, now=moment)
        assert count(Event.demo_world.is_not(None), of=Event) == 0


def test_who_tries_the_demo_makes_events_that_stay(made: Flask, moment: datetime) -> None:
    """`make run` the next day: the worlds move to it, and an event made in between is none of them."""
    with made.app_context():
        with transaction(unaudited="test"):
            own = make.event(event("live").institution_id).id
        later = moment + timedelta(days=4)
        with clock.freeze(later, everywhere=True):
            assert worlds.make(PEOPLE, fresh=False, now=later)["live"] is worlds.Made.MOVED
        assert db.session.get(Event, own) is not None


def test_a_world_that_an_own_event_goes_on_from_stays(made: Flask, moment: datetime) -> None:
    with made.app_context():
        with transaction(unaudited="test"):
            own = make.event(event("live").institution_id).id
            db.session.add(
                FollowUpCarry(event_id=own, from_event_id=event("live").id, item_id=uuid4(), carried_at=moment)
            )
        later = moment + timedelta(days=4)
        with clock.freeze(later, everywhere=True):
            again = worlds.make(PEOPLE, fresh=True, now=later)
        assert (again["live"], again["open"]) == (worlds.Made.KEPT, worlds.Made.MOVED)
        assert count(FollowUpCarry.event_id == own, of=FollowUpCarry) == 1


def test_real_events_are_served_without_worlds(
    lite: Flask, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upgrade, "upgrade", lambda: None)  # the test's database is at the newest schema
    with lite.app_context(), transaction(unaudited="test"):
        make.event(make.institution().id)
    assert prepared(lite, "demo")
    assert "real events; the demo worlds were not made" in capsys.readouterr().err


def test_tools_get_everything_they_need(made: Flask, moment: datetime) -> None:
    with made.app_context():
        live = event("live")
        told = command.describe(live)
        assert set(told["entries"]) == {"panitia", "kantor", "peserta", "meja", "pimpinan"}
        assert set(told["desk"]["codes"]) == set(SampleKind)
        device = devices.by_token(told["desk"]["token"])
        assert device is not None
        assert device.event_id == live.id
        assert told["desk"]["token"] == arrivals.device_token(live.id)
        assert all(len(code) == 20 for code in told["desk"]["codes"].values())
        assert samples(live.id, device.event_id)
    client = made.test_client()
    for who in accounts.PEOPLE:
        form = told["logins"][who]
        answer = client.post("/login", data=form, headers={"Sec-Fetch-Site": "same-origin"})
        assert answer.status_code == 303, who


def test_the_simulation_lets_people_arrive_and_says_so(made: Flask, moment: datetime) -> None:
    with made.app_context():
        live = event("live").id
        with transaction(unaudited="test") as session:
            session.execute(Job.__table__.delete())
        assert simulation.begin(live)
        assert not simulation.begin(live)
        before = count(PresenceRow.event_id == live, PresenceRow.present, of=PresenceRow)
        assert run_next()
        after = count(PresenceRow.event_id == live, PresenceRow.present, of=PresenceRow)
        assert before < after <= before + simulation.AT_ONCE
        assert count(FactRow.event_id == live, FactRow.place == simulation.LABEL, of=FactRow) == after - before
        assert count(Job.name == simulation.NAME, of=Job) == 2


def test_2021_ends_with_its_one_request_to_every_office_and_nobodys_answer(made: Flask, moment: datetime) -> None:
    with made.app_context():
        told = roll_up.count_up(event("history"), now=moment, today=moment.date())
        [asked] = told.follow_ups
        assert (asked.text, asked.due_on) == ("Menyiapkan ahli tentang kehumasan", None)
        assert (told.whole.whole, told.whole.open, told.whole.late) == (548, 548, 0), "34 provinces and 514 regencies"
        assert len(roll_up.by_province(told.lines)) == 34
        [known] = conclusions.of_event(asked.event_id)
        assert known.id == asked.conclusion_id
        assert count(Job.name.in_(("follow_up.sent", "follow_up.due")), of=Job) == 0, "nobody is written to"


def test_the_live_follow_ups_have_answers_and_some_evidence(made: Flask, moment: datetime) -> None:
    with made.app_context():
        whole = roll_up.count_up(event("live"), now=moment, today=moment.date()).whole
        assert min(whole.done, whole.unproven, whole.late, whole.open) > 0
