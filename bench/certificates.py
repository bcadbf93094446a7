"""Certificates for 6,341 people: issued and set by two workers, papers and codes read back; and one alone."""

import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import func, insert, select, update

from bench import _post
from rakor import clock
from rakor.accounts.models import User
from rakor.app import create_app
from rakor.db import db, transaction
from rakor.documents.certificate_models import Certificate, CertificateRuling, RunKind
from rakor.documents.certificate_paper import TEMPLATE, certificate_sheet
from rakor.documents.rules.certificates import Award, AwardHead, Standing, code_of
from rakor.documents.store import certificate_runs, certificates
from rakor.outbox import Job, JobState
from rakor.registrations.models import Registration
from rakor.typeset import compile_pdfs

WHAT = "6,341 certificates issued and set by two workers: < 3 min; one alone: < 300 ms; each shows its own name"
PEOPLE, QUICK, WORKERS = 6341, 600, 2
SECONDS, ONE_MS, READ = 180.0, 300, 40
NAMES = ("Drs. Yohanes", "I Dewa Kade Wiarsa Raka Sandi Nararya", "Sulastri", "O'Brien", "Marthina")


def run(quick: bool) -> dict[str, Any]:
    """Issue to all, count the seconds until the last paper is kept; the figure is held by the number made in quick."""
    people = QUICK if quick else PEOPLE
    with tempfile.TemporaryDirectory() as place:
        folder, url = Path(place), f"sqlite:///{place}/rakor.sqlite3"
        app = create_app(_post.settings(folder, url))
        with app.app_context():
            event_id = _furnished(app, people)
            db.session.remove()
            db.engine.dispose()
        started = time.monotonic()
        with _post.nursery(folder, url, "", WORKERS):
            while _left(app) and time.monotonic() - started < SECONDS * 2:
                time.sleep(0.2)
        spent = time.monotonic() - started
        with app.app_context():
            told = _told(event_id, people)
            wrong, swapped = _wrong(event_id), _wrong(event_id, turned=True)
            db.session.remove()
            db.engine.dispose()
    one, alone = _one_ms(), _alone_s(people)
    allowed = SECONDS * people / PEOPLE
    bites = {"a neighbour's paper": swapped, "a press for each paper, s": alone}
    return {
        "ok": spent < allowed and one < ONE_MS and told["whole"] and not wrong and swapped > 0 and alone > allowed,
        "certificates": people, "s": round(spent, 1), "ms_each": round(spent * 1000 / people, 1), "one_ms": one,
        "paper_kb": told["paper_kb"], "issued": told["issued"], "set": told["set"], "wrong_papers": wrong,
        "bites": bites,
        "compared_with": f"{SECONDS:.0f} s for {PEOPLE} ({allowed:.1f} s for these), {ONE_MS} ms for one",
    }  # fmt: skip


def _furnished(app: Flask, people: int) -> UUID:
    """Everybody is to get one; what attendance decides is not measured here."""
    event_id, ids = _post.build(app, people)
    now = clock.now()
    ruling = {"event_id": event_id, "granted": True, "reason": "bench", "ruled_at": now}
    with transaction(unaudited="bench") as session:
        for number, who in enumerate(ids):
            name = f"{NAMES[number % len(NAMES)]} Contoh {_letters(number)}"
            session.execute(update(Registration).where(Registration.id == who).values(name=name))
        session.execute(insert(CertificateRuling), [ruling | {"registration_id": who} for who in ids])
        certificates.save_rules(event_id, {"is_on": True, "signatory_name": "Dr. Ratna Contoh, M.Si."})
        user = User(id=uuid4(), email="panitia@contoh.test", name="Panitia Contoh", password_hash="-", created_at=now)
        session.add(user)
        session.flush()
        certificate_runs.ask(event_id, RunKind.ISSUE, user_id=user.id, now=now)
    return event_id


def _letters(number: int) -> str:
    """A word for each number: names are told apart on the paper, and no figure may stand in one."""
    return "".join(chr(ord("A") + int(digit)) for digit in str(number))


def _left(app: Flask) -> bool:
    with app.app_context():
        waiting = select(func.count()).where(Job.state != JobState.DONE, Job.name.like("certificates.%"))
        found = db.session.scalar(waiting.where(Job.run_at <= clock.now()))
        db.session.remove()
        return bool(found)


def _told(event_id: UUID, people: int) -> dict[str, Any]:
    issued, made, _revoked = certificates.counts(event_id)
    serials = list(db.session.scalars(select(Certificate.serial).order_by(Certificate.serial)))
    sizes = [len(kept.content) for row in _some(event_id) if (kept := certificates.paper(row))]
    whole = issued == made == people and serials == list(range(1, people + 1))
    return {
        "issued": issued, "set": made, "whole": whole,
        "paper_kb": round(statistics.mean(sizes) / 1024) if sizes else 0,
    }  # fmt: skip


def _some(event_id: UUID) -> Iterator[Certificate]:
    rows = certificates.set_ones(event_id, None)
    yield from rows[:: max(len(rows) // READ, 1)]


def _wrong(event_id: UUID, *, turned: bool = False) -> int:
    """Count, of some papers, those without their own name, number and code; ``turned`` looks at the next one's."""
    rows = list(_some(event_id))
    papers = [certificates.paper(row) for row in rows]
    shown = papers[1:] + papers[:1] if turned else papers
    return sum(kept is None or not _is_own(row, kept.content) for row, kept in zip(rows, shown, strict=True))


def _is_own(row: Certificate, pdf: bytes) -> bool:
    import pypdfium2
    import zxingcpp

    book = pypdfium2.PdfDocument(pdf)
    try:
        page = book[0]
        words = " ".join(page.get_textpage().get_text_bounded().split())
        read = zxingcpp.read_barcodes(page.render(scale=1.6, grayscale=True).to_pil())
    finally:
        book.close()
    code = f"http://127.0.0.1/cert/{code_of(row.id)}"
    return row.name in words and row.number in words and [one.text for one in read] == [code]


def _one_ms() -> int:
    """One paper alone, as a reissue needs it: the median of some."""
    spent = []
    for number in range(7):
        started = time.perf_counter()
        compile_pdfs(TEMPLATE, [certificate_sheet(HEAD, _award(number))])
        spent.append(time.perf_counter() - started)
    return round(statistics.median(spent) * 1000)


def _alone_s(people: int) -> float:
    """The fault: a press for each paper, as two workers would take for all."""
    started = time.perf_counter()
    for number in range(4):
        compile_pdfs(TEMPLATE, [certificate_sheet(HEAD, _award(number))])
    return round((time.perf_counter() - started) / 4 * people / WORKERS, 1)


def _award(number: int) -> Award:
    name = f"{NAMES[number % len(NAMES)]} Contoh"
    return Award(name, Standing.PARTICIPANT, 12, f"{number:04}/SERT", code_of(UUID(int=number, version=4)))


HEAD = AwardHead(
    event="Rapat Koordinasi Nasional Pelayanan Informasi 2026", theme="", letterhead=("KEMENTERIAN CONTOH",),
    organizer="Kementerian Contoh", logo=b"", accent="", starts_on=date(2026, 11, 23), ends_on=date(2026, 11, 25),
    venue="Hotel Contoh, Bogor", place="Bogor", signed_on=date(2026, 11, 25), post="Direktur",
    signatory="Dr. Ratna Contoh, M.Si.", nip="", base_url="http://127.0.0.1", demo=True,
)  # fmt: skip
