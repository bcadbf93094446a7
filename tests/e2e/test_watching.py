"""The watching itself bites: a page that breaks a rule is seen."""

import pytest

from tests.e2e.conftest import Walk

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
