"""People at the desk who have no code in hand: colleagues who came along, the help desk, a ticket shown on its screen."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.acting import go_on, log_in, open_desk, verdict
from tests.e2e.conftest import Site, Walk
from tests.e2e.test_desk_offline import forgive, ready
from tests.e2e.walker import Walker


@pytest.fixture
def desk(walk: Walk, site: Site) -> Walker:
    walker = walk()
    log_in(walker, *site.login("meja"))
    open_desk(walker, site.live_id, "Meja Rombongan")
    ready(walker.page)
    return walker


def find(page: Page, words: str) -> None:
    page.get_by_label("Tanpa QR").fill(words)
    page.get_by_role("list", name="Hasil cari").get_by_role("listitem").first.get_by_role("button").click()


def test_colleagues_who_came_along_are_ticked(desk: Walker) -> None:
    page = desk.page
    find(page, "garut sek")
    verdict(page, "")
    go_on(page)
    missing = page.get_by_text("belum masuk", exact=False).first
    expect(missing).to_contain_text("rekan")
    before = int(missing.inner_text().split()[0])
    page.get_by_role("button", name="Tandai yang hadir").click()
    people = page.get_by_role("list", name="Rekan yang belum masuk").get_by_role("listitem")
    expect(people).to_have_count(before)
    desk.look_around()
    people.first.get_by_role("button").click()
    verdict(page, "MASUK")
    go_on(page)
    expect(people).to_have_count(before - 1)
    page.context.set_offline(True)
    page.get_by_role("button", name="Tandai yang hadir").click()
    expect(page.get_by_text("perlu jaringan")).to_be_visible()
    forgive(desk)
