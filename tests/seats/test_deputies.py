"""Somebody stands in for whoever holds the post."""

from flask import Flask
from flask.testing import FlaskClient

from rakor.db import transaction
from rakor.events.models import Event
from tests.seats.acting import AGUS, BONI, keys_of, lines_of, name, send
from tests.seats.conftest import Invited
from tests.seats.reading import fields


class TestDeputies:
    def forbid(self, app: Flask, invited: Invited) -> None:
        with app.app_context(), transaction(unaudited="test") as session:
            session.get_one(Event, invited.event_id).delegation_allowed = False

    def test_the_history_keeps_both_and_lists_read_for_whom(
        self, app: Flask, client: FlaskClient, invited: Invited
    ) -> None:
        key = keys_of(app, invited)[0]
        send(client, invited, name(key, BONI))
        sent = send(client, invited, name(key, AGUS))
        assert "mewakili Kepala Kantor" in client.get(sent.location).text
        staff = invited.people.browser("sari").get(
            f"/events/{invited.event_id}/offices/{invited.offices['asmat']}"
        )
        assert "mewakili Kepala Kantor" in staff.text
        assert f"sebelumnya {BONI}, sampai" in staff.text

    def test_where_deputies_are_not_taken_a_successor_is(
        self, app: Flask, client: FlaskClient, invited: Invited
    ) -> None:
        self.forbid(app, invited)
        key = keys_of(app, invited)[0]
        assert "Kursi tidak dapat diwakilkan." in client.get(invited.page).text
        send(client, invited, name(key, BONI))
        refused = send(client, invited, name(key, AGUS))
        assert refused.status_code == 422
        assert "tidak menerima wakil" in refused.text
        assert fields(refused.text, invited.page)[f"name-{key}"] == AGUS
        assert lines_of(app, invited)[0].name == BONI
        assert send(client, invited, name(key, AGUS) | {f"who-{key}": "holder"}).status_code == 303
        line = lines_of(app, invited)[0]
        assert (line.name, line.on_behalf) == (AGUS, False)

    def test_the_organiser_may_still_name_one(self, app: Flask, client: FlaskClient, invited: Invited) -> None:
        self.forbid(app, invited)
        key = keys_of(app, invited)[0]
        send(client, invited, name(key, BONI))
        path = f"/events/{invited.event_id}/offices/{invited.offices['asmat']}/answer"
        sari = invited.people.browser("sari")
        said = fields(sari.get(path).text, path) | name(key, AGUS) | {f"who-{key}": "deputy"}
        assert sari.post(path, data=said).status_code == 303
        assert lines_of(app, invited)[0].on_behalf
