"""The demo's one-click entries: in a demo, on this machine, and nowhere else."""

import dataclasses
from datetime import datetime

import pytest

from rakor import clock
from rakor.accounts.rules import Role
from rakor.db import db, transaction
from rakor.events import links
from rakor.events.models import Event, LinkPurpose
from rakor.offices.models import Institution
from rakor.portal import cache
from rakor.registrations.rules import Mode
from tests import make
from tests.cast import Cast


@pytest.fixture(autouse=True)
def _fresh(moment: datetime) -> None:
    cache.forget()


@pytest.fixture
def demo(people: Cast) -> Cast:
    """The cast's event as the live world of a demo."""
    with people.app.app_context(), transaction(unaudited="test"):
        event = db.session.get(Event, people.event_id)
        institution = db.session.get(Institution, people.institution_id)
        assert event is not None
        assert institution is not None
        event.demo_world, institution.is_demo = "live", True
        owner = make.user("Contoh", is_demo=True)
        make.grant(event.id, owner.id, Role.OWNER)
        desk = make.user("Meja", is_demo=True)
        make.grant(event.id, desk.id, Role.DESK)
        office = make.office(institution.id)
        person = make.registration(event.id, mode=Mode.ONLINE, regency_code="9304")
        links.make_links(event.id, LinkPurpose.OFFICE, [office.id], now=clock.now())
        links.make_links(event.id, LinkPurpose.PERSON, [person.id], now=clock.now())
        links.make_links(event.id, LinkPurpose.LEADER, [owner.id], now=clock.now())
    return people


@pytest.mark.parametrize(
    ("who", "leads_to"),
    [("panitia", "/events/"), ("kantor", "/o/"), ("peserta", "/p/"), ("meja", "/events/"), ("pimpinan", "/l/")],
)
def test_one_click_leads_where_it_says(demo: Cast, who: str, leads_to: str) -> None:
    client = demo.app.test_client()
    assert f'action="/demo/entries/{who}"' in client.get("/").text
    entered = client.post(f"/demo/entries/{who}")
    assert entered.status_code == 303
    assert entered.headers["Location"].startswith(leads_to)
    assert client.get(entered.headers["Location"]).status_code == 200
    assert ("rakor=" in entered.headers.get("Set-Cookie", "")) is (who in ("panitia", "meja"))


def test_there_are_no_entries_without_a_demo(people: Cast) -> None:
    client = people.app.test_client()
    assert "/demo/entries" not in client.get("/").text
    assert client.post("/demo/entries/panitia").status_code == 404


def test_there_are_no_entries_from_afar(demo: Cast) -> None:
    client = demo.app.test_client()
    far = {"REMOTE_ADDR": "192.0.2.7"}
    assert "/demo/entries" not in client.get("/", environ_base=far).text
    assert client.post("/demo/entries/panitia", environ_base=far).status_code == 404


def test_there_are_no_entries_under_a_public_address(demo: Cast) -> None:
    before = demo.app.config["RAKOR"]
    demo.app.config["RAKOR"] = dataclasses.replace(before, base_url="https://rakor.contoh.go.id")
    try:
        assert demo.app.test_client().post("/demo/entries/panitia").status_code == 404
    finally:
        demo.app.config["RAKOR"] = before


def test_nobody_unknown_enters(demo: Cast) -> None:
    assert demo.app.test_client().post("/demo/entries/admin").status_code == 404


def test_help_has_a_page_for_everybody(people: Cast) -> None:
    client = people.app.test_client()
    page = client.get("/help").text
    for who in ("panitia", "kantor", "peserta", "meja", "pimpinan", "umum"):
        assert f"/help/{who}" in page
        assert client.get(f"/help/{who}").status_code == 200
    assert client.get("/help/orang-lain").status_code == 404
