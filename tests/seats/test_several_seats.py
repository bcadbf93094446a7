"""One person on several seats of an office, over HTTP."""

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from rakor.db import db
from rakor.registrations.models import Registration, Ticket
from rakor.seats import store
from tests.seats.acting import AGUS, BONI, keys_of, lines_of, name, send
from tests.seats.conftest import Invited
from tests.seats.reading import fields


class TestOnePersonOnSeveralSeats:
    def test_one_registration_one_ticket_and_it_dies_with_the_last_seat(
        self, app: Flask, client: FlaskClient, invited: Invited
    ) -> None:
        first, second, third, *_ = keys_of(app, invited)
        sent = send(client, invited, name(first, BONI) | {f"as-{third}": first})
        assert sent.status_code == 303
        held = lines_of(app, invited)
        assert held[0].registration_id == held[2].registration_id is not None
        with app.app_context():
            assert store.numbers(invited.event_id).heads == 1
            assert store.numbers(invited.event_id).total.confirmed == 2
            person = db.session.scalars(select(Registration)).one()
            assert "layanan informasi" in person.search_key
        assert "satu tiket" in client.get(sent.location).text
        send(client, invited, {f"as-{second}": third})
        assert len({line.registration_id for line in lines_of(app, invited)[:3]}) == 1
        send(client, invited, name(first, AGUS))
        send(client, invited, {f"choice-{second}": "decline"})
        with app.app_context():
            living = {t.registration_id for t in db.session.scalars(select(Ticket)) if t.revoked_at is None}
            person = db.session.scalars(select(Registration).where(Registration.name == BONI)).one()
            assert person.id in living
            assert person.post == "Kepala Bidang Layanan Informasi"  # the seat that is left
        send(client, invited, {f"choice-{third}": "decline"})
        with app.app_context():
            tickets = db.session.scalars(select(Ticket).join(Registration, Registration.id == Ticket.registration_id))
            assert sum(ticket.revoked_at is None for ticket in tickets) == 1

    def test_an_earlier_seat_takes_the_person_of_a_later_one(
        self, app: Flask, client: FlaskClient, invited: Invited
    ) -> None:
        first, _, third, *_ = keys_of(app, invited)
        assert send(client, invited, {f"as-{first}": third} | name(third, BONI)).status_code == 303
        held = lines_of(app, invited)
        assert held[0].registration_id == held[2].registration_id is not None
        with app.app_context():
            assert db.session.scalars(select(Registration)).one().post == "Kepala Kantor"  # the first of the seats

    def test_undone_by_saying_it_is_somebody_else(self, app: Flask, client: FlaskClient, invited: Invited) -> None:
        first, _, third, *_ = keys_of(app, invited)
        send(client, invited, name(first, BONI) | {f"as-{third}": first})
        send(client, invited, {f"as-{third}": ""})
        held = lines_of(app, invited)
        assert (held[0].name, held[2].name) == (BONI, BONI)
        assert held[0].registration_id != held[2].registration_id

    def test_a_name_twice_is_offered_on_the_receipt_and_merged_only_by_a_touch(
        self, app: Flask, client: FlaskClient, invited: Invited
    ) -> None:
        first, _, third, *_ = keys_of(app, invited)
        sent = send(client, invited, name(first, BONI) | name(third, "Bonifasius  CONTOH, S.E."))
        page = client.get(sent.location).text
        assert "Namanya sama dengan kursi 1. Orang yang sama?" in page
        assert len({line.registration_id for line in lines_of(app, invited) if line.registration_id}) == 2
        merged = client.post(invited.page, data=fields(page, invited.page))
        assert merged.status_code == 303
        held = lines_of(app, invited)
        assert held[0].registration_id == held[2].registration_id
        assert "Orang yang sama?" not in client.get(merged.location).text

    def test_pointing_at_nobody_keeps_what_was_typed(self, app: Flask, client: FlaskClient, invited: Invited) -> None:
        first, second, third, *_ = keys_of(app, invited)
        answer = send(client, invited, name(second, AGUS) | {f"as-{third}": first})
        assert answer.status_code == 422
        assert "belum berisi nama" in answer.text
        again = fields(answer.text, invited.page)
        assert (again[f"as-{third}"], again[f"name-{second}"]) == (first, AGUS)
