"""What an earlier event left open comes to the next one's agenda: by a copy or by hand, once, with its state."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from rakor.accounts.rules import Role
from rakor.agenda import store as agenda
from rakor.db import db, transaction
from rakor.events.cloning import Part, clone
from rakor.events.models import Event
from rakor.minutes.follow_up_models import FollowUpCarry
from rakor.minutes.rules.follow_ups import Status
from rakor.minutes.store import carrying, roll_up, rows
from rakor.minutes.store.rows import Said
from tests import make
from tests.cast import Cast
from tests.minutes import asking
from tests.minutes.asking import NOW, TEXT

pytestmark = pytest.mark.usefixtures("moment")


@pytest.fixture
def asked(people: Cast) -> UUID:
    asking.offices(people)
    return asking.ask(people)


def later(people: Cast, **values: object) -> UUID:
    days = {"starts_on": date(2027, 5, 3), "ends_on": date(2027, 5, 4), "regions_as_of": date(2027, 5, 3)}
    with people.app.app_context(), transaction(unaudited="test"):
        event = make.event(people.institution_id, **days | values)
        make.grant(event.id, people.users["sari"], Role.OWNER)
        return event.id


def titles(people: Cast, event_id: UUID) -> list[str]:
    with people.app.app_context():
        return [item.title for item in agenda.items(event_id, agenda.EVERYTHING)]


def finish(people: Cast, asked: UUID) -> None:
    for row in asking.rows(people.app, asked).values():
        with people.app.app_context(), transaction(unaudited="test"):
            rows.answer(people.event_id, row.id, Said(Status.DONE, ""), now=NOW)
    roll_up.forget()


def test_what_is_open_is_taken_up_by_hand_once(people: Cast, asked: UUID) -> None:
    event_id = later(people)
    sari, here = people.browser("sari"), f"/events/{event_id}/follow-ups/earlier"
    assert "Jadikan mata acara" in sari.get(here).text
    assert sari.post(here, data={"source": str(people.event_id)}).status_code == 303
    sari.post(here, data={"source": str(people.event_id)})
    assert titles(people, event_id) == [carrying.TITLE]
    for page in (here, f"/events/{event_id}/follow-ups"):
        shown = sari.get(page).text
        assert (TEXT in shown, "0 dari 2 selesai" in shown) == (True, True)
        assert f"/events/{people.event_id}/follow-ups" in shown, "and leads back"
    finish(people, asked)
    assert "Semua tindak lanjutnya sudah selesai" in sari.get(here).text, "the table is what is so now"


def test_nobody_takes_up_what_is_not_theirs(people: Cast, asked: UUID) -> None:
    event_id = later(people)
    other = later(people, starts_on=date(2020, 5, 3), ends_on=date(2020, 5, 4))
    with people.app.app_context(), transaction(unaudited="test"):
        foreign = make.event(make.institution(name="Lain", short_name="Lain").id).id
        make.grant(event_id, people.users["joko"], Role.EDITOR)
    sari, joko = people.browser("sari"), people.browser("joko")
    joko.post(f"/events/{event_id}/follow-ups/earlier", data={"source": str(people.event_id)})
    for source in (foreign, event_id, other, uuid4(), "x"):
        said = sari.post(f"/events/{event_id}/follow-ups/earlier", data={"source": str(source)}, follow_redirects=True)
        assert "Pilih kegiatan dari daftar" in said.text
    assert titles(people, event_id) == []
    assert "Tidak ada yang terbuka" in joko.get(f"/events/{event_id}/follow-ups/earlier").text


@pytest.mark.parametrize("done", [False, True])
def test_a_copy_begins_with_what_is_open_and_copies_no_row(people: Cast, asked: UUID, done: bool) -> None:
    if done:
        finish(people, asked)
    with people.app.app_context(), transaction():
        source = db.session.get_one(Event, people.event_id)
        made = clone(source, uuid4(), title="Rakornas berikutnya", starts_on=date(2027, 11, 22),
                     chosen=frozenset({Part.FOLLOW_UPS}), owner_id=people.users["sari"],
                     owned_until=date(2028, 1, 1), now=NOW)  # fmt: skip
        event_id = made.id
    assert titles(people, event_id) == ([] if done else [carrying.TITLE])
    with people.app.app_context():
        carried = db.session.scalars(select(FollowUpCarry)).all()
        assert [(row.event_id, row.from_event_id) for row in carried] == ([] if done else [(event_id, people.event_id)])
        event = db.session.get_one(Event, event_id)
        assert roll_up.count_up(event, now=NOW, today=date(2026, 11, 24)).lines == ()
