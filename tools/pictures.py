"""``python -m tools.pictures``: every picture of the README and the guides, taken anew from the demo worlds.

The clock stands still and the installation's secret is a fixed one, so the same code on the same browser takes the same
pictures, byte for byte, but for the number of the receipt, which is made of ids by chance. Needs Chromium. They are
drawn with a palette, so that all of them together stay small.
"""

import re
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from bench._film import COLOURLESS, HEADER, HEIGHT, WIDTH, lens
from tools import picture_acts as acts
from tools.picture_acts import Demo, entry, staff
from tools.picture_stage import MOMENT, Stage, staged

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"
CHROMIUM = next(filter(Path.exists, map(Path, ("/usr/bin/chromium-headless-shell", "/usr/bin/chromium"))), None)
PHONE, DESK = (360, 740), (1280, 860)
COLOURS = 96


@dataclass(frozen=True)
class Shot:
    """One picture: its file's name, the path it shows, how wide, who is logged in, and what is done first.

    An act may return the picture itself, where it is not the page's.
    """

    name: str
    path: Callable[[Demo], str]
    size: tuple[int, int] = DESK
    who: str = ""
    act: Callable[[Page, Demo], bytes | None] | None = None


# what only looks comes first: what acts changes the numbers of those behind it
SHOTS = (
    Shot("event", lambda demo: urlsplit(demo["pages"]["live"]).path),
    Shot("summary", staff(""), who="panitia"),
    Shot("follow-ups", staff("/follow-ups"), who="panitia"),
    Shot("certificates", staff("/certificates"), who="panitia"),
    Shot("report", staff("/report"), who="panitia"),
    Shot("minutes", staff("/minutes"), PHONE, "notulis", acts.open_session),
    Shot("follow-ups-office", entry("kantor"), PHONE, act=acts.open_own_follow_ups),
    Shot("me", entry("peserta"), PHONE),
    Shot("me-ticket", entry("peserta"), PHONE, act=acts.show_ticket),
    Shot("leader", entry("pimpinan"), PHONE),
    Shot("office", entry("kantor"), PHONE),
    Shot("attendance", staff("/documents"), who="panitia", act=acts.set_paper),
    Shot("badges", staff("/badges"), who="panitia", act=acts.show_sample),
    Shot("speaker", staff("/speakers"), PHONE, "panitia", acts.open_speaker),
    Shot("desk", staff("/desks"), PHONE, "meja", acts.show_verdict),
    Shot("desk-ready", staff("/desks"), PHONE, "meja", acts.show_search),
    Shot("office-more", entry("kantor"), PHONE, act=acts.open_more),
    Shot("office-receipt", entry("kantor"), PHONE, act=acts.send_answer),
    Shot("office-another-phone", entry("kantor"), PHONE, act=acts.show_question),
    Shot("office-tickets", entry("kantor"), PHONE, act=acts.show_slips),
)


def main() -> int:
    """Make the worlds, serve them, take every picture, throw away those that are no more; exit status 0."""
    if CHROMIUM is None:
        print("There is no Chromium. On Debian and Ubuntu: apt-get install chromium", file=sys.stderr)
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("*.png"):
        old.unlink()
    with staged() as stage, sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        rules = [*stage.rules, *lens(nothing_to_scan(Path(folder) / "hall.y4m"))]
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), chromium_sandbox=False, args=rules)
        sizes = [take(browser, shot, stage) for shot in SHOTS]
        browser.close()
    print(f"{len(sizes)} pictures, {sum(sizes) / 1000:.0f} kB")
    return 0


def take(browser: Browser, shot: Shot, stage: Stage) -> int:
    """Take one picture; returns its size in bytes."""
    width, height = shot.size
    context = browser.new_context(
        base_url=stage.base_url, viewport={"width": width, "height": height}, locale="id-ID",
        device_scale_factor=2 if shot.size == PHONE else 1, reduced_motion="reduce", permissions=["camera"],
        timezone_id="Asia/Jayapura" if shot.name.startswith(("office", "follow-ups-office", "me")) else "Asia/Jakarta",
    )  # fmt: skip
    context.clock.set_fixed_time(MOMENT)
    page = context.new_page()
    if shot.who:
        log_in(page, stage.demo["logins"][shot.who])
    page.goto(shot.path(stage.demo))
    drawn = shot.act(page, stage.demo) if shot.act else None
    page.wait_for_load_state("networkidle")
    page.evaluate("() => document.fonts.ready")
    size = keep(drawn or page.screenshot(animations="disabled", caret="hide"), shot.name)
    context.close()
    return size


def nothing_to_scan(path: Path) -> Path:
    """Write what the camera sees between two guests: a floor in the light of the door."""
    ground = Image.linear_gradient("L").resize((WIDTH, HEIGHT)).point(lambda light: 40 + light // 3)
    path.write_bytes(HEADER + (b"FRAME\n" + ground.tobytes() + COLOURLESS) * 5)
    return path


def log_in(page: Page, login: dict[str, str]) -> None:
    """Log in by the form."""
    page.goto("/login")
    page.get_by_label(re.compile("^Email")).fill(login["email"])
    page.get_by_label("Kata sandi").fill(login["password"])
    page.get_by_role("main").get_by_role("button").click()
    page.wait_for_url(lambda url: "/login" not in url)


def keep(png: bytes, name: str) -> int:
    """Write a picture with a palette; returns its size in bytes."""
    picture = Image.open(BytesIO(png)).convert("RGB")
    picture = picture.quantize(COLOURS, dither=Image.Dither.NONE)
    path = FOLDER / f"{name}.png"
    picture.save(path, optimize=True)
    print(f"  {name}: {path.stat().st_size / 1000:.0f} kB", flush=True)
    return path.stat().st_size


if __name__ == "__main__":
    sys.exit(main())
