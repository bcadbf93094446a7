"""Free text as it may be stored: normalised, and without signs that break a page, a sheet or a mail."""

import unicodedata
from enum import StrEnum

# controls, lone surrogates and private signs; direction overrides make a name read as another one
_FORBIDDEN = frozenset({"Cc", "Cs", "Co"})
_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_BREAKS = dict.fromkeys(map(ord, "\r\x85\u2028\u2029"), "\n")


class TextProblem(StrEnum):
    """Why a text is not taken."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    CONTROL_CHARACTER = "control_character"


def clean_text(text: str, maximum: int | None = None, lines: bool = False) -> str:
    """The text as it is stored: NFC, trimmed, single spaces, at most ``maximum`` characters (None: all).

    With ``lines`` line breaks stay, as "\\n"; else they become spaces. What ``check_text`` refuses is left out, so
    the result is always safe to store; a form checks first and tells, an import of many rows cleans and flags.
    """
    if text.isascii() and text.isprintable():  # nothing to leave out, and lists have thousands of them
        plain = " ".join(text.split())
        return plain if maximum is None else plain[:maximum].rstrip()
    spaced = "".join(" " if _is_gap(sign, lines) else sign for sign in _broken(text))
    kept = "".join(sign for sign in spaced if sign == "\n" or not is_forbidden(sign))
    normal = unicodedata.normalize("NFC", kept)
    tidy = "\n".join(" ".join(line.split()) for line in normal.split("\n")).strip()
    return tidy if maximum is None else tidy[:maximum].rstrip()


def check_text(text: str, maximum: int, required: bool = False, lines: bool = False) -> TextProblem | None:
    """What is wrong with a typed text, or None. Length is counted after cleaning, in characters."""
    allowed = "\n\t" if lines else ""
    harmless = text.isascii() and text.isprintable()
    if not harmless and any(is_forbidden(sign) and sign not in allowed for sign in _broken(text.strip())):
        return TextProblem.CONTROL_CHARACTER
    length = len(clean_text(text, lines=lines))
    if required and length == 0:
        return TextProblem.EMPTY
    return TextProblem.TOO_LONG if length > maximum else None


def is_forbidden(sign: str) -> bool:
    """Whether a character must not be stored: controls and NUL, surrogates, overrides, non-characters."""
    if unicodedata.category(sign) in _FORBIDDEN or sign in _OVERRIDES:
        return True
    number = ord(sign)
    return 0xFDD0 <= number <= 0xFDEF or number & 0xFFFE == 0xFFFE


def _is_gap(sign: str, lines: bool) -> bool:
    return sign.isspace() and not (lines and sign == "\n")


def _broken(text: str) -> str:
    """All line breaks of the world as one sign."""
    return text.replace("\r\n", "\n").translate(_BREAKS)
