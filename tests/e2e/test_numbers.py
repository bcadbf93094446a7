"""Stories L1, L2 and O5: one number in the sun, words for the speech, and who has not answered."""

import re

from playwright.sync_api import expect

from tests.e2e.acting import log_in
from tests.e2e.conftest import DESK, Site, Walk

FIGURE = r"\d{1,3}(?:\.\d{3})*"
SENTENCE = rf"Hadir {FIGURE} dari {FIGURE} kursi \(luring {FIGURE}, daring {FIGURE}\)"


def test_a_leader_reads_one_number_and_takes_words_for_the_speech(walk: Walk, site: Site) -> None:
    phone = walk(dark=True)
    page = phone.go(site.entry("pimpinan")).page
    number = page.get_by_role("heading", level=1)
    expect(number).to_contain_text(re.compile(SENTENCE))
    expect(page.get_by_text(re.compile(r"^\d\d\.\d\d\sWIB")).first).to_be_visible()
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == "rgb(255, 255, 255)", "white in a dark phone too"
    absent = page.get_by_role("region", name=re.compile("kantor belum hadir"))
    absent.locator("summary").first.click()
    expect(absent.get_by_role("listitem").first).to_contain_text("Kantor")
    phone.look_around()
    page.get_by_role("link", name="Data untuk sambutan").click()
    speech = page.get_by_label("Kalimat untuk sambutan")
    expect(speech).to_have_value(re.compile(rf"saat ini hadir {FIGURE} dari {FIGURE} kursi\..*provinsi.*terjauh.*WIB"))
    chat = page.get_by_label("Angka dengan waktunya")
    expect(chat).to_have_value(re.compile(rf"{SENTENCE}[\s\S]*WIB / .* WITA / .* WIT"))
    expect(page.get_by_role("term").filter(has_text="provinsi belum lengkap")).to_be_visible()
    page.get_by_role("button", name="Salin kalimat").click()
    expect(page.get_by_role("button", name="Tersalin")).to_be_visible()
    picture = page.get_by_role("img", name=re.compile(r"Diundang .* Konfirmasi .* Hadir"))
    expect(picture).to_have_js_property("naturalWidth", 1080)
    phone.look_around()


def test_the_wall_needs_no_login_and_names_offices_alone(walk: Walk, site: Site) -> None:
    wall = walk(size=(1920, 1080))
    page = wall.go(f"{site.entry('pimpinan')}/board").page
    newest = page.get_by_role("region", name="Baru datang").get_by_role("listitem")
    expect(newest.first).to_contain_text(re.compile(r"Kantor .* \d\d\.\d\d"))
    assert "Contoh" not in "".join(newest.all_inner_texts()), "every made-up person ends so"
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight"), "a wall is not scrolled"
    small = "(node) => parseFloat(getComputedStyle(node).fontSize) / innerHeight"
    assert newest.first.evaluate(small) > 0.03, "read from ten metres"
    wall.look_around()


def test_three_days_before_one_sees_who_has_not_answered(walk: Walk, site: Site) -> None:
    sari = walk(size=DESK)
    log_in(sari, *site.login("panitia"))
    page = sari.go(f"/events/{site.live_id}/coverage").page
    page.get_by_role("navigation", name="Yang ditampilkan").get_by_role("link", name="Belum menjawab").click()
    tile = page.locator(".tile").filter(has_text="Papua Selatan")
    expect(tile).to_contain_text(re.compile(r"PS\s*\d+\s*kursi belum menjawab: Papua Selatan, dari \d+ kursi"))
    tile.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Papua Selatan")
    offices = page.locator(".rows > details")
    said = re.search(r"(\d) kantor", page.get_by_role("main").inner_text())
    assert said
    expect(offices).to_have_count(int(said[1]))  # five, where every office of the country is invited
    assert int(said[1]) >= 4
    for office in offices.all():
        if office.get_attribute("open") is None:
            office.locator("> summary").click()
        contact = office.get_by_role("link", name=re.compile("di WhatsApp"))
        expect(contact).to_have_attribute("href", re.compile(r"wa\.me/62\d+"))
    group = page.get_by_role("region", name="Pengingat untuk grup provinsi")
    text = group.get_by_label("Teks WhatsApp")
    expect(text).to_have_value(re.compile(r"Papua Selatan[\s\S]*belum dijawab[\s\S]*/o/"))
    first = offices.filter(has=page.get_by_role("link", name="Buka WhatsApp")).first
    expect(first.get_by_label("Teks WhatsApp")).to_have_value(re.compile(r"belum dijawab[\s\S]*/o/[a-z2-7]{26}"))
    sari.look_around()
