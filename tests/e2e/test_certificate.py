"""The certificate: stories P7 (check my name) and U4 (verify) of domain.md §6.2."""

from pathlib import Path
from urllib.parse import urlsplit

import pypdfium2
import zxingcpp
from playwright.sync_api import expect

from tests.e2e.acting import log_in
from tests.e2e.conftest import DESK, Site, Walk
from tests.e2e.walker import Walker
from tests.papers import words_of


def test_p7_and_u4_from_the_own_name_to_who_verifies_it(walk: Walk, site: Site, guest: Walker) -> None:
    """He puts "S.Sos" right, the paper matches, and its code says name, event, dates, JP alone; then it is revoked."""
    own = guest.page
    name = f"{own.get_by_role('heading', level=1).inner_text()}, S.Sos."
    own.get_by_role("link", name="Periksa nama saya").click()
    guest.look_around()
    own.get_by_label("Nama lengkap dengan gelar").fill(name)
    own.get_by_role("button", name="Nama ini sudah benar").click()
    expect(own.get_by_text("Anda memeriksanya")).to_be_visible()

    panitia, paper = walk(size=DESK), f"/events/{site.live_id}/certificates"
    log_in(panitia, *site.login("panitia"))
    page = panitia.go(f"{paper}/rules").page
    page.get_by_label("Paling sedikit diikuti").fill("100")  # few are issued: the others of this world may stay
    page.get_by_role("button", name="Simpan aturan").click()
    panitia.look_around()
    panitia.go(f"{paper}/people?q={name.split(',')[0].replace(' ', '+')}").page.get_by_role("link", name=name).click()
    page.get_by_label("Tetap diberi").check()
    page.get_by_label("JP pada sertifikat").fill("12")
    page.get_by_label("Alasan").fill("Bukti hadir menyusul")
    page.get_by_role("button", name="Simpan keputusan").click()
    person = panitia.path
    page.goto(site.base_url + paper)
    page.get_by_role("button", name="Terbitkan").click()
    expect(page.get_by_text("Semua sudah siap")).to_be_visible(timeout=40_000)
    panitia.look_around()

    own.reload()
    with own.expect_download() as taken:
        own.get_by_role("link", name="Unduh sertifikat").click()
    pdf = Path(taken.value.path()).read_bytes()
    assert name in words_of(pdf)
    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=2).to_pil()
    address = urlsplit(zxingcpp.read_barcodes(picture)[0].text).path
    other = walk()  # somebody of another agency
    shown = other.go(address).page.get_by_role("main")
    other.look_around()
    assert shown.locator("dd").all_inner_texts()[0::3] == [name, "12 JP"]
    assert shown.locator("dt").all_inner_texts() == ["Nama", "Kegiatan", "Tanggal", "Jam pelajaran"]
    expect(shown).to_contain_text("Berlaku")
    other.go("/cert/" + "a" * 26)
    expect(shown).to_contain_text("Tidak dikenal")
    other.troubles[:] = [trouble for trouble in other.troubles if "404" not in trouble]

    page.goto(site.base_url + person)
    page.locator("main ul.rows").get_by_role("link").click()
    page.get_by_label("Alasan").fill("Ternyata tidak hadir")
    page.get_by_role("button", name="Cabut sertifikat").click()
    expect(page.get_by_text("Sertifikat dicabut.")).to_be_visible()
    other.go(address)
    expect(shown).to_contain_text("Dicabut")
    assert "Ternyata" not in shown.inner_text()
