"""What is said to fit a row of fixed height does fit, measured with the font itself."""

import random

import pytest
from PIL import ImageFont

from rakor.documents.paper import FULL
from rakor.documents.room import INSET, POINTS, SPACE, fits
from rakor.typeset import own_folder

FONT = own_folder("static") / "fonts" / "ttf" / "plus-jakarta-sans-400.ttf"
WORDS = [
    *(
        "Kabupaten",
        "Kota",
        "Kepulauan",
        "Siau",
        "Tagulandang",
        "Biaro",
        "Pangkajene",
        "MUHAMMAD",
        "Wahyuningsih",
        "Contoh,",
        "S.Kom.,",
        "M.Eng.",
        "I",
        "W.",
        "Kasubbag",
    ),
    *(
        "Humas",
        "Layanan",
        "Informasi",
        "PPID",
        "MAMMAM",
        "Hj.",
        "Bolaang",
        "Mongondow",
        "O'Brien",
        "lili",
        "mmmm",
        "WWW",
        "1971",
        "Dr.",
        "Kommunikasi",
    ),
]


@pytest.mark.skipif(not FONT.exists(), reason="fonts are made by the set-up")
def test_what_is_said_to_fit_fits() -> None:
    font, chance = ImageFont.truetype(str(FONT), 900), random.Random(7)
    told = 0
    for _ in range(3000):
        words = " ".join(chance.choices(WORDS, k=chance.randint(1, 7)))
        for width, lines in ((mm * POINTS - INSET, lines) for _heading, mm, lines in FULL):
            if fits(words, width, lines):
                told += 1
                assert _lines(words, width, font) <= lines, words
    assert told > 3000


def _lines(text: str, width: float, font: ImageFont.FreeTypeFont) -> int:
    used, left = 1, width
    for word in text.split():
        length = font.getlength(word) / 100
        if length > left:
            used, left = used + 1, width
        left -= length + SPACE
    return used


def test_only_plain_latin_is_judged() -> None:
    assert fits("Sari Contoh", 100, 1)
    assert not fits("ꦱꦸꦏꦂꦤ", 100, 1)
    assert not fits("a\tb", 100, 1)
    assert not fits("i" * 25, 1000, 1)
