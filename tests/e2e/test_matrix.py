"""O1: from nothing to every office's link: matrix, counts, seats, an exception; then the letter and the province."""

import re
from datetime import date, timedelta

from playwright.sync_api import Page, expect

from tests.e2e.acting import log_in
from tests.e2e.conftest import DESK, Site, Walk
from tests.e2e.walker import Walker

LETTER = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


def start(walker: Walker, title: str, institution: str = "Komisi Contoh O1") -> str:
    """Make an event for invited offices in nine days, announce it; the first part of its staff pages' paths."""
    page = walker.go("/events").page
    page.get_by_role("link", name="Kegiatan baru").click()
    page.get_by_label("Jenis kegiatan").select_option("rakornas")
    page.get_by_label("Nama kegiatan").fill(title)
    body = page.get_by_label("Instansi penyelenggara")
    if body.count():
        body.select_option("new")
    page.get_by_label(re.compile("^Nama instansi")).fill(institution)
    page.get_by_label("Mulai").fill((date.today() + timedelta(days=9)).isoformat())  # noqa: DTZ011 - off a calendar
    page.get_by_role("radio", name="Luring dan daring").check()
    page.get_by_label("Tempat", exact=False).first.fill("Hotel Contoh")
    page.get_by_label(re.compile("^Kota")).fill("Bogor")
    page.get_by_role("radio", name="Kantor yang diundang").check()
    page.get_by_role("button", name="Buat kegiatan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Pengaturan")
    page.get_by_role("button", name="Umumkan kegiatan").click()
    expect(page.get_by_role("link", name="Lihat halaman umum")).to_be_visible()
    found = re.search(r"/events/[0-9a-f-]{36}", page.url)
    assert found
    return found[0]


def cell(page: Page, role: str, level: str) -> object:
    """The number of a role at a level."""
    return page.get_by_label(f"Jumlah kursi {role}, {level}", exact=True)


def test_o1_seats_from_rules(walk: Walk, site: Site) -> None:
    walker = walk(size=DESK)
    log_in(walker, *site.login("panitia"))
    event = start(walker, "Rapat Koordinasi Matriks Contoh")
    page = walker.go(f"{event}/rules").page
    page.get_by_role("link", name="Buat kantor dari pola").click()
    page.get_by_role("button", name=re.compile("^Pola siap")).click()
    expect(page.get_by_text("553 kantor dibuat.")).to_be_visible()
    page.get_by_role("link", name="Undangan", exact=True).first.click()
    page.get_by_role("button", name=re.compile("Ketua, Anggota Divisi")).click()
    expect(page.get_by_role("heading", level=2).first).to_contain_text("= 2.760 kursi")

    # the matrix sums itself before anything is saved
    operator = cell(page, "Operator PPID, website, dan media sosial", "Kabupaten/Kota")
    operator.fill("2")  # type: ignore[attr-defined]
    expect(page.get_by_text("6 kursi × 514 kantor = 3.084 kursi")).to_be_visible()
    page.get_by_role("checkbox", name=re.compile(r"Wajib Ketua, Provinsi$")).check()
    page.get_by_role("button", name="Simpan aturan").click()
    expect(page.get_by_role("heading", level=2).first).to_contain_text("= 3.274 kursi")
    page.get_by_text("Lihat per tingkat dan provinsi").click()
    expect(page.get_by_role("row", name=re.compile("^Papua Selatan 29"))).to_be_visible()
    walker.look_around()

    page.get_by_role("button", name="Buat undangan").click()
    expect(page.get_by_text("3.274 kursi dibuat, 0 ditarik.")).to_be_visible()
    expect(page.get_by_text("552 kantor, 552 belum menjawab")).to_be_visible()

    # again nothing twice; one office otherwise, and back
    walker.go(f"{event}/rules")
    expect(page.get_by_text("Undangan sudah sesuai aturan.")).to_be_visible()
    page.get_by_text("Tambah pengecualian").click()
    page.get_by_label("Kantor", exact=True).fill("Kota Solo")
    page.get_by_label("Peran", exact=True).select_option(label="Ketua")
    page.get_by_label("Jumlah kursi", exact=True).fill("0")
    page.get_by_label("Alasan", exact=True).first.fill("Kosong sampai pelantikan")
    page.get_by_role("button", name="Simpan pengecualian").click()
    expect(page.get_by_text("Ketua: tidak diundang")).to_be_visible()
    expect(page.get_by_text("1 kursi yang belum dijawab")).to_be_visible()
    page.get_by_role("button", name="Terapkan perubahan").click()
    expect(page.get_by_text("0 kursi dibuat, 1 ditarik.")).to_be_visible()
    walker.look_around()


def test_o1_without_scripts(walk: Walk, site: Site) -> None:
    walker = walk(size=DESK, javascript=False)
    log_in(walker, *site.login("panitia"))
    event = start(walker, "Rapat Tanpa Skrip Contoh")
    page = walker.go(f"{event}/offices").page
    page.get_by_text("Tambah unit satu per satu").click()
    page.get_by_label("Nama unit, satu per baris").fill("Fakultas Hukum Contoh\nFakultas Teknik Contoh")
    page.get_by_role("button", name="Tambah unit").click()
    walker.go(f"{event}/rules")
    page.get_by_label("Peran baru", exact=True).first.fill("Dekan")
    page.get_by_label("Jumlah kursi Peran baru, Unit", exact=True).first.fill("1")
    page.get_by_role("button", name="Simpan aturan").click()
    page.get_by_role("button", name="Buat undangan").click()
    expect(page.get_by_text("2 kursi dibuat, 0 ditarik.")).to_be_visible()


def test_the_letter_and_the_way_of_the_links(walk: Walk, site: Site) -> None:
    """The centre uploads the signed letter and hands on one province; the province forwards; the centre sees it."""
    walker, event = walk(size=DESK), f"/events/{site.live_id}"
    log_in(walker, *site.login("panitia"))
    page = walker.go(f"{event}/letter").page
    page.get_by_label("Pakaian").fill("Batik lengan panjang")
    page.get_by_role("button", name="Simpan surat").click()
    expect(page.get_by_text("Surat tersimpan.")).to_be_visible()
    page.get_by_role("button", name="Susun PDF").click()
    expect(page.get_by_role("link", name="Buka PDF")).to_be_visible(timeout=30_000)
    walker.look_around()
    page.get_by_label("Berkas PDF").set_input_files({"name": "surat.pdf", "mimeType": "x/y", "buffer": LETTER})
    page.get_by_role("button", name="Unggah surat").click()
    expect(page.get_by_text("Surat bertanda tangan tersimpan.")).to_be_visible()

    walker.go(f"{event}/province-links")
    link = re.search(r"/v/[a-z2-7]{20,}", page.locator("#v-93").inner_html())
    assert link
    walker.look_around()
    province = walk()
    phone = province.go(link[0]).page
    expect(phone.get_by_role("heading", level=1)).to_have_text("Papua Selatan")
    letter = phone.get_by_role("link", name="Surat undangan (PDF)").get_attribute("href")
    assert phone.request.get(f"{site.base_url}{letter}").body() == LETTER
    province.look_around()
    office = phone.get_by_role("article").filter(has_text="Kabupaten Asmat")
    office.get_by_text("Teks, tautan, dan tanda diteruskan").click()
    passed_on = office.get_by_role("button", name="Belum diteruskan")
    if passed_on.is_visible():  # the world was told before
        passed_on.click()
        office.get_by_text("Teks, tautan, dan tanda diteruskan").click()
    office.get_by_role("button", name="Tandai diteruskan").click()
    expect(office.get_by_text(re.compile("^Diteruskan "))).to_be_visible()
    walker.go(f"{event}/office-links?province=93")
    expect(page.get_by_role("article").filter(has_text="Kabupaten Asmat")).to_contain_text("oleh provinsi")
    walker.go(f"{event}/contacts").look_around()
