"""Marks tests that set type: the set-up makes the fonts, a bare checkout has none; CI fails where one is skipped."""

import pytest

from rakor.typeset import own_folder

needs_fonts = pytest.mark.skipif(
    not (own_folder("static") / "fonts" / "ttf").is_dir(), reason="fonts are made by the set-up"
)
