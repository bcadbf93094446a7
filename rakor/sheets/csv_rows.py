"""Rows of a CSV: whichever of comma, semicolon and tab parts it, in the encodings that Excel and phones write."""

import csv
from collections import Counter
from io import StringIO

from rakor.sheets.reading import Cut, Refused
from rakor.sheets.rows import MOST_COLUMNS, Enough, Found, RefusedFile

MARKS = ";,\t|"
LOOKED_AT = 20


def read_csv(content: bytes) -> Found:
    """Return the rows of a CSV; row numbers count records, as Excel does when it opens one."""
    text = _decoded(content)
    mark, text = _parted_by(text)
    csv.field_size_limit(200_000)
    found, number = Found(), 0
    try:
        for number, cells in enumerate(csv.reader(StringIO(text, newline=""), delimiter=mark), start=1):
            if len(cells) > MOST_COLUMNS:
                found.cuts.add(Cut.COLUMNS)
            found.add(number, cells[:MOST_COLUMNS])
    except Enough:
        pass
    except csv.Error as trouble:
        raise RefusedFile(Refused.BROKEN) from trouble
    return found


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    if b"\0" in content:
        raise RefusedFile(Refused.NOT_A_TABLE)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Excel on Windows saves "CSV" in the code page of the machine: 1252 in Indonesia
        return content.decode("cp1252", "replace")


def _parted_by(text: str) -> tuple[str, str]:
    """The sign between the cells, and the text without Excel's own line that names it."""
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        return first.strip()[4], rest
    lines = [line for line in text[:100_000].split("\n")[:LOOKED_AT] if line.strip()]
    counts = Counter({mark: sum(_outside_quotes(line).count(mark) for line in lines) for mark in MARKS})
    mark, count = counts.most_common(1)[0]
    return mark if count else ",", text


def _outside_quotes(line: str) -> str:
    return "".join(line.split('"')[::2])
