"""Columns for status, acting, rank and NRP; what a NIP tells by itself; and the region of who has no office."""

from sqlalchemy import select

from rakor.db import db
from rakor.imports.rules.regions import region_of
from rakor.registrations.models import Registration
from rakor.registrations.rules.work import Employment
from tests.imports.acting import saved, sheet, states, upload
from tests.imports.conftest import Hall, work

HEADINGS = ("Nama", "Satker", "Peran", "Status Kepegawaian", "Pangkat/Golongan", "NIP", "NRP", "Moda")
ROWS = (
    ("Agus Contoh", "KPU Kota Semarang", "Plt. Ketua", "", "Penata Muda (III/a)", "198609262015051001", "", "Luring"),
    ("Bambang Contoh", "KPU Kota Semarang", "Anggota", "", "IX", "199009132025242014", "", "Daring"),
    ("Citra Contoh", "KPU Kota Semarang", "Anggota", "Polri", "Laksamana", "", "85120345", "Daring"),
    ("Dewi Contoh", "KPU Kota Semarang", "Anggota", "TNI", "", "12", "", "Daring"),
)


def people(hall: Hall) -> dict[str, Registration]:
    with hall.app.app_context():
        return {one.name: one for one in db.session.scalars(select(Registration))}


def test_status_acting_rank_and_numbers_come_from_their_columns(hall: Hall) -> None:
    sari, page = upload(hall, sheet(ROWS, HEADINGS))
    shown = sari.get(page).text
    assert "NRP terdiri atas 5 sampai 18 angka" in shown
    saved(hall, sari, page)
    assert states(hall) == {"saved": 3, "problem": 1}
    found = people(hall)
    agus, bambang, citra = (found[f"{name} Contoh"] for name in ("Agus", "Bambang", "Citra"))
    assert (agus.acting, agus.employment, agus.rank) == ("plt", Employment.PNS, "Penata Muda (III/a)")
    assert (bambang.employment, bambang.rank) == (Employment.PPPK, "Golongan IX")
    assert (citra.employment, citra.nip, citra.rank) == (Employment.MILITARY_POLICE, "85120345", "")
    assert "Tidak dikenal, jadi dikosongkan" in sari.get(f"{page}?rows=saved").text


def test_a_second_sheet_updates_status_and_undoing_brings_the_old_one_back(hall: Hall) -> None:
    sari, page = upload(hall, sheet(ROWS[:1], HEADINGS))
    saved(hall, sari, page)
    changed = (("Agus Contoh", "KPU Kota Semarang", "Ketua", "Komisioner", "", "", "", "Luring"),)
    sari, page = upload(hall, sheet(changed, HEADINGS))
    saved(hall, sari, page)
    assert people(hall)["Agus Contoh"].employment is Employment.COMMISSIONER
    sari.post(f"{page}/undoing")
    work(hall.app)
    assert people(hall)["Agus Contoh"].employment is Employment.PNS


def test_regions_are_read_where_they_are_clear() -> None:
    assert region_of("Kota Semarang", "") == ("33", "3374")
    assert region_of("Semarang", "Jawa Tengah") == ("33", None)
    assert region_of("", "Bali") == ("51", None)
    assert region_of("Kota Semarang", "Bali") == ("51", None)
    assert region_of("entah", "entah") == (None, None)
