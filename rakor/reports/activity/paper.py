"""The report as the content of ``report.typ``: plain strings in Indonesian, the language of the archive."""

from collections.abc import Sequence
from typing import Any

from rakor.documents.rules import nip_line
from rakor.reports.activity.rules import (
    Annex,
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

TEMPLATE, LOGO = "report.typ", "logo"
TITLE, CONTENTS = "LAPORAN KEGIATAN", "DAFTAR ISI"


def report_content(report: Report) -> dict[str, object]:
    """Return the content of ``report.typ``; every value is a string, a number, a list or None."""
    head = report.letterhead[0] if report.letterhead else ""
    return {
        "document_title": report.document_title,
        "author": [report.author],
        "keywords": ["laporan kegiatan", report.event_title],
        "letterhead": {
            "lines": list(report.letterhead),
            "logo": LOGO if LOGO in report.images else "",
            "logo_alt": f"Logo {head}" if head else "Logo",
        },
        "title": TITLE,
        "contents_title": CONTENTS,
        "event_title": report.event_title,
        "facts": [list(fact) for fact in report.facts],
        "approval": _approval(report),
        "chapters": [
            {"title": f"{roman(number)}. {one.title}", "blocks": _blocks(one.blocks)}
            for number, one in enumerate(report.chapters, 1)
        ],
        "annexes": [
            {"title": one.title, "blocks": _blocks(one.blocks), "begins_page": begins}
            for one, begins in zip(report.annexes, page_breaks(report.annexes), strict=True)
        ],
        "footer": report.footer,
        "page_words": ["Halaman", "dari"],
        "mark": report.mark,
    }


def page_breaks(annexes: Sequence[Annex]) -> list[bool]:
    """Say which annexes begin a page: the first, and each that has a table, pictures or a neighbour with some."""
    long = [any(isinstance(block, Grid | Picture) for block in one.blocks) for one in annexes]
    return [place == 0 or here or long[place - 1] for place, here in enumerate(long)]


def _approval(report: Report) -> dict[str, str] | None:
    if report.signatory is None:
        return None
    post, name, nip = report.signatory
    number = f"NIP {nip_line(nip)}" if nip else ""
    return {"place_date": report.place_date, "heading": post, "post": "", "name": name, "number": number}


def _blocks(blocks: Sequence[Block]) -> list[dict[str, Any]]:
    return [_block(one) for one in blocks]


def _block(one: Block) -> dict[str, Any]:
    match one:
        case Words(text):
            return {"kind": "words", "text": text}
        case Heading(text):
            return {"kind": "heading", "text": text}
        case Points(items):
            return {"kind": "points", "items": [list(pair) for pair in zip(one.signs, items, strict=True)]}
        case Facts(pairs):
            return {"kind": "facts", "pairs": [list(pair) for pair in pairs]}
        case Grid(head, widths, rows, numeric):
            cells = [list(row) for row in rows]
            return {
                "kind": "grid", "head": list(head), "widths": list(widths), "rows": cells, "numeric": list(numeric),
            }  # fmt: skip
        case Picture(name, alt, caption):
            return {"kind": "picture", "name": name, "alt": alt, "caption": caption}
        case Missing():
            return {"kind": "missing", "text": one.said}
