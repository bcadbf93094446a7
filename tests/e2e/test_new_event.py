"""An event from nothing: a bimtek for 40, announced, somebody registers; then one place only, and a waiting list."""

import re
from datetime import date, timedelta

from playwright.sync_api import Page, expect

from tests.e2e.acting import log_in
from tests.e2e.conftest import DESK, Site, Walk
from tests.e2e.filling import code_on, register
from tests.e2e.walker import Walker


def announce(walker: Walker, title: str, places: int) -> str:
    """Make an open event in nine days through the first form, announce it, and return its public path."""
    page = walker.go("/events").page
    page.get_by_role("link", name="Kegiatan baru").click()
    page.get_by_label("Jenis kegiatan").select_option("bimtek")
    page.get_by_label("Nama kegiatan").fill(title)
    name = page.get_by_label(re.compile("^Nama instansi"))
    if name.evaluate("field => field.required"):
        name.fill("Dinas Contoh")
    day = (date.today() + timedelta(days=9)).isoformat()  # noqa: DTZ011 - what a person reads off a calendar
    page.get_by_label("Mulai").fill(day)
    page.get_by_label("Tempat", exact=False).first.fill("Aula Contoh")
    page.get_by_label(re.compile("^Kota")).fill("Semarang")
    page.get_by_label(re.compile("^Jumlah tempat")).fill(str(places))
    page.get_by_role("button", name="Buat kegiatan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Pengaturan")
    page.get_by_role("button", name="Umumkan kegiatan").click()
    public = page.get_by_role("link", name="Lihat halaman umum")
    expect(public).to_be_visible()
    return str(public.get_attribute("href"))


def join(walker: Walker, public: str, name: str, phone: str) -> Page:
    """Register from the public page's own button."""
    page = walker.go(public).page
    page.get_by_role("link", name="Daftar", exact=True).first.click()
    register(page, name, phone=phone)
    return page


def test_a_bimtek_for_forty_without_a_matrix(walk: Walk, site: Site) -> None:
    organiser = walk(size=DESK)
    log_in(organiser, *site.login("panitia"))
    public = announce(organiser, "Bimbingan Teknis Arsip Contoh", 40)
    guest = walk()
    page = join(guest, public, "Sulastri Contoh", "0812 0000 0401")
    expect(page.get_by_text("Terdaftar", exact=True).first).to_be_visible()
    assert len(code_on(page)) == 20


def test_the_last_place_and_who_waits(walk: Walk, site: Site) -> None:
    organiser = walk(size=DESK)
    log_in(organiser, *site.login("panitia"))
    public = announce(organiser, "Bimbingan Teknis Satu Kursi Contoh", 1)
    first = join(walk(), public, "Pertama Contoh", "0812 0000 0501")
    expect(first.get_by_text("Terdaftar", exact=True).first).to_be_visible()
    second = walk()
    page = second.go(f"{public}/registration").page
    expect(page.get_by_text("Penuh: semua 1 tempat sudah terisi.")).to_be_visible()
    register(page, "Kedua Contoh", phone="0812 0000 0502")
    expect(page.get_by_text("Anda nomor 1 di daftar tunggu.")).to_be_visible()
    expect(page.locator("svg.qr")).to_have_count(0)
    second.look_around()
    first.get_by_role("link", name="Tidak jadi hadir?").click()
    first.get_by_role("button", name="Ya, cabut konfirmasi").click()
    expect(first.get_by_text("Anda tidak jadi hadir.")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Terdaftar", exact=True).first).to_be_visible()
    expect(page.locator("svg.qr")).to_be_visible()
