"""The office's page as offices use it, and the organiser's pages, over HTTP on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from rakor import clock
from rakor.db import db, transaction
from rakor.events import links
from rakor.events.models import AccessLink, Event, LinkPurpose
from rakor.events.rules import Stage
from rakor.offices import store as offices
from rakor.registrations.models import Registration, Ticket
from rakor.seats import store
from rakor.seats.models import OfficeAnswer, Seat
from tests import make
from tests.counting import selects
from tests.seats.conftest import DEADLINE, Invited
from tests.seats.reading import fields

WORDS = ("Satu", "Dua", "Tiga", "Empat", "Lima", "Enam", "Tujuh", "Delapan")


def seat_keys(app: Flask, invited: Invited, office: str = "asmat") -> list[str]:
    with app.app_context():
        return [line.seat_id.hex for line in store.seats_with_holders(invited.event_id, [invited.offices[office]])]


def people_of(app: Flask) -> list[str]:
    with app.app_context():
        return sorted(row.name for row in db.session.scalars(select(Registration)))


class TestAnOfficeAnswers:
    def test_p1_no_account(self, app: Flask, client: FlaskClient, invited: Invited) -> None:
        """The operator of Asmat opens the link, names two people, and holds a receipt and their links."""
        page = client.get(invited.page)
        assert page.status_code == 200
        for words in ("Kantor Kabupaten Asmat", "Papua Selatan", "Jawab sebelum", "19.00\u00a0WIT", "17.00\u00a0WIB",
                      "Sisa 1 hari 4 jam", "Perjalanan ditanggung", "1. Kepala Kantor", "0 dari 5 kursi"):  # fmt: skip
            assert words in page.text
        keys = seat_keys(app, invited)
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
        key = seat_keys(app, invited)[0]
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
        key = seat_keys(app, invited)[0]
        filled = client.post(invited.page, data=form | {f"name-{key}": "Bonifasius Contoh", "fill": "online"})
        assert filled.status_code == 200
        again = fields(filled.text, invited.page)
        assert [again[f"choice-{k}"] for k in seat_keys(app, invited)] == ["online"] * 5
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
        keys = seat_keys(app, invited)
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
        key = seat_keys(app, invited)[0]
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
        keys = seat_keys(app, invited)
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
        key = seat_keys(app, invited)[0]
        said = {f"name-{key}": "Bonifasius Contoh", f"choice-{key}": "online"}
        forms = [fields(client.get(invited.page).text, invited.page) | said for _ in range(2)]
        answers = [client.post(invited.page, data=form) for form in forms]
        assert [answer.status_code for answer in answers] == [303, 303]
        assert people_of(app) == ["Bonifasius Contoh"]

    def test_of_many_at_once_exactly_one_takes_the_seat(self, app: Flask, invited: Invited) -> None:
        key = seat_keys(app, invited)[0]
        form = fields(app.test_client().get(invited.page).text, invited.page)
        forms = [form | {f"name-{key}": f"Orang {word} Contoh", f"choice-{key}": "online"} for word in WORDS]
        for form in forms:
            form["idempotency_key"] = str(uuid4())
        with ThreadPoolExecutor(len(forms)) as together:
            codes = list(together.map(lambda f: app.test_client().post(invited.page, data=f).status_code, forms))
        assert sorted(codes) == [303] + [409] * (len(forms) - 1)
        assert len(people_of(app)) == 1

    def test_o9_a_deputy_kills_the_old_ticket(self, app: Flask, client: FlaskClient, invited: Invited) -> None:
        key = seat_keys(app, invited)[0]
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


class TestTheDoor:
    def test_after_the_deadline_it_is_read_only_with_the_contact(
        self, app: Flask, client: FlaskClient, invited: Invited
    ) -> None:
        form = fields(client.get(invited.page).text, invited.page)
        key = seat_keys(app, invited)[0]
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
        key = seat_keys(app, invited)[0]
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
        mappi = seat_keys(app, invited, "mappi")[0]
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


class TestTheInvitation:
    def test_o1_seats_from_rules_by_the_map_of_2021(self, app: Flask, invited: Invited) -> None:
        """The whole way: offices by the ready pattern, a ready set, the counts, the seats; twice nothing twice."""
        with app.app_context(), transaction(unaudited="test") as session:
            body = make.institution(name="Komisi Contoh")
            event = make.event(body.id, regions_as_of=make.date(2021, 10, 27))
            make.grant(event.id, invited.people.users["sari"], make.Role.OWNER)
            event_id = event.id
            assert session is not None
        sari = invited.people.browser("sari")
        assert "Belum ada kantor" in sari.get(f"/events/{event_id}/rules").text
        made = sari.post(f"/events/{event_id}/offices", data={"ready": "commission"}, follow_redirects=True)
        assert "549 kantor dibuat" in made.text
        page = sari.post(f"/events/{event_id}/rules", data={"ready": "commission"}, follow_redirects=True)
        assert "34 provinsi × 5 + 514 kabupaten/kota × 5 = 2.740 kursi" in page.text
        with app.app_context():
            assert db.session.scalar(select(Seat.id).where(Seat.event_id == event_id)) is None
        done = sari.post(f"/events/{event_id}/seats", follow_redirects=True)
        assert "2.740 kursi dibuat" in done.text
        assert "548 kantor, 548 belum menjawab" in done.text
        assert "Tidak ada yang berubah" in sari.post(f"/events/{event_id}/seats", follow_redirects=True).text
        with app.app_context():
            assert len(db.session.scalars(select(Seat.id).where(Seat.event_id == event_id)).all()) == 2740
            of_event = select(AccessLink.id).where(AccessLink.event_id == event_id)
            assert len(db.session.scalars(of_event).all()) == 548 + 34  # offices and their provinces

    def test_the_matrix_as_a_form(self, app: Flask, invited: Invited) -> None:
        sari, path = invited.people.browser("sari"), f"/events/{invited.event_id}/rules"
        form = fields(sari.get(path).text, path)
        quota = next(name for name in form if name.startswith("quota-") and name.endswith("regency"))
        form |= {quota: "2", quota.replace("quota", "modes"): "online"}
        form |= {"role-new1": "Kepala Bagian Hukum", "quota-new1-province": "1"}
        page = sari.post(path, data=form, follow_redirects=True)
        assert "1 provinsi × 6 + 2 kabupaten/kota × 6 = 18 kursi" in page.text
        assert "Kepala Bagian Hukum" in page.text
        sari.post(f"/events/{invited.event_id}/seats")
        with app.app_context():
            lines = store.seats_with_holders(invited.event_id, [invited.offices["asmat"]])
            assert [line.label for line in lines][:2] == ["Kepala Kantor 1", "Kepala Kantor 2"]
            assert [len(line.modes) for line in lines][:3] == [1, 1, 2]

    @pytest.mark.parametrize("quota", ["-1", "99", "dua", "1,5"])
    def test_a_bad_quota_keeps_what_was_typed(self, invited: Invited, quota: str) -> None:
        sari, path = invited.people.browser("sari"), f"/events/{invited.event_id}/rules"
        form = fields(sari.get(path).text, path)
        name = next(name for name in form if name.startswith("quota-"))
        page = sari.post(path, data=form | {name: quota, "role-new1": "Peran baru sekali", "quota-new1-province": "3"})
        assert page.status_code == 422
        again = fields(page.text, path)
        assert (again[name], again["role-new1"], again["quota-new1-province"]) == (quota, "Peran baru sekali", "3")

    def test_desk_and_strangers_stay_outside(self, invited: Invited) -> None:
        for who, status in (("rina", 403), ("joko", 404)):
            assert invited.people.browser(who).get(f"/events/{invited.event_id}/rules").status_code == status
            assert invited.people.browser(who).get(f"/events/{invited.event_id}/office-links").status_code == status


class TestOfficesAndLinks:
    def test_offices_from_a_pattern(self, invited: Invited) -> None:
        sari, path = invited.people.browser("sari"), f"/events/{invited.event_id}/offices"
        pattern = {"level": "regency", "name": "Dinas Kesehatan {kabupaten/kota}"}
        seen = sari.post(path, data=pattern | {"step": "preview"})
        assert "514 kantor" in seen.text
        assert "Dinas Kesehatan {kabupaten/kota}" in seen.text
        assert "512 kantor dibuat" in sari.post(path, data=pattern, follow_redirects=True).text
        assert "sudah ada" in sari.post(path, data=pattern, follow_redirects=True).text
        bad = sari.post(path, data=pattern | {"name": "Dinas {nama}"})
        assert bad.status_code == 422
        assert "Dinas {nama}" in bad.text
        assert "Kota Semarang" in sari.get(path + "?q=kota semarang").text

    def test_units_beside_the_map(self, app: Flask, invited: Invited) -> None:
        sari, path = invited.people.browser("sari"), f"/events/{invited.event_id}/offices/units"
        first = sari.post(path, data={"names": "Fakultas Hukum\r\nFakultas Teknik\r\n\r\n"}, follow_redirects=True)
        assert "2 kantor dibuat" in first.text
        again = sari.post(path, data={"names": "Fakultas Teknik\nFakultas Hukum\nFakultas Ilmu Budaya"})
        assert again.status_code == 303
        with app.app_context():
            rows = [row for row in offices.offices(invited.people.institution_id) if row.level == "unit"]
            assert [(row.code, row.name) for row in rows] == [
                ("U001", "Fakultas Hukum"),
                ("U002", "Fakultas Teknik"),
                ("U003", "Fakultas Ilmu Budaya"),
            ]
        bad = sari.post(path, data={"names": "X" * 130})
        assert bad.status_code == 422
        assert "X" * 130 in bad.text

    def test_contacts_are_kept_encrypted(self, app: Flask, invited: Invited) -> None:
        sari, office = invited.people.browser("sari"), invited.offices["asmat"]
        path = f"/events/{invited.event_id}/offices/{office}"
        draft = {"name": "Yosepina Contoh", "post": "Operator", "phone": "0812 0000 0147", "email": ""}
        assert sari.post(f"{path}/contacts", data=draft).status_code == 303
        page = sari.get(path).text
        assert "0812-0000-0147" in page
        with app.app_context():
            raw = db.session.connection().exec_driver_sql("SELECT id, phone FROM office_contact").one()
            assert b"0147" not in bytes(raw[1])
            contact_id = str(UUID(str(raw[0]))) if not isinstance(raw[0], bytes) else str(UUID(bytes=raw[0]))
        edited = fields(sari.get(f"{path}?contact={contact_id}").text, "/contacts")
        assert edited["contact_id"] == contact_id
        bad = sari.post(f"{path}/contacts", data=draft | {"contact_id": contact_id, "phone": "0812"})
        assert bad.status_code == 422
        sari.post(f"{path}/contacts", data=draft | {"contact_id": contact_id, "name": "Yosepina B. Contoh"})
        assert "Yosepina B. Contoh" in sari.get(path).text
        sari.post(f"{path}/contacts", data={"contact_id": contact_id, "step": "remove"})
        assert "Belum ada narahubung" in sari.get(path).text

    def test_an_office_of_another_institution_does_not_exist(self, app: Flask, invited: Invited) -> None:
        with app.app_context(), transaction(unaudited="test"):
            other = make.office(make.institution(name="Lain").id).id
        sari = invited.people.browser("sari")
        assert sari.get(f"/events/{invited.event_id}/offices/{other}").status_code == 404
        assert (
            sari.post(f"/events/{invited.event_id}/offices/{other}/contacts", data={"name": "X Y"}).status_code == 404
        )
        assert sari.post(f"/events/{invited.event_id}/office-links/{other}").status_code == 404

    def test_links_with_words_filter_and_mark(self, client: FlaskClient, app: Flask, invited: Invited) -> None:
        sari, path = invited.people.browser("sari"), f"/events/{invited.event_id}/office-links"
        form = fields(client.get(invited.page).text, invited.page)
        key = seat_keys(app, invited)[0]
        client.post(invited.page, data=form | {f"name-{key}": "Bonifasius Contoh", f"choice-{key}": "online"})
        page = sari.get(path).text
        assert f"http://localhost{invited.page}" in page
        assert "sebelum Jumat, 20 November, 19.00 WIT (17.00 WIB)" in page
        assert page.index("Papua Selatan</b>") < page.index("Mappi</b>") < page.index("Asmat</b>")
        silent = sari.get(path + "?silent=1").text
        assert "Mappi</b>" in silent
        assert "Asmat</b>" not in silent
        assert "Mappi</b>" not in sari.get(path + "?province=33").text
        sari.post(f"{path}/{invited.offices['mappi']}")
        assert "diteruskan Kamis" in sari.get(path).text
        sari.post(f"{path}/{invited.offices['mappi']}", data={"undo": "1"})
        assert "diteruskan Kamis" not in sari.get(path).text

    def test_all_links_as_a_workbook(self, invited: Invited) -> None:
        from io import BytesIO

        from python_calamine import CalamineWorkbook

        sari = invited.people.browser("sari")
        answer = sari.post(f"/events/{invited.event_id}/office-links/sheets")
        rows = CalamineWorkbook.from_filelike(BytesIO(answer.data)).get_sheet_by_index(0).to_python()
        assert rows[-1][0] == "9304"
        assert rows[-1][3:6] == [5, 0, 0]
        assert rows[-1][10] == f"http://localhost{invited.page}"

    def test_a_constant_number_of_queries(self, app: Flask, invited: Invited) -> None:
        sari, path = invited.people.browser("sari"), f"/events/{invited.event_id}/office-links"
        counted = []
        for withdrawn in (("papua", "mappi"), ()):
            with app.app_context(), transaction(unaudited="test") as session:
                for seat in session.scalars(select(Seat)):
                    gone = seat.office_id in [invited.offices[name] for name in withdrawn]
                    seat.withdrawn_at = make.AT if gone else None
            counted.append([selects(app, sari, path), selects(app, sari, invited.page)])
        assert counted[0] == counted[1]
        assert max(counted[0]) <= 12
