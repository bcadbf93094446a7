"""Many people at once: each by the rules that hold for one, what was not done is said, and the filters stay."""

from uuid import UUID

import pytest
from sqlalchemy import select

from rakor.db import db, transaction
from rakor.events.models import EventChannel
from rakor.events.rules import ChannelKind
from rakor.outbox import Job
from rakor.registrations import store
from rakor.registrations.models import Registration, RegistrationSource, Ticket
from rakor.registrations.rules import Mode, RegistrationState
from tests import make
from tests.cast import Cast
from tests.registrations.test_people import register, state_of

pytestmark = pytest.mark.usefixtures("moment")


def act(people: Cast, what: str, *ids: object, **more: str) -> str:
    sari, url = people.browser("sari"), f"/events/{people.event_id}/people/acts"
    answer = sari.post(url, data={"act": what, "person": [str(one) for one in ids]} | more)
    assert answer.status_code == 303
    return str(sari.get(answer.location).text)


def mode_of(people: Cast, who: UUID) -> Mode:
    with people.app.app_context():
        row = store.registration(people.event_id, who)
        assert row is not None
        return row.mode


def test_a_mode_is_set_but_a_seat_is_the_offices(people: Cast) -> None:
    ana, budi = register(people, "Ana Contoh"), register(people, "Budi Contoh", mode=Mode.ONSITE)
    seated = register(people, "Kursi Contoh", source=RegistrationSource.SEAT)
    page = act(people, "onsite", ana, budi, seated)
    assert "1 orang selesai; 1 sudah begitu; 1 memegang kursi, diubah lewat halaman kantornya." in page
    assert [mode_of(people, who) for who in (ana, budi, seated)] == [Mode.ONSITE, Mode.ONSITE, Mode.ONLINE]


def test_an_end_needs_a_reason_which_the_own_page_tells(people: Cast) -> None:
    ana, seated = register(people, "Ana Contoh"), register(people, "Kursi Contoh", source=RegistrationSource.SEAT)
    assert "tulis alasannya" in act(people, "cancel", ana)
    assert state_of(people, ana) is RegistrationState.REGISTERED
    page = act(people, "cancel", ana, seated, reason="Terdaftar dua kali", q="contoh")
    assert 'value="contoh"' in page
    assert (state_of(people, ana), state_of(people, seated)) == (
        RegistrationState.CANCELLED, RegistrationState.REGISTERED,
    )  # fmt: skip
    with people.app.app_context():
        own = store.person_path(people.event_id, ana)
        ticket = db.session.scalars(select(Ticket).where(Ticket.registration_id == ana)).one()
        assert ticket.revoked_at is not None
    assert "Alasan: Terdaftar dua kali" in people.app.test_client().get(own).text
    assert "1 sudah berakhir" in act(people, "cancel", ana, reason="lagi")


def test_links_go_to_who_has_an_address(people: Cast) -> None:
    ana, budi = register(people, "Ana Contoh", email="ana@contoh.id"), register(people, "Budi Contoh")
    assert "1 orang selesai; 1 tanpa email" in act(people, "link", ana, budi)
    with people.app.app_context():
        jobs = db.session.scalars(select(Job).where(Job.name == "registration.link_wanted")).all()
        assert [job.payload["registration_id"] for job in jobs] == [str(ana)]


def test_nobody_chosen_and_people_of_other_events(people: Cast) -> None:
    assert "Belum ada yang dipilih" in act(people, "link")
    with people.app.app_context(), transaction(unaudited="test"):
        other = make.registration(make.event(people.institution_id).id).id
    assert ">0." in act(people, "cancel", other, reason="bukan di sini").replace("<div>0.", ">0.")
    with people.app.app_context():
        row = db.session.get_one(Registration, other)
        assert row.state is not RegistrationState.CANCELLED
    sari, url = people.browser("sari"), f"/events/{people.event_id}/people/acts"
    assert sari.post(url, data={"act": "link", "person": "x"}).status_code == 400
    assert sari.post(url, data={"act": "nonsense", "person": str(other)}).status_code == 400
    assert people.browser("rina").post(url, data={}).status_code == 403


def test_the_rooms_capacity_is_held_against_who_confirmed(people: Cast) -> None:
    for number in range(3):
        register(people, f"Orang {number} Contoh")
    register(people, "Datang Contoh", mode=Mode.ONSITE)
    with people.app.app_context(), transaction(unaudited="test") as session:
        session.add(EventChannel(event_id=people.event_id, kind=ChannelKind.ZOOM, label="Zoom", capacity=2))
    page = people.browser("sari").get(f"/events/{people.event_id}/people").text
    assert "Zoom 2 tempat, konfirmasi daring 3 orang." in page
    assert "1 orang akan mendapati ruangnya penuh." in page
