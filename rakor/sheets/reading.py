"""Other people's tables, read with care: a child process with limits of memory and time opens them, never we.

python-calamine reads a sheet whole, gives numbers as floats and knows no limit of rows; our own reader streams, stops
where enough is read, and gives a number as the file writes it, so that a damaged NIP can be told from a whole one.
"""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

MOST_BYTES = 10 * 1024 * 1024
PATIENCE = 30
PACKAGE = Path(__file__).parents[1]


class Refused(StrEnum):
    """Why a file is not read at all."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    NOT_A_TABLE = "not_a_table"
    OLD_EXCEL = "old_excel"
    ENCRYPTED = "encrypted"
    MACRO = "macro"
    SWOLLEN = "swollen"
    """It would unpack to far more than a list of people: a zip bomb, or so many parts that it looks like one."""
    UNSAFE = "unsafe"
    """It defines words of its own (a DTD), as no spreadsheet program does: billion laughs, external entities."""
    BROKEN = "broken"
    NO_ROWS = "no_rows"
    TOO_SLOW = "too_slow"


class Cut(StrEnum):
    """What of a file was left out."""

    ROWS = "rows"
    COLUMNS = "columns"
    CELLS = "cells"
    SHEETS = "sheets"
    """More sheets than are offered to choose from."""
    LINKS = "links"
    """It points to other files or addresses; nobody goes there."""


@dataclass(frozen=True)
class Table:
    """The rows of a sheet that hold anything, with their numbers as the program shows them; every cell is text."""

    sheet: str
    rows: list[tuple[int, list[str]]]
    cuts: tuple[Cut, ...] = ()
    sheets: tuple[str, ...] = ()
    """All visible sheets of a workbook; a CSV has none."""


def read_table(content: bytes, place: int = 0) -> Table | Refused:
    """Return a visible sheet of an XLSX (``place`` from 0; the first where there is no such), or a CSV.

    A CSV has commas, semicolons or tabs, and is UTF-8, UTF-16 or cp1252.

    Formulas are not evaluated: what the program last showed counts. At most 20,000 rows and 60 columns are taken.
    """
    if not content.strip():
        return Refused.EMPTY
    if len(content) > MOST_BYTES:
        return Refused.TOO_LARGE
    try:
        done = _child(content, place)
    except subprocess.TimeoutExpired:
        return Refused.TOO_SLOW
    if done.returncode != 0:
        # killed by its limits, or by a file that no rule of ours foresaw
        return Refused.TOO_SLOW if done.returncode < 0 else Refused.BROKEN
    return _understood(done.stdout)


def _understood(said: bytes) -> Table | Refused:
    head, *lines = said.decode().splitlines()
    found = json.loads(head)
    if "refused" in found:
        return Refused(found["refused"])
    rows = [(number, cells) for number, cells in map(json.loads, lines)]
    cuts = tuple(Cut(word) for word in found["cuts"])
    sheets = tuple(found["sheets"])
    return Table(found["sheet"], rows, cuts, sheets) if rows or len(sheets) > 1 else Refused.NO_ROWS


def _child(content: bytes, place: int) -> subprocess.CompletedProcess[bytes]:
    """Run the reader; it gets none of our settings, which may hold passwords."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("RAKOR_")}
    return subprocess.run(
        [sys.executable, "-m", "rakor.sheets.reader", str(place)],
        input=content,
        capture_output=True,
        timeout=PATIENCE,
        cwd=PACKAGE.parent,
        env=environment,
        check=False,
    )
