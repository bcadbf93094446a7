"""The main job, from the organiser's login to the printed list."""

import re
from collections.abc import Callable
from io import BytesIO

from playwright.sync_api import expect
from python_calamine import CalamineWorkbook

from tests.e2e.acting import answer_for_office, log_in, open_desk, take_list, verdict
from tests.e2e.conftest import DESK, Site, Walk
from tests.e2e.walker import Walker
from tests.papers import words_of

KETUA, SEKRETARIS = "Agustina Mahuze Contoh, S.E.", "O'Brien Kaize Contoh"


def test_from_the_letter_to_the_list(
    walk: Walk, site: Site, offices: list[str], desk_with_camera: Callable[[bytes], Walker]
) -> None:
    office = walk(zone="Asia/Jayapura")
    ketua, sekretaris = answer_for_office(office, offices.pop(), [KETUA, SEKRETARIS])
    office.look_around()

    person = walk(zone="Asia/Jayapura").go(ketua)
    expect(person.page.get_by_role("heading", level=1)).to_have_text(KETUA)
    picture = person.page.locator("svg.qr").screenshot()

    phone = desk_with_camera(picture)
    log_in(phone, *site.login("meja"))
    said = verdict(open_desk(phone, site.live_id, "Meja 7"), "MASUK")
    assert "Agustina Mahuze Contoh" in said

    person.page.reload()
    expect(person.page.get_by_text(re.compile("^Hadir")).first).to_be_visible()
    organiser = walk(size=DESK)
    log_in(organiser, *site.login("panitia"))
    summary = organiser.go(f"/events/{site.live_id}").page
    expect(summary.get_by_role("heading", name="Pindaian terbaru").locator("..")).to_contain_text("Agustina")
    organiser.look_around()

    pdf = words_of(take_list(organiser, site.live_id, "PDF"))
    for words in ("Agustina Mahuze Contoh", "Meja 7", SEKRETARIS, "Tanda tangan"):
        assert words in pdf.replace("’", "'")
    rows = CalamineWorkbook.from_filelike(BytesIO(take_list(organiser, site.live_id, "Excel"))).get_sheet_by_index(0)
    assert any("Agustina" in str(cell) for row in rows.to_python() for cell in row)
    assert sekretaris != ketua
    expect(phone.page.get_by_text("belum terkirim").first).to_be_hidden()
