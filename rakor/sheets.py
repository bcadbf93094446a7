"""Tables as Excel workbooks. Every cell is text or a plain number; nothing that people typed becomes a formula."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_CELL = 32_000
# The format "@". Excel keeps 15 digits of a number, a NIP has 18; and a phone would lose its zero.
TEXT = 0x31

Cell = str | int | float | None


@dataclass(frozen=True)
class Column:
    """One column: its heading, its width in characters, and whether it holds counts (else text)."""

    heading: str
    width: int = 18
    is_count: bool = False


def write_table(
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    *,
    notes: Sequence[str] = (),
    made_at: datetime | None = None,
) -> bytes:
    """Return an XLSX of one sheet: the notes, a heading that stays, a filter, and ``rows`` in their order.

    Text columns are text cells, so NIP, phone and codes arrive as they were. ``made_at`` (aware) goes into the file's
    properties; the same input then gives the same bytes. Raises ValueError for a row of another length.
    """
    import xlsxwriter  # slow to import, and few requests write a sheet

    target = BytesIO()
    settings = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(target, settings)
    created = (made_at or datetime(2000, 1, 1, tzinfo=UTC)).astimezone(UTC).replace(tzinfo=None)
    book.set_properties({"title": cell_text(title), "created": created})
    sheet = book.add_worksheet(sheet_name(title))
    plain, strong = book.add_format({"num_format": TEXT, "valign": "top"}), book.add_format({"bold": True})
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"})
    for line, note in enumerate(notes):
        sheet.write_string(line, 0, cell_text(note), strong)
    top = len(notes) + 1 if notes else 0
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width, None if column.is_count else plain)
        sheet.write_string(top, place, cell_text(column.heading), head)
    last = top
    for last, row in enumerate(rows, start=top + 1):
        _write_row(sheet, last, columns, row, plain)
    sheet.freeze_panes(top + 1, 0)
    sheet.autofilter(top, 0, max(last, top + 1), len(columns) - 1)
    sheet.repeat_rows(top)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    book.close()
    return target.getvalue()


def _write_row(sheet: object, line: int, columns: Sequence[Column], row: Sequence[Cell], plain: object) -> None:
    for place, (column, value) in enumerate(zip(columns, row, strict=True)):
        if value is None or value == "":
            continue
        if column.is_count and not isinstance(value, str):
            sheet.write_number(line, place, value)  # type: ignore[attr-defined]
        else:
            sheet.write_string(line, place, cell_text(str(value)), plain)  # type: ignore[attr-defined]


def cell_text(text: str) -> str:
    """Return ``text`` as XML can carry it: no control characters but line breaks, no lone surrogates, not too long."""
    kept = "".join(sign if sign == "\n" or not _unsayable(sign) else " " for sign in text)
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
