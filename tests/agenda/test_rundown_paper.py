"""The rundown on paper with the longest words."""

from typing import Any

import pypdfium2

from bench._papers import MAKERS
from rakor.typeset import compile_pdf
from tests.fonts import needs_fonts

WORD, COLUMN_MM = "Kesekretariatjenderalan", 28


@needs_fonts
def test_a_long_word_stays_in_its_narrow_column() -> None:
    """Seen red with the cell as it was typed: the word ran over the next column."""
    template, content, images = MAKERS["rundown.typ"]("Contoh", b"")
    plan: Any = content
    plan["days"][0]["rows"][0]["in_charge"] = WORD
    text = pypdfium2.PdfDocument(compile_pdf(template, content, images=images))[0].get_textpage()
    found = text.search(WORD[:5]).get_next()
    assert found is not None
    left = text.get_charbox(found[0])[0]
    boxes = [text.get_charbox(place) for place in range(found[0], found[0] + len(WORD))]
    assert max(box[2] for box in boxes) - left < COLUMN_MM / 25.4 * 72
