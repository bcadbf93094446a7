"""`rakor serve --lan` seen from a phone in the hall's network: it learns the authority, becomes a desk, and scans."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserType, Page, expect
from playwright.sync_api import Error as BrowserError

from bench._film import film, lens
from rakor.qr import qr_png
from tests import networks
from tests.chromium import CHROMIUM, QUIET
from tests.cli.running import environment, eventually, rakor
from tests.e2e.acting import log_in, verdict
from tests.e2e.conftest import PHONE
from tests.e2e.walker import Walker
from tests.networks import SERVER_ADDRESS, Networks

PORT, SETUP_PORT = 8000, 8080
BASE_URL, SETUP_URL = f"https://{SERVER_ADDRESS}:{PORT}", f"http://{SERVER_ADDRESS}:{SETUP_PORT}"
SECURE = """async () => ({
  secure: isSecureContext,
  sealing: Boolean(crypto.subtle),
  workers: (await navigator.serviceWorker.getRegistrations()).length,
  camera: (await navigator.mediaDevices.enumerateDevices()).filter((one) => one.kind === 'videoinput').length,
})"""


@dataclass(frozen=True)
class HallServer:
    """A server in the hall: its network, its folder, and what `rakor demo --json` says."""

    networks: Networks
    instance: Path
    demo: dict[str, Any]

    @property
    def log(self) -> str:
        """What its terminal shows."""
        return (self.instance / "log.txt").read_text(encoding="utf-8")

    def fetch(self, url: str) -> bytes:
        """What the phone's side gets from an address."""
        asked = self.networks.at_phone("curl", "--silent", "--fail", "--max-time", "10", url)
        return subprocess.run(asked, capture_output=True, check=True, timeout=20).stdout


@contextmanager
def served(hall: Networks, instance: Path, *words: str) -> Iterator["subprocess.Popen[bytes]"]:
    command = hall.at_server(sys.executable, "-m", "rakor.cli", "serve", "--lan", *words)
    with (instance / "log.txt").open("wb") as log:
        process = subprocess.Popen(command, env=environment(instance), stdout=log, stderr=log)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(15)


def answers(hall: Networks, url: str) -> bool:
    """Whether anything answers the phone, trusted or not."""
    asked = hall.at_phone("curl", "--silent", "--insecure", "--max-time", "5", "--output", "/dev/null", url)
    return subprocess.run(asked, check=False, timeout=20).returncode == 0


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HallServer]:
    """The demo worlds, served to a second network."""
    reason = networks.missing()
    if reason:
        pytest.skip(reason)
    instance = tmp_path_factory.mktemp("lan")
    made = rakor(instance, "demo", "--json", "--people", "500", RAKOR_BASE_URL=BASE_URL)
    assert made.returncode == 0, made.stderr
    with networks.two_machines() as both, served(both, instance):
        there = HallServer(both, instance, json.loads(made.stdout))
        for url in (f"{BASE_URL}/healthz", f"{SETUP_URL}/"):
            assert eventually(lambda url=url: answers(both, url)), there.log  # type: ignore[misc]
        yield there


@contextmanager
def phone(browser_type: BrowserType, hall: HallServer, folder: Path, *args: str) -> Iterator[Browser]:
    """Chromium in the phone's network, with a home folder of its own; ``folder`` is that home."""
    command = networks.browser_of(hall.networks, CHROMIUM, folder)
    browser = browser_type.launch(
        executable_path=str(command), chromium_sandbox=False, args=[*QUIET, *args], env={"HOME": str(folder)}
    )
    try:
        yield browser
    finally:
        browser.close()


def walker(browser: Browser, base_url: str) -> Walker:
    width, height = PHONE
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale="id-ID", permissions=["camera"], base_url=base_url
    )
    context.set_default_timeout(15_000)
    return Walker(context.new_page(), base_url)


def test_a_phone_learns_the_authority_becomes_a_desk_and_scans(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any], hall: HallServer, tmp_path: Path
) -> None:
    certificate = tmp_path / "rakor.crt"
    certificate.write_bytes(hall.fetch(f"{SETUP_URL}/rakor.crt"))
    networks.trust(tmp_path, certificate)
    video = film([qr_png(hall.demo["desk"]["codes"]["good"])], tmp_path / "qr.y4m")
    with phone(browser_type, hall, tmp_path, *lens(video)) as browser:
        one = walker(browser, BASE_URL)
        login = hall.demo["logins"]["panitia"]
        log_in(one, login["email"], login["password"])
        page = one.go(urlsplit(hall.demo["entries"]["panitia"]).path).page
        page.get_by_role("button", name="Pindai dari ponsel ini").click()
        expect(page.get_by_role("region", name="Siap memindai")).to_be_visible()
        verdict(page, "MASUK")
        page.wait_for_function("() => navigator.serviceWorker.ready.then(() => true)")  # perhaps too late for this page
        assert page.evaluate(SECURE) == {"secure": True, "sealing": True, "workers": 2, "camera": 1}
        cookies = {one["name"]: one["secure"] for one in page.context.cookies()}
        assert cookies["__Host-rakor-desk"] is True
        assert all(name.startswith("__Host-") and secure for name, secure in cookies.items()), cookies
        opens_alone(page)
        one.troubles[:] = [said for said in one.troubles if "ERR_INTERNET_DISCONNECTED" not in said]
        one.well()


def opens_alone(page: Page) -> None:
    """Without network the desk opens from what the service worker kept."""
    page.wait_for_function("() => caches.keys().then((names) => names.length === 1)")
    expect(page.get_by_text("tiket siap tanpa jaringan")).to_be_attached()
    page.context.set_offline(True)
    page.reload()
    assert page.evaluate("() => navigator.serviceWorker.controller !== null"), "the page came from the phone itself"
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ponsel")
    page.context.set_offline(False)


def test_a_phone_that_has_not_learnt_it_is_warned(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any], hall: HallServer, tmp_path: Path
) -> None:
    with phone(browser_type, hall, tmp_path) as browser:
        page = walker(browser, BASE_URL).page
        with pytest.raises(BrowserError, match="ERR_CERT_AUTHORITY_INVALID"):
            page.goto(BASE_URL)


def test_the_set_up_page_says_how_in_both_languages(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any], hall: HallServer, tmp_path: Path
) -> None:
    shown = re.search(r"Fingerprint of the authority: ([0-9A-F ]{95})", hall.log)
    assert shown is not None
    with phone(browser_type, hall, tmp_path) as browser:
        one = walker(browser, SETUP_URL)
        page = one.go("/").page
        expect(page.get_by_text(shown[1])).to_be_visible()
        expect(page.get_by_role("link", name=f"Buka {BASE_URL}")).to_have_attribute("href", BASE_URL)
        one.look_around()
        page.get_by_role("link", name="English").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Set up this phone")
        one.look_around()
        one.well()


def test_the_set_up_page_serves_nothing_else(hall: HallServer) -> None:
    for path in ("/login", "/healthz", "/../secret.key", "/lan/authority.pem", "/%2e%2e/secret.key", "/authority.pem"):
        asked = hall.networks.at_phone("curl", "-s", "--path-as-is", "-o", "/dev/null", "-w", "%{http_code}")
        said = subprocess.run([*asked, SETUP_URL + path], capture_output=True, text=True, check=True, timeout=20)
        assert said.stdout == "404", path
    assert b"PRIVATE KEY" not in hall.fetch(f"{SETUP_URL}/rakor.crt")
