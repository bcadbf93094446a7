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
    return re.sub(r"\s+", " ", screen.inner_text())


def go_on(page: Page) -> None:
    """Touch the verdict, where it waits for that, and be ready again."""
    screen = page.get_by_role("region", name="Hasil pindai")
    if "Ketuk untuk lanjut" in screen.inner_text():
        screen.click()
    expect(page.get_by_role("region", name="Siap memindai")).to_be_visible()
