"""The door: a camera that looks at the very QR of a person's page, every other way in, and every verdict."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.e2e.acting import go_on, log_in, open_desk, verdict
from tests.e2e.conftest import Site, Walk
from tests.e2e.filling import code_on
from tests.e2e.test_desk_offline import forgive
from tests.e2e.walker import Walker

SAMPLES = {
    "Belum masuk": "MASUK",
    "Sudah masuk": "SUDAH MASUK",
    "Kartu lama": "JANGAN LANJUT",
    "Kegiatan lain": "BUKAN ACARA INI",
    "Tidak dikenal": "PERIKSA IDENTITAS",
}


WORKERS_REST = """() => navigator.serviceWorker.controller && navigator.serviceWorker.getRegistrations()
  .then((all) => all.length === 2 && all.every((one) => one.active && !one.installing && !one.waiting))"""
SHELL_SPEAKS = """(language) => caches.match('/desk/shell')
  .then((kept) => kept?.headers.get('Content-Language') === language)"""


@pytest.fixture
def desk(walk: Walk, site: Site) -> Walker:
    walker = walk()
    log_in(walker, *site.login("meja"))
    open_desk(walker, site.live_id, "Meja Uji")
    return walker


def test_every_sample_of_the_demo_gets_its_verdict(desk: Walker) -> None:
    page = desk.page
    desk.accessible()
    desk.fits()
    for sample, word in SAMPLES.items():
        drawer = page.get_by_text("Tiket contoh untuk dicoba")
        button = page.get_by_role("button", name=sample)
        if not button.is_visible():
            drawer.click()
        button.click()
        said = verdict(page, word)
        desk.fits()
        desk.accessible()
        if word == "MASUK":
            expect(page.get_by_role("region", name="Siap memindai")).to_be_visible()
            expect(page.get_by_text("1 masuk di meja ini")).to_be_visible()
            expect(page.locator("[data-part=hint]")).to_contain_text("Tidak ada kamera langsung.")
        else:
            assert "Ketuk untuk lanjut" in said
            go_on(page)


def test_the_desk_speaks_english_too(desk: Walker) -> None:
    page = desk.page
    page.wait_for_function(WORKERS_REST)
    page.get_by_role("group", name="Bahasa").get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("region", name="Ready to scan")).to_be_visible()
    desk.accessible()
    desk.fits()
    page.wait_for_function(SHELL_SPEAKS, arg="en")
    page.context.set_offline(True)
    page.reload()  # the page that is kept speaks the language that was chosen
    expect(page.get_by_role("region", name="Ready to scan")).to_be_visible()
    expect(page.get_by_text("No network since")).to_be_visible()
    page.context.set_offline(False)
    forgive(desk)


def test_without_a_qr_a_name_and_an_office_are_enough(desk: Walker) -> None:
    """D4: the first hit, titles and accents ignored; how soon after the last key measures ``bench/mode_daftar.py``."""
    page = desk.page
    page.get_by_label("Tanpa QR").fill("Drs. Ásm kétua")  # titles and accents do not matter
    first = page.get_by_role("list", name="Hasil cari").get_by_role("listitem").first
    expect(first).to_contain_text("Asmat")
    expect(first).to_contain_text("Ketua")
    first.get_by_role("button").first.click()
    assert "Asmat" in verdict(page, "MASUK")


def test_a_scan_is_taken_back_with_a_reason(desk: Walker, guest: Walker) -> None:
    page = desk.page
    page.get_by_label("Tanpa QR").fill(code_on(guest.page).lower())
    page.get_by_label("Tanpa QR").press("Enter")
    verdict(page, "MASUK")
    go_on(page)
    page.get_by_label("Keliru?").select_option(label="salah orang")
    page.get_by_role("button", name="Tarik pindaian").click()
    expect(page.get_by_text("Pindaian terakhir ditarik.")).to_be_visible()


def test_the_camera_reads_the_qr_of_the_page(
    desk_with_camera: Callable[[bytes], Walker], guest: Walker, site: Site
) -> None:
    phone = desk_with_camera(guest.page.locator("svg.qr").screenshot())
    log_in(phone, *site.login("meja"))
    page = open_desk(phone, site.live_id, "Meja Kamera")
    assert guest.page.get_by_role("heading", level=1).inner_text() in verdict(page, "MASUK")
