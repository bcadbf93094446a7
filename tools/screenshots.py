"""``python -m tools.screenshots [NAME …]``: the pictures of the README and the guides, from a demo of their own.

Needs Chromium. Pictures are drawn with a palette, so that all of them together stay small.
"""

import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pypdfium2
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "pictures"
PHONE, DESK = (360, 740), (1280, 860)
PAPER_WIDTH = 1123
COLOURS = 96
Act = Callable[[Page, dict[str, Any]], None]


@dataclass(frozen=True)
class Shot:
    """One picture: its file's name, who is logged in, the path it shows, how wide, and what is done first."""

    name: str
    path: Callable[[dict[str, Any]], str]
    size: tuple[int, int] = DESK
    who: str = ""
    act: Act | None = None
    dark: bool = False
    language: str = "id-ID"


def entry(who: str) -> Callable[[dict[str, Any]], str]:
    """The path by which one of the demo's people comes in."""
    return lambda demo: urlsplit(demo["entries"][who]).path


def staff(rest: str) -> Callable[[dict[str, Any]], str]:
    """A page of the running event's organisers."""
    return lambda demo: f"/events/{demo['events']['live']}{rest}"


def show_verdict(page: Page, demo: dict[str, Any]) -> None:
    """Make this phone a desk and try the first ticket."""
    page.get_by_role("button", name="Jadikan ponsel ini meja").click()
    page.get_by_text("Tiket contoh untuk dicoba").click()
    page.get_by_role("button", name="Sudah masuk").click()
    page.get_by_role("region", name="Hasil pindai").get_by_text("SUDAH MASUK").wait_for()


def show_search(page: Page, demo: dict[str, Any]) -> None:
    """Make this phone a desk, let somebody in, and find another by office and role."""
    page.get_by_role("button", name="Jadikan ponsel ini meja").click()
    page.get_by_text("tiket siap tanpa jaringan").wait_for()
    page.get_by_text("Tiket contoh untuk dicoba").click()
    page.get_by_role("button", name="Belum masuk").click()
    page.get_by_role("region", name="Hasil pindai").get_by_text("MASUK").wait_for()
    page.get_by_role("region", name="Siap memindai").wait_for()
    page.get_by_text("Tiket contoh untuk dicoba").click()
    page.get_by_label("Tanpa QR").fill("asm ket")
    page.get_by_role("list", name="Hasil cari").get_by_role("listitem").first.wait_for()
    page.evaluate("() => scrollTo(0, 0)")


def show_paper(page: Page, demo: dict[str, Any]) -> None:
    """Ask for the list of the running session; the picture is the first page of the PDF."""
    page.get_by_label("Provinsi").select_option(label="Papua Selatan")
    page.get_by_role("button", name="Susun daftar hadir").click()
    take = page.get_by_role("link", name="Unduh")
    take.wait_for(timeout=30_000)
    with page.expect_download() as coming:
        take.click()
    first = pypdfium2.PdfDocument(coming.value.path().read_bytes())[0]
    drawn = BytesIO()
    first.render(scale=PAPER_WIDTH / first.get_width()).to_pil().save(drawn, "PNG")
    keep(drawn.getvalue(), "attendance")


def open_more(page: Page, demo: dict[str, Any]) -> None:
    """The rarer answers of the first open seat, with a name and a way chosen."""
    seat = page.locator("li[data-seat]:has(div.seat)").first
    seat.get_by_label("Nama", exact=True).fill("Paulus Contoh, S.Sos.")
    seat.get_by_role("radio", name="Daring").check()
    seat.get_by_text("Orang yang sama, mewakili, Plh./Plt.").click()
    seat.scroll_into_view_if_needed()


def send_answer(page: Page, demo: dict[str, Any]) -> None:
    """Answer what is open and stand on the receipt."""
    for place, name in enumerate(("Paulus Contoh, S.Sos.", "Yosepina Contoh, S.Kom.")):
        seat = page.locator("li[data-seat]:has(div.seat)").nth(place)
        seat.get_by_label("Nama", exact=True).fill(name)
        seat.get_by_role("radio", name="Daring").check()
    page.get_by_label("Nomor WhatsApp Anda").fill("0812 0000 0147")
    page.get_by_role("button", name="Konfirmasi 2 kursi").click()
    page.get_by_role("heading", name="Jawaban diterima").wait_for()


def show_question(page: Page, demo: dict[str, Any]) -> None:
    """The question for the number that answered first, whole."""
    page.get_by_text("Tidak tahu nomornya?").scroll_into_view_if_needed()
    page.mouse.wheel(0, 120)
    page.wait_for_timeout(300)


def show_slips(page: Page, demo: dict[str, Any]) -> None:
    """Say on this phone which number answered first, then the page of tickets to print."""
    page.goto(f"{page.url}/receipt")
    page.get_by_label("Nomor WhatsApp").fill("0812 0000 0147")
    page.get_by_role("button", name="Buka di ponsel ini").click()
    page.get_by_role("link", name="Cetak tiket").click()
    page.get_by_role("heading", name="Tiket").wait_for()


def open_speaker(page: Page, demo: dict[str, Any]) -> None:
    """Make the links of the speakers and stand on the first one's own page."""
    page.get_by_role("button", name="Buat tautan yang belum ada").click()
    page.goto(re.findall(r"/s/[a-z2-7]{26}", page.get_by_role("main").inner_html())[0])


def open_session(page: Page, demo: dict[str, Any]) -> None:
    """The minutes of the session that runs now."""
    page.get_by_role("link", name=re.compile("^Sesi 2")).click()
    page.get_by_text("Semua butir tersimpan").wait_for()


SHOTS = (
    Shot("home", lambda demo: "/"),
    Shot("event", lambda demo: urlsplit(demo["pages"]["live"]).path),
    Shot("summary", staff(""), who="panitia"),
    Shot("minutes", staff("/minutes"), PHONE, who="notulis", act=open_session),
    Shot("summary-dark", staff(""), who="panitia", dark=True, language="en-GB"),
    Shot("office", entry("kantor"), PHONE),
    Shot("me", entry("peserta"), PHONE),
    Shot("speaker", staff("/speakers"), PHONE, "panitia", open_speaker),
    Shot("leader", entry("pimpinan"), PHONE),
    Shot("desk", staff("/desks"), PHONE, "meja", show_verdict),
    Shot("desk-ready", staff("/desks"), PHONE, "meja", show_search),
    Shot("", staff("/documents"), who="panitia", act=show_paper),
    Shot("office-more", entry("kantor"), PHONE, act=open_more),
    Shot("office-receipt", entry("kantor"), PHONE, act=send_answer),
    Shot("office-another-phone", entry("kantor"), PHONE, act=show_question),
    Shot("office-tickets", entry("kantor"), PHONE, act=show_slips),
)


def main(wanted: Sequence[str] = ()) -> int:
    """Make the worlds, serve them, take every picture, or those that are ``wanted`` by name; exit status 0."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as instance, serving(Path(instance)) as demo, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", chromium_sandbox=False)
        for shot in SHOTS:
            if shot.name in wanted or not wanted:
                take(browser, shot, demo)
        browser.close()
    total = sum(path.stat().st_size for path in FOLDER.glob("*.png"))
    print(f"{len(list(FOLDER.glob('*.png')))} pictures, {total / 1000:.0f} kB")
    return 0


@contextmanager
def serving(instance: Path) -> Iterator[dict[str, Any]]:
    """Make the demo worlds, start the server, and give what ``rakor demo --json`` says."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("RAKOR_")}
    environment = kept | {"RAKOR_INSTANCE": str(instance), "RAKOR_BASE_URL": f"http://127.0.0.1:{port}"}
    command = [sys.executable, "-m", "rakor.cli"]
    made = subprocess.run(
        [*command, "demo", "--json"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True
    )
    server = subprocess.Popen([*command, "serve", "--port", str(port)], cwd=ROOT, env=environment)
    try:
        wait_for(f"http://127.0.0.1:{port}/readyz")
        yield json.loads(made.stdout)
    finally:
        server.terminate()
        server.wait(15)


def wait_for(address: str) -> None:
    """Return once ``address`` answers; TimeoutError after half a minute."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            urlopen(address, timeout=2).close()
            return
        except (URLError, OSError):
            time.sleep(0.2)
    raise TimeoutError(address)


def take(browser: Browser, shot: Shot, demo: dict[str, Any]) -> None:
    """Take one picture."""
    width, height = shot.size
    context = browser.new_context(
        base_url=demo["base_url"], viewport={"width": width, "height": height}, locale=shot.language,
        device_scale_factor=2 if shot.size == PHONE else 1, color_scheme="dark" if shot.dark else "light",
        timezone_id="Asia/Jayapura" if shot.name.startswith(("office", "me")) else "Asia/Jakarta",
    )  # fmt: skip
    page = context.new_page()
    if shot.who:
        log_in(page, demo["logins"][shot.who])
    page.goto(shot.path(demo))
    if shot.act:
        shot.act(page, demo)
    page.wait_for_load_state("networkidle")
    if shot.name:
        keep(page.screenshot(), shot.name)
    context.close()


def log_in(page: Page, login: dict[str, str]) -> None:
    """Log in by the form."""
    page.goto("/login")
    page.get_by_label(re.compile("^Email")).fill(login["email"])
    page.get_by_label(re.compile("^(Kata sandi|Password)")).fill(login["password"])
    page.get_by_role("main").get_by_role("button").click()
    page.wait_for_url(lambda url: "/login" not in url)


def keep(png: bytes, name: str) -> None:
    """Write a picture with a palette."""
    picture = Image.open(BytesIO(png)).convert("RGB")
    picture = picture.quantize(COLOURS, dither=Image.Dither.NONE)
    picture.save(FOLDER / f"{name}.png", optimize=True)
    print(name, (FOLDER / f"{name}.png").stat().st_size)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
