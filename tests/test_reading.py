"""Reading other people's tables: what is read, what is refused, and where the reader stops."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench._hostile import FILES, book_of
from bench.hostile_sheets import EXPECTED
from rakor.sheets import Column, Cut, Refused, Table, read_table, write_table
from rakor.sheets.cells import column_of, number_text, unescaped

SMALL = sorted(set(FILES) - {"rows_1048576", "columns_16384", "bomb_4gb", "shared_texts"})  # the drill has those


@pytest.mark.parametrize("name", SMALL)
def test_a_hostile_file_is_refused_by_its_name(name: str) -> None:
    found = read_table(FILES[name](True, 9))
    assert EXPECTED[name](found), found


def test_rows_keep_the_numbers_that_excel_shows() -> None:
    sheet = '<row r="7"><c r="B7" t="inlineStr"><is><t>Nama</t></is></c></row><row r="9"><c r="A9"><v>5</v></c></row>'
    found = read_table(book_of({"xl/worksheets/sheet1.xml": f"<worksheet><sheetData>{sheet}</sheetData></worksheet>"}))
    assert isinstance(found, Table)
    assert found.rows == [(7, ["", "Nama"]), (9, ["5"])]


def test_more_rows_than_are_taken_are_left_out_and_it_is_said() -> None:
    found = read_table(b"Nama\n" + b"Budi Contoh\n" * 20_100)
    assert isinstance(found, Table)
    assert len(found.rows) == 20_000
    assert found.cuts == (Cut.ROWS,)


@pytest.mark.parametrize(
    ("content", "cells"),
    [
        (b"Nama,NIP\nBudi,1", ["Budi", "1"]),
        ("Nama;NIP\nSéri;1".encode("cp1252"), ["Séri", "1"]),
        ("Nama\tNIP\nSéri\t1".encode("utf-16"), ["Séri", "1"]),
        ("\ufeffNama|NIP\nSéri|1".encode(), ["Séri", "1"]),
        (b"sep=;\r\nNama;NIP\r\n\"Budi, S.E.\";1", ["Budi, S.E.", "1"]),
        (b"Nama;NIP\r\n\"Budi\r\nContoh\";1", ["Budi\r\nContoh", "1"]),
    ],
)
def test_csv_in_its_many_ways(content: bytes, cells: list[str]) -> None:
    found = read_table(content)
    assert isinstance(found, Table)
    assert found.rows[1][1] == cells


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", Refused.EMPTY),
        (b" \n", Refused.EMPTY),
        (b"x" * (10 * 1024 * 1024 + 1), Refused.TOO_LARGE),
        (b"<html><table><tr><td>Nama", Refused.NOT_A_TABLE),
        (b"\x89PNG\r\n", Refused.NOT_A_TABLE),
        (b"Nama\0NIP", Refused.NOT_A_TABLE),
    ],
)
def test_what_is_no_table_is_called_so(content: bytes, why: Refused) -> None:
    assert read_table(content) is why


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("5", "5"),
        ("5.0", "5"),
        ("8.1234567890E+10", "81234567890"),
        ("1.98609262015051E+17", "1.98609262015051E+17"),
        ("198609262015051001", "198609262015051001"),
        ("1.5", "1.5"),
        ("1E999999999", "1E999999999"),
        ("-3", "-3"),
    ],
)
def test_numbers_stay_what_the_file_says(raw: str, text: str) -> None:
    assert number_text(raw) == text


def test_columns_and_escapes() -> None:
    assert [column_of(name) for name in ("A1", "Z9", "AB7", "XFD1", "", "7")] == [1, 26, 28, 16_384, 0, 0]
    assert unescaped("a_x0009_b_x005F_x0041_") == "a\tb_x0041_"


TYPED = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co")), max_size=20)


@settings(max_examples=15, deadline=None)
@given(st.lists(TYPED, min_size=1, max_size=4))
def test_what_is_written_is_read(texts: list[str]) -> None:
    wanted = [*texts, "x"]
    found = read_table(write_table("x", [Column("a")] * len(wanted), [wanted]))
    assert isinstance(found, Table)
    assert found.rows[1][1] == wanted
