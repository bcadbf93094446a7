"""The report as a DOCX that an office goes on writing in: real headings, a table of contents, tables, captions."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from docx import Document
from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from rakor.documents.rules import nip_line
from rakor.reports.activity.docx_table import add_table
from rakor.reports.activity.paper import CONTENTS, LOGO, TITLE, page_breaks
from rakor.reports.activity.rules import (
    Block,
    Facts,
    Grid,
    Heading,
    Missing,
    Picture,
    Points,
    Report,
    Words,
    roman,
)
from rakor.reports.activity.xml_text import sayable

MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FONT = "Arial"
AMBER = RGBColor(0x92, 0x40, 0x0E)


def docx_of(report: Report) -> bytes:
    """Return the report as the bytes of a DOCX; what somebody typed is text alone, never markup or a field."""
    book = Document()
    _set_up(book, report)
    _cover(book, report)
    chapters = [(f"{roman(number)}. {one.title}", one.blocks) for number, one in enumerate(report.chapters, 1)]
    annexes = [(one.title, one.blocks) for one in report.annexes]
    _contents(book, [title for title, _blocks_ in (*chapters, *annexes)])
    begins = [False] * len(chapters) + page_breaks(report.annexes)
    for place, (title, blocks) in enumerate((*chapters, *annexes)):
        heading = book.add_heading(sayable(title), level=1)
        heading.paragraph_format.page_break_before = place == 0 or begins[place]
        _blocks(book, blocks, report)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _set_up(book: Docx, report: Report) -> None:
    """Paper, fonts, language, and what the file says of itself."""
    section = book.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2)
    for name in ("Normal", "Heading 1", "Heading 2", "Title"):
        style: Any = book.styles[name]
        style.font.name, style.font.color.rgb = FONT, RGBColor(0x11, 0x11, 0x11)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for script in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(script), None)
    titled: Any = book.styles["Title"]
    titled.font.bold, titled.font.size = True, Pt(22)
    for line in titled.element.pPr.findall(qn("w:pBdr")):
        titled.element.pPr.remove(line)
    normal: Any = book.styles["Normal"]
    normal.font.size = Pt(10.5)
    normal.element.get_or_add_rPr().append(parse_xml(f'<w:lang {nsdecls("w")} w:val="id-ID"/>'))
    said = book.core_properties
    said.title, said.author = sayable(report.document_title)[:250], sayable(report.author)[:250]
    said.language, said.comments, said.keywords = "id-ID", sayable(report.mark), "laporan kegiatan"
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot.add_run(sayable(" · ".join(filter(None, (report.mark, report.footer, "Halaman ")))))
    _field(foot, "PAGE")
    foot.add_run(" dari ")
    _field(foot, "NUMPAGES")
    for run in foot.runs:
        run.font.size = Pt(8)


def _cover(book: Docx, report: Report) -> None:
    if LOGO in report.images:
        _centred(book.add_paragraph()).add_run().add_picture(BytesIO(report.images[LOGO]), height=Cm(2))
    for number, line in enumerate(report.letterhead):
        run = _centred(book.add_paragraph()).add_run(sayable(line))
        run.bold, run.font.size = number == 0, Pt(13 if number == 0 else 9)
        book.paragraphs[-1].paragraph_format.space_after = Pt(0)
    title = _centred(book.add_paragraph(TITLE, style="Title"))
    title.paragraph_format.space_before = Pt(90)
    named = _centred(book.add_paragraph()).add_run(sayable(report.event_title))
    named.bold, named.font.size = True, Pt(14)
    _facts(book, report.facts)
    if report.signatory:
        post, name, nip = report.signatory
        for line in (report.place_date, post, "\n\n", name, f"NIP {nip_line(nip)}" if nip else ""):
            if line:
                book.add_paragraph(sayable(line)).paragraph_format.left_indent = Cm(9)



def _centred(paragraph: Any) -> Any:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return paragraph


def _contents(book: Docx, titles: Sequence[str]) -> None:
    """A table of contents as a field: its titles stand there at once, its pages when the program renews the field."""
    first = book.add_paragraph()
    first.paragraph_format.page_break_before = True
    run = first.add_run(CONTENTS)
    run.bold, run.font.size = True, Pt(12)
    lines = [book.add_paragraph(sayable(title)) for title in titles]
    for line in lines:
        line.paragraph_format.space_after = Pt(2)
    _around(lines, r'TOC \o "1-2" \h \z \u')
    settings: Any = book.settings.element
    settings.append(parse_xml(f'<w:updateFields {nsdecls("w")} w:val="true"/>'))


def _around(lines: Sequence[Any], code: str) -> None:
    """Let paragraphs be what a field shows until it is renewed."""
    for place, part in enumerate(("begin", code, "separate")):
        lines[0]._p.insert(place + (lines[0]._p.pPr is not None), _field_run(part))
    lines[-1]._p.append(_field_run("end"))


def _field(paragraph: Any, code: str) -> None:
    """Add a field of one line."""
    for part in ("begin", code, "separate"):
        paragraph._p.append(_field_run(part))
    paragraph.add_run("1")
    paragraph._p.append(_field_run("end"))


def _field_run(part: str) -> Any:
    if part in ("begin", "separate", "end"):
        return parse_xml(f'<w:r {nsdecls("w")}><w:fldChar w:fldCharType="{part}"/></w:r>')
    return parse_xml(f'<w:r {nsdecls("w")}><w:instrText xml:space="preserve"> {escape(part)} </w:instrText></w:r>')


def _blocks(book: Docx, blocks: Iterable[Block], report: Report) -> None:
    for one in blocks:
        match one:
            case Words(text):
                book.add_paragraph(sayable(text))
            case Heading(text):
                book.add_heading(sayable(text), level=2)
            case Points(items):
                _points(book, items, one.signs)
            case Facts(pairs):
                _facts(book, pairs)
            case Grid(head, widths, rows, numeric):
                add_table(book, widths, rows, head=head, numeric=numeric)
            case Picture(name, alt, caption):
                _picture(book, report.images[name], alt, caption)
            case Missing():
                run = book.add_paragraph().add_run(sayable(one.said))
                run.italic, run.font.color.rgb = True, AMBER


def _points(book: Docx, items: Sequence[str], signs: Sequence[str]) -> None:
    """Points with their sign as text: a list of numbers would go on counting from the one before it."""
    for sign, item in zip(signs, items, strict=True):
        paragraph = book.add_paragraph(sayable(f"{sign}\t{item}"))
        shape = paragraph.paragraph_format
        shape.left_indent, shape.first_line_indent = Cm(0.8), Cm(-0.8)
        shape.tab_stops.add_tab_stop(Cm(0.8))
        shape.space_after = Pt(3)


def _facts(book: Docx, pairs: Sequence[tuple[str, str]]) -> None:
    add_table(book, (3, 8), tuple((label, f": {value}") for label, value in pairs), borders=False)


def _picture(book: Docx, content: bytes, alt: str, caption: str) -> None:
    run = book.add_paragraph().add_run()
    shape = run.add_picture(BytesIO(content), width=Cm(11))
    shape._inline.docPr.set("descr", sayable(alt))
    said = book.add_paragraph(style="Caption").add_run(sayable(caption))
    said.font.color.rgb = RGBColor(0x55, 0x55, 0x55)
