"""Another phone needs the number that answered first, or the organiser."""

from datetime import timedelta
from urllib.parse import unquote
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from rakor import clock
from rakor.audit import AuditEntry
from rakor.db import db, transaction
from rakor.events.models import Event
from rakor.seats.models import Holding
from rakor.seats.office_models import OfficePhone, OfficeSpeaker
from tests.seats.acting import AGUS, BONI, keys_of, lines_of, name, send
from tests.seats.conftest import Invited
from tests.seats.reading import fields

NUMBER, OTHER = "0812 0000 0147", "0812 0000 0199"


class TestAnotherPhone:
    def answered(self, app: Flask, client: FlaskClient, invited: Invited, phone: str = NUMBER) -> str:
        key = keys_of(app, invited)[0]
        sent = send(client, invited, name(key, BONI) | {"phone": phone, "operator": "Yosepina Contoh"})
        assert sent.status_code == 303
        return key

    def test_the_first_phone_goes_on_the_other_needs_the_number(
        self, app: Flask, client: FlaskClient, invited: Invited
    ) -> None:
        key = self.answered(app, client, invited)
        assert send(client, invited, name(key, "Bonifasius Contoh, S.E.")).status_code == 303
        other = app.test_client()
        page = other.get(invited.page).text
        assert "berakhiran 47" in page
        assert "0147" not in page.replace("berakhiran 47", "")
        refused = send(other, invited, name(key, AGUS))
        assert refused.status_code == 409
        assert fields(refused.text, invited.page)[f"name-{key}"] == AGUS
        wrong = send(other, invited, name(key, AGUS) | {"phone": OTHER})
        assert wrong.status_code == 422
        assert "bukan nomor yang pertama menjawab" in wrong.text
        assert lines_of(app, invited)[0].name == "Bonifasius Contoh, S.E."
        assert send(other, invited, name(key, AGUS) | {"phone": "+62 812-0000-0147"}).status_code == 303
        assert lines_of(app, invited)[0].name == AGUS
        assert send(other, invited, name(key, BONI)).status_code == 303

    def test_the_number_rests_encrypted_and_the_phone_as_a_hash(
        self, app: Flask, client: FlaskClient, invited: Invited
    ) -> None:
        self.answered(app, client, invited)
        with app.app_context():
            raw = db.session.connection().exec_driver_sql("SELECT phone, phone_index FROM office_speaker").one()
            assert b"0147" not in bytes(raw[0]) + bytes(raw[1])
            assert db.session.scalars(select(OfficeSpeaker)).one().phone == "+6281200000147"
            cookie = client.get_cookie("rakor_phone", path="/o/")
            assert cookie is not None
            assert cookie.http_only
            assert cookie.value.encode() not in db.session.scalars(select(OfficePhone)).one().device_hash

    def test_tickets_stay_on_the_phones_that_may_speak(self, app: Flask, client: FlaskClient, invited: Invited) -> None:
        self.answered(app, client, invited)
        other, receipt = app.test_client(), f"{invited.page}/receipt"
        assert "/p/" in client.get(receipt).text
        shown = other.get(receipt).text
        assert BONI in shown
        assert "/p/" not in shown
        assert other.get(f"{invited.page}/tickets").location == receipt
        wrong = other.post(f"{invited.page}/phones", data={"phone": OTHER})
        assert wrong.status_code == 422
        assert other.post(f"{invited.page}/phones", data={"phone": NUMBER}).location == receipt
        assert "/p/" in other.get(receipt).text
        assert other.get(f"{invited.page}/tickets").status_code == 200

    def test_five_tries_then_even_the_right_number_waits(
        self, app: Flask, client: FlaskClient, invited: Invited
    ) -> None:
        key = self.answered(app, client, invited)
        other = app.test_client()
        for _ in range(5):
            assert send(other, invited, name(key, AGUS) | {"phone": OTHER}).status_code == 422
        late = send(other, invited, name(key, AGUS) | {"phone": NUMBER})
        assert late.status_code == 409
        assert "terlalu banyak percobaan" in late.text
        with clock.freeze(clock.now() + timedelta(minutes=16), everywhere=True):
            assert send(other, invited, name(key, AGUS) | {"phone": NUMBER}).status_code == 303

    def test_without_a_number_only_the_organiser_releases(
        self, app: Flask, client: FlaskClient, invited: Invited
    ) -> None:
        key = self.answered(app, client, invited, "")
        with app.app_context(), transaction(unaudited="test") as session:
            session.get_one(Event, invited.event_id).contact_phone = "0812 0000 0001"
        other = app.test_client()
        page = other.get(invited.page).text
        assert "hanya ponsel itu atau panitia" in page
        office = f"/events/{invited.event_id}/offices/{invited.offices['asmat']}"
        assert office in unquote(page)
        assert 'id="answer"' not in page
        said = fields(client.get(invited.page).text, invited.page) | name(key, AGUS) | {"idempotency_key": ""}
        assert other.post(invited.page, data=said).status_code == 409
        released = invited.people.browser("sari").post(f"{office}/release", follow_redirects=True)
        assert "dapat dijawab dari ponsel lain" in released.text
        assert send(other, invited, name(key, AGUS) | {"phone": OTHER}).status_code == 303
        assert send(client, invited, {}).status_code in (303, 422)
        assert "berakhiran 99" in client.get(invited.page).text
        with app.app_context():
            acts = db.session.scalars(select(AuditEntry.action)).all()
            assert "seats.release" in acts

    def test_a_number_that_is_none_is_told_and_nothing_is_saved(
        self, app: Flask, client: FlaskClient, invited: Invited
    ) -> None:
        key = keys_of(app, invited)[0]
        bad = send(client, invited, name(key, BONI) | {"phone": "0812"})
        assert bad.status_code == 422
        again = fields(bad.text, invited.page)
        assert (again["phone"], again[f"name-{key}"]) == ("0812", BONI)
        assert lines_of(app, invited)[0].answer is None

    def test_a_repeat_without_cookie_gets_the_first_receipt(
        self, app: Flask, client: FlaskClient, invited: Invited
    ) -> None:
        key = keys_of(app, invited)[0]
        form = fields(client.get(invited.page).text, invited.page) | name(key, BONI)
        assert [app.test_client().post(invited.page, data=form).status_code for _ in range(2)] == [303, 303]
        with app.app_context():
            assert len(db.session.scalars(select(Holding)).all()) == 1

    def test_what_the_organiser_answers_locks_nobody_out(
        self, app: Flask, client: FlaskClient, invited: Invited
    ) -> None:
        path = f"/events/{invited.event_id}/offices/{invited.offices['asmat']}/answer"
        sari, key = invited.people.browser("sari"), keys_of(app, invited)[0]
        sari.post(path, data=fields(sari.get(path).text, path) | name(key, BONI))
        assert send(client, invited, name(key, AGUS)).status_code == 303


def test_a_release_needs_a_registrar(invited: Invited) -> None:
    path = f"/events/{invited.event_id}/offices/{invited.offices['asmat']}/release"
    assert invited.people.browser("rina").post(path).status_code == 403
    assert invited.people.browser("joko").post(path).status_code == 404
    assert isinstance(invited.event_id, UUID)
