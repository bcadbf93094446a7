"""Workbooks: text stays text, and nothing becomes a formula."""

import io
import re
import zipfile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from rakor.sheets import Column, cell_text, sheet_name, write_table

COLUMNS = [Column("Nama", 30), Column("NIP", 22), Column("Kursi", 8, is_count=True)]


def cells(book: bytes) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()


def parts(book: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(book)) as opened:
        return {name: opened.read(name).decode() for name in opened.namelist()}


def test_identifiers_come_back_as_they_were() -> None:
    book = write_table("Daftar", COLUMNS, [["O'Brien Contoh", "198609262015051001", 3], ["Sri", "000123", None]])
    assert cells(book) == [
        ["Nama", "NIP", "Kursi"],
        ["O'Brien Contoh", "198609262015051001", 3.0],
        ["Sri", "000123", ""],
    ]


def test_text_cells_are_formatted_as_text() -> None:
    written = parts(write_table("Daftar", COLUMNS, [["Sri", "000123", 1]]))
    assert '<xf numFmtId="49"' in written["xl/styles.xml"]
    assert re.search(r'<c r="B2" s="\d+" t="s">', written["xl/worksheets/sheet1.xml"])


@pytest.mark.parametrize(
    "typed", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0", "http://a.b", "{=1}", "＝1"]
)
def test_nothing_becomes_a_formula_or_a_link(typed: str) -> None:
    book = write_table("Daftar", COLUMNS, [[typed, typed, typed]])
    assert cells(book)[1] == [cell_text(typed)] * 3
    sheet = parts(book)["xl/worksheets/sheet1.xml"]
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet


def test_head_is_frozen_filtered_and_below_the_notes() -> None:
    book = write_table("Daftar", COLUMNS, [["Sri", "1", 1]], notes=["Rakornas Contoh", "08.55 WIB"])
    assert cells(book)[0][0] == "Rakornas Contoh"
    sheet = parts(book)["xl/worksheets/sheet1.xml"]
    assert 'topLeftCell="A5"' in sheet
    assert '<autoFilter ref="A4:C5"' in sheet


def test_an_empty_table_still_opens() -> None:
    assert cells(write_table("Daftar", COLUMNS, [])) == [["Nama", "NIP", "Kursi"]]


def test_a_row_of_another_length_is_a_broken_promise() -> None:
    with pytest.raises(ValueError):
        write_table("Daftar", COLUMNS, [["Sri"]])


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(codec=None), max_size=60), st.text(st.characters(codec=None), max_size=50))
@example("x", "𐀀" * 20)
def test_any_text_makes_a_readable_book(typed: str, title: str) -> None:
    read = cells(write_table(title, COLUMNS, [[typed, typed, None]], notes=["x"]))
    assert len(read) >= 3


@example("𐀀" * 20)
@given(st.text(max_size=60))
def test_sheet_names_are_what_excel_allows(title: str) -> None:
    name = sheet_name(title)
    assert 1 <= len(name.encode("utf-16-le")) // 2 <= 31
    assert not set("[]:*?/\\") & set(name)
    assert not name.startswith("'")
    assert not name.endswith("'")
