"""What the worker does for a report: read everything at one moment, set the papers, and throw them away in time."""

from collections.abc import Callable, Iterator
from io import BytesIO
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from flask_babel import force_locale

from rakor import clock
from rakor.db import db, transaction
from rakor.documents.store.heads import logo_of
from rakor.events import store as events
from rakor.events.models import Event
from rakor.events.words import KINDS
from rakor.files import Kept
from rakor.outbox import Progress, job
from rakor.reports.activity import annexes, content, store
from rakor.reports.activity.docx import MIME, docx_of
from rakor.reports.activity.paper import LOGO, TEMPLATE, report_content
from rakor.reports.activity.rules import File, Report
from rakor.reports.summary import EVER, count_up
from rakor.typeset import compile_pdf
from rakor.web import times
from rakor.web.times import Language

ID = Language.ID
PDF, ZIP = "application/pdf", "application/zip"
STEPS = 3
"""Reading, the DOCX and the PDF; each attendance list is one more."""


@job("report.make")
def make(payload: dict[str, str], progress: Progress) -> None:
    """Make the report that was asked for; one that is made, or is over, needs nothing."""
    event_id, run_id = UUID(payload["event_id"]), UUID(payload["run_id"])
    event, row = events.event(event_id), store.run(event_id, run_id)
    if event is None or row is None or row.made_at is not None or clock.now() >= row.expires_at:
        return
    with force_locale(ID.value):
        made, unfilled = _made(event, progress)
    with transaction(unaudited="a report that nobody waits for any more"):
        row = store.run(event_id, run_id)
        if row is not None and row.made_at is None:
            store.fill(row, made, unfilled=unfilled, now=clock.now())


@job("report.expire")
def expire(payload: dict[str, str], _progress: Progress) -> None:
    """Throw the files of a report away."""
    with transaction(unaudited="a report that is gone needs no expiry"):
        row = store.run(UUID(payload["event_id"]), UUID(payload["run_id"]))
        if row is not None:
            store.expire(row)


def _made(event: Event, progress: Progress) -> tuple[dict[str, Kept], int]:
    """Return the files by their part, and how many sections nobody filled in. The database is let go meanwhile."""
    day_lists = annexes.attended(event)
    report = read(event, day_lists)
    name, total = f"laporan-{event.slug}"[:120], STEPS + len(day_lists)
    db.session.rollback()
    progress(1, total)
    docx = docx_of(report)
    progress(2, total)
    pdf = compile_pdf(TEMPLATE, report_content(report), images=report.images)
    progress(3, total)
    archive = _bound(report, _lists(day_lists, lambda done: progress(STEPS + done, total)), docx, pdf, name)
    made = {
        "docx": Kept(f"{name}.docx", MIME, docx),
        "pdf": Kept(f"{name}.pdf", PDF, pdf),
        "annexes": Kept(f"{name}-lengkap.zip", ZIP, archive),
    }
    return made, report.unfilled


def read(event: Event, day_lists: list[annexes.List]) -> Report:
    """Read the whole report as it stands now; presence at any time of the event counts."""
    now = clock.now()
    summary = count_up(event, now=now, today=clock.today(event.zone), asked=EVER)
    known = content.known(event, summary)
    typed = {section: row.body for section, row in store.texts(event.id).items()}
    identity, logo = events.identity(event.id), logo_of(event.id)
    images = {LOGO: logo} if logo else {}
    signs = identity.signatory_name or identity.signatory_post
    today = times.plain(times.date_medium(clock.today(event.zone), ID))
    at = times.plain(times.when(now, event.zone, ID))
    return Report(
        event_title=event.title,
        document_title=f"Laporan kegiatan: {event.title}",
        author=event.organizer,
        letterhead=tuple(identity.letterhead.splitlines() or [event.organizer]),
        facts=_facts(event, at),
        footer=event.short_title,
        mark="Data contoh" if event.demo_world else "",
        chapters=content.chapters(known, typed),
        annexes=annexes.annexes(known, day_lists, images),
        place_date=f"{event.city}, {today}" if event.city else today,
        signatory=(identity.signatory_post, identity.signatory_name, identity.signatory_nip or "") if signs else None,
        images=images,
    )


def _facts(event: Event, at: str) -> tuple[tuple[str, str], ...]:
    place = ", ".join(filter(None, (event.venue, event.city)))
    dates = times.plain(times.date_range(event.starts_on, event.ends_on, ID))
    facts = (
        ("Jenis", str(KINDS[event.kind])), ("Tema", event.theme), ("Tanggal", dates), ("Tempat", place),
        ("Penyelenggara", ", ".join(filter(None, (event.unit, event.organizer)))), ("Keadaan data", at),
    )  # fmt: skip
    return tuple(fact for fact in facts if fact[1])


def _lists(day_lists: list[annexes.List], said: Callable[[int], None]) -> Iterator[File]:
    for done, one in enumerate(day_lists, 1):
        yield from annexes.list_files(one)
        said(done)


def _bound(report: Report, lists: Iterator[File], docx: bytes, pdf: bytes, name: str) -> bytes:
    """Return the report with all its annexes in one archive; PDFs and pictures are packed already."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        archive.writestr(f"{name}.docx", docx, ZIP_STORED)
        archive.writestr(f"{name}.pdf", pdf)
        for annex in report.annexes:
            for file in annex.files:
                archive.writestr(f"lampiran/{file.path}", file.content)
        for file in lists:
            archive.writestr(f"lampiran/{file.path}", file.content)
    return out.getvalue()
