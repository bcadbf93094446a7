"""Tables in and out: workbooks are written here (``writing``) and other people's are read with care (``reading``)."""

from rakor.sheets.reading import Cut, Refused, Table, read_table
from rakor.sheets.writing import MIME, Cell, Column, Sheet, cell_text, sheet_name, write_book, write_table

__all__ = [
    "MIME",
    "Cell",
    "Column",
    "Cut",
    "Refused",
    "Sheet",
    "Table",
    "cell_text",
    "read_table",
    "sheet_name",
    "write_book",
    "write_table",
]
