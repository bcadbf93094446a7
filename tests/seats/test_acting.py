"""Plh. and Plt. on the office's own page: said with the name, kept with the person, changed without a new ticket."""

from flask import Flask
from sqlalchemy import func, select

from rakor.db import db
from rakor.registrations.models import Registration, Ticket
from tests.seats.acting import BONI, keys_of, name, send
from tests.seats.conftest import Invited


def acting_of(app: Flask) -> str:
    with app.app_context():
        return db.session.scalars(select(Registration.acting)).one()


def test_an_acting_holder_is_said_and_put_right_on_the_same_ticket(app: Flask, invited: Invited) -> None:
    browser, key = app.test_client(), keys_of(app, invited)[0]
    send(browser, invited, name(key, BONI) | {f"acting-{key}": "plt"})
    assert acting_of(app) == "plt"
    page = browser.get(invited.page).text
    assert '<option value="plt" selected' in page
    assert "Plt. " in invited.people.browser("sari").get(f"/events/{invited.event_id}/people").text
    send(browser, invited, name(key, BONI) | {f"acting-{key}": "plh"})
    assert acting_of(app) == "plh"
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Ticket)) == 1
    send(browser, invited, name(key, BONI) | {f"acting-{key}": "raja"})
    assert acting_of(app) == "plh"
    send(browser, invited, name(key, "Agustina Contoh") | {f"acting-{key}": ""})
    with app.app_context():
        living = select(Registration.acting).where(Registration.name == "Agustina Contoh")
        assert db.session.scalars(living).one() == ""
