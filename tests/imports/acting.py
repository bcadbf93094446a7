"""What the stories of imports share: a sheet with everything in it, its upload, what became of it."""


import io

from flask.testing import FlaskClient
from sqlalchemy import func, select

from rakor.db import db
from rakor.imports.models import ImportRow
from rakor.registrations.models import Registration
from rakor.registrations.rules import RegistrationState
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
