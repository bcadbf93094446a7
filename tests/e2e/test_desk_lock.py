"""The desk's screen is locked by a PIN, handed over, and opened again by enrolling the phone anew; no scan is lost."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.acting import go_on, log_in, open_desk, verdict
from tests.e2e.conftest import Site, Walk
from tests.e2e.filling import code_on
from tests.e2e.test_desk_offline import KEPT, forgive, ready, show
from tests.e2e.test_desk_stories import at_desk, passphrase, unlock
from tests.e2e.walker import Walker


@pytest.fixture
def desk(walk: Walk, site: Site) -> Walker:
    walker = walk()
    log_in(walker, *site.login("meja"))
    open_desk(walker, site.live_id, "Meja Kunci")
    ready(walker.page)
    return walker


def hand_over(page: Page, pin: str, name: str) -> None:
    page.get_by_text("Serah terima, PIN layar").click()
    page.get_by_label("Atau nama atau inisial").fill(name)
    page.get_by_label("PIN baru").fill(pin)
    page.get_by_role("button", name="Serahkan").click()


def open_with(page: Page, pin: str) -> None:
    page.get_by_label("PIN layar", exact=True).fill(pin)
    page.get_by_role("button", name="Buka", exact=True).click()


def test_locked_by_pin_and_opened_by_enrolling_anew_without_losing_a_scan(
    desk: Walker, guest: Walker, walk: Walk, site: Site
) -> None:
    page, code = desk.page, code_on(guest.page)
    desk.expected |= {409}  # the page is closed while a batch is under way
    expect(page.get_by_text("Layar ini belum ber-PIN.")).to_be_visible()
    hand_over(page, "1111", "Bima Relawan Contoh")
    expect(page.get_by_text("Pakai 4 sampai 8 angka")).to_be_visible()
    desk.accessible()
    page.get_by_label("PIN baru").fill("2468")
    page.get_by_role("button", name="Serahkan").click()
    expect(page.get_by_text("Layar ini belum ber-PIN.")).to_be_hidden()
    page.context.set_offline(True)
    show(page, code)
    verdict(page, "")
    go_on(page)
    kept = page.evaluate(KEPT)
    assert "handover" in kept
    assert "Bima" not in kept
    page.context.set_offline(False)
    page.reload()
    locked = page.get_by_role("region", name="Terkunci")
    expect(locked).to_be_visible()
    desk.look_around()
    for _try in range(3):
        open_with(page, "9999")
        expect(locked.get_by_text("PIN salah")).to_be_visible()
    expect(locked.get_by_text("Terlalu banyak PIN salah.")).to_be_visible()
    page.reload()  # closing the page forgives nothing
    expect(locked.get_by_text("Terlalu banyak PIN salah.")).to_be_visible()
    sari = walk()
    log_in(sari, *site.login("panitia"))
    theirs = sari.go(f"/events/{site.live_id}/desks").page
    row = theirs.get_by_role("row").filter(has_text="Meja Kunci")
    expect(row).to_contain_text("Bima Relawan Contoh")
    row.get_by_role("button", name="Daftarkan ulang").click()
    theirs.get_by_text("Tidak bisa memindai?").click()
    desk.go(f"/desk/join#{theirs.locator('code').inner_text()}")
    page.get_by_role("button", name="Pakai ponsel ini di meja").click()
    ready(page)
    expect(page.get_by_text("Layar ini belum ber-PIN.")).to_be_visible()
    expect(page.get_by_text("belum terkirim").first).to_be_hidden(timeout=20_000)
    show(page, code)
    verdict(page, "SUDAH MASUK")
    forgive(desk)


def test_an_idle_desk_locks_itself(desk: Walker) -> None:
    page = desk.page
    page.clock.install()
    page.reload()
    ready(page)
    hand_over(page, "2468", "BC")
    expect(page.get_by_text("Layar ini belum ber-PIN.")).to_be_hidden()
    page.clock.run_for(4 * 60_000)
    expect(page.get_by_role("region", name="Siap memindai")).to_be_visible()
    page.clock.run_for(2 * 60_000)
    expect(page.get_by_role("region", name="Terkunci")).to_be_visible()
    open_with(page, "2468")
    expect(page.get_by_role("region", name="Siap memindai")).to_be_visible()


def test_a_locked_desk_forgets_the_names_and_the_supervisor_opens_them_again(walk: Walk, site: Site) -> None:
    desk, chief = at_desk(walk, site, "Meja Lupa"), walk()
    page = desk.page
    log_in(chief, *site.login("panitia"))
    phrase = passphrase(chief, site, "Meja Lupa")
    page.reload()
    ready(page)
    hand_over(page, "2468", "BC")
    expect(page.get_by_text("Layar ini belum ber-PIN.")).to_be_hidden()
    unlock(page, phrase)
    page.context.set_offline(True)
    found = page.get_by_role("list", name="Hasil cari").get_by_role("listitem")
    page.get_by_label("Tanpa QR").fill("asm ket")
    expect(found.first).to_contain_text("Asmat")
    name = found.first.get_by_role("button").first.inner_text().split(" · ")[0]
    page.get_by_text("Serah terima, PIN layar").click()
    page.get_by_role("button", name="Kunci sekarang").click()
    expect(page.get_by_role("region", name="Terkunci")).to_be_visible()
    assert name not in page.content()
    open_with(page, "2468")
    expect(page.get_by_text("penyelia membukanya dengan frasa sandi")).to_be_visible()
    page.get_by_label("Tanpa QR").fill("asm")
    expect(page.get_by_text("Pencarian perlu jaringan, atau mode daftar")).to_be_visible()
    expect(found).to_have_count(0)
    page.get_by_label("Frasa sandi dari penyelia").fill(phrase)
    page.get_by_role("button", name="Buka daftar nama").click()
    expect(page.get_by_text("nama terbuka, hanya di memori")).to_be_visible()
    page.get_by_label("Tanpa QR").fill("asm ket")
    expect(found.first).to_contain_text("Asmat")
    forgive(desk)


def test_after_the_event_the_copies_on_the_phone_go(desk: Walker, guest: Walker, site: Site) -> None:
    page = desk.page
    show(page, code_on(guest.page))
    verdict(page, "MASUK")
    go_on(page)
    page.wait_for_timeout(500)
    assert '"kind":"ticket"' in page.evaluate(KEPT)
    over = page.evaluate("() => Date.now() + 60 * 24 * 3600 * 1000")
    page.clock.set_system_time(over)
    page.reload()
    page.wait_for_function(f"async () => !(await ({KEPT})()).includes('\"kind\":\"ticket\"')")


def test_the_unsent_leaves_as_a_sealed_file_and_arrives_once(
    desk: Walker, guest: Walker, walk: Walk, site: Site, tmp_path: Path
) -> None:
    page = desk.page
    page.context.set_offline(True)
    show(page, code_on(guest.page))
    verdict(page, "")
    go_on(page)
    page.get_by_text("Selesai di meja ini").click()
    with page.expect_download() as coming:
        page.get_by_role("button", name="Simpan yang belum terkirim").click()
    file = tmp_path / coming.value.suggested_filename
    coming.value.save_as(file)
    assert b"scan_id" not in file.read_bytes()
    sari = walk()
    log_in(sari, *site.login("panitia"))
    theirs = sari.go(f"/events/{site.live_id}/coordination").page
    theirs.get_by_text("Berkas dari meja tanpa jaringan").click()
    sari.look_around()
    theirs.get_by_label("Berkas tersegel dari ponsel meja").set_input_files(file)
    theirs.get_by_role("button", name="Masukkan berkas").click()
    expect(theirs.get_by_text("catatan ada di server; 0 menunggu di karantina")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_text("belum terkirim", exact=False).first).to_be_hidden(timeout=20_000)
    forgive(desk)
