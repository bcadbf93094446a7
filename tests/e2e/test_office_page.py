"""The office's page as an operator holds it: stories P1 and O9 of domain.md §6.2, and what goes with them."""

import re
import time

from playwright.sync_api import Locator, Page, expect

from tests.e2e.acting import answer_for_office, go_on, log_in, own_page, take_list, verdict
from tests.e2e.acting import open_desk as open_desk_page
from tests.e2e.conftest import DESK, Site, Walk
from tests.e2e.filling import code_on
from tests.e2e.walker import Walker
from tests.papers import words_of

UNPLUGGED = "ERR_INTERNET_DISCONNECTED"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def seat(page: Page, place: int) -> Locator:
    """A seat of the form by its place."""
    return page.get_by_role("main").get_by_role("listitem").filter(has=page.get_by_label("Nama", exact=True)).nth(place)


def name(page: Page, place: int, who: str, how: str = "Daring") -> None:
    """Fill a seat's two fields, as a thumb does."""
    where = seat(page, place)
    if where.locator("details.seat").count():
        where.locator("summary").first.click()
    where.get_by_label("Nama", exact=True).fill(who)
    where.get_by_role("radio", name=re.compile(how)).check()


def forgive_the_network(walker: Walker) -> None:
    """The test itself pulled the plug."""
    walker.troubles[:] = [trouble for trouble in walker.troubles if UNPLUGGED not in trouble]


def test_p1_no_account_and_a_network_that_drops_in_the_middle(walk: Walk, offices: list[str]) -> None:
    """She opens the link, types two names, sends into nothing, and it arrives by itself when the network is back."""
    link = offices.pop()
    walker = walk(zone="Asia/Jayapura")
    began = time.monotonic()
    page = walker.go(link).page
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Kantor|Kanwil"))
    expect(page.get_by_text("Jawab sebelum")).to_be_visible()
    name(page, 0, "Yosepina Asmat Contoh, S.Kom.")
    name(page, 4, "Paulus Asmat Contoh")
    page.context.set_offline(True)
    page.get_by_role("button", name="Konfirmasi 2 kursi").click()
    words = "Jaringan terputus. 2 nama tersimpan di ponsel ini dan terkirim sendiri."
    expect(page.get_by_text(words)).to_be_visible()
    page.context.set_offline(False)
    arrived = re.compile(r"Jawaban diterima \d\d\.\d\d\sWI")
    expect(page.get_by_role("heading", level=1)).to_have_text(arrived, timeout=30_000)
    assert time.monotonic() - began < 60
    expect(page.get_by_role("main")).to_contain_text("Paulus Asmat Contoh")
    assert page.evaluate("() => localStorage.length") == 0
    forgive_the_network(walker)
    walker.look_around()
    walker.go(own_page(page, "Yosepina Asmat Contoh"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Yosepina Asmat Contoh, S.Kom.")


def test_p1_goes_on_after_the_phone_threw_the_page_away(walk: Walk, offices: list[str]) -> None:
    walker = walk()
    link = offices.pop()
    page = walker.go(link).page
    name(page, 0, "Yosepina Kedua Contoh")
    page.context.set_offline(True)
    page.get_by_role("button", name="Konfirmasi 1 kursi").click()
    expect(page.get_by_text("Jaringan terputus. 1 nama tersimpan")).to_be_visible()
    page.goto("about:blank")
    page.context.set_offline(False)
    walker.go(link)  # sent by this page, or by the one put aside as soon as the network was back
    page.wait_for_function("() => localStorage.length === 0", timeout=30_000)
    forgive_the_network(walker)
    walker.go(link)
    expect(page.get_by_role("main")).to_contain_text("1 dari 5 kursi sudah dijawab")
    expect(page.get_by_role("main")).to_contain_text("Yosepina Kedua Contoh")
    forgive_the_network(walker)


def test_p1_without_scripts_it_is_a_form(walk: Walk, offices: list[str]) -> None:
    walker = walk(javascript=False)
    page = walker.go(offices.pop()).page
    name(page, 0, "Tanpa Skrip Contoh")
    page.get_by_role("button", name=re.compile("^Konfirmasi$")).last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Jawaban diterima"))


def test_o9_a_deputy_an_hour_before(walk: Walk, site: Site, offices: list[str]) -> None:
    """Two desks are online: the old code is refused at both, the new one is let in at once, lists read for whom."""
    link, ketua, deputy = offices.pop(), "Bonifasius Sakit Contoh", "Agustina Wakil Contoh, S.E."
    operator = walk()
    [own] = answer_for_office(operator, link, [ketua])
    old = code_on(operator.go(own).page)
    desks = [desk(walk, site, f"Meja Wakil {number}") for number in (1, 2)]

    page = operator.go(link).page
    name(page, 0, deputy)
    page.get_by_role("button", name="Konfirmasi 1 kursi").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Jawaban diterima"))
    expect(page.get_by_role("main")).to_contain_text(re.compile("mewakili (Kepala|Ketua)"))
    expect(page.get_by_role("main")).not_to_contain_text(ketua)
    new = code_on(operator.go(own_page(page, deputy)).page)

    for one in desks:
        type_code(one.page, old)
        assert "MASUK" not in verdict(one.page, "JANGAN LANJUT").replace("SUDAH MASUK", "")
        go_on(one.page)
    type_code(desks[0].page, new)
    assert "Agustina Wakil Contoh" in verdict(desks[0].page, "MASUK")
    go_on(desks[0].page)
    type_code(desks[1].page, new)
    verdict(desks[1].page, "SUDAH MASUK")

    organiser = walk(size=DESK)
    log_in(organiser, *site.login("panitia"))
    office = organiser.go(f"/events/{site.live_id}/people?q=Agustina+Wakil").page
    expect(office.get_by_role("main")).to_contain_text("Agustina Wakil Contoh")
    printed = words_of(take_list(organiser, site.live_id, "PDF"))
    beside = printed[printed.index("Agustina Wakil") :][:200]
    assert re.search("mewakili (Kepala|Ketua)", beside), beside
    assert ketua not in printed


def desk(walk: Walk, site: Site, called: str) -> Walker:
    walker = walk()
    log_in(walker, *site.login("meja"))
    open_desk_page(walker, site.live_id, called)
    return walker


def type_code(page: Page, code: str) -> None:
    page.get_by_label("Tanpa QR").fill(code.lower())
    page.get_by_label("Tanpa QR").press("Enter")


def test_one_person_on_two_seats_has_one_ticket(walk: Walk, offices: list[str]) -> None:
    link = offices.pop()
    walker = walk()
    page = walker.go(link).page
    name(page, 0, "Rangkap Jabatan Contoh")
    name(page, 2, "rangkap jabatan contoh")
    expect(page.get_by_text("Nama ini sama dengan kursi 1. Orang yang sama?")).to_be_visible()
    walker.look_around()
    page.get_by_role("button", name="Ya, satu orang").click()
    page.get_by_role("button", name="Konfirmasi 2 kursi").click()
    expect(page.get_by_text("Orang yang sama seperti kursi 1: satu tiket.")).to_be_visible()
    page.get_by_role("link", name="Cetak tiket").click()
    expect(page.locator("svg.qr")).to_have_count(1)
    walker.look_around()


def test_another_phone_needs_the_number_or_the_organiser(walk: Walk, site: Site, offices: list[str]) -> None:
    link = offices.pop()
    first = walk()
    page = first.go(link).page
    name(page, 0, "Pertama Menjawab Contoh")
    page.get_by_label(re.compile("^Nomor WhatsApp Anda")).fill("0812 0000 0147")
    page.get_by_role("button", name="Konfirmasi 1 kursi").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Jawaban diterima"))

    other = walk()
    other.expected |= {409, 422}
    page = other.go(link).page
    other.look_around()
    name(page, 1, "Kedua Menjawab Contoh")
    number = page.get_by_label(re.compile("^Nomor WhatsApp yang pertama"))
    number.fill("0812 0000 0148")
    page.get_by_role("button", name="Konfirmasi 1 kursi").click()
    expect(page.get_by_role("alert")).to_contain_text("bukan nomor yang pertama menjawab")
    expect(seat(page, 1).get_by_label("Nama", exact=True)).to_have_value("Kedua Menjawab Contoh")
    number.fill("+62 812 0000 0147")
    page.get_by_role("button", name="Konfirmasi 1 kursi").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Jawaban diterima"))

    third = walk()
    page = third.go(f"{link}/receipt").page
    expect(page.get_by_role("button", name="Buka di ponsel ini")).to_be_visible()
    assert "/p/" not in page.content()
    third.look_around()


def test_a_letter_of_assignment_reaches_the_organiser(walk: Walk, offices: list[str]) -> None:
    link = offices.pop()
    walker = walk()
    answer_for_office(walker, link, ["Bersurat Tugas Contoh"])
    page = walker.go(f"{link}/assignments").page
    walker.look_around()
    page.get_by_label("Nomor surat tugas").fill("12/ST/2026")
    page.get_by_label("Tanggal surat").fill("2026-11-18")
    page.get_by_label("Untuk", exact=True).select_option(label="Bersurat Tugas Contoh")
    page.get_by_label("PDF atau foto").set_input_files({"name": "st.pdf", "mimeType": "text/plain", "buffer": PDF})
    page.get_by_role("button", name="Unggah", exact=True).click()
    expect(page.get_by_text("Surat tugas tersimpan.")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("12/ST/2026")
    walker.look_around()
    page.get_by_role("button", name="Hapus").click()
    expect(page.get_by_text("Surat tugas dihapus.")).to_be_visible()
