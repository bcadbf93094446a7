"""Asking for a list, seeing it made, taking it; and who may not."""

import io
import re
import shutil
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pikepdf
import pytest
from flask import Flask
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from rakor import audit, clock, outbox
from rakor.accounts.rules import Role
from rakor.attendance.models import Checkpoint
from rakor.attendance.store.own import enter_own
from rakor.audit import AuditEntry
from rakor.db import db, transaction
from rakor.documents.models import Document
from rakor.events import store as events
from rakor.files import StoredFile
from rakor.outbox import Job, JobState
from rakor.registrations.models import Registration
from rakor.sources.rules.marking import by_hand
from rakor.typeset import PaperError
from tests import make
from tests.cast import Cast
from tests.documents.test_paper import needs_fonts

ANY = {"variant": "blank", "office": "all"}


@pytest.fixture
def second_day(people: Cast, moment: datetime) -> UUID:
    with people.app.app_context(), transaction(unaudited="test"):
        office = make.office(people.institution_id)
        role = make.role(people.event_id)
        person = make.registration(
            people.event_id, office_id=office.id, nip="198609262015051001", phone="+6281200000101"
        )
        make.holding(make.seat(people.event_id, office.id, role.id), person)
        return events.days(people.event_id)[1].id


def ask(browser: FlaskClient, people: Cast, day: UUID, **fields: str) -> str:
    filled = {"kind": "participants", "occasion": str(day), "province": "all", "format": "pdf", **ANY} | fields
    filled.setdefault("reason", "Lampiran SPJ rombongan")
    answer = browser.post(f"/events/{people.event_id}/documents", data=filled)
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def test_whole_numbers_leave_as_excel_only_with_a_reason(people: Cast, second_day: UUID) -> None:
    sari, url = people.browser("sari"), f"/events/{people.event_id}/documents"
    typed = {"kind": "participants", "occasion": str(second_day), "province": "all", "format": "xlsx", "whole": "y"}
    typed |= ANY
    refused = sari.post(url, data=typed | {"reason": "SPJ"})
    assert refused.status_code == 422
    assert "Tulis alasannya paling sedikit 10 huruf." in refused.text
    assert sari.post(url, data=typed | {"format": "pdf"}).status_code == 303
    ask(sari, people, second_day, format="xlsx", whole="y")
    with people.app.app_context():
        query = select(audit.AuditEntry.detail).where(audit.AuditEntry.action == "attendance_list.export_whole")
        assert db.session.scalars(query).one() == {"fields": ["phone", "nip"], "reason": "Lampiran SPJ rombongan"}
    assert "Daftar hadir" in sari.get(f"/events/{people.event_id}/exports").text


def work(app: Flask) -> None:
    with app.app_context(), audit.acting(audit.SYSTEM):
        while outbox.run_next():
            pass
        db.session.remove()


def file_of(browser: FlaskClient, page: str) -> object:
    return browser.get(f"{page}/file")


@needs_fonts
def test_a_pdf_is_asked_for_made_and_opened(people: Cast, second_day: UUID) -> None:
    sari = people.browser("sari")
    assert "Selasa, 24\xa0November\xa02026" in sari.get(f"/events/{people.event_id}/documents").text
    page = ask(sari, people, second_day)
    waiting = sari.get(page).text
    assert "Sedang disusun" in waiting
    assert '<noscript><meta http-equiv="refresh"' in waiting
    assert sari.get(f"{page}/progress?seen=making-0").status_code == 204
    work(people.app)
    assert "Buka PDF" in sari.get(f"{page}/progress?seen=making").text
    answer = sari.get(f"{page}/file")
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith(
        "inline; filename*=UTF-8''daftar-hadir-peserta-2026-11-24.pdf"
    )
    assert answer.headers["Cache-Control"] == "no-store"
    with pikepdf.open(io.BytesIO(answer.data)) as book:
        assert len(book.pages) == 1
    assert sari.get(f"{page}/file?take=1").headers["Content-Disposition"].startswith("attachment;")


def test_a_workbook_has_nip_and_phone_as_text(people: Cast, second_day: UUID) -> None:
    sari = people.browser("sari")
    page = ask(sari, people, second_day, format="xlsx", province="93", whole="y")
    work(people.app)
    answer = sari.get(f"{page}/file")
    assert "attachment" in answer.headers["Content-Disposition"]
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.data)).get_sheet_by_index(0).to_python()
    head = next(n for n, row in enumerate(rows) if row[0] == "No.")
    assert rows[head][:6] == ["No.", "Nama", "NIP", "Jabatan", "Instansi", "No. HP"]
    assert rows[head + 1][1:6] == [
        "Agustina Contoh, S.E.", "198609262015051001", "Ketua", "Kantor Kabupaten Asmat", "+6281200000101"
    ]  # fmt: skip
    assert "Papua Selatan" in "".join(str(row[0]) for row in rows[:head])


@pytest.mark.parametrize("who", ["rina", "lena", "joko"])
def test_desk_leader_and_stranger_get_no_list(people: Cast, second_day: UUID, who: str) -> None:
    page = ask(people.browser("sari"), people, second_day, format="xlsx")
    work(people.app)
    browser = people.browser(who)
    for path in (f"/events/{people.event_id}/documents", page, f"{page}/progress", f"{page}/file"):
        assert browser.get(path).status_code in (403, 404)
    assert browser.post(f"/events/{people.event_id}/documents", data={}).status_code in (403, 404)


def test_a_paper_is_for_who_asked_for_it(people: Cast, second_day: UUID) -> None:
    page = ask(people.browser("sari"), people, second_day, format="xlsx")
    work(people.app)
    other = people.browser("admin")
    assert other.get(page).status_code == 404
    assert other.get(f"{page}/file").status_code == 404
    assert "Belum ada daftar" in other.get(f"/events/{people.event_id}/documents").text


def test_another_events_day_is_refused(people: Cast, second_day: UUID) -> None:
    with people.app.app_context(), transaction(unaudited="test"):
        foreign = events.days(make.event(people.institution_id).id)[0].id
    filled = {"kind": "participants", "occasion": str(foreign), "province": "all", "format": "pdf", **ANY}
    answer = people.browser("sari").post(f"/events/{people.event_id}/documents", data=filled)
    assert answer.status_code == 422
    assert "Pilih salah satu dari daftar" in answer.text


@pytest.mark.parametrize(
    "wrong", [{"kind": "x"}, {"occasion": "x"}, {"province": "99"}, {"format": "exe"}, {"occasion": ""}, {"kind": "\0"}]
)
def test_nonsense_is_said_and_nothing_made(people: Cast, second_day: UUID, wrong: dict[str, str]) -> None:
    filled = {"kind": "participants", "occasion": str(second_day), "province": "all", "format": "pdf", **ANY} | wrong
    assert people.browser("sari").post(f"/events/{people.event_id}/documents", data=filled).status_code == 422
    with people.app.app_context():
        assert db.session.scalar(select(Document.id)) is None


def test_the_file_goes_after_a_day_and_the_page_says_so(people: Cast, second_day: UUID, moment: datetime) -> None:
    sari = people.browser("sari")
    folder = people.app.config["RAKOR"].instance / "files"
    shutil.rmtree(folder, ignore_errors=True)
    page = ask(sari, people, second_day, format="xlsx")
    work(people.app)
    [stored] = [path for path in folder.rglob("*") if path.is_file()]
    assert b"Agustina" not in stored.read_bytes()
    with clock.freeze(moment + timedelta(hours=24), everywhere=True):
        work(people.app)
        assert not stored.exists()
        sari = people.browser("sari")
        assert "Sudah dihapus" in sari.get(page).text
        assert sari.get(f"{page}/file").status_code == 404
    with people.app.app_context():
        assert db.session.scalar(select(StoredFile.id)) is None


def test_a_failure_is_tried_again_and_said(people: Cast, second_day: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> bytes:
        raise PaperError("attendance_list.typ: broken")

    monkeypatch.setattr("rakor.documents.jobs.compile_pdf", broken)
    sari = people.browser("sari")
    page = ask(sari, people, second_day)
    work(people.app)
    assert "Dicoba lagi" in sari.get(page).text
    with people.app.app_context(), transaction(unaudited="test") as session:
        session.scalars(select(Job).where(Job.name == "documents.make")).one().state = JobState.FAILED
    text = sari.get(page).text
    assert "Gagal" in text
    assert "Susun lagi" in text
    assert "http-equiv" not in text


def test_a_repeated_job_makes_no_second_file(people: Cast, second_day: UUID) -> None:
    ask(people.browser("sari"), people, second_day, format="xlsx")
    work(people.app)
    with people.app.app_context():
        first = db.session.scalars(select(StoredFile.id)).one()
        with transaction(unaudited="test") as session:
            session.scalars(select(Job).where(Job.name == "documents.make")).one().state = JobState.QUEUED
        work(people.app)
        assert db.session.scalars(select(StoredFile.id)).one() == first


def test_asking_and_taking_are_on_record(people: Cast, second_day: UUID) -> None:
    sari = people.browser("sari")
    page = ask(sari, people, second_day, format="xlsx")
    work(people.app)
    sari.get(f"{page}/file")
    with people.app.app_context():
        entries = db.session.scalars(select(AuditEntry).where(AuditEntry.chain_id == people.event_id)).all()
        acts = {entry.action: entry.actor_kind for entry in entries}
        assert audit.verify(db.session(), people.event_id) is None
    assert acts["document.request"] == acts["document.read"] == "user"
    assert acts["document.make"] == "system"


def test_the_page_has_one_primary_button_and_english(people: Cast, second_day: UUID) -> None:
    sari = people.browser("sari")
    ask(sari, people, second_day, format="xlsx")
    work(people.app)
    page = sari.get(f"/events/{people.event_id}/documents")
    assert len(re.findall(r'class="btn"', page.text)) == 1
    assert page.text.count("<h1>") == 1
    english = sari.get(f"/events/{people.event_id}/documents", headers={"Accept-Language": "en"}).text
    assert "Attendance list" in english
    assert "Tuesday, 24\xa0November\xa02026" in english


@needs_fonts
def test_the_code_on_a_paper_says_whether_the_ledger_still_agrees(people: Cast, second_day: UUID) -> None:
    sari, anybody = people.browser("sari"), people.app.test_client()
    page = ask(sari, people, second_day, variant="filled")
    code = f"/periksa/daftar/{page.rsplit('/', 1)[1]}"
    assert anybody.get(code).status_code == 404, "nothing was printed yet"
    work(people.app)
    said = anybody.get(code).text
    assert "Masih sama dengan buku kehadiran." in said
    assert "Agustina" not in said
    with people.app.app_context(), transaction(unaudited="test"):
        event = events.locked_event(people.event_id)
        person = db.session.scalars(select(Registration)).one()
        point = make._add(Checkpoint(event_id=event.id, day_id=second_day, name="Hari 2", created_at=make.AT)).id
        fact = by_hand(uuid4(), person.id, point, clock.now(), event.admission)
        assert enter_own(event.id, fact, "Ponsel mati", now=clock.now())
    assert anybody.get(code).text == said, "whoever asks at once again does not make the ledger be read again"
    with clock.freeze(clock.now() + timedelta(seconds=61), everywhere=True):
        assert "Buku kehadiran sudah berubah sejak kertas ini dibuat." in anybody.get(code).text
    again = ask(sari, people, second_day, variant="filled")
    work(people.app)
    assert "Masih sama" in anybody.get(f"/periksa/daftar/{again.rsplit('/', 1)[1]}").text
    unknown = anybody.get(f"/periksa/daftar/{uuid4()}")
    assert (unknown.status_code, "Tidak dikenal" in unknown.text) == (404, True)


def test_numbers_are_masked_unless_an_editor_says_why(people: Cast, second_day: UUID) -> None:
    sari = people.browser("sari")
    page = ask(sari, people, second_day, format="xlsx", reason="")
    work(people.app)
    book = CalamineWorkbook.from_filelike(io.BytesIO(sari.get(f"{page}/file").data)).get_sheet_by_index(0).to_python()
    assert any("•••• 1001" in row and "•••• 0101" in row for row in book)
    assert "198609262015051001" not in str(book)
    with people.app.app_context(), transaction(unaudited="test"):
        make.grant(people.event_id, people.users["joko"], Role.REGISTRAR)
    filled = {"kind": "participants", "occasion": str(second_day), "province": "all", "format": "xlsx", **ANY}
    filled |= {"whole": "y", "reason": "Lampiran SPJ rombongan"}
    assert people.browser("joko").post(f"/events/{people.event_id}/documents", data=filled).status_code == 403
