"""One cell of an XLSX: its column, its number, its text."""

import re
from decimal import Decimal, InvalidOperation

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_WHOLE = re.compile(r"(-?[0-9]+)(?:\.0+)?")
_DIGITS_OF_EXCEL = 15


def column_of(reference: str) -> int:
    """The number of a cell's column from 1 ("AB7" → 28); 0 where the reference says none."""
    number = 0
    for sign in reference[:4]:
        if not "A" <= sign <= "Z":
            break
        number = number * 26 + ord(sign) - 64
    return number


def number_text(raw: str) -> str:
    """A number as text: whole ones plain, up to the 15 digits that Excel keeps; larger ones as the file writes them.

    So 8.1234567890E+10 is the phone 81234567890, and 1.98609262015051E+17 stays visibly damaged.
    """
    text = raw.strip()
    if plain := _WHOLE.fullmatch(text):
        return plain[1]
    if "e" not in text.lower():
        return text
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    if number.is_finite() and 0 <= number.adjusted() < _DIGITS_OF_EXCEL and number == number.to_integral_value():
        return str(int(number))
    return text.upper()


def unescaped(text: str) -> str:
    """Excel writes signs that XML cannot carry as "_x0009_"."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def whole(text: str) -> int:
    """A number of a row or a shared text; 0 where the file says none that can be one."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
