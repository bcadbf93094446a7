"""What reaches the paper of what people typed."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from rakor.typeset import own_folder
from rakor.typeset.glyphs import covered
from rakor.typeset.printable import printable, printed

LATIN = frozenset(map(ord, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,'é"))
FONTS = sorted((own_folder("static") / "fonts" / "ttf").glob("*.ttf"))


@pytest.mark.parametrize("path", FONTS, ids=lambda path: path.stem)
def test_coverage_agrees_with_fonttools(path: Path) -> None:
    assert covered(path.read_bytes()) == frozenset(TTFont(path).getBestCmap())


def test_symbols_go_and_letters_leave_a_mark() -> None:
    assert printable("Budi 😊 漢", LATIN) == "Budi  ?"


def test_controls_and_overrides_cannot_move_a_line() -> None:
    assert printable("a\x07b\u2028c\u202ed\u200be", LATIN) == "a b cde"


def test_composed_letters_are_used() -> None:
    assert printable("e\u0301", LATIN) == "é"


def test_a_long_word_may_break_and_a_usual_one_may_not() -> None:
    assert "\u200b" in printable("a" * 25, LATIN)
    assert "\u200b" not in printable("Kusumawardhaningrumsari", LATIN)


@given(st.text(st.characters(codec=None), max_size=80))
def test_everything_printed_is_covered(text: str) -> None:
    shown = printable(text, LATIN | {ord("?")})
    assert set(map(ord, shown)) <= LATIN | {ord("?"), 0x200B}


def test_nested_content_is_printed_and_keys_stay() -> None:
    content = {"rows": [{"cells": ["a\0"], "number": 3, "none": None, "yes": True}]}
    assert printed(content, LATIN) == {"rows": [{"cells": ["a "], "number": 3, "none": None, "yes": True}]}
