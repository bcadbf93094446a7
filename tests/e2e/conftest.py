"""One server with the demo worlds for each test process, and browsers that look for trouble."""

import itertools
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserType, expect

from bench._film import film, lens
from tests.chromium import CHROMIUM, QUIET
from tests.cli.running import rakor, serving
from tests.e2e.acting import answer_for_office, log_in, silent_offices
from tests.e2e.walker import DESK, PHONE, Walker

PEOPLE = "1800"
_numbers = itertools.count(1)
expect.set_options(timeout=20_000)  # two busy cores
Walk = Callable[..., Walker]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here drives a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@dataclass(frozen=True)
class Site:
    """The server under test and what ``rakor demo --json`` says about its worlds."""

    base_url: str
    demo: dict[str, Any]
    instance: Path

    @property
    def live_id(self) -> str:
        """The id of the event that runs now."""
        return str(self.demo["events"]["live"])

    @property
    def live(self) -> str:
        """Its slug."""
        return str(self.demo["pages"]["live"]).rsplit("/", 1)[1]

    @property
    def bimtek(self) -> str:
        """The slug of the open event in nine days."""
        return str(self.demo["pages"]["open"]).rsplit("/", 1)[1]

    def entry(self, who: str) -> str:
        """The path by which one of the five comes in: panitia, kantor, peserta, meja, pimpinan."""
        return urlsplit(str(self.demo["entries"][who])).path

    def login(self, who: str) -> tuple[str, str]:
        """E-mail and password of panitia, meja or pimpinan."""
        login = self.demo["logins"][who]
        return login["email"], login["password"]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Make the worlds, start web and worker, wait until they answer."""
    instance = tmp_path_factory.mktemp("site")
    made = rakor(instance, "demo", "--json", "--people", PEOPLE)
    assert made.returncode == 0, made.stderr
    with serving(instance) as running:
        yield Site(f"http://127.0.0.1:{running.port}", json.loads(made.stdout), instance)


@pytest.fixture(autouse=True)
def _nobody_tried_before(request: pytest.FixtureRequest) -> None:
    """Tests log in more often than people may: every test finds the counters of tries empty."""
    if "site" in request.fixturenames:
        site: Site = request.getfixturevalue("site")
        with closing(sqlite3.connect(site.instance / "rakor.sqlite3", timeout=30)) as database, database:
            database.execute("DELETE FROM try_count")


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Debian's Chromium, without calls home."""
    if not CHROMIUM.exists():
        pytest.skip("no Chromium")
    return {"executable_path": str(CHROMIUM), "chromium_sandbox": False, "args": QUIET}


@contextmanager
def walking(browser: Browser, site: Site, **wishes: Any) -> Iterator[Walker]:
    """A walker in a context of its own; ``wishes`` are those of ``walk``."""
    width, height = wishes.get("size", PHONE)
    context = browser.new_context(
        base_url=site.base_url,
        viewport={"width": width, "height": height},
        color_scheme="dark" if wishes.get("dark") else "light",
        java_script_enabled=wishes.get("javascript", True),
        locale=wishes.get("locale", "id-ID"),
        timezone_id=wishes.get("zone", "Asia/Jakarta"),
        permissions=wishes.get("permissions", []),
    )
    context.set_default_timeout(20_000)
    try:
        yield Walker(context.new_page(), site.base_url)
    finally:
        context.close()


@pytest.fixture
def walk(browser: Browser, site: Site) -> Iterator[Walk]:
    """Give browsers: ``walk(size=PHONE, dark=False, javascript=True, locale="id-ID", zone=…)``; all must end well."""
    opened: list[tuple[Walker, Any]] = []

    def start(**wishes: Any) -> Walker:
        held = walking(browser, site, **wishes)
        walker = held.__enter__()
        opened.append((walker, held))
        return walker

    yield start
    for _walker, held in opened:
        held.__exit__(None, None, None)
    for walker, _held in opened:
        walker.well()


@pytest.fixture
def desk_with_camera(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any], site: Site, tmp_path: Path
) -> Iterator[Callable[..., Walker]]:
    """Give a phone whose camera looks at pictures, each for a while: ``desk_with_camera(png, …, seconds=1)``."""
    opened: list[tuple[Browser, Walker, Any]] = []

    def start(*pictures: bytes, seconds: float = 1.0) -> Walker:
        video = film(pictures, tmp_path / "qr.y4m", seconds)
        browser = browser_type.launch(**browser_type_launch_args | {"args": QUIET + lens(video)})
        held = walking(browser, site, size=PHONE, permissions=["camera"])
        opened.append((browser, held.__enter__(), held))
        return opened[-1][1]

    yield start
    for browser, walker, held in opened:
        held.__exit__(None, None, None)
        browser.close()
        walker.well()


@pytest.fixture(scope="session")
def offices(browser: Browser, site: Site) -> list[str]:
    """Links of offices of the live event that have not answered, as the organiser's page lists them; take one each."""
    with walking(browser, site, size=DESK) as walker:
        log_in(walker, *site.login("panitia"))
        return silent_offices(walker, site.live_id)


def _named(browser: Browser, site: Site, offices: list[str]) -> Iterator[str]:
    """Give the own page of one guest after the other; an office names three at once, from its one phone."""
    while True:
        names = [f"Nomor {next(_numbers)} Tamu Contoh" for _ in range(3)]
        with walking(browser, site) as walker:
            own_pages = answer_for_office(walker, offices.pop(), names)
        yield from own_pages


@pytest.fixture(scope="session")
def guest_pages(browser: Browser, site: Site, offices: list[str]) -> Iterator[str]:
    """Where each next guest reads."""
    return _named(browser, site, offices)


@pytest.fixture
def guest(walk: Walk, guest_pages: Iterator[str]) -> Walker:
    """Somebody just named by an office, on the own page; the name ends in "Tamu Contoh"."""
    return walk().go(next(guest_pages))


__all__ = ["DESK", "PHONE", "Site", "Walk"]
