"""What people typed, as the fonts can print it."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

# Direction overrides would turn the rest of a line around; joiners and marks of a script stay.
UNSEEN = dict.fromkeys(map(ord, "\u200b\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"))
# A Latin word longer than a column gets places to break; other scripts would lose their joins.
LONG_RUN = re.compile(r"[!-\u024f]{25,}")
BREAK_EVERY, BREAK = 12, "\u200b"


def printable(text: str, coverage: frozenset[int]) -> str:
    """Return ``text`` with only what ``coverage`` (code points of the fonts) can draw.

    Control characters become spaces, symbols without a glyph (emoji) go, letters without one become "?", and a word
    longer than a column gets places to break.
    """
    whole = unicodedata.normalize("NFC", text).translate(UNSEEN)
    known = "".join(_drawn(sign, coverage) for sign in whole)
    return LONG_RUN.sub(_with_breaks, known)


def _drawn(sign: str, coverage: frozenset[int]) -> str:
    kind = unicodedata.category(sign)
    if kind in {"Cc", "Zl", "Zp"}:
        return " "
    if ord(sign) in coverage:
        return sign
    return "?" if kind[0] in "LNP" else ""


def _with_breaks(found: re.Match[str]) -> str:
    run = found.group()
    return BREAK.join(run[at : at + BREAK_EVERY] for at in range(0, len(run), BREAK_EVERY))


def printed(value: object, coverage: frozenset[int]) -> object:
    """Return ``value`` (what JSON can say) with each string made printable; keys stay as they are."""
    if isinstance(value, str):
        return printable(value, coverage)
    if isinstance(value, Mapping):
        return {key: printed(item, coverage) for key, item in value.items()}
    if isinstance(value, Sequence):
        return [printed(item, coverage) for item in value]
    return value
