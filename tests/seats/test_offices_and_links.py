"""Offices, their contacts and their links on the organiser's pages."""

from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from rakor.db import db, transaction
from rakor.offices import store as offices
from rakor.seats.models import Seat
from tests import make
from tests.counting import selects
from tests.seats.acting import keys_of
from tests.seats.conftest import Invited
from tests.seats.reading import fields


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
        key = keys_of(app, invited)[0]
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
