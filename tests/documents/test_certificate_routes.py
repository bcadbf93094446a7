"""Certificates through the pages: rules, the own name, the list, the issue, the paper and its code, what is revoked."""

import io
import re
from datetime import datetime, timedelta
from zipfile import ZipFile

import pytest
import zxingcpp
from sqlalchemy import func, select

from rakor import audit, clock
from rakor.agenda.speaking_models import SpeakerProfile
from rakor.audit import AuditEntry
from rakor.db import db, transaction
from rakor.documents import certificate_letters
from rakor.documents.certificate_models import Certificate
from rakor.messages import delivery
from rakor.messages.models import Message
from rakor.registrations.models import Registration
from rakor.web.times import plain
from tests import make
from tests.documents.conftest import RULES, Class_
from tests.documents.test_routes import work
from tests.fonts import needs_fonts
from tests.papers import words_of


def read_qr(pdf: bytes) -> str:
    import pypdfium2

    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=2, grayscale=True).to_pil()
    return str(zxingcpp.read_barcodes(picture)[0].text)


@needs_fonts
def test_from_the_own_name_to_the_code_on_the_paper(class_: Class_, monkeypatch: pytest.MonkeyPatch) -> None:
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
    with people.app.app_context(), transaction(unaudited="test"):
        make._add(SpeakerProfile(event_id=people.event_id, speaker_id=class_.ids["Lia"], email="lia@example.com"))
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
        assert {row.recipient_id for row in told} == {class_.ids[name] for name in ("Agus", "Kus", "Lia")}
        assert sorted(row.serial for row in db.session.scalars(select(Certificate))) == [1, 2, 3]

        # each mail carries that person's paper, and the way to the page that says whether it still holds
        [mine] = [row for row in told if row.recipient_id == class_.ids["Agus"]]
        db.session.get_one(Registration, class_.ids["Agus"]).email = "agus@example.com"
        said = delivery.written(mine)
        assert said is not None
        assert said[1] is not None
        [attached] = said[1].iter_attachments()
        assert (attached.get_content_type(), attached.get_filename()) == ("application/pdf", "sertifikat-0001.pdf")
        assert attached.get_content() == paper.data
        assert address in str(said[1].get_body(("plain",)).get_content())
        [hers] = [row for row in told if row.recipient_id == class_.ids["Lia"]]
        lias = delivery.written(hers)
        assert lias is not None
        assert lias[1] is not None
        assert lias[1]["To"] == "lia@example.com"
        [attached] = lias[1].iter_attachments()
        assert "sebagai NARASUMBER pada" in words_of(attached.get_content())
        assert f"/s/{class_.tokens['Lia']}" in str(lias[1].get_body(("plain",)).get_content())
        monkeypatch.setattr(certificate_letters, "MOST_ATTACHED", 1000)
        heavy = delivery.written(mine)
        assert heavy is not None
        assert heavy[0].paper is None
        assert "Unduh PDF-nya dari halaman Anda." in heavy[0].paragraphs
        db.session.rollback()

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
