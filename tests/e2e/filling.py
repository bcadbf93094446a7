"""The forms as a person fills them, by their labels."""

import re

from playwright.sync_api import Page, expect

CODE = re.compile(r"\b1[0-9A-Z]{4}-[0-9A-Z]{5}\s*[0-9A-Z]{5}-[0-9A-Z]{5}\b")


def choose_place(page: Page, province: str, regency: str, *, javascript: bool = True) -> None:
    """Province, then regency; without JavaScript the button between them is pressed."""
    between = page.get_by_role("button", name="Tampilkan kabupaten/kota")
    if javascript:
        expect(between).to_have_count(0)
    page.get_by_label("Provinsi", exact=True).select_option(label=province)
    if not javascript:
        between.click()
    page.get_by_label("Kabupaten/Kota", exact=True).select_option(label=regency)


def register(page: Page, name: str, *, phone: str, email: str = "", javascript: bool = True) -> None:
    """Fill the open form and send it."""
    choose_place(page, "Papua Selatan", "Kabupaten Asmat", javascript=javascript)
    page.get_by_label("Nama lengkap dengan gelar").fill(name)
    page.get_by_label("Jabatan").fill("Kepala Subbagian Contoh")
    office = page.get_by_label("Kantor", exact=True)
    if office.count() and office.input_value() == "":
        office.select_option("other")
    typed = page.get_by_label(re.compile("^Instansi"))
    if typed.is_visible():
        typed.fill("Dinas Contoh Kabupaten Asmat")
    page.get_by_label("Nomor WhatsApp").fill(phone)
    if email:
        page.get_by_label(re.compile("^Email")).fill(email)
    choice = page.get_by_role("radio", name="Luring (datang ke tempat)")
    if choice.count():
        choice.check()
    page.get_by_label("Saya sudah membaca pemberitahuan privasi").check()
    page.get_by_role("button", name=re.compile("^(Daftar|Masuk daftar tunggu)$")).click()


def code_on(page: Page) -> str:
    """The ticket's code as it is written under the QR."""
    found = CODE.search(page.locator("main").inner_text())
    assert found, "no code on the page"
    return re.sub(r"[-\s]", "", found[0])
