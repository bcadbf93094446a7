"""Tables as Excel workbooks. Every cell is text or a plain number; nothing that people typed becomes a formula."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_CELL = 32_000
# The format "@". Excel keeps 15 digits of a number, a NIP has 18; and a phone would lose its zero.
TEXT = 0x31

Cell = str | int | float | None


@dataclass(frozen=True)
class Column:
    """One column: its heading, its width in characters, and whether it holds counts (else text).

    ``choices`` are offered as a drop-down in its cells, empty ones below the table too; other words stay possible.
    """

    heading: str
    width: int = 18
    is_count: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """One sheet of a book: the notes, a heading that stays, a filter, and the rows in their order."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]
    notes: Sequence[str] = ()


def write_table(
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    *,
    notes: Sequence[str] = (),
    made_at: datetime | None = None,
) -> bytes:
    """Return an XLSX of one sheet; see ``write_book``."""
    return write_book([Sheet(title, columns, rows, notes)], made_at=made_at)


def write_book(sheets: Sequence[Sheet], *, made_at: datetime | None = None) -> bytes:
    """Return an XLSX of the sheets.

    Text columns are text cells, so NIP, phone and codes arrive as they were. ``made_at`` (aware) goes into the file's
    properties; the same input then gives the same bytes. Raises ValueError for a row of another length.
    """
    import xlsxwriter  # slow to import, and few requests write a sheet

    target = BytesIO()
    settings = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(target, settings)
    created = (made_at or datetime(2000, 1, 1, tzinfo=UTC)).astimezone(UTC).replace(tzinfo=None)
    book.set_properties({"title": cell_text(sheets[0].title), "created": created})
    for sheet in sheets:
        _write_sheet(book, sheet)
    book.close()
    return target.getvalue()


def _write_sheet(book: Any, table: Sheet) -> None:
    sheet = book.add_worksheet(sheet_name(table.title))
    plain, strong = book.add_format({"num_format": TEXT, "valign": "top"}), book.add_format({"bold": True})
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"})
    for line, note in enumerate(table.notes):
        sheet.write_string(line, 0, cell_text(note), strong)
    top = len(table.notes) + 1 if table.notes else 0
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, column.width, None if column.is_count else plain)
        sheet.write_string(top, place, cell_text(column.heading), head)
    last = top
    for last, row in enumerate(table.rows, start=top + 1):
        _write_row(sheet, last, table.columns, row, plain)
    for place, column in enumerate(table.columns):
        if column.choices:
            offered = {"validate": "list", "source": list(column.choices), "error_type": "information"}
            sheet.data_validation(top + 1, place, last + 500, place, offered)
    sheet.freeze_panes(top + 1, 0)
    sheet.autofilter(top, 0, max(last, top + 1), len(table.columns) - 1)
    sheet.repeat_rows(top)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _write_row(sheet: Any, line: int, columns: Sequence[Column], row: Sequence[Cell], plain: object) -> None:
    for place, (column, value) in enumerate(zip(columns, row, strict=True)):
        if value is None or value == "":
            continue
        if column.is_count and not isinstance(value, str):
            sheet.write_number(line, place, value)
        else:
            sheet.write_string(line, place, cell_text(str(value)), plain)


def cell_text(text: str) -> str:
    """Return ``text`` as XML can carry it: no controls but tabs and line breaks, no lone surrogates, not too long."""
    kept = "".join(sign if sign in "\n\t" or not _unsayable(sign) else " " for sign in text)
    return _cut(kept, LONGEST_CELL)


def _unsayable(sign: str) -> bool:
    return unicodedata.category(sign) in {"Cc", "Cs"} or sign in "\ufffe\uffff"


def _cut(text: str, units: int) -> str:
    """Return the beginning of ``text``; Excel counts UTF-16 units, two for a letter outside the first plane."""
    return text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore")


def sheet_name(title: str) -> str:
    """Return ``title`` as Excel allows it for a sheet: at most 31 characters, none of ``[]:*?/\\``, no outer quote."""
    safe = "".join(" " if sign in "[]:*?/\\" or _unsayable(sign) else sign for sign in title)
    named = _cut(" ".join(safe.split()), 31).strip(" '")
    return "Data" if not named or named.casefold() == "history" else named
