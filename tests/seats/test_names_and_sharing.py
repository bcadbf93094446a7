"""Names of an earlier event, and all tickets in one text."""

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from rakor.db import db, transaction
from rakor.registrations.models import Registration
from rakor.seats import store
from tests import make
from tests.counting import selects
from tests.seats.acting import AGUS, BONI, keys_of, lines_of, name, send
from tests.seats.conftest import Invited
from tests.seats.reading import fields


class TestEarlierNames:
    def test_proposed_for_the_same_office_and_role_and_saved_only_by_confirming(
        self, app: Flask, client: FlaskClient, invited: Invited
    ) -> None:
        with app.app_context(), transaction(unaudited="test"):
            past = make.event(
                invited.people.institution_id, starts_on=make.date(2025, 5, 1), ends_on=make.date(2025, 5, 2),
                short_title="Rakornas 2025",
            )  # fmt: skip
            for title, who, deputy in (("Kepala Kantor", BONI, False), ("Operator PPID", AGUS, True)):
                role = make.role(past.id, title, position=9 if deputy else 1)
                seat = make.seat(past.id, invited.offices["asmat"], role.id, answer=store_answer())
                person = make.registration(past.id, name=who, back_title="M.Si.", phone="+6281200000147")
                make.holding(seat, person, on_behalf=deputy)
        page = client.get(invited.page)
        assert "Ambil 1 nama dari kegiatan terdahulu" in page.text
        assert BONI not in page.text
        keys = keys_of(app, invited)
        filled = client.post(invited.page, data=fields(page.text, invited.page) | {"fill": "earlier"})
        said = fields(filled.text, invited.page)
        assert said[f"name-{keys[0]}"] == f"{BONI}, M.Si."
        assert "Dari Rakornas 2025, ponsel berakhiran 47" in filled.text
        assert "0147" not in filled.text
        assert lines_of(app, invited)[0].answer is None
        assert client.post(invited.page, data=said | {f"choice-{keys[0]}": "onsite"}).status_code == 303
        assert lines_of(app, invited)[0].name == f"{BONI}, M.Si."

    def test_a_typed_name_is_not_overwritten(self, app: Flask, client: FlaskClient, invited: Invited) -> None:
        key = keys_of(app, invited)[0]
        form = fields(client.get(invited.page).text, invited.page) | {f"name-{key}": AGUS, "fill": "earlier"}
        assert fields(client.post(invited.page, data=form).text, invited.page)[f"name-{key}"] == AGUS


class TestSharing:
    def test_one_text_with_every_link_and_a_page_of_tickets(
        self, app: Flask, client: FlaskClient, invited: Invited
    ) -> None:
        first, second, third, *_ = keys_of(app, invited)
        send(client, invited, name(first, BONI) | name(second, AGUS) | {f"as-{third}": first})
        page = client.get(f"{invited.page}/receipt").text
        with app.app_context():
            paths = store.person_paths(invited.event_id, db.session.scalars(select(Registration.id)).all())
        text = page[page.index("<textarea") : page.index("</textarea>")]
        assert [text.count(path) for path in paths.values()] == [1, 1]
        assert f"{BONI} (Kepala Kantor, Kepala Bidang Layanan Informasi)" in text
        assert "https://wa.me/?text=" in page
        tickets = client.get(f"{invited.page}/tickets").text
        assert tickets.count('class="qr"') == 2
        assert tickets.count("slip\"") == 2

    def test_constant_queries(self, app: Flask, client: FlaskClient, invited: Invited) -> None:
        counted = []
        for place in (0, 1):
            send(client, invited, name(keys_of(app, invited)[place], f"Orang {'AB'[place]} Contoh"))
            pages = (invited.page, f"{invited.page}/receipt", f"{invited.page}/tickets")
            counted.append([selects(app, client, path) for path in pages])
        assert counted[0] == counted[1]
        assert max(counted[0]) <= 16


def store_answer() -> object:
    from rakor.seats.models import SeatAnswer

    return SeatAnswer.CONFIRMED
