"""The organiser's list of people: who sees what, in how many queries, and what can be done."""

from io import BytesIO

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from rakor.audit import AuditEntry
from rakor.db import db, transaction
from rakor.events import store as events
from rakor.events.models import Event
from rakor.outbox import Job
from rakor.registrations import places, pools, store, tickets
from rakor.registrations.models import Registration, RegistrationSource, Ticket
from rakor.registrations.rules import Mode, PersonName, RegistrationState
from rakor.registrations.store import Draft
from tests import make
from tests.cast import Cast
from tests.conftest import MOMENT
from tests.counting import selects
from tests.registrations import quota

pytestmark = pytest.mark.usefixtures("moment")


def register(people: Cast, name: str, state: RegistrationState = RegistrationState.REGISTERED, **values: object):  # type: ignore[no-untyped-def]
    values = {"mode": Mode.ONLINE, "source": RegistrationSource.OPEN, "phone": "+6281200000147"} | values
    with people.app.app_context(), transaction(unaudited="test"):
        draft = Draft(name=PersonName.parse(name), state=state, **values)
        return store.create(people.event_id, draft, now=MOMENT, search=("Kantor Kabupaten Asmat", "Ketua")).id


def state_of(people: Cast, registration_id: object) -> RegistrationState:
    with people.app.app_context():
        row = store.registration(people.event_id, registration_id)  # type: ignore[arg-type]
        assert row is not None
        return row.state


def test_sari_finds_people_by_beginnings_and_sees_contacts_masked(people: Cast) -> None:
    register(people, "Dr. Agustina Contoh, S.E.", email="agustina@contoh.id")
    register(people, "Lukman Contoh")
    sari = people.browser("sari")
    found = sari.get(f"/events/{people.event_id}/people?q=asm+agus").text
    assert "Dr. Agustina Contoh, S.E." in found
    assert "Lukman" not in found
    assert "1 orang sesuai saringan" in found
    for secret in ("81200000147", "agustina@contoh.id"):
        assert secret not in found
    assert "0147" in found


@pytest.mark.parametrize("query", ["q=%25", "q=_", "q=%00", "q=%ED%A0%80", "page=999999999999", "page=-1", "state=x",
                                   "province=%27", "mode=online&source=open&state=registered"])
def test_any_query_is_answered(people: Cast, query: str) -> None:
    register(people, "Lukman Contoh")
    assert people.browser("sari").get(f"/events/{people.event_id}/people?{query}").status_code == 200


def test_filters_narrow(people: Cast) -> None:
    register(people, "Agustina Contoh", RegistrationState.WAITING, queue_number=1, email="agustina@contoh.id")
    register(people, "Lukman Contoh", mode=Mode.ONSITE, province_code="93")
    sari, base = people.browser("sari"), f"/events/{people.event_id}/people"
    for query, seen, unseen in (
        ("state=waiting", "Agustina", "Lukman"),
        ("mode=onsite", "Lukman", "Agustina"),
        ("province=93", "Lukman", "Agustina"),
        ("q=papua+selatan", "Lukman", "Agustina"),
        ("missing=email", "Lukman", "Agustina"),
    ):
        page = sari.get(f"{base}?{query}").text
        assert seen in page
        assert unseen not in page
    assert "1 orang terdaftar atau konfirmasi" in sari.get(base).text
    assert "1 menunggu tempat" in sari.get(base).text


def test_a_list_of_three_costs_what_a_list_of_one_costs(people: Cast) -> None:
    path = f"/events/{people.event_id}/people"
    register(people, "Agustina Contoh")
    one = selects(people.app, people.browser("sari"), path)
    register(people, "Lukman Contoh")
    register(people, "Maria Contoh")
    assert selects(people.app, people.browser("sari"), path) == one == 9


def test_pages_of_fifty(people: Cast) -> None:
    for number in range(52):
        register(people, f"Orang {number:02} Contoh")
    sari, base = people.browser("sari"), f"/events/{people.event_id}/people"
    first, second = sari.get(base).text, sari.get(f"{base}?page=2").text
    assert first.count("<tr>") - 1 == 50
    assert second.count("<tr>") - 1 == 2
    assert "52 orang dalam semua keadaan" in first


def test_an_applicant_is_approved_into_a_place_and_then_into_the_queue(people: Cast) -> None:
    with people.app.app_context(), transaction(unaudited="test"):
        event = events.event(people.event_id)
        assert event is not None
        event.needs_approval = True
        quota.set_size(event.id, 1)
    ids = [register(people, f"{name} Contoh", RegistrationState.APPLIED) for name in ("Agustina", "Lukman")]
    sari = people.browser("sari")
    for registration_id in ids:
        assert sari.post(f"/events/{people.event_id}/people/{registration_id}/approval").status_code == 303
    assert [state_of(people, i) for i in ids] == [RegistrationState.REGISTERED, RegistrationState.WAITING]
    with people.app.app_context():
        assert db.session.scalar(select(Event.registered_count)) == 1
        assert len(db.session.scalars(select(Ticket)).all()) == 1
        named = db.session.scalars(select(Job.name)).all()
        assert sorted(named) == ["registration.answered"] * 2 + ["registration.changed"] * 2
    assert sari.post(f"/events/{people.event_id}/people/{ids[0]}/approval").status_code == 303  # the double click


def test_nobody_is_promoted_without_a_free_place(people: Cast) -> None:
    with people.app.app_context(), transaction(unaudited="test"):
        event = events.event(people.event_id)
        assert event is not None
        quota.set_size(event.id, 0)
    waiting = register(people, "Agustina Contoh", RegistrationState.WAITING, queue_number=1)
    sari = people.browser("sari")
    answer = sari.post(f"/events/{people.event_id}/people/{waiting}/promotion", follow_redirects=True)
    assert "Belum ada tempat kosong" in answer.text
    with people.app.app_context(), transaction(unaudited="test"):
        event = events.event(people.event_id)
        assert event is not None
        quota.set_size(event.id, 1)
    sari.post(f"/events/{people.event_id}/people/{waiting}/promotion")
    assert state_of(people, waiting) is RegistrationState.REGISTERED


def test_a_new_ticket_kills_the_old_one(people: Cast) -> None:
    person = register(people, "Agustina Contoh")
    before = tickets.code_of(people.event_id, person, 0)
    people.browser("sari").post(f"/events/{people.event_id}/people/{person}/tickets")
    with people.app.app_context():
        found = {row.epoch: row.revoked_at for row in db.session.scalars(select(Ticket))}
        row = store.registration(people.event_id, person)
        assert row is not None
        assert found == {0: MOMENT, 1: None}
        assert tickets.code_of(people.event_id, person, row.epoch) != before


def test_a_name_is_put_right_and_found_by_its_new_letters(people: Cast) -> None:
    person = register(people, "Agustina Conto")
    sari, path = people.browser("sari"), f"/events/{people.event_id}/people/{person}/name"
    assert sari.post(path, data={"name": "A"}).status_code == 422
    assert sari.post(path, data={"name": "Dr. Augustina Contoh, S.E.", "state": "cancelled"}).status_code == 303
    page = sari.get(f"/events/{people.event_id}/people?q=augus").text
    assert "Dr. Augustina Contoh, S.E." in page
    history = sari.get(f"/events/{people.event_id}/people/{person}").text
    assert "Nama dibetulkan" in history
    assert "Sari Contoh" in history
    assert state_of(people, person) is RegistrationState.REGISTERED


def test_the_workbook_is_masked_and_its_making_is_noted(people: Cast) -> None:
    register(people, '=HYPERLINK("x") Contoh', email="agustina@contoh.id", nip="199009132025242014")
    answer = people.browser("sari").post(f"/events/{people.event_id}/people/sheets?state=registered")
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.data)).get_sheet_by_index(0).to_python()
    cells = [str(cell) for row in rows for cell in row]
    assert '=HYPERLINK("x") Contoh' in cells
    assert "•••• 2014" in cells
    assert not any("agustina@" in cell or "81200000147" in cell or "199009132025242014" in cell for cell in cells)
    with people.app.app_context():
        actions = db.session.scalars(select(AuditEntry.action)).all()
    assert "list.export" in actions


@pytest.mark.parametrize(("who", "status"), [("rina", 403), ("joko", 404), ("lena", 403), ("sari", 303)])
def test_only_registrars_change_anything(people: Cast, who: str, status: int) -> None:
    person = register(people, "Agustina Contoh")
    answer = people.browser(who).post(f"/events/{people.event_id}/people/{person}/tickets")
    assert answer.status_code == status


def test_a_person_of_another_event_does_not_exist_here(people: Cast) -> None:
    with people.app.app_context(), transaction(unaudited="test"):
        foreign = make.registration(make.event(people.institution_id).id, name="Orang Lain Contoh").id
    sari = people.browser("sari")
    assert sari.get(f"/events/{people.event_id}/people/{foreign}").status_code == 404
    for act in ("approval", "promotion", "tickets", "links", "name"):
        assert sari.post(f"/events/{people.event_id}/people/{foreign}/{act}").status_code == 404


def test_a_freed_place_goes_to_the_first_who_waits(app: Flask, people: Cast) -> None:
    with app.app_context():
        with transaction(unaudited="test"):
            event = events.locked_event(people.event_id)
            quota.set_size(event.id, 1)
            drafts = [
                Draft(PersonName.parse(f"{n} Contoh"), Mode.ONLINE, RegistrationState.APPLIED, RegistrationSource.OPEN)
                for n in ("Agustina", "Lukman", "Maria")
            ]
            first, second, third = (places.admit(event, draft, may_wait=True, now=MOMENT) for draft in drafts)
            assert first is not None
            assert second is not None
            assert third is not None
            assert (places.place_in_queue(second), places.place_in_queue(third)) == (1, 2)
            places.cancel(first, now=MOMENT)
            db.session.flush()
            assert places.place_in_queue(third) == 1
        rows = {row.name: row.state for row in db.session.scalars(select(Registration))}
        assert rows == {
            "Agustina Contoh": RegistrationState.CANCELLED,
            "Lukman Contoh": RegistrationState.REGISTERED,
            "Maria Contoh": RegistrationState.WAITING,
        }
        assert db.session.scalar(select(Event.registered_count).where(Event.id == people.event_id)) == 1


def test_nobody_new_overtakes_the_waiting_list(app: Flask, people: Cast) -> None:
    """A place that is free while somebody waits (the quota was raised) is not the newcomer's."""
    with app.app_context(), transaction(unaudited="test"):
        event = events.locked_event(people.event_id)
        pool = quota.set_size(event.id, 5)
        waits = {"state": RegistrationState.WAITING, "queue_number": 1, "source": RegistrationSource.OPEN}
        pools.join(make.registration(event.id, **waits), pool.id)
        draft = Draft(PersonName.parse("Baru Contoh"), Mode.ONLINE, RegistrationState.APPLIED, RegistrationSource.OPEN)
        assert places.admit(event, draft, may_wait=False, now=MOMENT) is None
        made = places.admit(event, draft, may_wait=True, now=MOMENT)
        assert made is not None
        assert (made.state, made.queue_number) == (RegistrationState.WAITING, 2)
