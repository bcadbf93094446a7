"""What staff do on their pages, by the words they read."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.walker import Walker


def log_in(walker: Walker, email: str, password: str) -> None:
    """Log in by the form."""
    page = walker.go("/login").page
    page.get_by_label("Email").fill(email)
    page.get_by_label("Kata sandi").fill(password)
    page.get_by_role("button", name="Masuk").click()
    page.wait_for_url(lambda url: "/login" not in url)


def open_desk(walker: Walker, event_id: str, name: str) -> Page:
    """Make this phone a desk of today and wait until it is ready."""
    page = walker.go(f"/events/{event_id}/desks").page
    page.get_by_label("Nama meja").fill(name)
    page.get_by_role("button", name="Jadikan ponsel ini meja").click()
    expect(page.get_by_role("region", name="Siap memindai")).to_be_visible()
    expect(page.get_by_text("Menyiapkan kamera")).to_have_count(0)
    expect(page.get_by_text(name).first).to_be_visible()
    return page


def verdict(page: Page, word: str) -> str:
    """Wait for a verdict and return all that its screen says."""
    screen = page.get_by_role("region", name="Hasil pindai")
    expect(screen).to_contain_text(word, timeout=15_000)
    return _said(page)


def go_on(page: Page) -> None:
    """Touch the verdict, where it waits for that, and be ready again."""
    if "Ketuk untuk lanjut" in _said(page):
        page.get_by_role("region", name="Hasil pindai").click()
    expect(page.get_by_role("region", name="Siap memindai")).to_be_visible()


def _said(page: Page) -> str:
    """What the newest verdict's screen says; a green one may be gone by itself already."""
    said = page.locator("[data-part=verdict]").evaluate(
        "(screen) => [...screen.querySelectorAll('[data-say]')].map((part) => part.textContent).join(' ')"
    )
    return re.sub(r"\s+", " ", said)


def answer_for_office(walker: Walker, link: str, names: list[str]) -> list[str]:
    """Type names onto an office's first open seats, all online, confirm; the paths of their own pages."""
    page = walker.go(link).page
    seats = page.get_by_role("main").get_by_role("listitem").filter(has=page.get_by_label("Nama", exact=True))
    for number, name in enumerate(names):
        seat = seats.nth(number)
        seat.get_by_label("Nama", exact=True).fill(name)
        seat.get_by_role("radio", name=re.compile("Daring")).check()
    page.get_by_role("button", name=f"Konfirmasi {len(names)} kursi").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"Jawaban diterima \d\d\.\d\d\sWI(B|TA|T)"))
    return [own_page(page, name) for name in names]


def own_page(page: Page, name: str) -> str:
    """The path of a person's own page, from the receipt."""
    line = page.get_by_role("listitem").filter(has_text=name)
    found = re.search(r"/p/[a-z2-7]+", line.inner_html())
    assert found, f"no link for {name}"
    return found[0]


def take_list(walker: Walker, event_id: str, form: str, *, variant: str = "", province: str = "") -> bytes:
    """Ask for today's list of participants as PDF or Excel with whole numbers, wait for it, and return the file."""
    page = walker.go(f"/events/{event_id}/documents").page
    page.get_by_role("radio", name=form, exact=True).check()
    if variant:
        page.get_by_label("Keperluan").select_option(label=variant)
    if province:
        page.get_by_label("Provinsi").select_option(label=province)
    if form == "Excel":
        page.get_by_role("checkbox", name="Excel dengan NIP").check()
        page.get_by_label("Untuk apa Excel-nya dipakai?").fill("Pertanggungjawaban kegiatan")
    page.get_by_role("button", name="Susun daftar hadir").click()
    take = page.get_by_role("link", name=re.compile("^Unduh"))
    expect(take).to_be_visible(timeout=30_000)
    with page.expect_download() as coming:
        take.click()
    return coming.value.path().read_bytes()


def silent_offices(walker: Walker, event_id: str) -> list[str]:
    """The paths of the links of offices that have not answered anything."""
    page = walker.go(f"/events/{event_id}/office-links?silent=1").page
    return list(dict.fromkeys(re.findall(r"/o/[a-z2-7]{20,}", page.get_by_role("main").inner_html())))


def draw_signature(page: Page) -> None:
    """Draw one stroke, as a finger would, into the field of the page."""
    expect(page.locator("canvas")).to_be_visible()  # the script shows it
    box = page.locator("canvas").bounding_box()
    assert box is not None
    at = [(box["x"] + box["width"] * x, box["y"] + box["height"] * y) for x, y in
          ((0.1, 0.6), (0.3, 0.2), (0.35, 0.8), (0.5, 0.3), (0.6, 0.7), (0.75, 0.4), (0.9, 0.5))]  # fmt: skip
    page.mouse.move(*at[0])
    page.mouse.down()
    for x, y in at[1:]:
        page.mouse.move(x, y, steps=4)
    page.mouse.up()
