"""A list as the workbook somebody saves: one table with its notes above, never kept by a browser."""

from collections.abc import Sequence

from flask import Response

from rakor import clock
from rakor.sheets.writing import MIME, Cell, Column, write_table


def workbook(
    title: str, columns: Sequence[Column], rows: Sequence[Sequence[Cell]], *, notes: Sequence[str], name: str
) -> Response:
    """Return a table as the answer that saves it as ``name``.xlsx; ``notes`` stand above the table."""
    answer = Response(write_table(title, columns, rows, notes=notes, made_at=clock.now()), mimetype=MIME)
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}.xlsx"
    answer.headers["Cache-Control"] = "no-store"
    return answer
