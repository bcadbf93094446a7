"""The demo: five people to be, one click each; and the tour of the README as a new user walks it."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.acting import verdict
from tests.e2e.conftest import DESK, PHONE, Site, Walk

ENTRIES = {
    "Panitia": "Ringkasan kehadiran",
    "Kantor": "Asmat",
    "Peserta": "",
    "Meja": "Meja registrasi ulang",
    "Pimpinan": "",
}


@pytest.mark.parametrize("who", ENTRIES)
def test_one_click_is_enough(walk: Walk, who: str) -> None:
    page = walk().go("/").page
    page.get_by_role("button", name=re.compile(f"^{who}")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(ENTRIES[who])
    expect(page.get_by_text("Data contoh").first).to_be_visible()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_tour_of_the_readme(walk: Walk, site: Site, size: tuple[int, int], dark: bool) -> None:
    walker = walk(size=size, dark=dark)
    looks_well = walker.fits
    page = walker.go("/").page
    looks_well()
    # 1 the running event's public page, 2 what a press officer copies
    page.get_by_role("link", name=re.compile("^Rapat Koordinasi Nasional Pelayanan Informasi")).first.click()
    page.get_by_label("Kantor Anda").fill("Asmat")
    page.get_by_role("button", name="Susun kalimat").click()
    expect(page.locator("#facts")).to_contain_text("Asmat")
    looks_well()
    # 3 the organiser's summary, 4 a province
    walker.go("/")
    page.get_by_role("button", name=re.compile("^Panitia")).click()
    expect(page.get_by_text(re.compile(r"hadir\sdari\s[\d.]+\skursi")).first).to_be_visible()
    looks_well()
    page.get_by_role("link", name=re.compile("Papua Selatan")).first.click()
    expect(page.get_by_role("heading", name=re.compile("Papua Selatan")).first).to_be_visible()
    looks_well()
    # 5 the office's page
    walker.go("/")
    page.get_by_role("button", name=re.compile("^Kantor")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Asmat")
    looks_well()
    # 6 a participant's page
    walker.go("/")
    page.get_by_role("button", name=re.compile("^Peserta")).click()
    expect(page.locator("svg.qr")).to_be_visible()
    looks_well()
    # 7 the list of desks, 8 a desk of this phone, 9 a ticket to try
    walker.go("/")
    page.get_by_role("button", name=re.compile("^Meja")).click()
    page.get_by_role("button", name="Jadikan ponsel ini meja").click()
    page.get_by_text("Tiket contoh untuk dicoba").click()
    page.get_by_role("button", name="Belum masuk").click()
    verdict(page, "MASUK")
    looks_well()
    expect(page.get_by_text("1 masuk di meja ini")).to_be_visible()
    # 10 the leader's number
    walker.go("/")
    page.get_by_role("button", name=re.compile("^Pimpinan")).click()
    expect(page.get_by_role("heading", name=re.compile(r"Hadir\s[\d.]+\sdari\s[\d.]+\skursi"))).to_be_visible()
    looks_well()
