"""When the open form takes nobody, or not at once: closed, full, waiting, by approval."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from rakor.events.rules import Stage
from rakor.registrations.rules import RegistrationState
from tests.conftest import MOMENT
from tests.registrations.form import open_event, post, rows

pytestmark = pytest.mark.usefixtures("moment")


def test_doors_say_when(app: Flask, client: FlaskClient) -> None:
    closed = open_event(app, registration_closes_at=MOMENT - timedelta(hours=1))
    soon = open_event(app, registration_opens_at=MOMENT + timedelta(days=1))
    called_off = open_event(app, stage=Stage.CANCELLED)
    invited = open_event(app, open_registration=False)
    for slug, words in (
        (closed, "Ditutup Selasa, 24\u00a0November, 07.55\u00a0WIB"),
        (soon, "Dibuka Rabu, 25\u00a0November, 08.55\u00a0WIB"),
        (called_off, "dibatalkan"),
        (invited, "untuk yang diundang"),
    ):
        assert words in client.get(f"/e/{slug}/registration").text
        assert post(client, slug).status_code == 409
    assert client.get(f"/e/{open_event(app, stage=Stage.DRAFT)}/registration").status_code == 404
    assert not rows(app)


def test_full_says_so_and_offers_the_waiting_list_with_what_was_typed(app: Flask, client: FlaskClient) -> None:
    slug = open_event(app, capacity=1)
    post(client, slug)
    full = post(client, slug, name="Siti Contoh", phone="0812 0000 0148", email=None)
    assert full.status_code == 409
    assert "Penuh" in full.text
    assert "Siti Contoh" in full.text
    assert 'value="yes"' in full.text
    waits = post(client, slug, name="Siti Contoh", phone="0812 0000 0148", email=None, wait="yes")
    page = client.get(waits.location).text
    assert "Anda nomor 1 di daftar tunggu" in page
    assert 'class="qr"' not in page
    assert client.get(waits.location + "/ticket.png").status_code == 404


def test_full_without_a_waiting_list_is_the_end(app: Flask, client: FlaskClient) -> None:
    slug = open_event(app, capacity=0, waiting_list=False)
    answer = post(client, slug, wait="yes")
    assert answer.status_code == 409
    assert "Tidak ada daftar tunggu" in answer.text


def test_an_event_with_approval_takes_applicants(app: Flask, client: FlaskClient) -> None:
    slug = open_event(app, needs_approval=True, capacity=1)
    page = client.get(post(client, slug).location).text
    assert "sedang diperiksa panitia" in page
    assert rows(app)[0].state is RegistrationState.APPLIED
