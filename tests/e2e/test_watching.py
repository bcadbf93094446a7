"""The watching itself bites: a page that breaks a rule is seen."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error

from tests.e2e.conftest import Walk
from tests.e2e.walker import REMEMBERS

BREAK = {
    "console": "() => console.error('aduh')",
    "Content Security Policy": "() => { const s = document.createElement('style'); s.textContent = 'b{}'; "
    "document.head.append(s); }",
    "script:": "() => { setTimeout(() => { throw new Error('aduh') }) }",
    "answered 404": "() => fetch('/tidak-ada').then(r => r.text())",
}


@pytest.mark.parametrize("word", BREAK)
def test_trouble_is_seen(walk: Walk, word: str) -> None:
    walker = walk().go("/patterns")
    assert not walker.troubles
    with walker.page.expect_event("console" if word != "script:" else "pageerror"):
        walker.page.evaluate(BREAK[word])
    assert any(word in trouble for trouble in walker.troubles)
    walker.troubles.clear()


def test_what_sticks_out_and_what_axe_finds_is_seen(walk: Walk) -> None:
    walker = walk().go("/patterns")
    walker.page.evaluate("""() => { const image = document.createElement('img'); image.width = 900;
        image.src = '/static/dev/icons/rakor.svg'; document.querySelector('main').append(image); }""")
    walker.fits()
    walker.accessible(runOnly=["image-alt"])
    assert any("900" in trouble or "px wide" in trouble for trouble in walker.troubles)
    assert any("image-alt" in trouble for trouble in walker.troubles)
    walker.troubles.clear()


ROWS = """() => {
  const rows = Array.from({length: 60}, (_, at) => `<li><input id="row-${at}"><label for="row-${at}">Baris ${at}</label>
    <a href="/${at}">Lihat</a></li>`);
  document.querySelector('main').innerHTML = `<h1>Baris</h1><ul>${rows.join('')}</ul>`;
}"""
SPOIL = {
    "label": "row => row.querySelector('label').htmlFor = 'nobody'",
    "link-name": "row => row.querySelector('a').textContent = ' '",
    "color-contrast": "row => row.style.color = 'color-mix(in srgb, currentcolor 20%, canvas)'",
    "list": "row => row.replaceWith(document.createElement('p'))",
    "twice": "row => row.querySelector('input').id = 'row-39'",
}


@pytest.mark.parametrize("word", SPOIL)
def test_one_spoilt_row_among_sixty_is_seen(walk: Walk, word: str) -> None:
    walker = walk().go("/patterns")
    walker.page.evaluate(ROWS)
    walker.accessible()
    assert not walker.troubles
    walker.page.locator("main li").nth(40).evaluate(SPOIL[word])
    walker.accessible()
    assert any(word in trouble for trouble in walker.troubles), walker.troubles
    walker.troubles.clear()


COLOURS = [
    "#0a1b2c", "#fffc", "red", "transparent", "rgb(12 34 56 / 40%)", "rgba(1, 2, 3, 0.5)", "hsl(210deg 50% 40%)",
    "color(srgb 0.1 0.2 0.3 / 0.4)", "color(display-p3 0.5 0.4 0.3)", "oklch(62.8% 0.1 29)", "lab(50 40 -20)",
]  # fmt: skip
READ = """texts => { const colours = texts.map(text => new axe.commons.color.Color().parseString(text));
    return colours.map(({red, green, blue, alpha}) => [red, green, blue, alpha]); }"""


def test_a_remembered_colour_is_the_one_that_axe_reads(walk: Walk) -> None:
    page = walk().go("/patterns").page
    page.evaluate(Axe().axe_script)
    plain = page.evaluate(READ, COLOURS)
    page.evaluate(REMEMBERS)
    assert page.evaluate(READ, COLOURS + COLOURS) == plain + plain
    assert len({tuple(one) for one in plain}) == len(COLOURS)
    for _ in range(2):
        with pytest.raises(Error, match="parse"):
            page.evaluate(READ, ["no colour"])
