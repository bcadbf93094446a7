"""What an office does beside naming people: one person on several seats, deputies, papers, another phone; over HTTP."""

from datetime import timedelta
from io import BytesIO
from urllib.parse import unquote
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select

from rakor import clock
from rakor.audit import AuditEntry
from rakor.db import db, transaction
from rakor.events.models import Event
from rakor.registrations.models import Registration, Ticket
from rakor.seats import store
from rakor.seats.models import Holding
from rakor.seats.office_models import AssignmentLetter, OfficePhone, OfficeSpeaker
from tests import make
from tests.counting import selects
from tests.seats.conftest import DEADLINE, Invited
from tests.seats.reading import fields

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
BONI, AGUS = "Bonifasius Contoh", "Agustina Contoh"
NUMBER, OTHER = "0812 0000 0147", "0812 0000 0199"


def keys_of(app: Flask, invited: Invited) -> list[str]:
    with app.app_context():
        return [line.seat_id.hex for line in store.seats_with_holders(invited.event_id, [invited.offices["asmat"]])]


def lines_of(app: Flask, invited: Invited) -> list[store.SeatLine]:
    with app.app_context():
        return store.seats_with_holders(invited.event_id, [invited.offices["asmat"]])


def send(client: FlaskClient, invited: Invited, said: dict[str, str]):  # type: ignore[no-untyped-def]
    return client.post(invited.page, data=fields(client.get(invited.page).text, invited.page) | said)


def name(key: str, who: str, choice: str = "online") -> dict[str, str]:
    return {f"name-{key}": who, f"choice-{key}": choice}


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


class TestPapers:
    def paper(self, content: bytes = PDF, **more: str) -> dict[str, object]:
        return {"number": "12/ST/2026", "dated_on": "2026-11-18", "paper": (BytesIO(content), "x.exe")} | more

    def test_sent_seen_by_both_sides_and_taken_back(self, app: Flask, client: FlaskClient, invited: Invited) -> None:
        send(client, invited, name(keys_of(app, invited)[0], BONI))
        path = f"{invited.page}/assignments"
        person = lines_of(app, invited)[0].registration_id
        assert person is not None
        assert client.post(path, data=self.paper(person=person.hex)).status_code == 303
        page = client.get(path).text
        assert "12/ST/2026" in page
        assert BONI in page
        with app.app_context():
            row = db.session.scalars(select(AssignmentLetter)).one()
            assert row.registration_id == person
            own, staff = f"{path}/{row.id}", f"/events/{invited.event_id}/assignments/{row.id}"
        for who, where in ((client, own), (invited.people.browser("sari"), staff)):
            got = who.get(where)
            assert got.data == PDF
            assert "default-src 'none'" in got.headers["Content-Security-Policy"]
        office = f"/events/{invited.event_id}/offices/{invited.offices['asmat']}"
        assert "12/ST/2026" in invited.people.browser("sari").get(office).text
        assert app.test_client().get(own).status_code == 403
        assert app.test_client().post(f"{own}/removal").status_code == 409
        assert client.post(f"{own}/removal").status_code == 303
        assert client.get(own).status_code == 404

    def test_a_photo_is_drawn_anew_without_what_it_hid(self, app: Flask, client: FlaskClient, invited: Invited) -> None:
        exif, out = Image.Exif(), BytesIO()
        exif[0x010E] = "rahasia"
        Image.new("RGB", (60, 80), "white").save(out, "JPEG", exif=exif)
        assert b"rahasia" in out.getvalue()
        assert client.post(f"{invited.page}/assignments", data=self.paper(out.getvalue())).status_code == 303
        with app.app_context():
            kept = store.assignment_file(db.session.scalars(select(AssignmentLetter)).one())
            assert kept is not None
            assert kept.media_type == "image/jpeg"
            assert b"rahasia" not in kept.content

    @pytest.mark.parametrize(
        ("content", "words"),
        [(b"", "Pilih berkasnya"), (b"MZ program", "bukan PDF"), (b"\xff\xd8\xff broken", "bukan PDF")],
    )
    def test_anything_else_is_refused_and_the_typed_stays(
        self, client: FlaskClient, invited: Invited, content: bytes, words: str
    ) -> None:
        path = f"{invited.page}/assignments"
        bad = client.post(path, data=self.paper(content))
        assert bad.status_code == 422
        assert words in bad.text
        assert fields(bad.text, path)["number"] == "12/ST/2026"

    def test_after_the_deadline_it_stays_as_it_is(self, app: Flask, client: FlaskClient, invited: Invited) -> None:
        path = f"{invited.page}/assignments"
        client.post(path, data=self.paper())
        with app.app_context():
            row = db.session.scalars(select(AssignmentLetter)).one().id
        with clock.freeze(DEADLINE, everywhere=True):
            assert client.post(path, data=self.paper()).status_code == 409
            assert client.post(f"{path}/{row}/removal").status_code == 409
            page = client.get(path)
            assert "Batas waktu sudah lewat" in page.text
            sari = invited.people.browser("sari")
            assert sari.post(f"/events/{invited.event_id}/assignments/{row}/removal").status_code == 303

    def test_a_paper_of_another_office_does_not_exist(self, app: Flask, client: FlaskClient, invited: Invited) -> None:
        with app.app_context(), transaction(unaudited="test"):
            from rakor.seats.rules.papers import PaperKind

            paper = store.Paper("1", make.date(2026, 11, 1), None, PaperKind.PDF, PDF)
            other = store.keep_assignment(invited.event_id, invited.offices["mappi"], paper, now=make.AT).id
        assert client.get(f"{invited.page}/assignments/{other}").status_code == 404
        assert client.post(f"{invited.page}/assignments/{other}/removal").status_code == 404


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


def test_a_release_needs_a_registrar(invited: Invited) -> None:
    path = f"/events/{invited.event_id}/offices/{invited.offices['asmat']}/release"
    assert invited.people.browser("rina").post(path).status_code == 403
    assert invited.people.browser("joko").post(path).status_code == 404
    assert isinstance(invited.event_id, UUID)
