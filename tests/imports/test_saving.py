"""Good rows are saved, brought again, and go on where a worker was killed."""


import io

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import func, select

from rakor import outbox
from rakor.audit import AuditEntry
from rakor.db import db, transaction
from rakor.events.models import Event, EventRole
from rakor.events.quota import rest_of
from rakor.events.rules import BadgeColour
from rakor.imports.models import SheetImport
from rakor.registrations.models import Registration
from rakor.registrations.rules import Mode
from rakor.seats.models import Holding, Seat
from rakor.sheets import Column, write_table
from tests.imports.acting import GOOD, HEADINGS, living, saved, sheet, states, upload
from tests.imports.conftest import Hall, work


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
    at = headings.index
    rows[0][at("Nama")], rows[0][at("Nomor WhatsApp")] = "Dr. Agustina Contoh, S.E., M.Si.", "0812 0000 0199"
    rows[0][at("Kamar atau meja")], rows[0][at("Warna kartu")] = "Kamar 312", "Merah"
    rows[1][at("Nama")], rows[1][at("Cara mengikuti")] = "Joko Contoh", "Daring"
    again = write_table("x", [Column(heading) for heading in headings], rows[:2])
    sari, page = upload(hall, again, "templat.xlsx")
    saved(hall, sari, page)
    agustina, joko = living(hall)
    assert (agustina.back_title, agustina.phone) == ("S.E., M.Si.", "+6281200000199")
    assert (agustina.placing, joko.placing) == ("Kamar 312", "")
    assert agustina.nip == "198609262015051001"
    assert {"sitaro", "ketua"} & set(agustina.search_key.split()) == {"ketua"}
    assert "siau" in agustina.search_key
    assert joko.name == "Joko Contoh"
    assert states(hall) == {"saved": 2, "updated": 1}


def test_rooms_and_badge_colours_stand_in_the_template_and_undoing_brings_the_old_room_back(hall: Hall) -> None:
    headings = (*HEADINGS, "No. Kamar")
    sari, page = upload(hall, sheet(((*GOOD, "Kamar 312"),), headings))
    saved(hall, sari, page)
    with hall.app.app_context(), transaction(unaudited="a test") as session:
        [agustina] = session.scalars(select(Registration))
        session.get_one(EventRole, agustina.role_id).colour = BadgeColour.RED
    lines = CalamineWorkbook.from_filelike(io.BytesIO(sari.post(f"{hall.base}/template").data))
    cells = [[str(cell) for cell in row] for row in lines.get_sheet_by_index(0).to_python()]
    assert next(row[-3:] for row in cells if "Dr. Agustina Contoh, S.E." in row) == ["Luring", "Kamar 312", "Merah"]
    sari, page = upload(hall, sheet(((*GOOD, "Meja 7"),), headings))
    saved(hall, sari, page)
    assert [one.placing for one in living(hall)] == ["Meja 7"]
    sari.post(f"{page}/undoing")
    work(hall.app)
    assert [one.placing for one in living(hall)] == ["Kamar 312"]


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
