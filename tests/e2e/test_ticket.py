"""The saved ticket: a picture that needs no network at the door."""

from io import BytesIO

import zxingcpp
from PIL import Image
from playwright.sync_api import expect

from tests.e2e.filling import code_on
from tests.e2e.walker import Walker


def test_the_saved_ticket_is_a_picture_of_the_code(guest: Walker) -> None:
    page = guest.page
    with page.expect_download() as coming:
        page.get_by_role("link", name="Simpan tiket").click()
    saved = coming.value
    assert saved.suggested_filename.endswith(".png")
    picture = Image.open(BytesIO(saved.path().read_bytes()))
    assert [found.text for found in zxingcpp.read_barcodes(picture)] == [code_on(page)]


def test_an_open_page_keeps_its_ticket_without_network(guest: Walker) -> None:
    page = guest.page
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    drawn = Image.open(BytesIO(page.locator("svg.qr").screenshot()))
    assert [found.text for found in zxingcpp.read_barcodes(drawn)] == [code_on(page)]
    expect(page.get_by_role("link", name="Simpan tiket")).to_be_visible()


def test_the_calendar_file_keeps_its_identity(guest: Walker) -> None:
    page = guest.page
    taken = []
    for _ in range(2):
        with page.expect_download() as coming:
            page.get_by_role("link", name="Tambah ke kalender").click()
        taken.append(coming.value.path().read_text(encoding="utf-8"))
    ids = [[line for line in text.splitlines() if line.startswith("UID")] for text in taken]
    assert ids[0]
    assert ids[0] == ids[1]
    assert "BEGIN:VTIMEZONE" in taken[0]
