"""The open form over HTTP: who gets in, once each, and what is written down."""

from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from rakor.db import db
from rakor.events.models import Event
from rakor.outbox import Job
from rakor.registrations.models import Ticket
from rakor.registrations.notice import NOTICE_VERSION
from rakor.registrations.rules import Mode, RegistrationState
from tests.conftest import MOMENT
from tests.registrations.form import filled, open_event, post, rows

pytestmark = pytest.mark.usefixtures("moment")


def test_a_good_form_ends_at_the_persons_own_page(app: Flask, client: FlaskClient) -> None:
    slug = open_event(app)
    answer = post(client, slug)
    assert answer.status_code == 303
    assert answer.location.startswith("/p/")
    page = client.get(answer.location)
    assert page.status_code == 200
    assert "Dr. Ahmad Contoh, S.T., M.Eng." in page.text
    assert "Terdaftar" in page.text
    (row,) = rows(app)
    assert (row.name, row.front_title, row.back_title) == ("Ahmad Contoh", "Dr.", "S.T., M.Eng.")
    assert (row.state, row.mode, row.phone) == (RegistrationState.REGISTERED, Mode.ONLINE, "+6281200000147")
    assert (row.province_code, row.regency_code, row.notice_version) == ("33", "3374", NOTICE_VERSION)
    assert row.consented_at == MOMENT
    with app.app_context():
        assert db.session.scalar(select(Event.registered_count)) == 1
        assert db.session.scalar(select(func.count()).select_from(Ticket)) == 1
        assert db.session.scalars(select(Job.name)).all() == ["registration.received"]


def test_the_same_sending_twice_is_one_registration_and_one_answer(app: Flask, client: FlaskClient) -> None:
    slug = open_event(app)
    sending = filled()
    first, second = (client.post(f"/e/{slug}/registration", data=sending) for _ in range(2))
    assert first.location == second.location
    assert len(rows(app)) == 1


def test_the_back_button_with_another_name_is_another_person(app: Flask, client: FlaskClient) -> None:
    slug, key = open_event(app), str(uuid4())
    first = post(client, slug, idempotency_key=key)
    second = post(client, slug, idempotency_key=key, name="Siti Contoh")
    assert first.location != second.location
    assert {row.name for row in rows(app)} == {"Ahmad Contoh", "Siti Contoh"}


@pytest.mark.parametrize("change", [{"email": "Ahmad@Contoh.id", "phone": "0812 0000 0999"}, {"email": "x@contoh.id"}])
def test_a_person_who_is_known_gets_the_link_again_and_the_sender_learns_nothing(
    app: Flask, client: FlaskClient, change: dict[str, str]
) -> None:
    slug = open_event(app)
    post(client, slug)
    answer = post(client, slug, name="AHMAD CONTOH, S.T.", **change)
    assert (answer.status_code, answer.location) == (303, f"/e/{slug}/link-requests/sent")
    assert len(rows(app)) == 1
    with app.app_context():
        assert "registration.link_wanted" in db.session.scalars(select(Job.name)).all()


def test_an_office_may_share_its_address(app: Flask, client: FlaskClient) -> None:
    slug = open_event(app)
    post(client, slug)
    assert post(client, slug, name="Siti Contoh").location.startswith("/p/")
    assert len(rows(app)) == 2


def test_a_stale_form_without_its_key_still_registers_once_per_person(app: Flask, client: FlaskClient) -> None:
    slug = open_event(app)
    for key in ("", "not-a-uuid", None):
        post(client, slug, idempotency_key=key)
    assert len(rows(app)) == 1


def test_the_notice_names_every_kind_of_data(app: Flask, client: FlaskClient) -> None:
    page = client.get(f"/e/{open_event(app)}/privacy")
    assert page.status_code == 200
    for words in (NOTICE_VERSION, "Nomor WhatsApp", "NIP", "90 hari setelah laporan disetujui", "3 × 24 jam"):
        assert words in page.text
