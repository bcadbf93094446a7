"""Sheets of people: uploaded, checked, asked about, saved, brought again, undone."""

import io
import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from sqlalchemy import func, select

from rakor import outbox
from rakor.audit import AuditEntry
from rakor.db import db, transaction
from rakor.events.models import Event
from rakor.events.quota import rest_of
from rakor.files import StoredFile
from rakor.imports import jobs
from rakor.imports.models import ImportRow, SheetImport
from rakor.imports.rules import ImportState
from rakor.registrations import changes
from rakor.registrations.models import Registration
from rakor.registrations.rules import Mode, RegistrationState
from rakor.seats.models import Holding, Seat
from rakor.sheets import Column, write_table
from tests.imports.conftest import Hall, work

HEADINGS = ("No. HP", "Jabatan", "NAMA LENGKAP (dengan gelar)", "Satker", "NIP", "Moda")
GOOD = ("0812-0000-0147", "Ketua", "Dr. Agustina Contoh, S.E.", "KPU Kab. Sitaro ", "198609262015051001", "Luring")
ROWS = (
    GOOD,
    ("81200000148", "Ketua KPU Kota Surakarta", "Bambang Contoh", "Kota Solo", "", "daring"),
    ("", "Ketua", "Citra Contoh", "KPU Semarang", "", "Daring"),
    ("", "Anggota", "Dewi Contoh", "KPU Kota Semarang", "1.98E+17", "Daring"),
    ("", "Anggota", "Eko Contoh", "KPU Kota Semarang", "198609262015051000", "Daring"),
    ("", "Anggota", "Fitri Contoh", "KPU Kota Semarang", "", "Daring"),
    ("", "Anggota", "Gita Contoh", "KPU Kota Semarang", "", "Daring"),
    ("", "Anggota", "Hadi Contoh", "KPU Kota Semarang", "", "Daring"),
    ("", "Ketua", "Dr. Agustina Contoh, S.E.", "KPU Kab. Sitaro", "", "Luring"),
)


def sheet(rows: tuple[tuple[str, ...], ...] = ROWS, headings: tuple[str, ...] = HEADINGS) -> bytes:
    return write_table("Peserta", [Column(heading) for heading in headings], rows, notes=["Daftar peserta"])


def upload(hall: Hall, content: bytes, name: str = "peserta.xlsx") -> tuple[FlaskClient, str]:
    sari = hall.people.browser("sari")
    answer = sari.post(hall.base, data={"sheet": (io.BytesIO(content), name)})
    assert answer.status_code == 303, answer.text
    work(hall.app)
    return sari, str(answer.location)


def states(hall: Hall) -> dict[str, int]:
    with hall.app.app_context():
        query = select(ImportRow.state, func.count()).group_by(ImportRow.state)
        return {state.value: count for state, count in db.session.execute(query)}


def saved(hall: Hall, browser: FlaskClient, page: str) -> None:
    assert browser.post(f"{page}/saving").status_code == 303
    work(hall.app)


def living(hall: Hall) -> list[Registration]:
    with hall.app.app_context():
        query = select(Registration).where(Registration.state == RegistrationState.CONFIRMED)
        return list(db.session.scalars(query.order_by(Registration.name)))


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


def test_good_rows_are_saved_on_their_seats_with_what_they_say(hall: Hall) -> None:
    sari, page = upload(hall, sheet())
    saved(hall, sari, page)
    first, second, *others = living(hall)
    assert (first.front_title, first.name, first.back_title) == ("Dr.", "Agustina Contoh", "S.E.")
    assert (first.phone, first.nip, first.mode) == ("+6281200000147", "198609262015051001", Mode.ONSITE)
    assert (second.phone, second.mode) == ("+6281200000148", Mode.ONLINE)
    assert [row.name for row in others] == ["Fitri Contoh", "Gita Contoh"]
    with hall.app.app_context():
        held = select(func.count()).select_from(Holding).where(Holding.ended_at.is_(None))
        assert db.session.scalar(held) == 4
        assert db.session.scalar(select(func.count()).select_from(Seat).where(Seat.answer.is_not(None))) == 4
        found = db.session.scalars(select(AuditEntry.action)).all()
    assert {"import.upload", "import.check", "import.save", "registration.create"} <= set(found)


def test_the_rest_comes_back_with_reasons_and_can_be_uploaded_as_it_is(hall: Hall) -> None:
    sari, page = upload(hall, sheet())
    saved(hall, sari, page)
    answer = sari.post(f"{page}/rest")
    assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''perbaiki-peserta.xlsx"
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.data)).get_sheet_by_index(0).to_python()
    assert book[3][:2] == ["Baris", "Masalah"]
    assert book[3][2:] == list(HEADINGS)
    damaged = next(row for row in book if row[4] == "Dewi Contoh")
    assert damaged[0] == "7"
    assert "NIP rusak oleh Excel" in damaged[1]
    assert damaged[6] == "1.98E+17"
    upload(hall, answer.data, "perbaiki.xlsx")
    # the double row says what is saved by now; its three fellows are as wrong as before
    assert (states(hall)["problem"], states(hall)["unchanged"]) == (4 + 3, 1)


def test_the_same_sheet_again_changes_nothing(hall: Hall) -> None:
    sari, page = upload(hall, sheet((GOOD,)))
    saved(hall, sari, page)
    upload(hall, sheet((GOOD,)))
    assert states(hall) == {"saved": 1, "unchanged": 1}


def test_the_template_brought_back_updates_instead_of_doubling(hall: Hall) -> None:
    sari, page = upload(hall, sheet((GOOD,)))
    saved(hall, sari, page)
    book = sari.post(f"{hall.base}/template").data
    read = CalamineWorkbook.from_filelike(io.BytesIO(book))
    assert read.sheet_names == ["Isian peserta", "Daftar kantor"]
    lines = [[str(cell) for cell in row] for row in read.get_sheet_by_index(0).to_python()]
    place = next(index for index, row in enumerate(lines) if row[0] == "Kode baris")
    headings, rows = lines[place], lines[place + 1 :]
    assert len(rows) == 20
    assert "198609262015051001" not in str(rows)
    rows[0][4], rows[0][7] = "Dr. Agustina Contoh, S.E., M.Si.", "0812 0000 0199"
    rows[1][4], rows[1][9] = "Joko Contoh", "Daring"
    again = write_table("x", [Column(heading) for heading in headings], rows[:2])
    sari, page = upload(hall, again, "templat.xlsx")
    saved(hall, sari, page)
    agustina, joko = living(hall)
    assert (agustina.back_title, agustina.phone) == ("S.E., M.Si.", "+6281200000199")
    assert agustina.nip == "198609262015051001"
    assert {"sitaro", "ketua"} & set(agustina.search_key.split()) == {"ketua"}
    assert "siau" in agustina.search_key
    assert joko.name == "Joko Contoh"
    assert states(hall) == {"saved": 2, "updated": 1}


def test_a_row_code_of_another_event_or_person_is_refused(hall: Hall) -> None:
    sari, page = upload(hall, sheet((GOOD,)))
    saved(hall, sari, page)
    lines = CalamineWorkbook.from_filelike(io.BytesIO(sari.post(f"{hall.base}/template").data))
    code = str(lines.get_sheet_by_index(0).to_python()[5][0])
    rows = ((code, "Orang Lain Contoh", "Luring"), ("a" * 16, "Budi Contoh", "Luring"))
    sari, page = upload(hall, sheet(rows, ("Kode baris", "Nama", "Moda")))
    shown = sari.get(page).text
    assert "Kode baris ini milik orang lain" in shown
    assert "Kode baris bukan dari kegiatan ini" in shown


def test_undoing_takes_back_whom_nobody_touched_and_lists_the_rest(hall: Hall) -> None:
    sari, page = upload(hall, sheet())
    saved(hall, sari, page)
    people = {row.name: row for row in living(hall)}
    with hall.app.app_context(), transaction(unaudited="test") as session:
        row = session.get_one(Registration, people["Bambang Contoh"].id)
        changes.change_mode(row, Mode.ONSITE, now=row.created_at)
    assert sari.post(f"{page}/undoing").status_code == 303
    work(hall.app)
    assert [row.name for row in living(hall)] == ["Bambang Contoh"]
    assert states(hall)["kept"] == 1
    with hall.app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Holding)) == 1
    # nobody sat there: the next one is no stand-in
    sari, page = upload(hall, sheet((("", "Ketua", "Lain Contoh", "KPU Kab. Sitaro", "", "Luring"),)))
    saved(hall, sari, page)
    with hall.app.app_context():
        assert not any(db.session.scalars(select(Holding.on_behalf)))


def test_who_came_stays(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    sari, page = upload(hall, sheet((GOOD,)))
    saved(hall, sari, page)
    [person] = living(hall)
    asked: list[Any] = []

    def came(event_id: Any, people: Any) -> set[Any]:
        asked.append(event_id)
        return {person.id}

    monkeypatch.setattr("rakor.imports.store.undoing.needed_by", [came])
    sari.post(f"{page}/undoing")
    work(hall.app)
    assert asked == [hall.event_id]
    assert len(living(hall)) == 1


def test_a_seat_that_an_office_took_meanwhile_stays_theirs(hall: Hall) -> None:
    sari, page = upload(hall, sheet((GOOD,)))
    second, other = upload(hall, sheet((("", "Ketua", "Cepat Contoh", "KPU Kab. Sitaro", "", "Luring"),)))
    saved(hall, second, other)
    saved(hall, sari, page)
    assert [row.name for row in living(hall)] == ["Cepat Contoh"]
    assert "Kursi ini sudah diisi orang lain" in sari.get(f"{page}?rows=problem").text


def test_a_worker_killed_between_steps_goes_on_without_doubling(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rakor.imports.store.saving.STEP", 1)
    sari, page = upload(hall, sheet())
    sari.post(f"{page}/saving")
    calls = {"left": 2}

    def dies(_done: int, _total: int) -> None:
        calls["left"] -= 1
        if not calls["left"]:
            raise KeyboardInterrupt

    with hall.app.app_context():
        upload_id = db.session.scalars(select(SheetImport.id)).one()
        payload = {"event_id": str(hall.event_id), "import_id": str(upload_id)}
        [handler] = outbox._handlers["imports.save"]
        with pytest.raises(KeyboardInterrupt):
            handler(payload, dies)
        db.session.remove()
    assert len(living(hall)) == 2
    work(hall.app)
    assert len(living(hall)) == 4
    assert states(hall)["saved"] == 4


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


def test_after_seven_days_file_and_cells_are_gone(hall: Hall) -> None:
    sari, page = upload(hall, sheet())
    saved(hall, sari, page)
    with hall.app.app_context():
        upload_id = db.session.scalars(select(SheetImport.id)).one()
        [handler] = outbox._handlers["imports.expire"]
        handler({"event_id": str(hall.event_id), "import_id": str(upload_id)}, lambda _d, _t: None)
        assert not any(db.session.scalars(select(ImportRow.cells)))
        assert db.session.scalar(select(func.count()).select_from(StoredFile)) == 0
        assert db.session.scalars(select(SheetImport.state)).one() is ImportState.OVER
    assert "Berkas dan isinya sudah dihapus" in sari.get(page).text
    assert sari.post(f"{page}/rest").status_code == 404
    assert len(living(hall)) == 4


def test_found_numbers_and_the_rest_are_for_who_sent_them(hall: Hall) -> None:
    _sari, page = upload(hall, sheet())
    admin = hall.people.browser("admin")
    shown = admin.get(page).text
    assert "1.98E+17" not in shown
    assert admin.post(f"{page}/rest").status_code == 404


def test_without_seats_people_come_by_the_open_form(hall: Hall) -> None:
    with hall.app.app_context(), transaction(unaudited="test") as session:
        event = session.get_one(Event, hall.event_id)
        event.open_registration, event.waiting_list = True, False
        rest = rest_of(hall.event_id)
        assert rest is not None
        rest.size = 2
    rows = tuple((f"0812000001{n}0", f"Orang {n} Contoh", "Harian Contoh", "Daring") for n in range(3))
    sari, page = upload(hall, sheet(rows, ("HP", "Nama", "Instansi", "Moda")))
    assert states(hall) == {"good": 3}
    saved(hall, sari, page)
    assert states(hall) == {"saved": 2, "problem": 1}


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
