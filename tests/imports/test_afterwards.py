"""Questions are answered also after the good rows were saved, and nobody is told who should not be."""

import re

from sqlalchemy import func, select

from rakor.db import db
from rakor.messages.models import Message
from tests.imports.acting import HEADINGS, living, saved, sheet, states, upload
from tests.imports.conftest import Hall, work

CLEAR = ("", "Ketua", "Bambang Contoh", "Kota Solo", "", "Daring")
UNCLEAR = ("", "Ketua", "Citra Contoh", "KPU Semarang", "", "Daring")
MAILED = (*HEADINGS, "Email")


def messages(hall: Hall) -> int:
    with hall.app.app_context():
        return db.session.scalar(select(func.count()).select_from(Message)) or 0


def test_a_question_left_open_is_answered_in_place_and_saved_after(hall: Hall) -> None:
    sari, page = upload(hall, sheet((CLEAR, UNCLEAR)))
    saved(hall, sari, page)
    shown = sari.get(page).text
    assert "“KPU Semarang”: kantor yang mana?" in shown
    [key] = re.findall(r'name="key" value="(office:[^"]+)"', shown)
    city = re.search(r'value="([0-9a-f-]{36})">KPU Kota Semarang<', shown)
    assert city
    sari.post(f"{page}/answers", data={"key": key, "choice": city[1]})
    work(hall.app)
    assert states(hall) == {"saved": 1, "good": 1}
    shown = sari.get(page).text
    assert "Simpan 1 baris" in shown
    assert "Hapus unggahan ini" not in shown
    assert sari.post(f"{page}/removal").status_code == 303
    assert states(hall) == {"saved": 1, "good": 1}
    saved(hall, sari, page)
    assert [row.name for row in living(hall)] == ["Bambang Contoh", "Citra Contoh"]
    sari.post(f"{page}/undoing")
    work(hall.app)
    assert (living(hall), states(hall)) == ([], {"undone": 2})


def test_undone_while_a_second_helping_waits(hall: Hall) -> None:
    sari, page = upload(hall, sheet((CLEAR, UNCLEAR)))
    saved(hall, sari, page)
    [key] = re.findall(r'name="key" value="(office:[^"]+)"', sari.get(page).text)
    city = re.search(r'value="([0-9a-f-]{36})">KPU Kota Semarang<', sari.get(page).text)
    assert city
    sari.post(f"{page}/answers", data={"key": key, "choice": city[1]})
    work(hall.app)
    sari.post(f"{page}/undoing")
    work(hall.app)
    assert living(hall) == []


def test_mails_go_out_only_where_that_is_said(hall: Hall) -> None:
    rows = ((*CLEAR, "bambang@contoh.test"), ("", "Ketua", "Eko Contoh", "KPU Kota Semarang", "", "Daring", ""))
    sari, page = upload(hall, sheet(rows, MAILED))
    assert "Kabari 1 orang yang punya alamat email" in sari.get(page).text
    saved(hall, sari, page)
    assert (len(living(hall)), messages(hall)) == (2, 0)
    told = (("", "Anggota", "Fitri Contoh", "Kota Solo", "", "Daring", "fitri@contoh.test"),)
    sari, page = upload(hall, sheet(told, MAILED))
    sari.post(f"{page}/saving", data={"mails": "1"})
    work(hall.app)
    assert (len(living(hall)), messages(hall)) == (3, 2)  # the ticket, and the calendar invitation


def test_without_addresses_there_is_nothing_to_choose(hall: Hall) -> None:
    sari, page = upload(hall, sheet((CLEAR,)))
    assert "Tidak ada email yang akan terkirim" in sari.get(page).text
