"""People without a code in hand: colleagues who came along, the help desk, a ticket shown on its screen."""

import pytest
from playwright.sync_api import expect

from tests.documents.test_badges import seen
from tests.e2e.acting import go_on, log_in, open_desk, verdict
from tests.e2e.conftest import Site, Walk
from tests.e2e.people import Awaited, awaited, stored
from tests.e2e.test_desk_offline import follow, ready, show
from tests.e2e.walker import Walker


@pytest.fixture
def desk(walk: Walk, site: Site) -> Walker:
    walker = walk()
    log_in(walker, *site.login("meja"))
    open_desk(walker, site.live_id, "Meja Rombongan")
    ready(walker.page)
    return walker


def test_after_one_scan_the_colleagues_who_are_there_are_ticked(desk: Walker, site: Site) -> None:
    page = desk.page
    follow(page)
    offices: dict[str, list[Awaited]] = {}
    for one in awaited(site, page):
        offices.setdefault(one.office, []).append(one)
    office, people = max(offices.items(), key=lambda found: len(found[1]))
    assert len(people) > 1
    show(page, people[0].code)
    verdict(page, "MASUK")
    expect(page.get_by_text(f"{len(people) - 1} rekan {office} belum masuk")).to_be_visible()
    desk.look_around()
    page.get_by_role("button", name="Tandai yang hadir").click()
    missing = page.get_by_role("list", name="Rekan yang belum masuk").get_by_role("listitem")
    expect(missing).to_have_count(len(people) - 1)
    name = missing.first.get_by_role("button").inner_text().split(" · ")[0]
    missing.first.get_by_role("button").click()
    assert name in verdict(page, "MASUK")
    go_on(page)
    seen = page.get_by_role("status").filter(has_text=f"rekan {office} belum masuk")  # hidden ones have no role
    expect(seen).to_have_count(int(len(people) > 2))
    expect(seen.filter(has_text=f"{len(people) - 1} rekan")).to_have_count(0)
    assert stored(site, "Meja Rombongan") == stored(site, "Meja Rombongan", "manual") == (1, 1)
    assert any(one.name in name for one in people[1:])


def test_a_case_goes_to_the_help_desk_which_shows_the_ticket(desk: Walker, walk: Walk, site: Site) -> None:
    helper, sari = walk(), walk()
    log_in(helper, *site.login("meja"))
    theirs = open_desk(helper, site.live_id, "Meja Tolong")
    log_in(sari, *site.login("panitia"))
    row = sari.go(f"/events/{site.live_id}/desks").page.get_by_role("row").filter(has_text="Meja Tolong")
    row.get_by_role("button", name="Jadikan meja bantuan").click()
    expect(row).to_contain_text("Meja bantuan")
    sari.look_around()
    theirs.reload()
    expect(theirs.get_by_text("Tidak ada yang menunggu.")).to_be_visible()
    button = desk.page.get_by_role("button", name="Sudah masuk")
    if not button.is_visible():
        desk.page.get_by_text("Tiket contoh untuk dicoba").click()
    button.click()
    verdict(desk.page, "SUDAH MASUK")
    desk.page.get_by_role("button", name="Ke meja bantuan").click()
    case = theirs.get_by_role("region", name="Meja bantuan").get_by_role("listitem")
    expect(case).to_contain_text("Meja Rombongan", timeout=20_000)
    case.get_by_role("button").click()
    ticket = theirs.get_by_role("region", name="Tiket di layar")
    expect(ticket.get_by_role("img", name="Kode QR tiket")).to_be_visible()
    expect(theirs.get_by_text("Tidak ada yang menunggu.")).to_be_visible()
    helper.look_around()
    helper.expected |= {403}
    for told, act in enumerate(("Terbitkan tiket baru", "Cetak kartu"), 1):
        ticket.get_by_role("button", name=act).click()
        expect(ticket.get_by_text("tidak berhak melakukannya")).to_have_count(told)  # each says it in its own place


def test_a_registrar_prints_a_badge_at_the_desk(walk: Walk, site: Site) -> None:
    sari = walk()
    log_in(sari, *site.login("panitia"))
    page = open_desk(sari, site.live_id, "Meja Kartu")
    ready(page)
    page.get_by_label("Tanpa QR").fill("asm ket")
    page.get_by_role("list", name="Hasil cari").get_by_role("button", name="Tampilkan tiket").first.click()
    ticket = page.get_by_role("region", name="Tiket di layar")
    ticket.get_by_role("button", name="Cetak kartu").click()
    expect(ticket.get_by_text("Kartu siap")).to_be_visible(timeout=20_000)
    sari.look_around()
    badge = page.request.get(ticket.get_by_role("link", name="Buka kartu").get_attribute("href") or "")
    assert badge.headers["content-type"] == "application/pdf"
    assert len(seen(badge.body(), 40)) == 1
