"""PDF/A-2b and PDF/UA: papers that Typst has checked, read once more by another program."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from io import BytesIO
from typing import Any
from uuid import UUID

import pikepdf
from PIL import Image

from bench._papers import MAKERS
from bench.attendance_list import _head, _row
from rakor.documents import certificate_paper, letter_paper
from rakor.documents.paper import TEMPLATE, list_content, list_images
from rakor.documents.rules import Variant, arrange, shown_in
from rakor.documents.rules.certificates import Award, Standing, code_of
from rakor.typeset import STANDARDS, compile_pdf
from tests.documents.test_certificates import HEAD as CERTIFIED
from tests.documents.test_letter import FACTS

WHAT = "lists, letter, certificate, minutes, report: Typst's own PDF/A-2b and PDF/UA-1 checks, and a reading by pikepdf"
Paper = Callable[[tuple[str, ...]], bytes]
NAMES, DRAWN = 30, "20,100 120,40 220,160;300,10"


def _list(variant: Variant) -> Paper:
    rows = [replace(_row(number), signed="a", strokes=DRAWN) for number in range(NAMES)]
    address = "https://rakor.contoh.test/periksa/daftar/1"
    head = replace(_head(), variant=variant, check_url=address, fingerprint="ab" * 32)
    content = list_content(head, shown_in(arrange(rows), variant))
    return lambda standards: compile_pdf(TEMPLATE, content, images=list_images(head), standards=standards)


def _letter() -> Paper:
    content, images = letter_paper.letter_content(FACTS), letter_paper.letter_images(FACTS)
    return lambda standards: compile_pdf(letter_paper.TEMPLATE, content, images=images, standards=standards)


def _certificate() -> Paper:
    award = Award("Sari Contoh, S.E.", Standing.PARTICIPANT, 6, "0001/SERT", code_of(UUID(int=1, version=4)))
    content, images = certificate_paper.certificate_sheet(CERTIFIED, award)
    return lambda standards: compile_pdf(certificate_paper.TEMPLATE, content, images=images, standards=standards)


def _made(template_name: str) -> Paper:
    template, content, images = MAKERS[template_name]("Contoh", _photo())
    return lambda standards: compile_pdf(template, content, images=images, standards=standards)


def _photo() -> bytes:
    out = BytesIO()
    Image.new("RGB", (64, 48), "#0b6b4b").save(out, "JPEG")
    return out.getvalue()


def papers() -> Mapping[str, Paper]:
    """Return every kind of paper that the archive keeps, by its name; each is set under the given standards."""
    return {
        **{f"list_{variant}": _list(variant) for variant in Variant},
        "letter": _letter(),
        "certificate": _certificate(),
        "minutes": _made("minutes.typ"),
        "report": _made("report.typ"),
    }


def run(quick: bool) -> dict[str, Any]:
    """Set each paper under the standards and read what it says of itself; one set without them must be found out."""
    found = {name: sorted(troubles(made(STANDARDS))) for name, made in papers().items()}
    plain = {name: sorted(troubles(made(()))) for name, made in papers().items()}
    return {
        "ok": not any(found.values()) and all(plain.values()),
        "papers": len(found),
        "troubles": {name: said for name, said in found.items() if said},
        "bites": {"set without the standards": min(map(len, plain.values())), "said": next(iter(plain.values()))},
        "limits": {"troubles": 0},
    }


def troubles(pdf: bytes) -> Iterator[str]:
    """Yield what keeps a PDF from being the archive's: PDF/A-2b, tagged, with its language and all fonts."""
    with pikepdf.open(BytesIO(pdf)) as book:
        said: Any = book.open_metadata()
        root: Any = book.Root
        wanted = {"pdfaid:part": "2", "pdfaid:conformance": "B", "pdfuaid:part": "1"}
        yield from (f"{name} is {said.get(name)}" for name, value in wanted.items() if said.get(name) != value)
        if not any(intent.get("/S") == "/GTS_PDFA1" for intent in root.get("/OutputIntents", [])):
            yield "no output intent"
        if "/StructTreeRoot" not in root or not root.get("/MarkInfo", {}).get("/Marked"):
            yield "not tagged"
        if not str(root.get("/Lang", "")).startswith("id"):
            yield "no language"
        if not said.get("dc:title"):
            yield "no title"
        if "/Encrypt" in book.trailer:
            yield "locked"
        for thing in book.objects:
            is_font = isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor"
            if is_font and not {"/FontFile", "/FontFile2", "/FontFile3"} & set(thing.keys()):
                yield f"font {thing.get('/FontName')} is not inside"
