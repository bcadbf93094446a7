""" "Wajib" on the office's page: an open required seat is asked about once, and nobody comes only for a reason."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from rakor.db import db, transaction
from rakor.seats import store
from rakor.seats.models import InvitationRule
from tests.seats.acting import BONI, send
from tests.seats.conftest import Invited
from tests.seats.reading import fields


@pytest.fixture
def keys(app: Flask, invited: Invited) -> list[str]:
    """The seats of Asmat, of which the first and the second are "wajib"."""
    with app.app_context(), transaction(unaudited="test"):
        lines = store.seats_with_holders(invited.event_id, [invited.offices["asmat"]])
        wanted = InvitationRule.role_id.in_([line.role_id for line in lines[:2]])
        db.session.execute(update(InvitationRule).where(wanted).values(required=True))
    return [line.seat_id.hex for line in lines]


def answers(app: Flask, invited: Invited) -> list[str | None]:
    with app.app_context():
        lines = store.seats_with_holders(invited.event_id, [invited.offices["asmat"]])
        return [line.answer and str(line.answer) for line in lines]


def test_it_stands_beside_the_seat(client: FlaskClient, invited: Invited, keys: list[str]) -> None:
    page = client.get(invited.page).text
    assert page.count("<b>wajib</b>") == 2


def test_an_open_one_is_asked_about_once(app: Flask, client: FlaskClient, invited: Invited, keys: list[str]) -> None:
    asked = send(client, invited, {f"name-{keys[0]}": BONI, f"choice-{keys[0]}": "online"})
    assert asked.status_code == 422
    assert "1 kursi wajib belum dijawab" in asked.text
    assert answers(app, invited) == [None] * 5
    again = fields(asked.text, invited.page)
    assert again[f"name-{keys[0]}"] == BONI
    sent = client.post(invited.page, data=again | {"knows_open": "1"})
    assert sent.status_code == 303
    receipt = client.get(sent.location).text
    assert "1 kursi wajib belum dijawab." in receipt
    assert receipt.count("<b>wajib</b>") == 2


def test_nothing_is_asked_where_all_of_them_are_answered(
    app: Flask, client: FlaskClient, invited: Invited, keys: list[str]
) -> None:
    said = {f"name-{keys[0]}": BONI, f"choice-{keys[0]}": "online", f"choice-{keys[1]}": "decline"}
    refused = send(client, invited, said)
    assert refused.status_code == 422
    assert "Tulis alasan bila tidak ada yang hadir" in refused.text
    assert send(client, invited, said | {f"reason-{keys[1]}": "Jabatan kosong"}).status_code == 303
    assert answers(app, invited)[:3] == ["confirmed", "declined", None]
    later = send(client, invited, {f"choice-{keys[4]}": "decline"})
    assert later.status_code == 303  # the other seats need no reason, and nothing required is open


def test_the_organiser_is_not_asked(app: Flask, invited: Invited, keys: list[str]) -> None:
    path = f"/events/{invited.event_id}/offices/{invited.offices['asmat']}/answer"
    sari = invited.people.browser("sari")
    form = fields(sari.get(path).text, path)
    assert sari.post(path, data=form | {f"choice-{keys[0]}": "decline"}).status_code == 303


class TestTheNumber:
    def test_left_on_the_receipt_by_the_phone_that_answered(
        self, app: Flask, client: FlaskClient, invited: Invited
    ) -> None:
        with app.app_context():
            [first, *_] = store.seats_with_holders(invited.event_id, [invited.offices["asmat"]])
        key = first.seat_id.hex
        sent = send(client, invited, {f"name-{key}": BONI, f"choice-{key}": "online"})
        assert "Ganti ponsel nanti?" in client.get(sent.location).text
        client.post(f"{invited.page}/phones", data={"phone": "0812 0000 0147"})
        assert "Ganti ponsel nanti?" not in client.get(sent.location).text
        other = app.test_client()
        assert "berakhiran 47" in other.get(invited.page).text
        assert "Ganti ponsel nanti?" not in other.get(sent.location).text
