"""Certificates through the pages: rules, the own name, the list, the issue, the paper and its code, what is revoked."""

import io
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zipfile import ZipFile

import pytest
import zxingcpp
from flask import Flask
from sqlalchemy import func, select

from rakor import audit, clock
from rakor.agenda.models import AgendaSpeaker, Speaker
from rakor.agenda.rules import SpeakerPart
from rakor.attendance.models import Checkpoint, PresenceRow
from rakor.attendance.rules.words import Source
from rakor.audit import AuditEntry
from rakor.db import db, transaction
from rakor.documents import certificate_jobs
from rakor.documents.certificate_models import Certificate
from rakor.documents.store import certificates
from rakor.events import links
from rakor.events import store as events
from rakor.events.models import LinkPurpose
from rakor.events.rules import RoleGroup
from rakor.messages.models import Message
from rakor.outbox import Job
from rakor.registrations.models import Registration
from rakor.registrations.rules import RegistrationState
from rakor.web.times import plain
from tests import make
from tests.cast import Cast
from tests.documents.test_routes import work
from tests.fonts import needs_fonts
from tests.papers import words_of

RULES = {
    "is_on": "y", "share": "75", "pattern": "{nomor}/SERT/{bulan}/{tahun}", "place": "Bogor",
    "signatory_post": "Direktur", "signatory_name": "Dr. Ratna Contoh, M.Si.", "signatory_nip": "",
}  # fmt: skip


@dataclass(frozen=True)
class Class_:
    """Who is there: Agus came to both sessions, Budi to one, Kus works for the event; Lia speaks in the first."""

    people: Cast
    ids: dict[str, UUID]
    tokens: dict[str, str]

    @property
    def base(self) -> str:
        return f"/events/{self.people.event_id}/certificates"

    def own(self, who: str, part: str = "") -> str:
        return f"/p/{self.tokens[who]}{part}"

    def held(self, who: str) -> list[Certificate]:
        with self.people.app.app_context():
            return certificates.of_holder(self.people.event_id, self.ids[who])


@pytest.fixture
def class_(people: Cast, moment: datetime) -> Class_:
    event_id = people.event_id
    with people.app.app_context(), transaction(unaudited="test"):
        day, points = events.days(event_id)[1], []
        for number in range(2):
            start = datetime(2026, 11, 24, 1 + 3 * number, tzinfo=UTC)
            item = make.item(event_id, day.id, title=f"Sesi {number + 1}", starts_at=start, counts_for_jp=True,
                             ends_at=start + timedelta(minutes=90), session_number=number + 1)  # fmt: skip
            point = Checkpoint(event_id=event_id, day_id=day.id, item_id=item.id, name="x", created_at=make.AT)
            points.append(make._add(point).id)
            if number == 0:
                lia = make._add(Speaker(event_id=event_id, name="Lia Contoh, M.Si."))
                part = {"speaker_id": lia.id, "part": SpeakerPart.SPEAKER}
                make._add(AgendaSpeaker(event_id=event_id, item_id=item.id, **part))
        committee = make.role(event_id, "Panitia", group=RoleGroup.COMMITTEE)
        office, ids = make.office(people.institution_id), {"Lia": lia.id}
        for name, came, values in (
            ("Agus", points, {"back_title": "S Sos", "email": "agus@contoh.test"}),
            ("Budi", points[:1], {}),
            ("Kus", points[:1], {"role_id": committee.id}),
            ("Batal", [], {"state": RegistrationState.CANCELLED}),
        ):
            person = make.registration(
                event_id, **{"name": f"{name} Contoh", "back_title": "", "office_id": office.id} | values
            )
            ids[name] = person.id
            for point_id in came:
                presence = {"first_in_at": make.AT, "first_source": Source.MANUAL, "fact_count": 1,
                            "duplicate_count": 0, "change_seq": 1, "inside": True}  # fmt: skip
                stay = {"start_at": "2026-11-24T00:00:00+00:00", "end_at": None}
                make._add(PresenceRow(event_id=event_id, registration_id=person.id, checkpoint_id=point_id,
                                      present=True, intervals=[stay], **presence))  # fmt: skip
        tokens = {}
        for name, who in ids.items():
            purpose = LinkPurpose.SPEAKER if name == "Lia" else LinkPurpose.PERSON
            links.make_links(event_id, purpose, [who], now=make.AT)
            tokens[name] = links.token_of(event_id, purpose, who)
    return Class_(people, ids, tokens)


def read_qr(pdf: bytes) -> str:
    import pypdfium2

    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=2, grayscale=True).to_pil()
    return str(zxingcpp.read_barcodes(picture)[0].text)


@needs_fonts
def test_from_the_own_name_to_the_code_on_the_paper(class_: Class_) -> None:
    people, base, guest = class_.people, class_.base, class_.people.app.test_client()
    sari = people.browser("sari")
    assert "belum menerbitkan sertifikat" in sari.get(base).text
    assert "Beginilah nama Anda" not in guest.get(class_.own("Agus")).text
    assert guest.get(class_.own("Agus", "/certificate")).status_code == 404
    assert "Belum tersimpan" in sari.post(f"{base}/rules", data=RULES | {"pattern": "{nama}"}).text
    assert sari.post(f"{base}/rules", data=RULES).status_code == 303

    # P7: he looks at his name, and puts "S.Sos" right himself
    assert "Beginilah nama Anda pada sertifikat: <b>Agus Contoh, S Sos</b>" in " ".join(
        guest.get(class_.own("Agus")).text.split()
    )
    refused = guest.post(class_.own("Agus", "/certificate"), data={"name": "Orang Lain Contoh"})
    assert refused.status_code == 422
    assert "nama orang lain" in refused.text
    guest.post(class_.own("Agus", "/certificate"), data={"name": "Agus Contoh, S.Sos."})
    assert "Anda memeriksanya" in guest.get(class_.own("Agus")).text

    # the list before anything is issued
    front = " ".join(re.sub("<[^>]+>", " ", sari.get(base).text).split())
    assert "akan terbit 3 di antaranya belum memeriksa nama 1 tidak memenuhi 1 tidak diberi 0 sudah terbit 0" in front
    assert "180 menit yang dihitung" in front
    short = sari.get(f"{base}/people?show=short").text
    assert ("Budi Contoh" in short, "Agus Contoh" in short) == (True, False)
    assert "Nama diperiksa" in sari.get(f"{base}/people?q=agus").text
    asked = str(sari.post(f"{base}/issue", data={"by_mail": "y"}).location)
    second = str(sari.post(f"{base}/issue", data={"by_mail": "y"}).location)
    assert "Sedang disusun" in sari.get(asked).text
    work(people.app)
    told = [sari.get(f"{run}/progress").text for run in (asked, second)]  # whichever the worker took first
    assert sorted("3 sertifikat" in one for one in told) == [False, True]
    assert sorted("Tidak ada yang baru" in one for one in told) == [False, True]

    # the paper says what he wrote, and its code leads to name, event, dates, JP, and nothing more
    paper = guest.get(class_.own("Agus", "/certificate.pdf"))
    assert "Agus Contoh, S.Sos." in (words := words_of(paper.data))
    assert "setara dengan 4 jam pelajaran (JP)" in words
    address = read_qr(paper.data)
    page = guest.get(path := "/" + address.split("/", 3)[3])
    body = plain(page.text.split("<main")[1].split("</main>")[0])
    shown = " ".join(re.sub("<[^>]+>", " ", body).split())
    assert shown.split("Berlaku", 1)[1].strip() == (
        "Sertifikat ini diterbitkan oleh penyelenggara dan masih berlaku. Nama Agus Contoh, S.Sos. Kegiatan Rapat "
        "Koordinasi Nasional Pelayanan Informasi 2026 Tanggal 23–25 November 2026 Jam pelajaran 4 JP"
    )
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert 'name="robots" content="noindex"' in page.text
    lost = guest.get("/cert/" + "a" * 26)
    assert (lost.status_code, "Tidak dikenal" in lost.text) == (404, True)
    assert guest.get("/cert/0001").status_code == 404  # a running number opens nothing

    # Lia spoke: hers opens from her own page; who has only a desk gives nothing out
    assert "sebagai NARASUMBER pada" in words_of(guest.get(f"/s/{class_.tokens['Lia']}/certificate.pdf").data)
    assert "Unduh sertifikat" in guest.get(f"/s/{class_.tokens['Lia']}").text
    assert people.browser("rina").get(base).status_code == 403
    with people.app.app_context():
        told = db.session.scalars(select(Message).where(Message.kind == "certificate")).all()
        assert {row.recipient_id for row in told} == {class_.ids["Agus"], class_.ids["Kus"]}
        assert sorted(row.serial for row in db.session.scalars(select(Certificate))) == [1, 2, 3]

    # revoked, replaced: the old code says so, the new number follows, no number returns
    with people.app.app_context(), transaction(unaudited="test"):
        db.session.get_one(Registration, class_.ids["Agus"]).name = "Agustinus Contoh"
    [row] = class_.held("Agus")
    assert row.name == "Agus Contoh, S.Sos."  # what was issued stays
    one = f"{base}/{row.id}"
    assert sari.post(f"{one}/anew", data={"reason": "salah"}).status_code == 422
    anew = sari.post(f"{one}/anew", data={"reason": "nama dibetulkan panitia"})
    work(people.app)
    assert "Dicabut" in (gone := guest.get(path).text)
    assert "nama dibetulkan" not in gone
    fresh = guest.get(class_.own("Agus", "/certificate.pdf")).data
    assert "Agustinus Contoh, S.Sos." in words_of(fresh)
    assert "0004/SERT" in words_of(fresh)
    assert sari.post(f"{one}/anew", data={"reason": "nama dibetulkan panitia"}).status_code == 303
    sari.post(f"{anew.location}/revoke", data={"reason": "ternyata bukan peserta"})
    assert guest.get(class_.own("Agus", "/certificate.pdf")).status_code == 303  # back to the own page
    assert [row.serial for row in class_.held("Agus")] == [4, 1]
    data = guest.get(class_.own("Agus", "/data.json")).get_json()
    assert [(one["number"][:4], bool(one["revoked_at"])) for one in data["certificates"]] == [
        ("0004", True), ("0001", True)
    ]  # fmt: skip
    with people.app.app_context():
        acts = list(db.session.scalars(select(AuditEntry.action).where(AuditEntry.chain_id == people.event_id)))
        assert {"certificate.rules", "certificate.name_check", "certificate.issue", "certificate.replace",
                "certificate.revoke"} <= set(acts)  # fmt: skip
        assert audit.verify(db.session(), people.event_id) is None


@needs_fonts
def test_papers_that_were_given_up_are_set_again_and_nothing_is_issued_twice(
    class_: Class_, monkeypatch: pytest.MonkeyPatch
) -> None:
    people, base = class_.people, class_.base
    sari = people.browser("sari")
    sari.post(f"{base}/rules", data=RULES)
    assert "Susun lagi" not in sari.get(base).text
    asked = str(sari.post(f"{base}/issue", data={}).location)
    with monkeypatch.context() as broken:
        broken.setattr(certificate_jobs, "compile_pdfs", _torn)
        broken.setattr("rakor.outbox.MAX_ATTEMPTS", 1)
        work(people.app)
    assert "Tidak dapat disusun" in sari.get(asked).text
    assert "Susun lagi yang belum ada" in sari.get(base).text
    assert people.browser("rina").post(f"{base}/press").status_code == 403
    assert sari.post(f"{base}/press").status_code == 303
    assert "Susun lagi" not in sari.get(base).text  # it is under way
    sari.post(f"{base}/press")
    work(people.app)
    assert "Semua sudah siap" in sari.get(asked).text
    with people.app.app_context():
        assert certificates.counts(people.event_id) == (3, 3, 0)
        named = select(func.count()).where(AuditEntry.action == "certificate.press_again")
        assert db.session.scalar(named) == 1


def _torn(*_args: object, **_more: object) -> list[bytes]:
    raise RuntimeError("no room on the disk")


@needs_fonts
def test_one_person_is_decided_for_and_a_later_issue_adds_only_that(class_: Class_, moment: datetime) -> None:
    people, base, sari = class_.people, class_.base, class_.people.browser("sari")
    sari.post(f"{base}/rules", data=RULES)
    sari.post(f"{base}/issue")
    work(people.app)
    budi = f"{base}/people/{class_.ids['Budi']}"
    decided = {"decision": "give", "jp": "3", "reason": "Zoom terputus, ada bukti"}
    assert sari.post(budi, data=decided | {"reason": "x"}).status_code == 422
    assert sari.post(budi, data=decided).status_code == 303
    assert "Zoom terputus" in sari.get(f"{base}/people?show=ready").text
    again = str(sari.post(f"{base}/issue").location)
    work(people.app)
    assert "1 sertifikat" in sari.get(again).text
    assert [(row.serial, row.jp) for row in class_.held("Budi")] == [(4, 3)]
    with people.app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Message).where(Message.kind == "certificate")) == 0

    # a ZIP by province, for who asked, at every download
    bundle = str(sari.post(f"{base}/bundle").location)
    work(people.app)
    answer = sari.get(f"{bundle}/file")
    with ZipFile(io.BytesIO(answer.data)) as book:
        assert book.testzip() is None
        names = book.namelist()
    assert len(names) == 4
    assert "93-papua-selatan/sertifikat-0004-budi-contoh.pdf" in names
    other = people.browser("admin")
    assert [other.get(f"{bundle}{part}").status_code for part in ("", "/progress", "/file")] == [404] * 3
    sample = str(sari.post(f"{base}/sample").location)
    work(people.app)
    assert sari.get(f"{sample}/sample").mimetype == "image/png"
    assert sari.get(f"{sample}/file").status_code == 404
    with clock.freeze(moment + timedelta(hours=25), everywhere=True):
        work(people.app)
        later = people.browser("sari")
        assert "Sudah dihapus" in later.get(bundle).text
        assert later.get(f"{bundle}/file").status_code == 404
        assert later.get(f"{base}/{class_.held('Budi')[0].id}/paper").status_code == 200  # certificates stay


@needs_fonts
def test_a_worker_that_dies_sets_the_rest_and_gives_nothing_twice(
    lite: Flask, monkeypatch: pytest.MonkeyPatch, moment: datetime
) -> None:
    """Three pieces; the second press breaks once. Every serial is there once, every paper is set."""
    from tests.conftest import Client

    lite.test_client_class = Client
    with lite.app_context():
        with transaction(unaudited="test"):
            event = make.event(make.institution().id)
            user = make.user("Sari")
            from rakor.documents.certificate_models import CertificateRuling, RunKind
            from rakor.documents.store import certificate_runs

            certificates.save_rules(event.id, {"is_on": True, "signatory_name": "Ratna Contoh"})
            for number in range(5):
                person = make.registration(event.id, name=f"Orang {number} Contoh")
                ruling = {"granted": True, "reason": "test", "ruled_at": make.AT}
                make._add(CertificateRuling(event_id=event.id, registration_id=person.id, **ruling))
            run_id = certificate_runs.ask(event.id, RunKind.ISSUE, user_id=user.id, now=clock.now()).id
        monkeypatch.setattr(certificate_jobs, "PIECE", 2)
        real, calls = certificate_jobs.compile_pdfs, []

        def press(*args: object, **how: object) -> list[bytes]:
            calls.append(len(args[1]))  # type: ignore[arg-type]
            if len(calls) == 2:
                raise OSError("the machine went down")
            return real(*args, **how)  # type: ignore[arg-type]

        monkeypatch.setattr(certificate_jobs, "compile_pdfs", press)
        work(lite)
        done, whole = certificate_runs.set_of(event.id, run_id)
        assert (done in (3, 4), whole) == (True, 5)
        db.session.rollback()
        with clock.freeze(moment + timedelta(minutes=5), everywhere=True):
            work(lite)
        assert certificate_runs.set_of(event.id, run_id) == (5, 5)
        assert sum(calls) == 5 + calls[1]
        assert list(db.session.scalars(select(Certificate.serial).order_by(Certificate.serial))) == [1, 2, 3, 4, 5]
        assert db.session.scalar(select(func.count()).select_from(Job).where(Job.state == "failed")) == 0
