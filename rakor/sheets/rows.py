"""What a table may hold at most, and the rows that were kept of it."""

from dataclasses import dataclass, field

from rakor.sheets.reading import Cut, Refused

MOST_ROWS, MOST_COLUMNS, LONGEST = 20_000, 60, 2_000
MOST_SHEETS = 60
MOST_SEEN = 400_000
"""Rows and cells that are looked at before the rest is left: 20,000 rows of nineteen cells."""
MOST_TEXTS = 200_000
"""Shared texts that are looked at: ten that nobody else writes in each of 20,000 rows."""


class RefusedFile(Exception):
    """A file that is not read."""

    def __init__(self, why: Refused) -> None:
        super().__init__(why)
        self.why = why


class Enough(Exception):
    """A limit is reached; what was read until here is taken."""


@dataclass
class Found:
    """Rows with anything in them, each with its number, and what was left out."""

    sheet: str = ""
    sheets: list[str] = field(default_factory=list)
    """The names of the visible sheets, in the order of the workbook."""
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    cuts: set[Cut] = field(default_factory=set)

    def add(self, number: int, cells: list[str]) -> None:
        """Keep a row where it says anything; raises Enough behind the last that is taken."""
        while cells and not cells[-1].strip():
            cells.pop()
        if not cells:
            return
        if len(self.rows) >= MOST_ROWS:
            self.cuts.add(Cut.ROWS)
            raise Enough
        self.rows.append((number, [self.short(cell) for cell in cells]))

    def short(self, text: str) -> str:
        """The beginning of a text, as much as a cell of ours holds."""
        if len(text) > LONGEST:
            self.cuts.add(Cut.CELLS)
        return text[:LONGEST]
