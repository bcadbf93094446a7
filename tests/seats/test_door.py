"""When and for whom the office's page is open."""

from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from rakor import clock
from rakor.db import transaction
from rakor.events import links
from rakor.events.models import Event, LinkPurpose
from rakor.events.rules import Stage
from rakor.seats.models import Seat
from tests import make
from tests.seats.acting import keys_of, people_of
from tests.seats.conftest import DEADLINE, Invited
from tests.seats.reading import fields


class TestTheDoor:
    def test_after_the_deadline_it_is_read_only_with_the_contact(
        self, app: Flask, client: FlaskClient, invited: Invited
    ) -> None:
        form = fields(client.get(invited.page).text, invited.page)
        key = keys_of(app, invited)[0]
        with app.app_context(), transaction(unaudited="test") as session:
            event = session.get_one(Event, invited.event_id)
            event.contact_name, event.contact_phone = "Dewi Contoh", "0812 0000 0147"
        with clock.freeze(DEADLINE, everywhere=True):
            page = client.get(invited.page)
            assert '<form class="stack" id="answer"' not in page.text
            assert "Dewi Contoh" in page.text
            late = client.post(invited.page, data=form | {f"name-{key}": "Agustina Contoh", f"choice-{key}": "onsite"})
        assert late.status_code == 409
        assert "Agustina Contoh" in late.text
        assert people_of(app) == []

    def test_the_organiser_answers_after_the_deadline(self, app: Flask, invited: Invited) -> None:
        path = f"/events/{invited.event_id}/offices/{invited.offices['asmat']}/answer"
        key = keys_of(app, invited)[0]
        with clock.freeze(DEADLINE + timedelta(hours=3), everywhere=True):
            sari = invited.people.browser("sari")
            form = fields(sari.get(path).text, path)
            sent = sari.post(path, data=form | {f"name-{key}": "Agustina Contoh", f"choice-{key}": "onsite"})
        assert sent.status_code == 303
        assert people_of(app) == ["Agustina Contoh"]

    def test_foreign_and_wrong_tokens_do_not_exist(self, app: Flask, client: FlaskClient, invited: Invited) -> None:
        assert client.get("/o/" + "a" * 26).status_code == 404
        with app.app_context(), transaction(unaudited="test"):
            person = make.registration(invited.event_id)
            links.make_links(invited.event_id, LinkPurpose.PERSON, [person.id], now=make.AT)
            token = links.token_of(invited.event_id, LinkPurpose.PERSON, person.id)
        assert client.get(f"/o/{token}").status_code == 404

    def test_a_draft_does_not_exist_and_a_cancelled_event_says_so(
        self, app: Flask, client: FlaskClient, invited: Invited
    ) -> None:
        for stage, status in ((Stage.DRAFT, 404), (Stage.CANCELLED, 200)):
            with app.app_context(), transaction(unaudited="test") as session:
                session.get_one(Event, invited.event_id).stage = stage
            assert client.get(invited.page).status_code == status
        assert "dibatalkan" in client.get(invited.page).text

    def test_a_seat_of_another_office_is_not_touched(self, app: Flask, client: FlaskClient, invited: Invited) -> None:
        form = fields(client.get(invited.page).text, invited.page)
        mappi = keys_of(app, invited, "mappi")[0]
        stolen = client.post(
            invited.page, data=form | {f"name-{mappi}": "Agustina Contoh", f"choice-{mappi}": "online"}
        )
        assert stolen.status_code == 422
        assert people_of(app) == []

    def test_an_office_no_longer_invited_is_told(self, app: Flask, client: FlaskClient, invited: Invited) -> None:
        with app.app_context(), transaction(unaudited="test") as session:
            for seat in session.scalars(select(Seat)):
                seat.withdrawn_at = make.AT
        assert "tidak lagi diundang" in client.get(invited.page).text
