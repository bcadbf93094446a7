"""An office answers over HTTP: names kept whatever happens, one person for a double click, deputies."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from rakor.db import db
from rakor.events import links
from rakor.events.models import LinkPurpose
from rakor.registrations.models import Registration, Ticket
from rakor.seats import store
from rakor.seats.models import OfficeAnswer
from tests.seats.acting import keys_of, people_of
from tests.seats.conftest import Invited
from tests.seats.reading import fields

WORDS = ("Satu", "Dua", "Tiga", "Empat", "Lima", "Enam", "Tujuh", "Delapan")


class TestAnOfficeAnswers:
    def test_p1_no_account(self, app: Flask, client: FlaskClient, invited: Invited) -> None:
        """The operator of Asmat opens the link, names two people, and holds a receipt and their links."""
        page = client.get(invited.page)
        assert page.status_code == 200
        for words in ("Kantor Kabupaten Asmat", "Papua Selatan", "Jawab sebelum", "19.00\u00a0WIT", "17.00\u00a0WIB",
                      "Sisa 1 hari 4 jam", "Perjalanan ditanggung", "1. Kepala Kantor", "0 dari 5 kursi"):  # fmt: skip
            assert words in page.text
        keys = keys_of(app, invited)
        form = fields(page.text, invited.page)
        form |= {f"name-{keys[2]}": "Paulus Contoh, S.Sos.", f"choice-{keys[2]}": "online"}
        form |= {f"choice-{keys[3]}": "decline", f"reason-{keys[3]}": "Dinas luar"}
        sent = client.post(invited.page, data=form)
        assert (sent.status_code, sent.location) == (303, f"{invited.page}/receipt")
        receipt = client.get(sent.location)
        for words in ("Jawaban diterima 14.58\u00a0WIT", "2 dari 5 kursi", "Paulus Contoh, S.Sos.", "Dinas luar"):
            assert words in receipt.text
        with app.app_context():
            person = db.session.scalars(select(Registration)).one()
            path = links.path_of(invited.event_id, LinkPurpose.PERSON, person.id)
        assert f"http://localhost{path}" in receipt.text
        assert client.get(path).status_code == 200
        again = client.get(invited.page)
        assert "2 dari 5 kursi" in again.text
        assert "Hadir daring" in again.text

    def test_a_double_click_makes_one_person(self, app: Flask, client: FlaskClient, invited: Invited) -> None:
        form = fields(client.get(invited.page).text, invited.page)
        key = keys_of(app, invited)[0]
        form |= {f"name-{key}": "Bonifasius Contoh", f"choice-{key}": "onsite"}
        first, second = client.post(invited.page, data=form), client.post(invited.page, data=form)
        assert first.location == second.location == f"{invited.page}/receipt"
        assert people_of(app) == ["Bonifasius Contoh"]
        with app.app_context():
            assert len(db.session.scalars(select(OfficeAnswer)).all()) == 1

    def test_all_online_without_scripts_keeps_what_was_typed(
        self, app: Flask, client: FlaskClient, invited: Invited
    ) -> None:
        form = fields(client.get(invited.page).text, invited.page)
        key = keys_of(app, invited)[0]
        filled = client.post(invited.page, data=form | {f"name-{key}": "Bonifasius Contoh", "fill": "online"})
        assert filled.status_code == 200
        again = fields(filled.text, invited.page)
        assert [again[f"choice-{k}"] for k in keys_of(app, invited)] == ["online"] * 5
        assert again[f"name-{key}"] == "Bonifasius Contoh"
        assert "Konfirmasi 1 kursi" in filled.text
        assert people_of(app) == []
        assert client.post(invited.page, data=again).status_code == 303
        assert people_of(app) == ["Bonifasius Contoh"]

    @pytest.mark.parametrize(
        ("name", "words"),
        [("A", "paling sedikit 2"), ("N" * 200, "paling panjang 120"), ("Bo\x00ni", "tidak dapat disimpan")],
    )
    def test_a_bad_name_loses_nothing(
        self, app: Flask, client: FlaskClient, invited: Invited, name: str, words: str
    ) -> None:
        form = fields(client.get(invited.page).text, invited.page)
        keys = keys_of(app, invited)
        form |= {f"name-{keys[0]}": name, f"choice-{keys[0]}": "online"}
        form |= {f"name-{keys[1]}": "Agustina Contoh", f"choice-{keys[1]}": "onsite"}
        answer = client.post(invited.page, data=form)
        assert answer.status_code == 422
        assert words in answer.text
        again = fields(answer.text, invited.page)
        assert again[f"name-{keys[1]}"] == "Agustina Contoh"
        assert again[f"choice-{keys[1]}"] == "onsite"
        assert people_of(app) == []

    @pytest.mark.parametrize("name", ["محمد صالح", "ꦱꦸꦏꦂꦤꦺꦴ", "O'Brien, S.T., M.Eng.", "Sukarno"])
    def test_names_of_the_whole_archipelago(self, app: Flask, client: FlaskClient, invited: Invited, name: str) -> None:
        form = fields(client.get(invited.page).text, invited.page)
        key = keys_of(app, invited)[0]
        client.post(invited.page, data=form | {f"name-{key}": name, f"choice-{key}": "online"})
        html = client.get(f"{invited.page}/receipt").text
        assert name.replace("'", "&#39;") in html

    def test_nothing_filled_in_says_so(self, client: FlaskClient, invited: Invited) -> None:
        form = fields(client.get(invited.page).text, invited.page)
        answer = client.post(invited.page, data=form)
        assert answer.status_code == 422
        assert "Belum ada yang diisi" in answer.text
        empty = client.post(invited.page, data={})
        assert empty.status_code == 422

    def test_the_later_operator_sees_what_the_earlier_saved(
        self, app: Flask, client: FlaskClient, invited: Invited
    ) -> None:
        keys = keys_of(app, invited)
        page = client.get(invited.page).text
        early, late = fields(page, invited.page), fields(client.get(invited.page).text, invited.page)
        client.post(invited.page, data=early | {f"name-{keys[0]}": "Bonifasius Contoh", f"choice-{keys[0]}": "online"})
        late |= {f"name-{keys[0]}": "Agustina Contoh", f"choice-{keys[0]}": "onsite"}
        late |= {f"name-{keys[1]}": "Paulus Contoh", f"choice-{keys[1]}": "onsite"}
        answer = client.post(invited.page, data=late)
        assert answer.status_code == 409
        assert "Bonifasius Contoh" in answer.text
        assert "baru saja dijawab dari perangkat lain" in answer.text
        assert people_of(app) == ["Bonifasius Contoh"]
        again = fields(answer.text, invited.page)
        assert again[f"name-{keys[0]}"] == "Agustina Contoh"
        assert client.post(invited.page, data=again).status_code == 303
        assert people_of(app) == ["Agustina Contoh", "Bonifasius Contoh", "Paulus Contoh"]

    def test_two_operators_with_the_same_names_both_succeed(
        self, app: Flask, client: FlaskClient, invited: Invited
    ) -> None:
        key = keys_of(app, invited)[0]
        said = {f"name-{key}": "Bonifasius Contoh", f"choice-{key}": "online"}
        forms = [fields(client.get(invited.page).text, invited.page) | said for _ in range(2)]
        answers = [client.post(invited.page, data=form) for form in forms]
        assert [answer.status_code for answer in answers] == [303, 303]
        assert people_of(app) == ["Bonifasius Contoh"]

    def test_of_many_at_once_exactly_one_takes_the_seat(self, app: Flask, invited: Invited) -> None:
        key = keys_of(app, invited)[0]
        form = fields(app.test_client().get(invited.page).text, invited.page)
        forms = [form | {f"name-{key}": f"Orang {word} Contoh", f"choice-{key}": "online"} for word in WORDS]
        for form in forms:
            form["idempotency_key"] = str(uuid4())
        with ThreadPoolExecutor(len(forms)) as together:
            codes = list(together.map(lambda f: app.test_client().post(invited.page, data=f).status_code, forms))
        assert sorted(codes) == [303] + [409] * (len(forms) - 1)
        assert len(people_of(app)) == 1

    def test_o9_a_deputy_kills_the_old_ticket(self, app: Flask, client: FlaskClient, invited: Invited) -> None:
        key = keys_of(app, invited)[0]
        for name in ("Bonifasius Contoh", "Agustina Contoh"):
            form = fields(client.get(invited.page).text, invited.page)
            client.post(invited.page, data=form | {f"name-{key}": name, f"choice-{key}": "onsite"})
        with app.app_context():
            tickets = db.session.scalars(select(Ticket)).all()
            assert sorted(ticket.revoked_at is None for ticket in tickets) == [False, True]
            assert store.seats_with_holders(invited.event_id, [invited.offices["asmat"]])[0].on_behalf
        html = client.get(f"{invited.page}/receipt").text
        assert "Agustina Contoh" in html
        assert "Bonifasius Contoh" not in html
