"""Tables of a DOCX, written as XML at once: python-docx asks the whole table anew for each cell of a long one."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

from docx.document import Document as Docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt

from rakor.reports.activity.xml_text import sayable

TEXT_WIDTH = 9638
"""Between the margins of 2 cm of an A4 page, in twentieths of a point."""


def add_table(
    book: Docx,
    widths: Sequence[int],
    rows: Sequence[Sequence[str]],
    *,
    head: Sequence[str] = (),
    numeric: Sequence[int] = (),
    borders: bool = True,
) -> None:
    """Add a table at the end; its ``head`` repeats on each page, ``numeric`` columns are set to the right."""
    sizes = [round(width / sum(widths) * TEXT_WIDTH) for width in widths]
    lines = [_row(head, sizes, numeric, is_head=True)] if head else []
    lines += [_row(row, sizes, numeric) for row in rows]
    style = '<w:tblStyle w:val="TableGrid"/>' if borders else ""
    told = f'{style}<w:tblW w:w="{sum(sizes)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
    columns = "".join(f'<w:gridCol w:w="{size}"/>' for size in sizes)
    made = f"<w:tblPr>{told}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{''.join(lines)}"
    body = book.element.body
    body.insert(len(body) - 1, parse_xml(f"<w:tbl {nsdecls('w')}>{made}</w:tbl>"))  # the page's properties stand last
    after = book.add_paragraph().paragraph_format  # two tables without anything between them would be one
    after.space_after, after.line_spacing = Pt(0), Pt(6)


def _row(cells: Sequence[str], sizes: Sequence[int], numeric: Sequence[int], *, is_head: bool = False) -> str:
    told = "<w:cantSplit/><w:tblHeader/>" if is_head else "<w:cantSplit/>"
    made = [
        _cell(cell, size, bold=is_head, right=place in numeric)
        for place, (cell, size) in enumerate(zip(cells, sizes, strict=True))
    ]
    return f"<w:tr><w:trPr>{told}</w:trPr>{''.join(made)}</w:tr>"


def _cell(text: str, size: int, *, bold: bool, right: bool) -> str:
    side = '<w:jc w:val="right"/>' if right else ""
    shape = f'<w:pPr><w:spacing w:after="0"/>{side}</w:pPr>'
    run = f'<w:rPr>{"<w:b/>" if bold else ""}<w:sz w:val="17"/></w:rPr>'
    words = f'<w:t xml:space="preserve">{escape(sayable(text))}</w:t>'
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{size}" w:type="dxa"/></w:tcPr>'
        f"<w:p>{shape}<w:r>{run}{words}</w:r></w:p></w:tc>"
    )
