"""The activity report through HTTP, on both databases: writing, attaching, making, taking."""

import io
from datetime import datetime, timedelta
from zipfile import ZipFile

import pikepdf
import pytest
from docx import Document
from PIL import Image
from sqlalchemy import select

from rakor import audit, clock
from rakor.accounts.rules import Role
from rakor.agenda.store import versions
from rakor.attendance.models import Checkpoint, PresenceRow
from rakor.attendance.rules.words import Source
from rakor.db import db, transaction
from rakor.events import store as events
from rakor.minutes.rules.conclusions import ConclusionKind
from rakor.minutes.store import conclusions
from rakor.reports.activity.models import ReportAnnex, ReportText
from rakor.reports.activity.rules import Section
from tests import make
from tests.cast import Cast
from tests.documents.test_routes import work
from tests.fonts import needs_fonts
from tests.papers import words_of

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def base(people: Cast, rest: str = "") -> str:
    return f"/events/{people.event_id}/report{rest}"


def texts(people: Cast) -> dict[str, ReportText]:
    with people.app.app_context():
        return {row.section: row for row in db.session.scalars(select(ReportText))}


@pytest.fixture
def meeting(people: Cast, moment: datetime) -> Cast:
    """Two invited offices; one person came on the second day; a published session and two conclusions."""
    with people.app.app_context(), transaction(unaudited="test"):
        event_id, role = people.event_id, make.role(people.event_id)
        day = events.days(event_id)[1]
        item = make.item(event_id, day.id)
        point = make._add(
            Checkpoint(event_id=event_id, day_id=day.id, item_id=item.id, name="x", created_at=make.AT)
        )
        for number, name in enumerate(("Agus Contoh", "Budi Contoh")):
            office = make.office(people.institution_id, code=f"930{number}", name=f"Kantor {number}")
            seat = make.seat(event_id, office.id, role.id)
            values = {"back_title": "", "nip": "199009132025242014", "office_id": office.id}
            person = make.registration(event_id, name=name, **values)
            make.holding(seat, person)
            if number == 0:
                presence = {"first_in_at": make.AT, "first_source": Source.MANUAL, "fact_count": 1,
                            "duplicate_count": 0, "change_seq": 1, "inside": True, "intervals": []}  # fmt: skip
                make._add(PresenceRow(event_id=event_id, registration_id=person.id, checkpoint_id=point.id,
                                      present=True, **presence))  # fmt: skip
        versions.publish(event_id, by=None, now=make.AT)
        for kind, words in (
            (ConclusionKind.CONCLUSION, "Layanan informasi disamakan"),
            (ConclusionKind.RECOMMENDATION, "Menyiapkan ahli kehumasan"),
        ):
            draft = conclusions.Draft(kind, words, None, is_public=True)
            conclusions.add(event_id, draft, by=None, now=make.AT)
    return people


def write(people: Cast, section: str, body: str, seen: int = 0, who: str = "sari", **headers: str):  # type: ignore[no-untyped-def]
    sent = {"body": body, "seen": seen}
    return people.browser(who).post(base(people, f"/text/{section}"), data=sent, headers=headers)


JSON = {"Accept": "application/json"}


def test_what_is_typed_is_remembered(people: Cast, moment: datetime) -> None:
    told = write(people, "background", "Latar\r\n- satu", **JSON)
    assert (told.status_code, told.json["version"]) == (200, 1)
    assert told.json["said"].startswith("Disimpan Selasa")
    assert texts(people)[Section.BACKGROUND].body == "Latar\n- satu"
    page = people.browser("sari").get(base(people, "/text")).text
    assert "Latar\n- satu</textarea>" in page
    assert 'name="seen" value="1"' in page
    again = write(people, "background", "Latar\n- satu", 0, **JSON)
    assert (again.status_code, again.json["version"]) == (200, 1)


def test_two_writers_never_overwrite_each_other_unseen(people: Cast, moment: datetime) -> None:
    write(people, "cost", "Punya Sari")
    with people.app.app_context(), transaction(unaudited="test"):
        edi = make.user("Edi")
        make.grant(people.event_id, edi.id, Role.EDITOR)
        people.users["edi"] = edi.id
    refused = write(people, "cost", "Punya Edi", 0, "edi", **JSON)
    assert (refused.status_code, refused.json["version"], refused.json["body"]) == (409, 1, "Punya Sari")
    assert texts(people)[Section.COST].body == "Punya Sari"
    page = write(people, "cost", "Punya Edi", 0, "edi")
    assert page.status_code == 409
    assert "Punya Edi</textarea>" in page.text
    assert "Punya Sari</blockquote>" in page.text
    assert write(people, "cost", "Punya Sari dan Edi", 1, "edi").status_code == 303
    assert texts(people)[Section.COST].body == "Punya Sari dan Edi"


def test_bad_text_is_refused_in_words_and_kept_on_the_page(people: Cast, moment: datetime) -> None:
    refused = write(people, "scope", "a\x00b", **JSON)
    assert refused.status_code == 422
    assert "karakter" in refused.json["error"]
    assert write(people, "scope", "x" * 20_001).status_code == 422
    assert write(people, "tidak-ada", "x").status_code == 404
    assert texts(people) == {}


def test_the_page_says_what_is_filled_and_what_is_not(meeting: Cast) -> None:
    page = " ".join(meeting.browser("sari").get(base(meeting)).text.split())
    assert "7 dari 13 bagian terisi" in page
    assert "Susun laporan" in page
    write(meeting, "background", "Layanan belum sama di semua daerah")
    assert "8 dari 13 bagian terisi" in " ".join(meeting.browser("sari").get(base(meeting)).text.split())


def attach(people: Cast, kind: str, content: bytes, title: str = "SK Nomor 12"):  # type: ignore[no-untyped-def]
    sent = {"kind": kind, "title": title, "paper": (io.BytesIO(content), "x.pdf")}
    return people.browser("sari").post(base(people, "/annexes"), data=sent, content_type="multipart/form-data")


def test_papers_are_attached_looked_at_and_taken_off(people: Cast, moment: datetime) -> None:
    assert attach(people, "decree", PDF).status_code == 303
    refused = attach(people, "terms", b"bukan berkas")
    assert refused.status_code == 422
    assert 'value="SK Nomor 12"' in refused.text
    photo = io.BytesIO()
    place = Image.Exif()
    place[0x010E] = "RAHASIA"
    Image.new("RGB", (40, 30), "red").save(photo, "JPEG", exif=place)
    assert attach(people, "cv", photo.getvalue(), "CV").status_code == 303
    with people.app.app_context():
        ids = {row.kind: row.id for row in db.session.scalars(select(ReportAnnex))}
    assert people.browser("sari").get(base(people, f"/annexes/{ids['decree']}/file")).data == PDF
    assert b"RAHASIA" not in people.browser("sari").get(base(people, f"/annexes/{ids['cv']}/file")).data
    assert "SK Nomor 12" in people.browser("sari").get(base(people)).text
    page = people.browser("sari").get(f"/events/{people.event_id}/preparation").text
    assert "SK terlampir pada laporan" in page
    people.browser("sari").post(base(people, f"/annexes/{ids['decree']}/removal"))
    assert people.browser("sari").get(base(people, f"/annexes/{ids['decree']}/file")).status_code == 404


@needs_fonts
def test_a_report_is_asked_for_made_and_taken_by_who_asked_alone(meeting: Cast) -> None:
    people, sari = meeting, meeting.browser("sari")
    attach(people, "decree", PDF)
    write(people, "cost", "Rp100 juta")
    run = str(sari.post(base(people, "/runs")).location)
    waiting = sari.get(run).text
    assert "Sedang disusun" in waiting
    assert '<noscript><meta http-equiv="refresh"' in waiting
    assert sari.get(f"{run}/progress?seen=making-0").status_code == 204
    work(people.app)
    ready = sari.get(f"{run}/progress?seen=making-0").text
    assert "Unduh DOCX" in ready
    assert "6 bagian masih bertanda" in ready

    pdf = sari.get(f"{run}/pdf").data
    said = words_of(pdf)
    assert "Diundang : 2 kursi pada 2 kantor" in said
    assert "Konfirmasi : 0 kursi" in said
    assert "Hadir : 1 kursi (luring 1, daring 0)" in said
    assert "Dihitung : Selasa, 24 November, 08.55 WIB" in said
    assert "Layanan informasi disamakan (belum disahkan)" in said
    assert "belum diisi" in said
    assert "Agus Contoh" in said
    assert "199009132025242014" not in said.replace(" ", "")
    with pikepdf.open(io.BytesIO(pdf)) as book, book.open_metadata() as meta:
        assert meta["pdfaid:part"] == "2"

    docx = sari.get(f"{run}/docx")
    assert docx.headers["Content-Disposition"].startswith("attachment")
    text = "\n".join(one.text for one in Document(io.BytesIO(docx.data)).paragraphs)
    assert "V. Panitia dan peserta" in text
    assert "Rp100 juta" in text
    assert "Lampiran 2: Surat keputusan panitia" in text

    with ZipFile(io.BytesIO(sari.get(f"{run}/annexes").data)) as archive:
        names = archive.namelist()
        assert archive.read("lampiran/2-sk-panitia/sk-panitia-01.pdf") == PDF
    assert [name.split("/")[1] for name in names if name.startswith("lampiran/4")] == ["4-daftar-hadir"]

    with people.app.app_context(), transaction(unaudited="test"):
        edi = make.user("Edi")
        make.grant(people.event_id, edi.id, Role.EDITOR)
        people.users["edi"] = edi.id
    for part in ("", "/pdf", "/docx", "/progress"):
        assert people.browser("edi").get(f"{run}{part}").status_code == 404
    with people.app.app_context():
        entry = audit.AuditEntry
        taken = db.session.scalars(select(entry.detail).where(entry.action == "report.take").order_by(entry.number))
        assert [one["fields"] for one in taken] == [["pdf"], ["docx"], ["annexes"]]


@needs_fonts
def test_a_report_goes_after_a_day(meeting: Cast, moment: datetime) -> None:
    sari = meeting.browser("sari")
    run = str(sari.post(base(meeting, "/runs")).location)
    work(meeting.app)
    with clock.freeze(moment + timedelta(hours=25), everywhere=True):
        work(meeting.app)
        sari = meeting.browser("sari")
        assert sari.get(f"{run}/docx").status_code == 404
        assert "sudah dihapus" in sari.get(run).text


def test_only_editors_see_it(people: Cast, moment: datetime) -> None:
    for who, status in (("lena", 403), ("rina", 403), ("joko", 404)):
        assert people.browser(who).get(base(people)).status_code == status
