"""Who has a number and who has none: a commissioner, a PPPK officer, and one whose number looks odd."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import DESK, Site, Walk
from tests.e2e.filling import register

SERVICE, NUMBER = "Status kepegawaian", "NIP, NI PPPK, atau NRP"


def label(words: str) -> re.Pattern[str]:
    return re.compile(f"^{words}")


def test_p5_a_commissioner_is_not_asked_for_a_number(walk: Walk, site: Site) -> None:
    walker = walk().go(f"/e/{site.bimtek}/registration")
    page = walker.page
    page.get_by_label(label(SERVICE)).select_option(label="PNS")
    expect(page.get_by_label(label(NUMBER))).to_be_visible()
    page.get_by_label(label(SERVICE)).select_option(label="Komisioner/anggota")
    expect(page.get_by_label(label(NUMBER))).to_be_hidden()
    register(page, "Theresia Komisioner Contoh", phone="0812 0000 0511")
    page.get_by_role("link", name="Data saya").click()
    row = page.locator("dl.rows div", has_text="NIP").first
    expect(row.locator("b")).to_have_text("–")
    walker.look_around()


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_p6_a_pppk_number_is_taken_and_shown_in_groups(walk: Walk, site: Site, javascript: bool) -> None:
    page = walk(javascript=javascript).go(f"/e/{site.bimtek}/registration").page
    page.get_by_label(label(SERVICE)).select_option(label="PPPK")
    page.get_by_label(label(NUMBER)).fill("19900913 2025 24 2 014")
    register(page, f"Yuliana PPPK {javascript} Contoh", phone=f"0812 0000 052{int(javascript)}", javascript=javascript)
    page.get_by_role("link", name="Data saya").click()
    expect(page.get_by_text("19900913 2025 24 2 014")).to_be_visible()
    expect(page.get_by_text("PPPK", exact=True)).to_be_visible()


def test_an_odd_number_is_asked_about_once_and_then_kept(walk: Walk, site: Site) -> None:
    walker = walk(size=DESK).go(f"/e/{site.bimtek}/registration")
    register(walker.page, "Bambang Ganjil Contoh", phone="0812 0000 0533")
    page = walker.page
    page.get_by_role("link", name="Data saya").click()
    page.get_by_role("link", name="Jabatan, status, NIP, pangkat").click()
    walker.expected = {422}
    page.get_by_label(label("Plh./Plt.")).select_option(label="Plt. (pelaksana tugas)")
    page.get_by_label(label(SERVICE)).select_option(label="PNS")
    page.get_by_label(label(NUMBER)).fill("198609262015051000")
    page.get_by_label(label("Pangkat/golongan")).select_option(label="Penata Muda (III/a)")
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_role("alert")).to_contain_text("dipotong Excel")
    expect(page.get_by_label(label(NUMBER))).to_have_value("198609262015051000")
    walker.look_around()
    page.get_by_label("Nomor ini sudah saya periksa dan benar").check()
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_text("19860926 201505 1 000")).to_be_visible()
    expect(page.get_by_text("Penata Muda (III/a)")).to_be_visible()
