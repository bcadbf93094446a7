"""What speakers hand in: by form or in parts, in versions, public after the session; on both databases."""

import io
import zipfile
from datetime import timedelta
from uuid import UUID

from PIL import Image

from rakor import clock, files, outbox
from rakor.agenda import upload_store
from rakor.audit import AuditEntry
from rakor.db import db
from rakor.segments import SEGMENT
from tests import make
from tests.agenda import making
from tests.portal.talking import ENDS, Talk, begin, parts, talk

__all__ = ["talk"]


def test_a_plain_form_keeps_versions_and_the_organiser_sees_them(talk: Talk) -> None:
    first, second = making.office(), making.office(more={"ppt/slides/slide1.xml": "<p/>"})
    assert talk.send(first).status_code == 303
    (one,) = talk.materials()
    assert talk.send(second, material_id=str(one.id), is_open="1").status_code == 303
    (one,) = talk.materials()
    assert [version.number for version in one.versions] == [2, 1]
    assert one.is_open
    own = talk.phone().get(talk.at(more=f"/materials/{one.newest.id}"))
    assert own.data == second
    assert own.headers["Content-Disposition"] == "attachment; filename*=UTF-8''paparan.pptx"
    assert own.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    sari = talk.people.browser("sari")
    page = f"/events/{talk.people.event_id}/speakers"
    assert "Versi 2, 08.55, belum diambil" in sari.get(page).text
    taken = sari.post(f"/events/{talk.people.event_id}/materials/{one.newest.id}/taking")
    assert taken.data == second
    assert taken.headers["Content-Disposition"].endswith("01_Sesi-2_Dr-Ratna-Contoh-M-Si.pptx")
    assert "Versi 2, 08.55, diambil 08.55" in sari.get(page).text
    assert "Diambil panitia" in talk.phone().get(talk.at()).text


def test_a_refused_file_says_why_and_leaves_nothing(talk: Talk) -> None:
    answer = talk.send(b"MZ\x90\x00 not a presentation")
    assert answer.status_code == 422
    assert "Jenis berkas ini tidak diterima" in answer.text
    assert talk.materials() == []
    assert not list((talk.people.app.config["RAKOR"].instance / "files").rglob("*.part"))


def test_a_link_is_kept_only_where_it_is_https(talk: Talk) -> None:
    for wrong in ("http://contoh.test/a", "javascript:alert(1)", "https://x y", "https://a\nb.test", "file:///etc"):
        assert talk.send(b"", file=(io.BytesIO(b""), ""), url=wrong).status_code == 422, wrong
    assert talk.send(b"", file=(io.BytesIO(b""), ""), url="https://contoh.test/materi?id=1").status_code == 303
    (one,) = talk.materials()
    assert one.newest.url == "https://contoh.test/materi?id=1"


def test_an_upload_goes_on_where_it_broke(talk: Talk) -> None:
    content = making.office(size=SEGMENT * 3)
    begun = begin(talk, content, is_open="1").json
    assert begun["arrived"] == 0
    parts(talk, begun["url"], content, 0, SEGMENT * 2)
    assert "Unggahan belum selesai: paparan.pptx" in talk.phone().get(talk.at()).text
    again = begin(talk, content).json
    assert (again["url"], again["arrived"]) == (begun["url"], SEGMENT * 2)
    early = talk.phone().post(f"{begun['url']}/completion")
    assert (early.status_code, early.json["arrived"]) == (409, SEGMENT * 2)
    parts(talk, begun["url"], content, SEGMENT * 2, len(content))
    done = talk.phone().post(f"{begun['url']}/completion")
    assert done.status_code == 200
    (one,) = talk.materials()
    assert one.newest.byte_count == len(content)
    assert talk.phone().get(talk.at(more=f"/materials/{one.newest.id}")).data == content
    assert talk.phone().post(f"{begun['url']}/completion").status_code == 404
    assert not list((talk.people.app.config["RAKOR"].instance / "files").rglob("*.part"))


def test_a_part_twice_or_too_early_changes_nothing(talk: Talk) -> None:
    content = making.office(size=SEGMENT * 2)
    url = begin(talk, content).json["url"]
    parts(talk, url, content, 0, SEGMENT)
    for start in (0, SEGMENT * 2, 7):
        answer = talk.phone().post(f"{url}?from={start}", data=content[start : start + SEGMENT])
        assert answer.json["arrived"] == SEGMENT
    assert talk.phone().post(url, data=b"x").status_code == 400
    assert talk.phone().post(f"{url}?from=0", data=b"x" * (SEGMENT * 4 + 1)).status_code == 413


def test_what_arrived_differently_is_refused(talk: Talk) -> None:
    content = making.office(size=SEGMENT)
    url = begin(talk, content).json["url"]
    wrong = bytearray(content)
    wrong[len(wrong) // 2] ^= 1
    parts(talk, url, bytes(wrong), 0, len(wrong))
    answer = talk.phone().post(f"{url}/completion")
    assert answer.status_code == 422
    assert "tidak sama" in answer.json["problem"]
    assert talk.materials() == []


def test_an_upload_that_nobody_ends_is_thrown_away(talk: Talk) -> None:
    content = making.office(size=SEGMENT)
    url = begin(talk, content).json["url"]
    parts(talk, url, content, 0, SEGMENT)
    upload_id = UUID(url.rsplit("/", 1)[1])
    with talk.people.app.app_context(), clock.freeze(clock.now() + timedelta(days=8), everywhere=True):
        assert files.part_of(upload_id).exists()
        assert talk.phone().get(url).status_code == 404
        while outbox.run_next():
            pass
        assert not files.part_of(upload_id).exists()
        assert upload_store.uploads(talk.people.event_id, talk.speaker_id, now=make.AT) == []


def test_only_three_uploads_wait_at_once(talk: Talk) -> None:
    urls = []
    for n in range(5):
        with clock.freeze(clock.now() + timedelta(minutes=n), everywhere=True):
            urls.append(begin(talk, making.office(size=SEGMENT + n)).json["url"])
    with talk.people.app.app_context():
        left = upload_store.uploads(talk.people.event_id, talk.speaker_id, now=clock.now())
    assert {one.id for one in left} == {UUID(url.rsplit("/", 1)[1]) for url in urls[2:]}


def test_a_heavy_file_is_refused_before_it_is_sent(talk: Talk) -> None:
    answer = begin(talk, b"x", size=str(50 * 1024 * 1024 + 1))
    assert answer.status_code == 422
    assert "50 MB" in answer.json["problem"]
    for wrong in ({"size": "0"}, {"size": "x"}, {"digest": "zz"}, {"digest": "00"}):
        assert begin(talk, b"x", **wrong).status_code == 400, wrong


def test_a_picture_loses_its_place_and_camera(talk: Talk) -> None:
    for kind in ("JPEG", "PNG"):
        assert talk.send(making.picture(kind)).status_code == 303
    for one in talk.materials():
        content = talk.phone().get(talk.at(more=f"/materials/{one.newest.id}")).data
        assert b"Kamera" not in content
        with Image.open(io.BytesIO(content)) as picture:
            assert dict(picture.getexif()) == {}
            assert picture.size == (320, 200)


def test_a_material_is_public_only_after_its_session_and_when_both_agree(talk: Talk) -> None:
    content = making.office()
    talk.send(content, is_open="1")
    (one,) = talk.materials()
    url = f"/e/{talk.people.slug}/materials/{one.id}"
    assert "Materi" not in talk.public()
    assert talk.phone().get(url).status_code == 404
    with clock.freeze(ENDS, everywhere=True):
        assert url in talk.public()
        answer = talk.phone().get(url)
        assert answer.data == content
        assert answer.headers["Content-Disposition"].startswith("attachment;")
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        rest = talk.phone().get(url, headers={"Range": "bytes=10-19", "If-Range": answer.headers["ETag"]})
        assert (rest.status_code, rest.data) == (206, content[10:20])
        sari = talk.people.browser("sari")
        sari.post(f"/events/{talk.people.event_id}/materials/{one.id}/withholding")
        assert url not in talk.public()
        assert talk.phone().get(url).status_code == 404
        sari.post(f"/events/{talk.people.event_id}/materials/{one.id}/withholding")
        talk.phone().post(talk.at(more=f"/materials/{one.id}/openness"), data={"is_open": "0"})
        assert talk.phone().get(url).status_code == 404


def test_all_materials_come_as_one_archive_under_safe_names(talk: Talk) -> None:
    talk.send(making.office())
    with clock.freeze(clock.now() + timedelta(minutes=1), everywhere=True):
        talk.send(making.pdf())
    talk.send(b"", file=(io.BytesIO(b""), ""), url="https://contoh.test/video")
    answer = talk.people.browser("sari").post(f"/events/{talk.people.event_id}/materials/archive")
    assert answer.headers["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as packed:
        assert packed.testzip() is None
        assert packed.namelist() == [
            "01_Sesi-2_Dr-Ratna-Contoh-M-Si.pptx",
            "01_Sesi-2_Dr-Ratna-Contoh-M-Si.pdf",
            "tautan.txt",
        ]
        assert packed.read("tautan.txt") == b"Sesi 2, Dr. Ratna Contoh, M.Si.: https://contoh.test/video"
    assert all(one.newest.taken_at for one in talk.materials())
    with talk.people.app.app_context():
        acts = db.session.query(AuditEntry).filter_by(chain_id=talk.people.event_id, action="material.take").all()
        assert [entry.detail["count"] for entry in acts] == [3]
