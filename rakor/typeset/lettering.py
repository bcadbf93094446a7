"""Words drawn into pictures: each stretch by a font that has its letters, broken where the picture ends."""

from collections.abc import Iterator
from functools import cache
from io import BytesIO

from PIL import ImageDraw, ImageFont

from rakor.typeset.glyphs import covered
from rakor.web.assets import folder_of

FAMILIES = ("plus-jakarta-sans", "noto-sans", "noto-sans-arabic", "noto-sans-javanese", "noto-sans-balinese")
WEIGHTS = {"plus-jakarta-sans": {400: 400, 700: 700, 800: 800}}
Drawing = ImageDraw.ImageDraw


def write(pen: Drawing, line: str, left: float, top: int, size: int, weight: int, colour: str) -> None:
    """Draw one line with its upper left corner at ``left``, ``top``."""
    for family, run in _runs(line):
        font = _font(family, size, weight)
        pen.text((left, top + size), run, fill=colour, font=font, anchor="ls")
        left += font.getlength(run)


def wrapped(text: str, size: int, weight: int, room: int) -> list[str]:
    """Break at words, and inside a word that is wider than ``room`` pixels."""
    lines, line = list[str](), ""
    for word in text.split():
        while width(word, size, weight) > room:
            cut = next(n for n in range(len(word), 0, -1) if width(word[:n], size, weight) <= room or n == 1)
            lines, line, word = [*lines, *([line] if line else []), word[:cut]], "", word[cut:]
        wider = f"{line} {word}".strip()
        if line and width(wider, size, weight) > room:
            lines, line = [*lines, line], word
        else:
            line = wider
    return [*lines, line] if line else lines


def width(text: str, size: int, weight: int) -> float:
    """How many pixels a line takes."""
    return sum(_font(family, size, weight).getlength(run) for family, run in _runs(text))


def line_height(text: str, weight: int) -> float:
    """How high a line of ``text`` is, as a multiple of its size: of the tallest of the fonts it needs."""
    metrics = [_font(family, 100, weight).getmetrics() for family in {family for family, _run in _runs(text)}]
    return max((above + below) / 100 for above, below in metrics) if metrics else 1.0


def _runs(text: str) -> Iterator[tuple[str, str]]:
    """Part a text into stretches that one font can draw; what no font knows is drawn by the first."""
    family, run = "", ""
    for sign in text:
        wanted = family if family and (sign == " " or ord(sign) in _signs(family)) else _family(sign)
        if wanted != family and run:
            # a space at the end of words written from the right would be drawn on their left
            yield family, run.rstrip(" ")
            run = run[len(run.rstrip(" ")) :]
        family, run = wanted, run + sign
    if run:
        yield family, run


def _family(sign: str) -> str:
    return next((family for family in FAMILIES if ord(sign) in _signs(family)), FAMILIES[0])


@cache
def _signs(family: str) -> frozenset[int]:
    return covered(_file(family, 400))


@cache
def _file(family: str, weight: int) -> bytes:
    drawn = WEIGHTS.get(family, {400: 400, 700: 700, 800: 700})[weight]
    return (folder_of("static") / "fonts" / "ttf" / f"{family}-{drawn}.ttf").read_bytes()


@cache
def _font(family: str, size: int, weight: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(BytesIO(_file(family, weight)), size)
