"""A sheet is read, its rows are checked and asked about; nothing is saved before somebody says so."""


import io
import re
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import func, select

from rakor.db import db, transaction
from rakor.files import StoredFile
from rakor.imports import jobs
from rakor.imports.models import SheetImport
from rakor.imports.rules import ImportState
from rakor.registrations.rules import Mode
from tests.imports.acting import GOOD, HEADINGS, ROWS, living, saved, sheet, states, upload
from tests.imports.conftest import Hall, work


def test_a_sheet_is_checked_row_by_row_before_anything_is_saved(hall: Hall) -> None:
    sari, page = upload(hall, sheet())
    assert states(hall) == {"good": 4, "question": 1, "problem": 4}
    shown = sari.get(page).text
    assert "“KPU Semarang”: kantor yang mana?" in shown
    assert "KPU Kabupaten Semarang" in shown
    assert "1.98E+17" in shown
    assert "NIP rusak oleh Excel" in shown
    assert "NIP berakhir 000" in shown
    assert "Kursi itu di kantor ini sudah terisi semua (4)" in shown
    assert "Sama dengan baris 4" in shown
    assert not living(hall)


def test_one_answer_answers_every_row_with_the_same_words(hall: Hall) -> None:
    other = ("", "Anggota", "Indah Contoh", "KPU SEMARANG", "", "Daring")
    sari, page = upload(hall, sheet((*ROWS, other)))
    assert states(hall)["question"] == 2
    shown = sari.get(page).text
    [key] = re.findall(r'name="key" value="(office:[^"]+)"', shown)
    city = re.search(r'value="([0-9a-f-]{36})">KPU Kota Semarang<', shown)
    assert city
    sari.post(f"{page}/answers", data={"key": key, "choice": city[1]})
    work(hall.app)
    # the Ketua sits down; Indah would be the sixth Anggota on four seats, two of which wait for damaged rows
    assert states(hall) == {"good": 5, "problem": 5}


def test_a_row_code_of_another_event_or_person_is_refused(hall: Hall) -> None:
    sari, page = upload(hall, sheet((GOOD,)))
    saved(hall, sari, page)
    lines = CalamineWorkbook.from_filelike(io.BytesIO(sari.post(f"{hall.base}/template").data))
    code = str(lines.get_sheet_by_index(0).to_python()[6][0])
    rows = ((code, "Orang Lain Contoh", "Luring"), ("a" * 16, "Budi Contoh", "Luring"))
    sari, page = upload(hall, sheet(rows, ("Kode baris", "Nama", "Moda")))
    shown = sari.get(page).text
    assert "Kode baris ini milik orang lain" in shown
    assert "Kode baris bukan dari kegiatan ini" in shown


def test_columns_are_put_right_by_hand(hall: Hall) -> None:
    content = "Orangnya;Dari;Duduk;M\nAgustina Contoh;KPU Kab. Sitaro;Ketua;Luring\n".encode("cp1252")
    sari, page = upload(hall, content, "x.csv")
    shown = sari.get(page).text
    assert "Kolom yang dikenali: 0 dari 4" in shown
    assert sari.post(f"{page}/columns", data={"name": "-1"}).status_code == 422
    sari.post(f"{page}/columns", data={"name": "0", "office": "1", "role": "2", "mode": "3"})
    work(hall.app)
    assert states(hall) == {"good": 1}


def test_a_mode_for_all_is_asked_where_no_column_says_it(hall: Hall) -> None:
    content = sheet((GOOD[:5],), HEADINGS[:5])
    sari, page = upload(hall, content)
    assert "Belum jelas luring atau daring" in sari.get(page).text
    with hall.app.app_context():
        mapping = {k: str(v) for k, v in db.session.scalars(select(SheetImport.mapping)).one().items()}
    sari.post(f"{page}/columns", data={**mapping, "default_mode": "online"})
    work(hall.app)
    saved(hall, sari, page)
    assert [row.mode for row in living(hall)] == [Mode.ONLINE]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7", "bukan tabel XLSX atau CSV"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "format Excel lama"),
        (b"PK\x03\x04 rusak", "Berkas ini rusak"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_nothing_is_there(hall: Hall, content: bytes, said: str) -> None:
    sari, page = upload(hall, content)
    assert said in sari.get(page).text
    assert not states(hall)
    assert sari.post(f"{page}/removal").status_code == 303
    with hall.app.app_context():
        assert db.session.scalar(select(func.count()).select_from(StoredFile)) == 0


def test_no_file_at_all(hall: Hall) -> None:
    answer = hall.people.browser("sari").post(hall.base, data={})
    assert answer.status_code == 422
    assert "Pilih berkasnya dahulu." in answer.text


def test_progress_is_asked_cheaply_and_ends_with_the_page_anew(hall: Hall) -> None:
    sari = hall.people.browser("sari")
    page = str(sari.post(hall.base, data={"sheet": (io.BytesIO(sheet()), "a.xlsx")}).location)
    assert "Sedang dibaca" in sari.get(page).text
    assert sari.get(f"{page}/progress?seen=reading-0").status_code == 204
    assert "hx-get" in sari.get(f"{page}/progress?seen=x").text
    work(hall.app)
    answer = sari.get(f"{page}/progress?seen=reading-0")
    assert (answer.status_code, answer.headers["HX-Refresh"]) == (204, "true")


def test_found_numbers_and_the_rest_are_for_who_sent_them(hall: Hall) -> None:
    _sari, page = upload(hall, sheet())
    admin = hall.people.browser("admin")
    shown = admin.get(page).text
    assert "1.98E+17" not in shown
    assert admin.post(f"{page}/rest").status_code == 404


def test_a_judgement_that_comes_too_late_changes_nothing(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    sari, page = upload(hall, sheet((GOOD,)))
    with hall.app.app_context():
        mapping = {k: str(v) for k, v in db.session.scalars(select(SheetImport.mapping)).one().items()}
    sari.post(f"{page}/columns", data=mapping)
    judged = jobs._judged

    def meanwhile(row: SheetImport, progress: Any) -> Any:
        import_id, verdicts = row.id, judged(row, progress)
        with transaction(unaudited="test") as session:
            session.get_one(SheetImport, import_id).revision += 1
        return verdicts

    monkeypatch.setattr(jobs, "_judged", meanwhile)
    with hall.app.app_context():
        payload = {"event_id": str(hall.event_id), "import_id": str(db.session.scalars(select(SheetImport.id)).one())}
        jobs.check(payload, lambda _done, _total: None)
        assert db.session.scalars(select(SheetImport.state)).one() is ImportState.CHECKING
