"""D3's end: after the door, the coordinator reads what two desks disagree about and decides with one touch."""

from playwright.sync_api import expect

from tests.e2e.acting import go_on, log_in, open_desk, verdict
from tests.e2e.conftest import Site, Walk
from tests.e2e.filling import code_on
from tests.e2e.walker import Walker


def test_a_ticket_at_two_desks_is_listed_and_settled(walk: Walk, site: Site, guest: Walker) -> None:
    code, name = code_on(guest.page), guest.page.get_by_role("heading", level=1).inner_text()
    for number, word in ((1, "MASUK"), (2, "SUDAH MASUK")):
        phone = walk()
        log_in(phone, *site.login("meja"))
        page = open_desk(phone, site.live_id, f"Meja Sengketa {number}")
        page.get_by_label("Tanpa QR").fill(code)
        page.get_by_label("Tanpa QR").press("Enter")
        verdict(page, word)
        go_on(page)
    chief = walk()
    log_in(chief, *site.login("panitia"))
    page = chief.go(f"/events/{site.live_id}/coordination?matter=duplicate").page
    case = page.get_by_role("article", name=name)
    expect(case).to_contain_text("Meja Sengketa 1")
    expect(case).to_contain_text("Meja Sengketa 2")
    expect(case).to_contain_text("Dihitung hadir")
    chief.look_around()
    case.get_by_role("button", name="Batalkan").last.click()
    expect(page.get_by_role("status")).to_contain_text("tidak ada yang dihapus")
    expect(page.get_by_role("article", name=name)).to_have_count(0)


def test_the_door_in_numbers_moves_by_itself(walk: Walk, site: Site, guest: Walker) -> None:
    code = code_on(guest.page)
    watcher = walk()
    log_in(watcher, *site.login("panitia"))
    page = watcher.go(f"/events/{site.live_id}/door").page
    watcher.look_around()
    phone = walk()
    log_in(phone, *site.login("meja"))
    desk = open_desk(phone, site.live_id, "Meja Baru")
    desk.get_by_label("Tanpa QR").fill(code)
    desk.get_by_label("Tanpa QR").press("Enter")
    verdict(desk, "MASUK")
    row = page.get_by_role("row").filter(has_text="Meja Baru")
    expect(row).to_contain_text("1", timeout=20_000)
