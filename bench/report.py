"""The activity report of the demo's live event, made by the worker's job and read back: DOCX, PDF/A, annexes."""

import io
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID
from xml.etree import ElementTree
from zipfile import ZipFile

from docx import Document
from sqlalchemy import select

from bench import _post, pdfa
from rakor import clock
from rakor.accounts.models import User
from rakor.app import create_app
from rakor.db import Base, db, transaction
from rakor.demo import worlds
from rakor.events.models import Event
from rakor.files import Kept
from rakor.files import read as read_file
from rakor.reports.activity import docx as writer
from rakor.reports.activity import docx_table, jobs, store
from rakor.reports.activity.rules import Section, roman
from rakor.reports.activity.words import TITLES
from rakor.reports.activity.xml_text import sayable
from rakor.reports.summary import EVER, count_up

WHAT = "the live demo event's report with its annexes: < 30 s in a job; DOCX opens in LibreOffice, PDF is PDF/A-2b"
SEATS, QUICK, SECONDS, OPENS_S = 2760, 300, 30.0, 180
PARTS = ("docx", "pdf", "annexes")


def run(quick: bool) -> dict[str, Any]:
    """Make the report by its own job and read everything back; a careless writer must be found out."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        app = create_app(_post.settings(folder, f"sqlite:///{place}/rakor.sqlite3"))
        with app.app_context():
            Base.metadata.create_all(db.engine)
            worlds.make(QUICK if quick else SEATS, fresh=False, now=clock.now())
            event = db.session.scalars(select(Event).where(Event.demo_world == "live")).one()
            made, spent, steps = _made(event.id)
            event = db.session.scalars(select(Event).where(Event.demo_world == "live")).one()
            counts = count_up(event, now=clock.now(), today=clock.today(event.zone), asked=EVER).count
            said = f"{counts.invited:,} kursi".replace(",", "."), f"{counts.present:,} kursi".replace(",", ".")
            bites = _bites(event.id)
            db.session.remove()
            db.engine.dispose()
        office = _opened(made["docx"].content, folder)
    troubles = {"pdf": list(pdfa.troubles(made["pdf"].content)), "docx": list(docx_troubles(made["docx"].content))}
    missing = [words for words in said if words not in _text(made["docx"].content)]
    with ZipFile(io.BytesIO(made["annexes"].content)) as archive:
        names = archive.namelist()
    good = not any(troubles.values()) and not missing and office.get("ok", True) and all(bites.values())
    lists = sum("daftar-hadir" in name for name in names)
    return {
        "ok": good and spent < SECONDS and lists > 0, "s": round(spent, 1), "steps": steps,
        "kb": {part: round(len(made[part].content) / 1024) for part in PARTS}, "files": len(names), "lists": lists,
        "seats": counts.invited, "troubles": {part: told for part, told in troubles.items() if told},
        "counts_missing": missing, "libreoffice": office, "bites": bites, "limits": {"s": SECONDS, "troubles": 0},
    }  # fmt: skip


def _made(event_id: UUID) -> tuple[dict[str, Kept], float, int]:
    """Ask for a report and do its job as the worker does; return its files, the seconds and the steps it told of."""
    user_id = db.session.scalars(select(User.id)).first()
    assert user_id is not None
    with transaction():
        run_id = store.ask(event_id, by=user_id, now=clock.now()).id
    told: list[int] = []
    started = time.monotonic()
    jobs.make({"event_id": str(event_id), "run_id": str(run_id)}, lambda done, _whole: told.append(done))
    spent = time.monotonic() - started
    row = store.run(event_id, run_id)
    assert row is not None
    kept = {part: read_file(event_id, getattr(row, f"{part}_id"), store.PURPOSE) for part in PARTS}
    return {part: file for part, file in kept.items() if file is not None}, spent, len(told)


def docx_troubles(content: bytes) -> Iterator[str]:
    """Yield what keeps a DOCX from being a good one: broken parts, lost sections, no contents, forbidden signs."""
    try:
        with ZipFile(io.BytesIO(content)) as book:
            for name in book.namelist():
                if name.endswith((".xml", ".rels")):
                    ElementTree.fromstring(book.read(name))
        read = Document(io.BytesIO(content))
    except Exception as broken:  # whatever breaks it
        yield f"cannot be read: {type(broken).__name__}"
        return
    headings = [one.text for one in read.paragraphs if one.style is not None and one.style.name == "Heading 1"]
    wanted = [f"{roman(number)}. {TITLES[section]}" for number, section in enumerate(Section, 1)]
    yield from (f"no section {title}" for title in wanted if title not in headings)
    xml = read.element.xml
    if not re.search(r"<w:instrText[^>]*> TOC ", xml):
        yield "no table of contents"
    if "w:tblHeader" not in xml:
        yield "no table repeats its head"


def _text(content: bytes) -> str:
    read = Document(io.BytesIO(content))
    return " ".join(cell.text for table in read.tables[:3] for row in table.rows for cell in row.cells)


def _opened(content: bytes, folder: Path) -> dict[str, Any]:
    """Let LibreOffice open the DOCX and write it as a PDF, where it is installed; else say that it was not tried."""
    office = shutil.which("soffice")
    if office is None:
        return {"tried": False}
    (folder / "laporan.docx").write_bytes(content)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    how = ["--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    command = [office, profile, *how, str(folder / "laporan.docx")]
    started = time.monotonic()
    try:
        subprocess.run(command, capture_output=True, timeout=OPENS_S, check=True)
    except (subprocess.SubprocessError, OSError) as failure:
        return {"tried": True, "ok": False, "error": type(failure).__name__}
    import pypdfium2

    book = pypdfium2.PdfDocument(folder / "laporan.pdf")
    try:
        pages, words = len(book), "".join(page.get_textpage().get_text_bounded() for page in book)
    finally:
        book.close()
    whole = all(title in words for title in TITLES.values())
    return {"tried": True, "ok": whole, "pages": pages, "s": round(time.monotonic() - started, 1)}


def _bites(event_id: UUID) -> dict[str, bool]:
    """The faults: a writer that lets signs through which XML forbids; a report that loses a section."""
    event = db.session.get(Event, event_id)
    assert event is not None
    report = jobs.read(event, [])
    hostile = "a\x00b \x1b & <w:p>"
    with _careless():
        try:
            broken = bool(list(docx_troubles(_with(report, hostile))))
        except (ValueError, SyntaxError):  # the libraries themselves refuse
            broken = True
    whole = not list(docx_troubles(_with(report, hostile)))
    del_one = writer.docx_of(type(report)(**{**vars(report), "chapters": report.chapters[1:]}))
    return {"forbidden signs": broken and whole, "a lost section": bool(list(docx_troubles(del_one)))}


def _with(report: Any, words: str) -> bytes:
    return writer.docx_of(type(report)(**{**vars(report), "facts": ((words, words),)}))


@contextmanager
def _careless() -> Iterator[None]:
    """Write what was typed as it is."""
    for module in (docx_table, writer):
        vars(module)["sayable"] = lambda text: text
    try:
        yield
    finally:
        for module in (docx_table, writer):
            vars(module)["sayable"] = sayable
