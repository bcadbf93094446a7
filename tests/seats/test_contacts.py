"""Contacts of offices pasted from Excel: columns in any order, aliases, each row's problem; twice changes nothing."""

from itertools import count
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from rakor.db import db
from rakor.offices.models import OfficeContact
from rakor.offices.rules import KPU, expand
from rakor.regions.rules import reference
from rakor.seats.rules.contact_rows import RowProblem, read_contacts
from rakor.seats.rules.office_names import KnownOffice, OfficeFinder
from tests.seats.conftest import Invited


def kpu() -> OfficeFinder:
    numbers, found = count(1), []
    for pattern in KPU:
        drafts = expand(pattern, reference())
        assert isinstance(drafts, tuple)
        found += [
            KnownOffice(UUID(int=next(numbers)), d.code, d.name, d.short_name, d.level, d.province_code, d.regency_code)
            for d in drafts
        ]
    return OfficeFinder(found)


FINDER = kpu()


class TestFinding:
    @pytest.mark.parametrize(
        ("typed", "name"),
        [
            ("9304", "KPU Kabupaten Asmat"),
            ("93.04", "KPU Kabupaten Asmat"),
            ("'9304", "KPU Kabupaten Asmat"),
            ("KPU Kabupaten Asmat", "KPU Kabupaten Asmat"),
            ("kpu kab. sitaro ", "KPU Kabupaten Kepulauan Siau Tagulandang Biaro"),
            ("Kota Solo", "KPU Kota Surakarta"),
            ("KPU Kota Semarang", "KPU Kota Semarang"),
            ("KPU Provinsi Jawa Tengah", "KPU Provinsi Jawa Tengah"),
            ("Komisi Pemilihan Umum Republik Indonesia", "KPU RI"),
        ],
    )
    def test_by_code_name_and_alias(self, typed: str, name: str) -> None:
        found = FINDER.find(typed).office
        assert found is not None
        assert found.short_name == name

    def test_two_semarangs_are_a_question(self) -> None:
        found = FINDER.find("KPU Semarang")
        assert found.office is None
        assert [office.short_name for office in found.choices] == ["KPU Kabupaten Semarang", "KPU Kota Semarang"]

    @pytest.mark.parametrize("typed", ["", "   ", "Dinas Antariksa Bulan", "\x00", "9" * 500])
    def test_nonsense_is_nothing(self, typed: str) -> None:
        assert FINDER.find(typed).office is None


class TestReading:
    def test_columns_in_any_order_by_heading(self) -> None:
        pasted = "No HP\tNama\tSatker\tJabatan\n0812 0000 0147\tYosepina Contoh\tKPU Kab. Asmat\tOperator"
        [row] = read_contacts(pasted, FINDER)
        assert row.office is not None
        assert (row.office.code, row.name, row.post) == ("9304", "Yosepina Contoh", "Operator")
        assert row.phone == "+6281200000147"

    def test_without_heading_the_usual_order(self) -> None:
        [row] = read_contacts("9304;Yosepina Contoh;Operator;081200000147;op@contoh.test", FINDER)
        assert (row.problem, row.line, row.email) == (None, 1, "op@contoh.test")

    @pytest.mark.parametrize(
        ("line", "problem"),
        [
            ("\tYosepina Contoh\t\t081200000147", RowProblem.OFFICE_MISSING),
            ("Kantor Bulan\tYosepina Contoh\t\t081200000147", RowProblem.OFFICE_UNKNOWN),
            ("KPU Semarang\tYosepina Contoh\t\t081200000147", RowProblem.OFFICE_AMBIGUOUS),
            ("9304\t\t\t081200000147", RowProblem.NAME_MISSING),
            ("9304\tX\t\t081200000147", RowProblem.NAME_BAD),
            ("9304\tYosepina Contoh\t\t8,12E+11", RowProblem.PHONE_BAD),
            ("9304\tYosepina Contoh\t\t\top(at)contoh", RowProblem.EMAIL_BAD),
            ("9304\tYosepina Contoh\tOperator", RowProblem.NOTHING_TO_REACH),
        ],
    )
    def test_each_problem(self, line: str, problem: RowProblem) -> None:
        assert [row.problem for row in read_contacts(line, FINDER)] == [problem]

    def test_the_same_person_twice_in_one_paste(self) -> None:
        pasted = "9304\tYosepina Contoh\t\t081200000147\n93.04\tyosepina  contoh\t\t081200000148"
        assert [row.problem for row in read_contacts(pasted, FINDER)] == [None, RowProblem.TWICE]


class TestThePage:
    PASTED = (
        "Kantor\tNama\tJabatan\tWA\n"
        "9304\tYosepina Contoh\tOperator\t0812 0000 0147\n"
        "Kab. Mappi\tMarten Contoh\tSekretariat\t8,12E+11\n"
        "93\tLina Contoh\tSekretaris\t081200000149"
    )

    def test_looked_at_saved_and_the_rest_kept(self, app: Flask, invited: Invited) -> None:
        sari, path = invited.people.browser("sari"), f"/events/{invited.event_id}/contacts"
        seen = sari.post(path, data={"rows": self.PASTED, "step": "look"})
        assert seen.status_code == 200
        assert "2 baris siap disimpan, 1 perlu diperbaiki" in seen.text
        assert self._names(app) == []
        saved = sari.post(path, data={"rows": self.PASTED, "step": "save"})
        assert "2 narahubung baru, 0 diperbarui" in saved.text
        assert "Kantor\tNama\tJabatan\tWA\nKab. Mappi\tMarten Contoh" in saved.text.replace("&#9;", "\t")
        assert "Lina Contoh\tSekretaris" not in saved.text
        assert self._names(app) == ["Lina Contoh", "Yosepina Contoh"]
        page = sari.get(path).text
        assert "https://wa.me/6281200000147" in page
        assert "1 belum punya narahubung" in page
        assert "Mappi" in sari.get(path + "?lacking=1").text
        assert "Asmat" not in sari.get(path + "?lacking=1").text

    def test_again_updates_and_an_empty_cell_takes_nothing_away(self, app: Flask, invited: Invited) -> None:
        sari, path = invited.people.browser("sari"), f"/events/{invited.event_id}/contacts"
        sari.post(path, data={"rows": self.PASTED, "step": "save"})
        again = sari.post(path, data={"rows": self.PASTED, "step": "save"}, follow_redirects=True)
        assert "0 narahubung baru, 0 diperbarui" in again.text
        sari.post(path, data={"rows": "9304\tYOSEPINA contoh\t\t081200000999", "step": "save"})
        with app.app_context():
            row = db.session.scalars(select(OfficeContact).where(OfficeContact.phone.is_not(None))).all()
            found = next(contact for contact in row if contact.name.casefold() == "yosepina contoh")
            assert (found.post, found.phone) == ("Operator", "+6281200000999")

    def test_nothing_pasted_says_so_and_strangers_stay_outside(self, invited: Invited) -> None:
        path = f"/events/{invited.event_id}/contacts"
        empty = invited.people.browser("sari").post(path, data={"rows": " \n"})
        assert (empty.status_code, "Belum ada baris" in empty.text) == (422, True)
        for who, status in (("rina", 403), ("joko", 404)):
            assert invited.people.browser(who).get(path).status_code == status

    @staticmethod
    def _names(app: Flask) -> list[str]:
        with app.app_context():
            return sorted(db.session.scalars(select(OfficeContact.name)))
