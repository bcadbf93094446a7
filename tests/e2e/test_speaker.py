"""S1 and the lobby: a heavy presentation over a line that breaks, the moderator's clock, and a wall nobody touches."""

import re
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.agenda import making
from tests.e2e.acting import log_in
from tests.e2e.conftest import DESK, Site, Walk
from tests.e2e.walker import Walker

HEAVY = 40 * 1024 * 1024
PART = re.compile(r"/s/[a-z2-7]+/uploads/[0-9a-f-]+\?from=(\d+)")
WALL = (1920, 1080)
LEAST = """() => Math.min(...[...document.querySelectorAll('.turn b, .turn h3')]
  .map(element => parseFloat(getComputedStyle(element).fontSize)))"""


def speaker_link(organiser: Walker, site: Site, name: str) -> str:
    """The path of a speaker's link, made by the organiser where it is missing."""
    page = organiser.go(f"/events/{site.live_id}/speakers").page
    page.get_by_role("link", name=name).click()
    expect(page.get_by_role("heading", name="Tautan narasumber")).to_be_visible()
    make = page.get_by_role("button", name="Buat tautan", exact=True)
    if make.count():
        make.click()
    expect(page.get_by_role("button", name="Salin tautan")).to_be_visible()
    found = re.search(r"/s/[a-z2-7]{26}", page.get_by_role("main").inner_html())
    assert found
    return found[0]


def choose(page: Page, session: str, file: Path, *, summary: str = "Serahkan materi", open_after: bool = False) -> None:
    """Hand a file in for a session, by the form under ``summary``."""
    form = page.get_by_role("region", name=session).locator("details", has_text=summary).last
    if not form.get_by_role("button", name="Kirim materi").is_visible():
        form.locator("summary").click()
    form.locator("input[type=file]").set_input_files(file)
    if open_after:
        form.get_by_label(re.compile("Publik setelah sesi")).check()
    form.get_by_role("button", name="Kirim materi").click()


def until_shown(walker: Walker, path: str, link: str) -> Walker:
    """Open a public page, again while it is the one that was kept for five seconds, until it has the link."""
    walker.go(path)
    for _ in range(8):
        if walker.page.get_by_role("link", name=link).count():
            break
        walker.page.wait_for_timeout(1000)
        walker.page.reload()
    return walker


@pytest.fixture
def organiser(walk: Walk, site: Site) -> Walker:
    walker = walk(size=DESK)
    log_in(walker, *site.login("panitia"))
    return walker


@pytest.fixture
def heavy(tmp_path: Path) -> Path:
    path = tmp_path / "paparan ratna.pptx"
    path.write_bytes(making.office(size=HEAVY))
    return path


def test_s1_a_heavy_file_goes_on_after_a_break(walk: Walk, site: Site, organiser: Walker, heavy: Path) -> None:
    link = speaker_link(organiser, site, "Dr. Ratna Contoh, M.Si.")
    first = walk()
    first.expected = {503}
    page, sent = first.go(link).page, list[int]()

    def line(route: Route) -> None:  # a slow line, and then none
        sent.append(int(PART.search(route.request.url)[1]))  # type: ignore[index]
        if len(sent) > 12:
            page.context.set_offline(True)
            route.abort("internetdisconnected")
        else:
            route.continue_()

    page.route(PART, line)
    choose(page, "Sesi 2", heavy, open_after=True)
    expect(page.get_by_text("Jaringan terputus.")).to_be_visible(timeout=60_000)
    expect(page.get_by_text("MB sudah aman di panitia")).to_be_visible()
    first.look_around()
    there = max(sent)
    assert 0 < there < HEAVY
    first.troubles.clear()  # the line was cut on purpose
    page.close()

    second = walk()
    page, again = second.go(link).page, list[int]()
    expect(page.get_by_text("Unggahan belum selesai: paparan ratna.pptx")).to_be_visible()
    second.look_around()
    page.on("request", lambda request: again.append(int(found[1])) if (found := PART.search(request.url)) else None)
    choose(page, "Sesi 2", heavy, open_after=True)
    expect(page.get_by_text("Materi, versi 1")).to_be_visible(timeout=120_000)
    assert min(again) >= there  # what had arrived was not sent again
    expect(page.locator(".badge", has_text="Publik setelah sesi")).to_be_visible()
    second.look_around()
    assert "Materi Sesi 2" not in walk().go(f"/e/{site.live}").page.content()

    page = organiser.go(f"/events/{site.live_id}/speakers").page
    expect(page.get_by_text(re.compile(r"Versi 1, .*\d\d\.\d\d, belum diambil"))).to_be_visible()
    with page.expect_download() as coming:
        page.get_by_role("button", name="Ambil semua materi (ZIP)").click()
    with zipfile.ZipFile(coming.value.path()) as packed:
        (name,) = [one for one in packed.namelist() if "Ratna" in one]
        assert re.fullmatch(r"\d\d_Sesi-2_Dr-Ratna-Contoh-M-Si\.pptx", name)
        assert packed.read(name) == heavy.read_bytes()
    page.reload()
    expect(page.get_by_text(re.compile(r"Versi 1, .*diambil \d\d\.\d\d"))).to_be_visible()
    organiser.look_around()


def test_without_javascript_a_session_that_is_over_is_public_at_once(
    walk: Walk, site: Site, organiser: Walker, tmp_path: Path
) -> None:
    link = speaker_link(organiser, site, "Prof. Hamzah Contoh")
    paper = tmp_path / "bahan.pdf"
    paper.write_bytes(making.pdf())
    walker = walk(javascript=False)
    page = walker.go(link).page
    choose(page, "Sesi 1", paper, open_after=True)
    expect(page.get_by_text("Publik sekarang")).to_be_visible()
    reader = until_shown(walk(), f"/e/{site.live}", "Materi Sesi 1")
    with reader.page.expect_download() as coming:
        reader.page.get_by_role("link", name="Materi Sesi 1").click()
    assert coming.value.path().read_bytes() == paper.read_bytes()
    reader.look_around()
    walker.expected = {422}
    wrong = tmp_path / "virus.pdf"
    wrong.write_bytes(b"MZ\x90\x00")
    choose(page, "Sesi 1", wrong, summary="Kirim versi baru")
    expect(page.get_by_role("alert").first).to_contain_text("Jenis berkas ini tidak diterima")


def test_a_refusal_stands_where_the_organiser_looks(walk: Walk, site: Site, organiser: Walker) -> None:
    walker = walk()
    page = walker.go(speaker_link(organiser, site, "Yosef Wanggai Contoh, S.Sos.")).page
    page.get_by_label("Maaf, saya berhalangan").check()
    page.get_by_label(re.compile("Alasan")).fill("Penerbangan dari Merauke dibatalkan")
    page.get_by_role("button", name="Kirim jawaban").click()
    expect(page.get_by_text("Panitia sudah melihat jawaban Anda")).to_be_visible()
    walker.look_around()
    action = organiser.go(f"/events/{site.live_id}").page.get_by_text("1 narasumber berhalangan")
    expect(action).to_be_visible()
    page = organiser.go(f"/events/{site.live_id}/speakers").page
    expect(page.get_by_text("Alasan: Penerbangan dari Merauke dibatalkan")).to_be_visible()


def test_the_moderators_clock_runs_on_without_a_network(walk: Walk, site: Site, organiser: Walker) -> None:
    walker = walk(size=DESK)
    page = walker.go(speaker_link(organiser, site, "Hendra Contoh")).page
    page.get_by_role("link", name="Jam moderator").first.click()
    count = page.get_by_role("timer")
    expect(count).to_have_text(re.compile(r"^(\d\.)?\d\d\.\d\d$"))
    expect(page.get_by_text("sisa waktu")).to_be_visible()
    walker.look_around()
    page.context.set_offline(True)
    expect(page.get_by_text(re.compile(r"Tanpa jaringan sejak \d\d\.\d\d; jam tetap berjalan"))).to_be_visible(
        timeout=20_000
    )
    before = count.inner_text()
    expect(count).not_to_have_text(before, timeout=5_000)
    walker.troubles = [one for one in walker.troubles if "ERR_INTERNET_DISCONNECTED" not in one]


def test_the_wall_says_what_is_on_and_since_when_it_has_no_network(walk: Walk, site: Site) -> None:
    walker = walk(size=WALL)
    page = walker.go(f"/e/{site.live}/wall").page
    on = page.locator("[data-part=now] .turn")
    expect(on.first).to_be_visible()
    expect(on.first).to_contain_text(re.compile(r"sisa \d+ menit"))
    for zone in ("WIB", "WITA", "WIT"):
        expect(page.locator(".wall-clocks")).to_contain_text(zone)
    assert page.evaluate("() => document.body.scrollHeight <= innerHeight")
    least = page.evaluate(LEAST)
    assert least >= 40
    walker.accessible()
    page.context.set_offline(True)
    expect(
        page.get_by_text(re.compile(r"Tanpa jaringan sejak \d\d\.\d\d; jam dan giliran tetap berjalan"))
    ).to_be_visible(timeout=20_000)
    page.context.set_offline(False)
    expect(page.locator("[data-offline]")).to_be_hidden(timeout=20_000)
    walker.troubles = [one for one in walker.troubles if "ERR_INTERNET_DISCONNECTED" not in one]
    walk().go(f"/e/{site.live}/now").look_around()
