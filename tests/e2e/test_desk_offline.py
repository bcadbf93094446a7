"""The desk without network: it decides by itself, keeps every scan, and sends them when the network is back."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.acting import go_on, log_in, open_desk, verdict
from tests.e2e.conftest import Site, Walk
from tests.e2e.filling import code_on
from tests.e2e.walker import Walker

KEPT = """async () => { const [one] = await indexedDB.databases(); const found = [];
  const base = await new Promise((ok) => { const r = indexedDB.open(one.name); r.onsuccess = () => ok(r.result); });
  for (const name of base.objectStoreNames) found.push(await new Promise((ok) => {
    const r = base.transaction(name).objectStore(name).getAll(); r.onsuccess = () => ok(r.result); }));
  base.close(); return JSON.stringify(found); }"""


# a script that was on its way when the network went says so in several ways
CUT = ("INTERNET_DISCONNECTED", "NetworkError", "Failed to fetch", "fetching the script", "ArrayBuffer instantiation")


@pytest.fixture
def desk(walk: Walk, site: Site) -> Walker:
    walker = walk()
    log_in(walker, *site.login("meja"))
    open_desk(walker, site.live_id, "Meja Luar")
    ready(walker.page)
    return walker


def ready(page: Page) -> None:
    """Wait until the list of tickets is on the phone."""
    expect(page.get_by_text("tiket siap tanpa jaringan")).to_be_visible()


def follow(page: Page) -> None:
    """Open the desk anew and wait until it knows what the server knows now."""
    last = page.evaluate("() => fetch('/scan/v1/changes?since=999999').then((r) => r.json()).then((b) => b.change_seq)")
    page.reload()
    page.wait_for_function("(last) => Number(document.getElementById('isi').dataset.known) >= last", arg=last)


def forgive(walker: Walker) -> None:
    """What failed because the network was cut on purpose is no trouble."""
    walker.troubles[:] = [one for one in walker.troubles if not any(words in one for words in CUT)]


def show(page: Page, code: str) -> None:
    """Type a code as a USB scanner does, into the field."""
    page.get_by_label("Tanpa QR").fill(code)
    page.get_by_label("Tanpa QR").press("Enter")


def sample(page: Page, name: str) -> None:
    button = page.get_by_role("button", name=name)
    if not button.is_visible():
        page.get_by_text("Tiket contoh untuk dicoba").click()
    button.click()


def test_the_network_goes_and_comes_back(desk: Walker, guest: Walker, walk: Walk, site: Site) -> None:
    page, code = desk.page, code_on(guest.page)
    name = guest.page.get_by_role("heading", level=1).inner_text()
    follow(page)  # somebody named since: the changes bring the ticket
    page.context.set_offline(True)
    show(page, code)
    assert name in verdict(page, "MASUK")
    go_on(page)
    expect(page.get_by_role("group", name="Bahasa")).to_be_hidden()
    show(page, code)
    assert "Meja Luar" in verdict(page, "SUDAH MASUK")
    go_on(page)
    for kind, word in {"Sudah masuk": "SUDAH MASUK", "Kartu lama": "JANGAN LANJUT", "Tidak dikenal": "PERIKSA"}.items():
        sample(page, kind)
        verdict(page, word)
        desk.fits()
        go_on(page)
    expect(page.get_by_text("belum terkirim").first).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_text("belum terkirim").first).to_be_hidden(timeout=20_000)
    other = walk()
    log_in(other, *site.login("meja"))
    second = open_desk(other, site.live_id, "Meja Lain")
    show(second, code)
    assert "Meja Luar" in verdict(second, "SUDAH MASUK")
    forgive(desk)


def test_the_desk_opens_without_network(desk: Walker, guest: Walker) -> None:
    page, code = desk.page, code_on(guest.page)
    name = guest.page.get_by_role("heading", level=1).inner_text()
    follow(page)
    page.wait_for_function("() => navigator.serviceWorker.ready.then(() => true)")  # perhaps too late for this page
    page.wait_for_function("() => caches.keys().then((names) => names.length === 1)")
    page.context.set_offline(True)
    page.reload()
    assert page.evaluate("() => navigator.serviceWorker.controller !== null"), "the page came from the phone itself"
    expect(page.get_by_text("Menyiapkan kamera")).to_have_count(0)
    expect(page.get_by_text("Meja Luar · ").first).to_be_visible()
    assert page.get_by_role("button", name="Belum masuk").count() == 0  # the demo's codes are kept nowhere
    show(page, code)
    assert name in verdict(page, "MASUK")
    desk.fits()
    desk.accessible()
    go_on(page)
    kept = page.evaluate(
        """async () => { const found = []; for (const name of await caches.keys()) {
        for (const request of await (await caches.open(name)).keys()) found.push(new URL(request.url).pathname); }
        return found; }"""
    )
    assert "/desk/shell" in kept
    assert all(path == "/desk/shell" or path.startswith("/static/") for path in kept)
    page.context.set_offline(False)
    expect(page.get_by_text("belum terkirim").first).to_be_hidden(timeout=20_000)
    forgive(desk)


def test_what_is_typed_before_the_script_is_ready_is_not_lost(desk: Walker, guest: Walker) -> None:
    page, code = desk.page, code_on(guest.page)
    page.evaluate("() => navigator.serviceWorker.getRegistrations().then((all) => all.map((one) => one.unregister()))")
    held: list[Route] = []
    page.route("**/js/checkin/decide.js", lambda route: held.append(route))
    with page.expect_request("**/js/checkin/decide.js"):
        page.reload(wait_until="commit")
    page.get_by_label("Tanpa QR").fill(code)
    page.get_by_label("Tanpa QR").press("Enter")
    expect(page.get_by_label("Tanpa QR")).to_have_value(code)
    for route in held:
        route.continue_()
    assert held
    verdict(page, "MASUK")


def invited(sari: Walker, site: Site, phone: Walker, name: str) -> Page:
    """The organiser makes a QR for another phone; that phone opens what it says."""
    page = sari.go(f"/events/{site.live_id}/desks").page
    page.get_by_label("Nama meja").fill(name)
    page.get_by_role("button", name="Buat QR untuk ponsel lain").click()
    expect(page.get_by_role("heading", level=2)).to_have_text("Pindai dengan kamera ponsel meja")
    sari.look_around()
    page.get_by_text("Tidak bisa memindai?").click()
    code = page.locator("code").inner_text()
    theirs = phone.go(f"/desk/join#{code}").page
    expect(theirs.get_by_label("Kode dari panitia")).to_have_value(code)
    assert code not in theirs.url
    phone.look_around()
    theirs.get_by_role("button", name="Pakai ponsel ini di meja").click()
    ready(theirs)
    return theirs


def left(page: Page) -> dict[str, int]:
    """How much of the desk is still in this browser."""
    return dict(
        page.evaluate(
            """async () => ({ databases: (await indexedDB.databases()).length, caches: (await caches.keys()).length,
            notes: localStorage.length, workers: (await navigator.serviceWorker.getRegistrations()).length })"""
        )
    )


def test_a_phone_joins_by_qr_and_a_revoked_one_is_wiped(walk: Walk, site: Site, guest: Walker) -> None:
    sari, phone = walk(), walk()
    log_in(sari, *site.login("panitia"))
    page = invited(sari, site, phone, "Meja Pinjaman")
    page.wait_for_function("() => caches.keys().then((names) => names.length === 1)")
    page.context.set_offline(True)
    show(page, code_on(guest.page))
    verdict(page, "")
    go_on(page)
    row = sari.go(f"/events/{site.live_id}/desks").page.get_by_role("row").filter(has_text="Meja Pinjaman")
    row.get_by_role("button", name="Cabut").click()
    expect(row).to_contain_text("Dicabut")
    page.context.set_offline(False)
    phone.expected |= {403}
    expect(page.get_by_text("Meja ini dicabut panitia")).to_be_visible(timeout=20_000)
    assert left(page) == {"databases": 0, "caches": 0, "notes": 0, "workers": 0}
    sari.page.reload()
    expect(row).to_contain_text("Selesai, ponsel bersih")
    sari.look_around()
    forgive(phone)


def test_a_desk_finishes_only_when_everything_is_sent(desk: Walker, guest: Walker) -> None:
    page = desk.page
    page.context.set_offline(True)
    show(page, code_on(guest.page))
    verdict(page, "")
    go_on(page)
    page.get_by_text("Selesai di meja ini").click()
    finish = page.get_by_role("button", name="Ya, selesai dan hapus")
    finish.click()
    expect(page.get_by_text("Belum bisa:")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_text("belum terkirim").first).to_be_hidden(timeout=20_000)
    finish.click()
    expect(page.get_by_text("Selesai. Semua pindaian sudah di server")).to_be_visible()
    assert left(page)["databases"] == 0
    forgive(desk)


def test_a_guest_without_invitation_waits_for_the_organiser(desk: Walker, walk: Walk, site: Site) -> None:
    page = desk.page
    page.context.set_offline(True)
    page.get_by_text("Tamu tanpa undangan").first.click()
    desk.accessible()
    page.get_by_label("Nama", exact=True).fill("Wulan Pintu Contoh")
    page.get_by_label("Kantor atau lembaga").fill("KPU Kabupaten Asmat")
    page.get_by_role("button", name="Minta persetujuan panitia").click()
    verdict(page, "MENUNGGU PERSETUJUAN")
    desk.fits()
    go_on(page)
    kept = page.evaluate(KEPT)
    assert "walk_in" in kept
    assert "Wulan" not in kept
    page.context.set_offline(False)
    expect(page.get_by_text("belum terkirim").first).to_be_hidden(timeout=20_000)
    sari = walk()
    log_in(sari, *site.login("panitia"))
    theirs = sari.go(f"/events/{site.live_id}/desks").page
    theirs.get_by_role("link", name="tamu tanpa undangan menunggu persetujuan").click()
    sari.look_around()
    theirs.get_by_role("button", name="Setujui Wulan Pintu Contoh").click()
    expect(theirs.get_by_text("Wulan Pintu Contoh terdaftar dan tercatat hadir.")).to_be_visible()
    sari.look_around()
    forgive(desk)
