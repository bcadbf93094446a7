"""Open registration as people meet it: status and NIP (P5, P6), own questions, forty pasted names, answers in bulk."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.acting import log_in
from tests.e2e.conftest import DESK, Site, Walk
from tests.e2e.filling import choose_place
from tests.e2e.walker import Walker


def open_id(site: Site) -> str:
    return str(site.demo["events"]["open"])


def fill(page: Page, name: str, phone: str) -> None:
    choose_place(page, "Papua Selatan", "Kabupaten Asmat")
    page.get_by_label("Nama lengkap dengan gelar").fill(name)
    page.get_by_label("Jabatan", exact=True).fill("Anggota")
    typed = page.get_by_label(re.compile("^Instansi"))
    office = page.get_by_label("Kantor", exact=True)
    if office.count() and office.input_value() == "":
        office.select_option("other")
    if typed.is_visible():
        typed.fill("Kantor Contoh Kabupaten Asmat")
    page.get_by_label("Nomor WhatsApp").fill(phone)
    page.get_by_label("Saya sudah membaca pemberitahuan privasi").check()


def send(page: Page) -> None:
    page.get_by_role("button", name="Daftar", exact=True).click()


def make_room(sari: Walker, site: Site) -> None:
    """Let the organiser give the open event places for everybody, those of the other tests too."""
    log_in(sari, *site.login("panitia"))
    page = sari.go(f"/events/{open_id(site)}/quota").page
    page.get_by_text("Ubah jumlah tempat").first.click()
    page.get_by_label(re.compile("^Jumlah tempat")).first.fill("400")
    page.get_by_role("button", name="Simpan jumlah").first.click()
    expect(page.get_by_text(re.compile("dari 400 tempat terisi")).first).to_be_visible()


def test_p5_a_commissioner_is_not_asked_for_a_nip(walk: Walk, site: Site) -> None:
    walker = walk().go(f"/e/{site.bimtek}/registration")
    page = walker.page
    fill(page, "Komisioner Contoh", "0812 0000 0511")
    page.get_by_label(re.compile("^Status kepegawaian")).select_option(label="Komisioner/anggota")
    expect(page.get_by_label(re.compile("^NIP"))).to_be_hidden()
    send(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Komisioner Contoh")
    page.get_by_role("link", name="Data saya").click()
    expect(page.get_by_text("NIP/NRP", exact=True).locator("xpath=../dd")).to_contain_text("–")


def test_p6_a_pppk_number_is_taken_as_one(walk: Walk, site: Site) -> None:
    walker = walk().go(f"/e/{site.bimtek}/registration")
    walker.expected = {422}
    page = walker.page
    fill(page, "Pegawai Pepetiga Contoh", "0812 0000 0512")
    page.get_by_label(re.compile("^Status kepegawaian")).select_option(label="PPPK")
    page.get_by_label(re.compile("^NIP")).fill("19900913 2025 24 2 01")
    send(page)
    expect(page.get_by_role("alert")).to_contain_text("18 angka")
    page.get_by_label(re.compile("^NIP")).fill("19900913 2025 24 2 014")
    send(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Pegawai Pepetiga Contoh")
    page.get_by_role("link", name="Data saya").click()
    expect(page.get_by_text("NIP/NRP", exact=True).locator("xpath=../dd")).to_contain_text("19900913 2025 24 2 014")


def test_questions_appear_with_the_answer_they_depend_on(walk: Walk, site: Site) -> None:
    sari = walk(size=DESK)
    log_in(sari, *site.login("panitia"))
    page = sari.go(f"/events/{open_id(site)}/questions").page
    page.get_by_label("Pertanyaan", exact=True).fill("Menginap?")
    page.get_by_label("Jenis jawaban").select_option(label="Pilihan")
    page.get_by_label(re.compile("^Pilihan jawaban")).fill("ya\ntidak")
    page.get_by_role("button", name="Tambah pertanyaan").click()
    page.get_by_label("Pertanyaan", exact=True).fill("Teman sekamar")
    page.get_by_label(re.compile("^Hanya bila")).select_option(label="Menginap?")
    page.get_by_label(re.compile("^dijawab")).fill("ya")
    page.get_by_role("button", name="Tambah pertanyaan").click()
    expect(page.get_by_text("bila “Menginap?” dijawab “ya”")).to_be_visible()
    sari.look_around()

    walker = walk().go(f"/e/{site.bimtek}/registration")
    form = walker.page
    fill(form, "Penginap Contoh", "0812 0000 0513")
    roommate = form.get_by_label(re.compile("^Teman sekamar"))
    expect(roommate).to_be_hidden()
    form.get_by_label(re.compile("^Menginap")).select_option(label="ya")
    expect(roommate).to_be_visible()
    roommate.fill("Budi Contoh")
    walker.look_around()
    send(form)
    expect(form.get_by_role("heading", level=1)).to_have_text("Penginap Contoh")
    form.get_by_role("link", name="Data saya").click()
    expect(form.get_by_text("Budi Contoh")).to_be_visible()


def test_forty_names_from_excel_register_at_once(walk: Walk, site: Site) -> None:
    make_room(walk(size=DESK), site)
    walker = walk().go(f"/e/{site.bimtek}/registration")
    walker.page.get_by_role("link", name="Mendaftarkan banyak orang? Tempel dari Excel").click()
    page = walker.page
    choose_place(page, "Jawa Tengah", "Kota Semarang")
    page.get_by_label(re.compile("^Instansi")).fill("Dinas Contoh Kota Semarang")
    page.get_by_label("Nomor WhatsApp").fill("0812 0000 0514")
    pasted = [f"{n}\tRombongan {chr(65 + n // 8)}{chr(65 + n % 8)} Contoh\tStaf" for n in range(40)]
    page.get_by_label("Daftar nama").fill("\n".join([*pasted, "41\tX\tStaf"]))
    page.get_by_label(re.compile("^Saya berhak")).check()
    page.get_by_role("button", name="Periksa daftar").click()
    expect(page.get_by_role("status").filter(has_text="40 baris siap")).to_contain_text("1 perlu dibetulkan")
    expect(page.get_by_text("Nama paling sedikit 2 huruf.")).to_be_visible()
    walker.look_around()
    page.get_by_role("button", name="Daftarkan 40 orang").click()
    expect(page.get_by_role("heading", name="40 orang diproses")).to_be_visible()
    expect(page.get_by_label("Daftar nama")).to_have_value("41\tX\tStaf")
    walker.look_around()


def test_the_organiser_sees_quotas_and_answers_applicants(walk: Walk, site: Site) -> None:
    sari = walk(size=DESK)
    log_in(sari, *site.login("panitia"))
    pages = {"quota": "Pendaftaran", "approvals": "Menunggu persetujuan", "poster": "Poster pendaftaran"}
    for path, heading in pages.items():
        page = sari.go(f"/events/{open_id(site)}/{path}").page
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
        sari.look_around()
