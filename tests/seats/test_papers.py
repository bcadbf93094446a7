"""Letters of assignment: sent, seen by both sides, judged by their content."""

from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select

from rakor import clock
from rakor.db import db, transaction
from rakor.seats import store
from rakor.seats.office_models import AssignmentLetter
from tests import make
from tests.seats.acting import BONI, keys_of, lines_of, name, send
from tests.seats.conftest import DEADLINE, Invited
from tests.seats.reading import fields

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


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
