"""The desk is read in sunlight: every colour of words on the verdicts and on the ready screen is at least 7:1."""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).resolve().parent.parent / "static" / "css"
SUNLIGHT = 7.0


def luminance(colour: str) -> float:
    """Relative luminance as WCAG says it, of #rgb or #rrggbb."""
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(one * 2 for one in digits)
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def verdicts() -> dict[str, tuple[str, str]]:
    """Ground and words of every verdict, read from the stylesheet; what a block does not say it has from the first."""
    text = (CSS / "verdict.css").read_text()
    found: dict[str, tuple[str, str]] = {}
    for name, block in re.findall(r"\.verdict(\.\w+)? \{([^}]*)\}", text):
        ground = re.search(r"background: (#\w+)", block)
        words = re.search(r"\n\s*color: (#\w+)", block)
        first = found.get("", ("", ""))
        found[name] = (ground[1] if ground else first[0], words[1] if words else first[1])
    return found


def token(name: str, night: bool = True) -> str:
    """A colour of tokens.css, by night where it has two: the ready screen is always dark."""
    said = re.search(rf"--{name}: ([^;]+);", (CSS / "tokens.css").read_text())
    assert said
    colours = re.findall(r"#\w+", said[1])
    return colours[-1 if night else 0]


@pytest.mark.parametrize("name", ["", ".warn", ".bad", ".info"])
def test_a_verdict_is_read_in_sunlight(name: str) -> None:
    assert contrast(*verdicts()[name]) >= SUNLIGHT


@pytest.mark.parametrize("words", ["ink", "gold", "warn"])
def test_the_ready_screen_is_read_in_sunlight(words: str) -> None:
    assert contrast(token(words), token("deep")) >= SUNLIGHT


def test_small_print_of_the_ready_screen_is_read_in_sunlight() -> None:
    muted = re.search(r"\.desk\.deep \{ --muted: (#\w+);", (CSS / "desk.css").read_text())
    assert muted
    assert contrast(muted[1], token("deep")) >= SUNLIGHT


def test_the_measure_itself() -> None:
    assert contrast("#000", "#fff") == pytest.approx(21)
    assert contrast("#777", "#ffffff") == pytest.approx(4.48, abs=0.01)
