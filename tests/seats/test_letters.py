"""The letter of invitation over HTTP: its words, its number, the PDF made by the worker, the signed one."""

import re
import zlib
from datetime import date, timedelta
from io import BytesIO

import pikepdf
import pytest
from flask import Flask
from flask.testing import FlaskClient

from rakor import clock, outbox
from rakor.db import db, transaction
from rakor.events import links
from rakor.events.models import Event, LinkPurpose
from rakor.seats.rules.letters import MOST_LETTER_BYTES, PdfProblem, judge_pdf
from rakor.seats.rules.ways import province_subject
from tests import make
from tests.fonts import needs_fonts
from tests.seats.conftest import BEFORE, Invited
from tests.seats.reading import fields

PLAIN = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


def a_pdf(**settings: object) -> bytes:
    pdf, target = pikepdf.new(), BytesIO()
    pdf.add_blank_page()
    if settings.pop("script", False):
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    pdf.save(target, **settings)  # type: ignore[arg-type]
    return target.getvalue()


class TestThePdf:
    def test_a_plain_one_is_taken(self) -> None:
        assert judge_pdf(PLAIN) is None
        assert judge_pdf(a_pdf()) is None

    def test_what_is_none_is_refused_by_its_content(self) -> None:
        assert judge_pdf(b"") is PdfProblem.EMPTY
        assert judge_pdf(b"<html>%PDF") is PdfProblem.NOT_A_PDF
        assert judge_pdf(PLAIN[:-8]) is PdfProblem.NOT_A_PDF
        assert judge_pdf(b"PK\x03\x04" + b"x" * 2000 + PLAIN) is PdfProblem.NOT_A_PDF
        assert judge_pdf(PLAIN + b" " * MOST_LETTER_BYTES) is PdfProblem.TOO_HEAVY

    def test_a_locked_one_and_one_that_runs(self) -> None:
        assert judge_pdf(a_pdf(encryption=pikepdf.Encryption(user="a", owner="b"))) is PdfProblem.LOCKED
        assert judge_pdf(a_pdf(script=True)) is PdfProblem.ACTIVE
        packed = a_pdf(script=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        assert b"/JavaScript" not in packed
        assert judge_pdf(packed) is PdfProblem.ACTIVE

    def test_bytes_of_a_picture_are_no_script(self) -> None:
        picture = b"stream\n" + b"\x00/JS /JavaScript /Encrypt\x01" + b"\nendstream"
        assert judge_pdf(PLAIN.replace(b"endobj", picture + b"\nendobj")) is None

    def test_an_object_stream_that_unpacks_to_much_is_cut(self) -> None:
        bomb = zlib.compress(b"0" * 80_000_000)
        stream = b"<< /Type /ObjStm >>\nstream\n" + bomb + b"\nendstream\n"
        assert judge_pdf(PLAIN.replace(b"endobj", stream + b"endobj")) is None


def path(invited: Invited, rest: str = "") -> str:
    return f"/events/{invited.event_id}/letter{rest}"


def typed(invited: Invited, browser: FlaskClient, **words: str) -> dict[str, str]:
    form = fields(browser.get(path(invited)).text, "/letter")
    return form | {"number": "641/PP.07/09/2026", "signed_on": "2026-11-14", "basis": "Dasar surat contoh"} | words


class TestTheWords:
    def test_first_words_come_from_the_event(self, invited: Invited) -> None:
        form = fields(invited.people.browser("sari").get(path(invited)).text, "/letter")
        assert form["subject"] == "Undangan Rapat Koordinasi Nasional Pelayanan Informasi 2026"
        assert (form["place"], form["nature"]) == ("Bogor", "important")

    def test_saved_and_shown_again(self, app: Flask, invited: Invited) -> None:
        sari = invited.people.browser("sari")
        draft = typed(invited, sari, nature="urgent", cc="Menteri Contoh\r\nSekretaris Jenderal", dress="Batik")
        assert sari.post(path(invited), data=draft).status_code == 303
        again = fields(sari.get(path(invited)).text, "/letter")
        assert (again["nature"], again["dress"], again["number"]) == ("urgent", "Batik", "641/PP.07/09/2026")
        assert "Menteri Contoh\nSekretaris Jenderal" in sari.get(path(invited)).text
        with app.app_context():
            event = db.session.get_one(Event, invited.event_id)
            assert (event.letter_number, event.letter_on, event.letter_year) == (
                "641/PP.07/09/2026", date(2026, 11, 14), 2026,
            )  # fmt: skip

    def test_a_number_is_given_once_a_year_in_an_institution(self, app: Flask, invited: Invited) -> None:
        with app.app_context(), transaction(unaudited="test"):
            values = {"letter_number": "641/PP.07/09/2026", "letter_on": date(2026, 3, 1), "letter_year": 2026}
            make.event(invited.people.institution_id, **values)
            make.event(make.institution(name="Lain").id, **(values | {"letter_number": "7/2026"}))
        sari = invited.people.browser("sari")
        refused = sari.post(path(invited), data=typed(invited, sari))
        assert refused.status_code == 422
        assert "Nomor ini sudah dipakai" in refused.text
        assert "Dasar surat contoh" in refused.text
        assert fields(sari.get(path(invited)).text, "/letter")["number"] == ""
        assert sari.post(path(invited), data=typed(invited, sari, number="7/2026")).status_code == 303
        last_year = typed(invited, sari, number="641/PP.07/09/2026", signed_on="2025-12-30")
        assert sari.post(path(invited), data=last_year).status_code == 303

    def test_a_second_tab_overwrites_nothing_unseen(self, invited: Invited) -> None:
        sari = invited.people.browser("sari")
        first, second = typed(invited, sari, dress="Batik"), typed(invited, sari, dress="Pakaian dinas")
        assert sari.post(path(invited), data=first).status_code == 303
        stale = sari.post(path(invited), data=second)
        assert stale.status_code == 409
        assert "<q>Batik</q>" in stale.text
        again = fields(stale.text, "/letter")
        assert again["dress"] == "Pakaian dinas"
        assert fields(sari.get(path(invited)).text, "/letter")["dress"] == "Batik"
        assert sari.post(path(invited), data=again).status_code == 303
        assert fields(sari.get(path(invited)).text, "/letter")["dress"] == "Pakaian dinas"

    def test_the_database_has_the_last_word(
        self, app: Flask, invited: Invited, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from rakor.seats.store import letters

        with app.app_context(), transaction(unaudited="test"):
            values = {"letter_number": "1/2026", "letter_on": date(2026, 1, 2), "letter_year": 2026}
            make.event(invited.people.institution_id, **values)
        monkeypatch.setattr(letters, "number_taken", lambda *_: False)
        sari = invited.people.browser("sari")
        assert sari.post(path(invited), data=typed(invited, sari, number="1/2026")).status_code == 422

    @pytest.mark.parametrize(
        ("words", "said"),
        [({"subject": ""}, "Isian ini wajib"),
         ({"number": "9" * 61}, "Paling banyak 60"), ({"nature": "loud"}, "Pilih salah satu")],
    )  # fmt: skip
    def test_a_mistake_keeps_what_was_typed(self, invited: Invited, words: dict[str, str], said: str) -> None:
        sari = invited.people.browser("sari")
        answer = sari.post(path(invited), data=typed(invited, sari, **words))
        assert answer.status_code == 422
        assert said in answer.text
        assert "Dasar surat contoh" in answer.text

    def test_desk_and_strangers_stay_outside(self, invited: Invited) -> None:
        for who, status in (("rina", 403), ("lena", 403), ("joko", 404)):
            assert invited.people.browser(who).get(path(invited)).status_code == status


@needs_fonts
class TestThePaper:
    def test_made_by_the_worker_shared_and_opened_by_link_holders(
        self, app: Flask, client: FlaskClient, invited: Invited
    ) -> None:
        sari = invited.people.browser("sari")
        sari.post(path(invited), data=typed(invited, sari))
        assert sari.post(path(invited, "/papers")).status_code == 303
        page = sari.get(path(invited)).text
        assert "Sedang disusun" in page
        assert client.get(f"{invited.page}/letter.pdf").status_code == 404
        with app.app_context():
            while outbox.run_next():
                pass
        page = sari.get(path(invited)).text
        assert "Sedang disusun" not in page
        link = next(part for part in page.split('href="') if "/letter/papers/" in part).split('"')[0]
        made = sari.get(link)
        assert made.mimetype == "application/pdf"
        assert made.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert client.get(f"{invited.page}/letter.pdf").status_code == 404
        sari.post(path(invited, "/sharing"))
        with app.app_context():
            province = links.path_of(invited.event_id, LinkPurpose.PROVINCE, province_subject("93"))
        for holder in (invited.page, province):
            opened = client.get(f"{holder}/letter.pdf")
            assert (opened.status_code, opened.data == made.data) == (200, True)
        assert "Surat undangan (PDF)" in client.get(province).text
        sari.post(path(invited, "/sharing"), data={"undo": "1"})
        assert client.get(f"{invited.page}/letter.pdf").status_code == 404

    def test_one_office_gets_its_own_with_its_link(self, app: Flask, invited: Invited) -> None:
        sari = invited.people.browser("sari")
        unclear = sari.post(path(invited, "/papers"), data={"office": "Kantor Kabupaten"})
        assert unclear.status_code == 422
        assert "Kantor Kabupaten Asmat" in unclear.text
        sari.post(path(invited, "/papers"), data={"office": "Kab. Asmat"})
        with app.app_context():
            while outbox.run_next():
                pass
        page = sari.get(path(invited)).text
        assert "Kantor Kabupaten Asmat" in page
        link = next(part for part in page.split('href="') if "/letter/papers/" in part).split('"')[0]
        with pikepdf.open(BytesIO(sari.get(link).data)) as pdf:
            targets = {str(a.A.URI) for p in pdf.pages for a in p.get("/Annots", []) if "/A" in a}
        assert targets == {f"http://localhost{invited.page}"}

    def test_marked_once_what_it_says_has_changed(self, app: Flask, invited: Invited) -> None:
        sari = invited.people.browser("sari")
        for office in ("", "Kab. Asmat"):
            sari.post(path(invited, "/papers"), data={"office": office})
        with app.app_context():
            while outbox.run_next():
                pass
        assert "Belum sesuai data terbaru" not in sari.get(path(invited)).text
        with clock.freeze(BEFORE + timedelta(minutes=5), everywhere=True):
            sari.post(path(invited), data=typed(invited, sari, dress="Batik"))
            page = sari.get(path(invited)).text
            assert page.count("Belum sesuai data terbaru") == 2
            code = re.search(r'name="office" value="([^"]+)"[^>]*>.*?Susun lagi', page)
            assert code
            sari.post(path(invited, "/papers"), data={"office": code[1]})
            with app.app_context():
                while outbox.run_next():
                    pass
            assert sari.get(path(invited)).text.count("Belum sesuai data terbaru") == 1

    def test_polling_is_silent_while_nothing_changes(self, app: Flask, invited: Invited) -> None:
        sari = invited.people.browser("sari")
        sari.post(path(invited, "/papers"))
        seen = sari.get(path(invited)).text.split("seen=")[1].split('"')[0]
        assert sari.get(path(invited, f"/papers?seen={seen}")).status_code == 204
        with app.app_context():
            while outbox.run_next():
                pass
        assert "Siap" in sari.get(path(invited, f"/papers?seen={seen}")).text


class TestTheSigned:
    def send(self, invited: Invited, content: bytes, who: str = "sari") -> object:
        data = {"signed": (BytesIO(content), "surat.pdf")}
        return invited.people.browser(who).post(path(invited, "/signed"), data=data)

    def test_shown_to_offices_at_once_and_rests_encrypted(
        self, app: Flask, client: FlaskClient, invited: Invited
    ) -> None:
        content = a_pdf()
        assert self.send(invited, content).status_code == 303  # type: ignore[attr-defined]
        assert client.get(f"{invited.page}/letter.pdf").data == content
        folder = app.config["RAKOR"].instance / "files"
        head = content[:12]  # what is sealed holds any four bytes by chance, once in a hundred runs
        assert all(head not in file.read_bytes() for file in folder.rglob("*") if file.is_file())
        sari = invited.people.browser("sari")
        assert "Diunggah Kamis" in sari.get(path(invited)).text
        sari.post(path(invited, "/signed"), data={"remove": "1"})
        assert client.get(f"{invited.page}/letter.pdf").status_code == 404

    def test_three_megabytes_are_taken_eleven_are_not(self, client: FlaskClient, invited: Invited) -> None:
        body = PLAIN.replace(b"endobj", b"stream\n" + bytes(3 * 1024 * 1024) + b"\nendstream\nendobj")
        assert self.send(invited, body).status_code == 303  # type: ignore[attr-defined]
        assert len(client.get(f"{invited.page}/letter.pdf").data) == len(body)
        heavy = PLAIN.replace(b"endobj", b"stream\n" + bytes(MOST_LETTER_BYTES) + b"\nendstream\nendobj")
        assert self.send(invited, heavy).status_code in (413, 422)  # type: ignore[attr-defined]

    def test_anything_else_is_refused_in_words(self, invited: Invited) -> None:
        said = ((b"", "Pilih berkasnya"), (b"halo", "bukan PDF"), (a_pdf(script=True), "memuat program"))
        for content, words in said:
            answer = self.send(invited, content)
            assert answer.status_code == 422  # type: ignore[attr-defined]
            assert words in answer.text  # type: ignore[attr-defined]

    def test_nobody_without_a_link_or_a_role_opens_it(self, app: Flask, client: FlaskClient, invited: Invited) -> None:
        self.send(invited, a_pdf())
        assert client.get(f"/o/{'a' * 26}/letter.pdf").status_code == 404
        assert self.send(invited, a_pdf(), "rina").status_code == 403  # type: ignore[attr-defined]
        assert invited.people.browser("joko").get(path(invited, "/signed.pdf")).status_code == 404
