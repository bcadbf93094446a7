"""The agenda as organisers move it and as everybody reads it: story O4 of domain.md §6.2."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.e2e.acting import log_in
from tests.e2e.conftest import DESK, PHONE, Site, Walk
from tests.e2e.walker import Walker

SESSION = "Sesi 4: Cerita baik dari Papua Selatan"
WITHIN = 10_000
CLOCKS = re.compile(r"(\d\d)\.(\d\d)–")


def board(walker: Walker, site: Site) -> Page:
    """Log in as the organiser and open the board of the last day."""
    log_in(walker, *site.login("panitia"))
    page = walker.go(f"/events/{site.live_id}/agenda").page
    page.get_by_role("navigation", name="Hari").get_by_role("link").nth(2).click()
    expect(page.get_by_role("heading", name=SESSION)).to_be_visible()
    return page


def block(page: Page) -> Locator:
    """The session on the board."""
    return page.get_by_role("article").filter(has=page.get_by_role("heading", name=SESSION))


def starts(text: str) -> int:
    """The first time in a text, in minutes after midnight."""
    found = CLOCKS.search(text)
    assert found, text
    return int(found[1]) * 60 + int(found[2])


def told(minutes: int, offset: int = 0) -> str:
    """A time as pages write it; ``offset`` hours further east."""
    return f"{(minutes // 60 + offset) % 24:02}.{minutes % 60:02}"


def span(first: int, last: int) -> re.Pattern[str]:
    """A range as pages write it: it does not break after its dash."""
    return re.compile(f"{re.escape(told(first))}–\N{WORD JOINER}?{re.escape(told(last))}")


def test_o4_a_session_moves_and_everybody_sees_it_in_their_own_time(walk: Walk, site: Site) -> None:
    """Moved by keyboard and published: the open pages show it within ten seconds, marked, with a text for groups."""
    organiser = walk(size=DESK)
    page = board(organiser, site)
    before = starts(block(page).inner_text())
    reader, participant = walk(size=PHONE, zone="Asia/Jayapura"), walk(size=PHONE, zone="Asia/Jayapura")
    last_day = page.url.split("day=")[1][:10]
    reader.go(f"/e/{site.live}?day={last_day}#agenda")
    participant.go(f"{site.entry('peserta')}/agenda")
    public_item = reader.page.get_by_role("listitem").filter(has_text=SESSION)
    own_item = participant.page.get_by_role("listitem").filter(has_text=SESSION)
    expect(public_item).to_contain_text(told(before))
    expect(public_item).not_to_contain_text("Diubah")

    grip = block(page).get_by_role("button", name=re.compile("^Sesi 4"))
    grip.focus()
    for _quarter in range(4):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Sesi 4 dipindahkan.")).to_be_visible()
    expect(public_item).to_contain_text(told(before))
    page.get_by_role("link", name=re.compile("Terbitkan versi")).first.click()
    expect(page.get_by_text(f"Sesi 4: {told(before)} → {told(before + 60)} WIB")).to_be_visible()
    organiser.fits()
    organiser.accessible()
    page.get_by_role("button", name=re.compile("Terbitkan versi")).click()
    expect(page.get_by_role("heading", name=re.compile(r"Agenda versi \d+"))).to_be_visible()

    expect(public_item).to_contain_text(told(before + 60), timeout=WITHIN)
    expect(public_item).to_contain_text(f"Diubah, semula {told(before)} WIB")
    expect(public_item).to_contain_text(f"{told(before + 60, 2)}–")
    expect(own_item).to_contain_text("Diubah, semula", timeout=WITHIN)
    text = page.locator("#wa-text").inner_text()
    for offset, letters in ((0, "WIB"), (1, "WITA"), (2, "WIT")):
        assert f"{told(before, offset)}–{told(before + 90, offset)} {letters}" in text
        assert f"{told(before + 60, offset)}–{told(before + 150, offset)} {letters}" in text
    assert f"/e/{site.live}" in text
    organiser.fits()
    organiser.accessible()
    reader.fits()
    reader.accessible()

    page.get_by_text("Batalkan terbitan ini?").click()
    page.get_by_role("button", name=re.compile("Ya, terbitkan lagi versi")).click()
    expect(page.get_by_text(re.compile(r"berlaku lagi dan terbit sebagai versi \d+"))).to_be_visible()
    expect(public_item).to_contain_text(f"Diubah, semula {told(before + 60)} WIB", timeout=WITHIN)


def test_a_session_is_dragged_stretched_and_taken_to_another_room_by_mouse(walk: Walk, site: Site) -> None:
    """The mouse fills the same little form as the keyboard; nobody is told before it is published."""
    walker = walk(size=(1280, 1400))
    page = board(walker, site)
    before = starts(block(page).inner_text())
    box = block(page).bounding_box()
    assert box
    hour = _hour(page)
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] - 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] - 20 + hour / 2, steps=6)
    page.mouse.up()
    expect(page.get_by_text("Sesi 4 dipindahkan.")).to_be_visible()
    assert starts(block(page).inner_text()) == before + 30

    edge = block(page).locator(".edge").bounding_box()
    assert edge
    page.mouse.move(edge["x"] + 30, edge["y"] + 6)
    page.mouse.down()
    page.mouse.move(edge["x"] + 30, edge["y"] + 6 + hour / 4, steps=6)
    page.mouse.up()
    expect(block(page)).to_contain_text(span(before + 30, before + 135))

    grip = block(page).get_by_role("button", name=re.compile("^Sesi 4"))
    grip.press("ArrowRight")
    grip.press("Shift+ArrowUp")
    grip.press("ArrowUp")
    grip.press("ArrowUp")
    grip.press("Enter")
    expect(block(page)).to_contain_text(span(before, before + 90))
    place_by_form(page, "Ruang Pleno", before)
    expect(page.get_by_text("semua sudah terbit")).to_be_visible()


def place_by_form(page: Page, room: str, minutes: int) -> None:
    """Move the session by its little form, as without scripts."""
    block(page).locator("summary").click()
    form = block(page).locator("form")
    form.get_by_label("Ruang").select_option(room)
    form.get_by_label("Mulai").fill(told(minutes).replace(".", ":"))
    form.get_by_role("button", name="Pindahkan").click()
    expect(page.get_by_text("Sesi 4 dipindahkan.")).to_be_visible()


def test_without_scripts_the_board_is_edited_by_its_forms(walk: Walk, site: Site) -> None:
    """No grip, no drag: the little form, the item's form and the list on the phone do the same."""
    walker = walk(size=PHONE, javascript=False)
    page = board(walker, site)
    before = starts(block(page).inner_text())
    place_by_form(page, "Ruang Cendana", before)
    expect(block(page)).to_contain_text("Ruang Cendana")
    place_by_form(page, "Ruang Pleno", before)
    expect(page.get_by_text("semua sudah terbit")).to_be_visible()
    walker.fits()


def _hour(page: Page) -> float:
    """How tall an hour is where the session stands."""
    first, second = (page.locator("[data-hour]").nth(n).bounding_box() for n in (0, 1))
    assert first
    assert second
    return float(second["y"] - first["y"])

