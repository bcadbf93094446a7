"""Locked lists: what is kept is read back whole, what changed is named, and the signed paper lies beside it."""

import io
import re
from dataclasses import replace
from uuid import UUID, uuid4

from sqlalchemy import select

from rakor import clock
from rakor.attendance.models import Checkpoint
from rakor.attendance.store.own import enter_own
from rakor.db import db, transaction
from rakor.documents.models import ListVersion
from rakor.documents.rules import arrange
from rakor.documents.rules.versions import differences, read, written
from rakor.events import store as events
from rakor.files import StoredFile
from rakor.registrations.models import Registration
from rakor.seats.rules.papers import PaperKind
from rakor.seats.store.assignments import Paper, keep_assignment
from rakor.sources.rules.marking import by_hand
from tests import make
from tests.cast import Cast
from tests.documents.test_paper import AT, person
from tests.documents.test_routes import ANY, needs_fonts, second_day, work
from tests.papers import words_of
from tests.seats.test_letters import a_pdf

__all__ = ["second_day"]


def test_what_is_kept_is_read_back_and_every_difference_is_named() -> None:
    rows = [person(1, present=True, present_at=AT, strokes="1,1 9,9", region=("93", "9301")), person(2, seat=None)]
    listed = arrange(rows, open_seat_count=3)
    assert read(written(listed)) == listed
    assert not differences(listed.rows, listed.rows)
    assert not differences(rows, [replace(rows[0], present_at=AT.replace(second=9)), rows[1]])
    late = replace(rows[1], present=True, post="Ketua")
    found = differences(rows, [late, person(3)])
    assert [row.person for row in found.added] == ["3"]
    assert [row.person for row in found.removed] == ["1"]
    assert found.changed == ((rows[1], late, ("post", "present")),)


@needs_fonts
def test_a_locked_list_stays_and_what_comes_later_is_version_2(people: Cast, second_day: UUID) -> None:
    sari, base = people.browser("sari"), f"/events/{people.event_id}/documents"
    asked = {"kind": "participants", "occasion": str(second_day), "province": "all", "format": "pdf", **ANY}
    first = sari.post(f"{base}/versions", data=asked).location
    assert sari.post(f"{base}/versions", data=asked).location == first, "nothing changed: no version"
    assert "masih sama dengan versi ini" in sari.get(first).text
    with people.app.app_context(), transaction(unaudited="test"):
        event = events.locked_event(people.event_id)
        who = db.session.scalars(select(Registration)).one()
        point = make._add(Checkpoint(event_id=event.id, day_id=second_day, name="Hari 2", created_at=make.AT)).id
        assert enter_own(
            event.id, by_hand(uuid4(), who.id, point, clock.now(), event.admission), "Lupa", now=clock.now()
        )
        make.registration(people.event_id, name="Tamu Contoh", back_title="")
    page = sari.get(first).text
    assert "Ditambahkan: 1" in page
    assert "Tamu Contoh" in page
    assert re.search(r"Agustina Contoh.*kehadiran, jam.*kini hadir", page, re.S)
    second = sari.post(f"{base}/versions", data=asked).location
    assert second != first
    assert "versi 2" in sari.get(second).text
    told = sari.get(second).text.split("Dibanding versi 1")[1]
    assert "Ditambahkan: 1" in told
    assert "Tamu Contoh" in told
    assert re.search(r"Agustina Contoh.*kehadiran, jam.*kini hadir", told, re.S)

    # the paper of version 1 says what version 1 said, and its code that the ledger does not
    paper = sari.post(f"{first}/paper").location
    work(people.app)
    printed = words_of(sari.get(f"{paper}/file").data)
    assert "Tamu" not in printed
    assert "Agustina" in printed
    checked = people.app.test_client().get(f"/periksa/daftar/{paper.rsplit('/', 1)[1]}").text
    assert "sudah berubah" in checked
    assert "1, dikunci" in checked

    assert "Versi : 1, dikunci" in printed
    newer = sari.post(f"{second}/paper").location
    work(people.app)
    printed = words_of(sari.get(f"{newer}/file").data)
    assert "Tamu" in printed
    assert "Dibanding versi 1: 1 ditambahkan, 1 berubah" in printed

    # the scan of the signed paper
    signed = a_pdf()
    wrong = sari.post(f"{first}/scan", data={"paper": (io.BytesIO(b"MZ not a paper"), "a.pdf")})
    assert wrong.status_code == 422
    assert sari.post(f"{first}/scan", data={"paper": (io.BytesIO(signed), "../a.pdf")}).status_code == 303
    kept = sari.get(f"{first}/scan")
    assert (kept.mimetype, kept.data) == ("application/pdf", signed)
    assert people.browser("lena").get(f"{first}/scan").status_code == 403
    with people.app.app_context():
        rows = db.session.scalars(select(ListVersion).order_by(ListVersion.number)).all()
        assert [(row.number, row.row_count, row.present_count) for row in rows] == [(1, 1, 0), (2, 2, 1)]
        sealed = db.session.scalars(select(StoredFile).where(StoredFile.id == rows[0].rows_id)).one()
        raw = (people.app.config["RAKOR"].instance / "files" / sealed.id.hex[:2] / sealed.id.hex).read_bytes()
        assert b"Agustina" not in raw


def test_who_owes_a_letter_of_assignment(people: Cast, second_day: UUID) -> None:
    sari, url = people.browser("sari"), f"/events/{people.event_id}/documents/lacking-letters"
    page = sari.get(url).text
    assert "1 kantor, 1 orang." in page
    assert "Agustina Contoh, S.E." in page
    assert re.search(r"Yth\. Kantor .*surat tugas untuk 1 orang.*/o/[a-z2-7]{26}/assignments", page)
    with people.app.app_context(), transaction():
        who = db.session.scalars(select(Registration)).one()
        make.registration(people.event_id, name="Kedua Contoh", office_id=who.office_id)
        paper = Paper("ST/1", clock.now().date(), who.id, PaperKind.PDF, a_pdf())
        keep_assignment(people.event_id, who.office_id, paper, now=clock.now())
    page = sari.get(url).text
    assert "Kedua Contoh" in page
    assert "Agustina" not in page
    with people.app.app_context(), transaction():
        paper = Paper("ST/2", clock.now().date(), None, PaperKind.PDF, a_pdf())
        keep_assignment(people.event_id, who.office_id, paper, now=clock.now())
    assert "Semua surat tugas sudah masuk" in sari.get(url).text
