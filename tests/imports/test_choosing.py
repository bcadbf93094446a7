"""A workbook of several sheets: the first is read, another one can be chosen while nothing is saved."""

from rakor.imports.rules import ImportState
from rakor.sheets import Column, Sheet, write_book
from tests import make
from tests.imports.acting import GOOD, HEADINGS, living, saved, states, upload
from tests.imports.conftest import Hall, work


def book() -> bytes:
    columns = [Column(heading) for heading in HEADINGS]
    notes = Sheet("Petunjuk", [Column("Baca dahulu")], [])
    return write_book([notes, Sheet("Peserta", columns, [GOOD]), Sheet("Kosong", columns, [])], made_at=make.AT)


def test_another_sheet_is_chosen(hall: Hall) -> None:
    sari, page = upload(hall, book())
    shown = sari.get(page).text
    assert "Lembar yang dibaca, dari 3 lembar" in shown
    assert '<option value="0" selected>Petunjuk' in shown
    assert sari.post(f"{page}/sheet", data={"sheet": "1"}).status_code == 303
    work(hall.app)
    assert '<option value="1" selected>Peserta' in sari.get(page).text
    assert states(hall) == {"good": 1}
    for wrong in ("9", "-1", "x", ""):
        sari.post(f"{page}/sheet", data={"sheet": wrong})
    assert states(hall) == {"good": 1}
    saved(hall, sari, page)
    assert "Lembar yang dibaca" not in sari.get(page).text
    sari.post(f"{page}/sheet", data={"sheet": "2"})
    work(hall.app)
    assert len(living(hall)) == 1
    assert states(hall) == {"saved": 1}
    assert ImportState.SAVED
