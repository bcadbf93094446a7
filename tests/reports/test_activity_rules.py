"""The report's own rules: typed text as blocks, empty sections, a DOCX of anything that people type."""

import re
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from rakor.reports.activity.docx import docx_of
from rakor.reports.activity.paper import report_content
from rakor.reports.activity.rules import (
    Annex,
    Chapter,
    Facts,
    Grid,
    Heading,
    Missing,
    Picture,
    Points,
    Report,
    Section,
    Words,
    blocks_of,
    chapter,
    roman,
)
from rakor.reports.activity.words import HINTS, SHOWN, TITLES


def _picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (8, 6), "#0b6b4b").save(out, "PNG")
    return out.getvalue()


PNG = _picture()
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def report(typed: str) -> Report:
    blocks = (
        Words(typed), Heading(typed), Points((typed, typed), numbered=True), Facts(((typed, typed),)),
        Grid(("No.", typed), (1, 4), (("1.", typed),), (0,)), Picture("photo-1.png", typed, typed), Missing(typed),
    )  # fmt: skip
    return Report(
        event_title=typed, document_title=typed, author=typed, letterhead=(typed, typed), facts=((typed, typed),),
        footer=typed, mark=typed, chapters=(Chapter(Section.BACKGROUND, typed, blocks),),
        annexes=(Annex(typed, blocks),), place_date=typed, signatory=(typed, typed, ""), images={"photo-1.png": PNG},
    )  # fmt: skip


def test_lines_become_paragraphs_and_points() -> None:
    typed = "Pembukaan\n\n- satu\n• dua\n1. pertama\n2) kedua\nPenutup"
    assert blocks_of(typed) == (
        Words("Pembukaan"), Points(("satu", "dua")), Points(("pertama", "kedua"), numbered=True), Words("Penutup"),
    )  # fmt: skip
    assert blocks_of("2026 adalah tahun ini\n-tanpa jarak") == (Words("2026 adalah tahun ini"), Words("-tanpa jarak"))
    assert blocks_of(" \n ") == ()


def test_a_section_without_anything_says_so() -> None:
    assert chapter(Section.COST, "Biaya", "", ()).is_empty
    assert chapter(Section.COST, "Biaya", " ", (Missing("Jumlah"),)).is_empty
    assert not chapter(Section.COST, "Biaya", "Rp0", ()).is_empty
    assert Missing().said == "belum diisi"
    assert Missing("Jumlah").said == "Jumlah: belum diisi"


def test_sections_are_counted_as_reports_count_them() -> None:
    assert [roman(number) for number in (1, 4, 9, 13)] == ["I", "IV", "IX", "XIII"]
    assert set(TITLES) == set(SHOWN) == set(HINTS) == set(Section)


@settings(max_examples=40)
@given(st.text(max_size=60))
def test_a_docx_holds_whatever_was_typed_and_can_be_read_back(typed: str) -> None:
    made = docx_of(report(typed))
    with ZipFile(BytesIO(made)) as book:
        assert book.testzip() is None
        for name in book.namelist():
            if name.endswith((".xml", ".rels")):
                content = book.read(name)
                ElementTree.fromstring(content)
                assert not FORBIDDEN.search(content.decode())
    read = Document(BytesIO(made))
    clean = FORBIDDEN.sub(" ", typed)
    kept = "".join(clean.split())
    shown = "".join("".join(cell.text for cell in row.cells) for table in read.tables for row in table.rows)
    letters = "".join(letter for letter in kept if letter.isalnum())
    assert letters in "".join(letter for letter in shown if letter.isalnum())


def test_the_docx_has_headings_a_contents_field_tables_and_no_markup_of_typed_text() -> None:
    typed = '{{ 7*7 }} <w:br/> =HYPERLINK("x") & "kutip" TOC'
    read = Document(BytesIO(docx_of(report(typed))))
    headings = [one.text for one in read.paragraphs if one.style is not None and one.style.name.startswith("Heading")]
    assert headings[0] == f"I. {typed}"
    xml = read.element.xml
    fields = re.findall(r"<w:instrText[^>]*>(.*?)</w:instrText>", xml)
    assert [one.split()[0] for one in fields] == ["TOC"]
    assert read.tables[2].rows[1].cells[1].text == typed
    assert "w:tblHeader" in xml
    assert 'descr="' in xml
    assert read.core_properties.title == typed
    assert "belum diisi" in xml


def test_the_pdf_gets_only_what_json_can_say() -> None:
    content = report_content(report("Contoh"))
    kinds = [block["kind"] for block in content["chapters"][0]["blocks"]]  # type: ignore[index]
    assert kinds == ["words", "heading", "points", "facts", "grid", "picture", "missing"]
    assert content["annexes"][0]["begins_page"]  # type: ignore[index]
