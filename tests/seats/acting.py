"""What the stories of the office's page share."""

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from rakor.db import db
from rakor.registrations.models import Registration
from rakor.seats import store
from tests.seats.conftest import Invited
from tests.seats.reading import fields

BONI, AGUS = "Bonifasius Contoh", "Agustina Contoh"


def people_of(app: Flask) -> list[str]:
    with app.app_context():
        return sorted(row.name for row in db.session.scalars(select(Registration)))


def keys_of(app: Flask, invited: Invited, office: str = "asmat") -> list[str]:
    with app.app_context():
        return [line.seat_id.hex for line in store.seats_with_holders(invited.event_id, [invited.offices[office]])]


def lines_of(app: Flask, invited: Invited) -> list[store.SeatLine]:
    with app.app_context():
        return store.seats_with_holders(invited.event_id, [invited.offices["asmat"]])


def send(client: FlaskClient, invited: Invited, said: dict[str, str]):  # type: ignore[no-untyped-def]
    return client.post(invited.page, data=fields(client.get(invited.page).text, invited.page) | said)


def name(key: str, who: str, choice: str = "online") -> dict[str, str]:
    return {f"name-{key}": who, f"choice-{key}": choice}
