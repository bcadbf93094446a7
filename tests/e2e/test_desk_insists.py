"""What the operator may do about a verdict, and what the phone does when it cannot keep a scan."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from rakor.qr import qr_png
from tests.e2e.acting import go_on, log_in, open_desk, verdict
from tests.e2e.conftest import Site, Walk
from tests.e2e.filling import code_on
from tests.e2e.walker import Walker

FULL = """() => { IDBObjectStore.prototype.put = () => { throw new DOMException("full", "QuotaExceededError"); }; }"""


@pytest.fixture
def desk(walk: Walk, site: Site) -> Walker:
    walker = walk()
    log_in(walker, *site.login("meja"))
    open_desk(walker, site.live_id, "Meja Teliti")
    return walker


def sample(walker: Walker, name: str, word: str) -> None:
    button = walker.page.get_by_role("button", name=name)
    if not button.is_visible():
        walker.page.get_by_text("Tiket contoh untuk dicoba").click()
    button.click()
    verdict(walker.page, word)


def test_a_refused_ticket_is_listed_and_may_be_let_in_with_a_reason(desk: Walker, walk: Walk, site: Site) -> None:
    page = desk.page
    sample(desk, "Kartu lama", "JANGAN LANJUT")
    desk.look_around()
    go_on(page)
    sari = walk()
    log_in(sari, *site.login("panitia"))
    theirs = sari.go(f"/events/{site.live_id}/coordination?matter=refused").page
    mine = theirs.get_by_role("listitem").filter(has_text="Meja Teliti")
    expect(mine.get_by_text("Ditolak")).to_be_visible()
    page.wait_for_timeout(4100)  # the same code again at once is one scan
    sample(desk, "Kartu lama", "JANGAN LANJUT")
    page.get_by_label("Alasan", exact=True).select_option(label="atas izin panitia")
    page.get_by_role("button", name="Tetap persilakan").click()
    verdict(page, "DIPERSILAKAN")  # its holder came in by the new ticket
    go_on(page)
    theirs = sari.go(f"/events/{site.live_id}/coordination?matter=manual").page
    expect(theirs.get_by_text("atas izin panitia").first).to_be_visible()


def test_who_was_in_already_is_let_in_again_with_a_reason(desk: Walker) -> None:
    sample(desk, "Sudah masuk", "SUDAH MASUK")
    desk.look_around()
    desk.page.get_by_role("button", name="Tetap persilakan").click()
    verdict(desk.page, "DIPERSILAKAN")


def test_a_scan_that_cannot_be_kept_is_red(desk: Walker, guest: Walker) -> None:
    page = desk.page
    page.evaluate(FULL)
    page.get_by_label("Tanpa QR").fill(code_on(guest.page))
    page.get_by_label("Tanpa QR").press("Enter")
    assert "Belum tersimpan" in verdict(page, "JANGAN LANJUT")
    expect(page.locator("[data-part=verdict]")).to_have_class("desk verdict bad")
    expect(page.get_by_role("button", name="Tetap persilakan")).to_be_hidden()
    desk.troubles[:] = [one for one in desk.troubles if "QuotaExceededError" not in one]


def test_a_photo_of_the_code_goes_through_the_same_decoder(desk: Walker, guest: Walker, tmp_path: Path) -> None:
    name = guest.page.get_by_role("heading", level=1).inner_text()
    photo, blank = tmp_path / "kode.png", tmp_path / "kosong.png"
    photo.write_bytes(qr_png(code_on(guest.page), 12))
    blank.write_bytes(desk.page.screenshot())
    touched = desk.page.locator("label[for=foto]").bounding_box()
    assert touched
    assert touched["width"] > 250, "as wide as the thumb's reach where no camera looks"
    field = desk.page.get_by_label("Foto kode QR")
    field.set_input_files(blank)
    expect(desk.page.get_by_text("Tidak ada kode QR di foto itu.")).to_be_visible()
    field.set_input_files(photo)
    assert name in verdict(desk.page, "MASUK")


def test_the_desk_can_be_put_on_the_home_screen(desk: Walker) -> None:
    said = desk.page.evaluate(
        """async () => {
        const manifest = await (await fetch(document.querySelector('link[rel=manifest]').href)).json();
        const touch = document.querySelector('link[rel=apple-touch-icon]').href;
        const wide = async (address) => (await createImageBitmap(await (await fetch(address)).blob())).width;
        const icons = await Promise.all(manifest.icons.map(async (one) => [one.sizes, await wide(one.src)]));
        return { icons, touch: await wide(touch), display: manifest.display }; }"""
    )
    assert {tuple(one) for one in said["icons"]} == {("192x192", 192), ("512x512", 512)}
    assert (said["touch"], said["display"]) == (180, "standalone")
