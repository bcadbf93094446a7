"""The list that the treasurer needs: story O7 of domain.md §6.2."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from uuid import UUID

import pypdfium2
from playwright.sync_api import expect
from python_calamine import CalamineWorkbook

from tests.e2e.acting import draw_signature, log_in, take_list
from tests.e2e.conftest import DESK, Site, Walk

DATE = r"(Senin|Selasa|Rabu|Kamis|Jumat|Sabtu|Minggu), \d{1,2} [A-Z][a-z]+ \d{4}"
PRESENT = """
SELECT registration.id, registration.name FROM presence
JOIN registration ON registration.event_id = presence.event_id AND registration.id = presence.registration_id
JOIN holding ON holding.event_id = presence.event_id AND holding.registration_id = registration.id
JOIN seat ON seat.id = holding.seat_id JOIN office ON office.id = seat.office_id
JOIN checkpoint ON checkpoint.id = presence.checkpoint_id JOIN event_day ON event_day.id = checkpoint.day_id
WHERE presence.event_id = ? AND presence.present AND office.province_code = '33' AND event_day.number = 2
AND holding.ended_at IS NULL LIMIT 1
"""


def test_o7_the_list_of_day_2_for_one_province_as_pdf_and_excel(walk: Walk, site: Site) -> None:
    with closing(sqlite3.connect(site.instance / "rakor.sqlite3", timeout=30)) as database:
        who, name = database.execute(PRESENT, [site.live_id.replace("-", "")]).fetchone()
        codes = dict(database.execute("SELECT short_name, sort_key FROM office"))
    organiser = walk(size=DESK)
    log_in(organiser, *site.login("panitia"))
    page = organiser.go(f"/events/{site.live_id}/presence/sessions").page
    if page.get_by_role("button", name="Minta juga di meja").count():
        page.get_by_role("button", name="Minta juga di meja").click()
        expect(page.get_by_text("Meja boleh meminta tanda tangan.")).to_be_visible()
    organiser.go(f"/events/{site.live_id}/people/{UUID(who)}/signature")
    draw_signature(page)
    organiser.look_around()
    page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    page.get_by_role("button", name="Simpan tanda tangan").click()
    expect(page.get_by_text("Tanda tangan tersimpan.")).to_be_visible()

    where = {"variant": "Dengan tanda tangan dan jam", "province": "Jawa Tengah"}
    book = pypdfium2.PdfDocument(take_list(organiser, site.live_id, "PDF", **where))
    pages = [re.sub(r"\s+", " ", one.get_textpage().get_text_bounded()) for one in book]
    assert len(pages) > 1
    assert all((round(one.get_width()), round(one.get_height())) == (842, 595) for one in book), "A4, lying"
    for number, said in enumerate(pages, start=1):
        assert f"Halaman {number} dari {len(pages)}" in said
        assert "No. Nama NIP Jabatan Instansi No. HP Tanda tangan" in said, "the head is repeated"
    assert re.search(DATE, pages[0])
    assert re.search(r"Jawa Tengah, hadir \d+ dari \d+ kursi", pages[0])
    assert re.search(r"\d\d\.\d\d WIB", pages[0])
    assert re.search("Sidik( [0-9a-f]{4}){4}", pages[-1])
    assert {len({round(left) for left in lefts}) for lefts in staggered(book[0])} == {1}
    odd, even = staggered(book[0])
    assert even[0] > odd[0] + 30, "odd numbers sign at the left, even ones further right"

    sheet = CalamineWorkbook.from_filelike(BytesIO(take_list(organiser, site.live_id, "Excel", **where)))
    rows = sheet.get_sheet_by_index(0).to_python()
    first = next(number for number, row in enumerate(rows) if row[0] == "No.") + 1
    lines = rows[first:]
    assert any(name in str(row[1]) for row in lines)
    assert all(isinstance(row[2], str) for row in lines), "a NIP is text (with a real one: tests/documents)"
    phones = [row[5] for row in lines if row[5] != "-"]
    assert phones
    assert all(isinstance(phone, str) and phone.startswith("+62") for phone in phones)
    order = [codes[str(row[4])] for row in lines if row[4] in codes]
    assert order == sorted(order), "offices in protocol order"


def staggered(page: pypdfium2.PdfPage) -> Iterator[list[float]]:
    """Where the numbers in the signatures' column stand: of the odd ones, of the even ones."""
    text = page.get_textpage()
    found: dict[int, float] = {}
    for number in range(1, 10):
        search = text.search(f"{number}.")
        while (hit := search.get_next()) is not None:
            left = text.get_charbox(hit[0])[0]
            before = text.get_text_range(hit[0] - 1, 1) if hit[0] else ""
            after = text.get_text_range(hit[0] + 2, 1)
            if left > 640 and not before.isdigit() and not after.isdigit():
                found.setdefault(number, left)
    yield [left for number, left in found.items() if number % 2]
    yield [left for number, left in found.items() if not number % 2]
