"""Hands on the keyboard only: log in, answer for an office, with the focus always to be seen."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.conftest import DESK, Site, Walk

FOCUSED = """() => {
  const e = document.activeElement;
  const label = [...(e.labels ?? [])].map(l => l.innerText).join(' ');
  const words = label || e.getAttribute('aria-label') || e.innerText || '';
  const look = getComputedStyle(e), own = getComputedStyle(e.closest('label') ?? e);
  return [words.trim(), [look, own].some(s => s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2)];
}"""


def tab_to(page: Page, words: str, limit: int = 60) -> None:
    """Press Tab until what ``words`` name has the focus; everything on the way shows that it has it."""
    passed = []
    for _ in range(limit):
        page.keyboard.press("Tab")
        name, seen = page.evaluate(FOCUSED)
        assert seen, f"no focus ring on {name!r}"
        if re.search(words, name):
            return
        passed.append(name)
    raise AssertionError(f"{words} was not reached; passed {passed}")


def test_log_in_by_keyboard(walk: Walk, site: Site) -> None:
    page = walk(size=DESK).go("/login").page
    email, password = site.login("panitia")
    page.keyboard.press("Tab")
    assert "Langsung ke isi" in page.evaluate(FOCUSED)[0]
    tab_to(page, "^Email")
    page.keyboard.type(email)
    tab_to(page, "^Kata sandi")
    page.keyboard.type(password)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/login" not in url)


def test_answer_for_an_office_by_keyboard(walk: Walk, offices: list[str]) -> None:
    page = walk(size=DESK).go(offices.pop()).page
    tab_to(page, "^Nama")
    page.keyboard.type("Papan Ketik Contoh")
    tab_to(page, "^(Luring|Daring|Berhalangan)")
    page.keyboard.press("Space")
    tab_to(page, r"^Konfirmasi 1 kursi")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Jawaban diterima"))
    expect(page.get_by_text("Papan Ketik Contoh", exact=True)).to_be_visible()
