"""The open form: with JavaScript and without, what was typed stays, and the link asked for again tells nobody."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Site, Walk
from tests.e2e.filling import choose_place, code_on, register


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_somebody_registers_and_ends_in_a_clear_state(walk: Walk, site: Site, javascript: bool) -> None:
    walker = walk(javascript=javascript).go(f"/e/{site.bimtek}/registration")
    page = walker.page
    name = f"Yohana {'Daring' if javascript else 'Luring'} Contoh, S.T."
    register(page, name, phone=f"0812 0000 02{int(javascript)}7", javascript=javascript)
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Yohana"))
    expect(page.get_by_text("Terdaftar", exact=True).first).to_be_visible()
    assert walker.path.startswith("/p/")
    assert len(code_on(page)) == 20
    if javascript:
        walker.look_around()


def test_the_second_choice_follows_the_first_at_once(walk: Walk, site: Site) -> None:
    page = walk().go(f"/e/{site.bimtek}/registration").page
    expect(page.get_by_role("button", name="Tampilkan kabupaten/kota")).to_have_count(0)
    choose_place(page, "Jawa Tengah", "Kota Semarang")
    page.get_by_label("Provinsi", exact=True).select_option(label="Papua Selatan")
    expect(page.get_by_label("Kabupaten/Kota", exact=True)).to_have_value("")
    expect(page.get_by_role("option", name="Kota Semarang")).to_have_count(0)


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_what_was_typed_stays(walk: Walk, site: Site, javascript: bool) -> None:
    walker = walk(javascript=javascript).go(f"/e/{site.bimtek}/registration")
    walker.expected = {422}
    page = walker.page
    register(page, "O'Brien Contoh, S.T., M.Eng.", phone="nomor saya", javascript=javascript)
    expect(page.get_by_role("alert")).to_contain_text("Belum tersimpan")
    expect(page.get_by_label("Nama lengkap dengan gelar")).to_have_value("O'Brien Contoh, S.T., M.Eng.")
    expect(page.get_by_label("Nomor WhatsApp")).to_have_value("nomor saya")
    expect(page.get_by_label("Kabupaten/Kota", exact=True)).to_have_value("9304")
    if javascript:
        walker.accessible()


def test_the_link_asked_for_again_tells_nobody(walk: Walk, site: Site) -> None:
    page = walk().go(f"/e/{site.bimtek}/registration").page
    register(page, "Maria Rahasia Contoh", phone="0812 0000 0311", email="maria@contoh.test")
    expect(page.get_by_role("heading", level=1)).to_have_text("Maria Rahasia Contoh")
    said = []
    for address in ("maria@contoh.test", "tidak.ada@contoh.test"):
        page = walk().go(f"/e/{site.bimtek}/link-requests").page
        page.get_by_label("Email atau nomor WhatsApp").fill(address)
        page.get_by_role("button", name="Kirim tautan").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Periksa email Anda")
        said.append((page.url, page.locator("main").inner_text()))
    assert said[0] == said[1]
