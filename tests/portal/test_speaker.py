"""A speaker's own page through HTTP, on both databases."""

import io
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from PIL import Image

from rakor import audit, clock, files, outbox
from rakor.agenda import material_store, speaker_store, upload_store
from rakor.agenda.material_rules import SpeakerAnswer
from rakor.agenda.models import AgendaSpeaker, Speaker
from rakor.agenda.rules import SpeakerPart
from rakor.audit import AuditEntry
from rakor.db import db, transaction
from rakor.events import links
from rakor.events.models import EventDay, LinkPurpose
from rakor.portal import cache
from rakor.segments import SEGMENT
from tests import make
from tests.agenda import making
from tests.cast import Cast

STARTS, ENDS = datetime(2026, 11, 24, 1, 0, tzinfo=UTC), datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Talk:
    """Ratna speaks in session 2, which Nur moderates; Hendra speaks in the other event."""

    people: Cast
    item_id: UUID
    speaker_id: UUID
    tokens: dict[str, str]

    def phone(self) -> FlaskClient:
        return self.people.app.test_client()

    def at(self, who: str = "ratna", more: str = "") -> str:
        return f"/s/{self.tokens[who]}{more}"

    def send(self, content: bytes, who: str = "ratna", **values: Any) -> Any:
        form = {"item_id": str(self.item_id), "material_id": "", "file": (io.BytesIO(content), "paparan.pptx")}
        return self.phone().post(self.at(who, "/materials"), data=form | values)

    def materials(self) -> list[material_store.MaterialView]:
        with self.people.app.app_context():
            return material_store.materials(self.people.event_id)

    def public(self) -> str:
        cache.forget()
        return self.phone().get(f"/e/{self.people.slug}").text


def _speaker(event_id: UUID, item_id: UUID, name: str, part: SpeakerPart) -> tuple[UUID, str]:
    row = make._add(Speaker(event_id=event_id, name=name, post="Direktur", organization="Kementerian Contoh"))
    make._add(AgendaSpeaker(event_id=event_id, item_id=item_id, speaker_id=row.id, part=part))
    links.make_links(event_id, LinkPurpose.SPEAKER, [row.id], now=make.AT)
    return row.id, links.token_of(event_id, LinkPurpose.SPEAKER, row.id)


@pytest.fixture
def talk(people: Cast, moment: datetime) -> Talk:
    with people.app.app_context(), transaction():
        audit.record("test.talk")
        day = db.session.query(EventDay).filter_by(event_id=people.event_id, number=2).one()
        item = make.item(people.event_id, day.id, starts_at=STARTS, ends_at=ENDS)
        ratna, ratnas = _speaker(people.event_id, item.id, "Dr. Ratna Contoh, M.Si.", SpeakerPart.SPEAKER)
        _, nurs = _speaker(people.event_id, item.id, "Nur Contoh", SpeakerPart.MODERATOR)
        other = make.event(people.institution_id)
        far = db.session.query(EventDay).filter_by(event_id=other.id, number=1).one()
        foreign = make.item(other.id, far.id, starts_at=None, ends_at=None)
        _, hendras = _speaker(other.id, foreign.id, "Hendra Contoh", SpeakerPart.SPEAKER)
        tokens = {"ratna": ratnas, "nur": nurs, "hendra": hendras}
    return Talk(people, item.id, ratna, tokens)


def begin(talk: Talk, content: bytes, who: str = "ratna", **values: str) -> Any:
    form = {
        "item_id": str(talk.item_id), "material_id": "", "name": "paparan.pptx", "size": str(len(content)),
        "digest": sha256(content).hexdigest(),
    }  # fmt: skip
    return talk.phone().post(talk.at(who, "/uploads"), data=form | values)


def parts(talk: Talk, url: str, content: bytes, start: int, until: int) -> int:
    while start < until:
        start = talk.phone().post(f"{url}?from={start}", data=content[start : start + SEGMENT]).json["arrived"]
    return start


def test_the_page_says_when_where_and_with_whom(talk: Talk) -> None:
    page = talk.phone().get(talk.at()).text
    for words in ("Dr. Ratna Contoh", "08.00", "WIB", "Nur Contoh", "Hotel Contoh", "calendar.ics", "Anda narasumber"):
        assert words in page
    moderator = talk.phone().get(talk.at("nur")).text
    assert "Anda moderator" in moderator
    assert "/clock" in moderator
    assert "/clock" not in page


def test_a_refusal_has_a_reason_and_reaches_the_organisers(talk: Talk) -> None:
    bare = talk.phone().post(talk.at(more="/answer"), data={"answer": "declined", "reason": ""})
    assert bare.status_code == 422
    assert "Tulis alasannya" in bare.text
    said = {"answer": "declined", "reason": "Dipanggil ke DPR <b>"}
    assert talk.phone().post(talk.at(more="/answer"), data=said).status_code == 303
    sari = talk.people.browser("sari")
    listed = sari.get(f"/events/{talk.people.event_id}/speakers").text
    assert "Berhalangan" in listed
    assert "Dipanggil ke DPR &lt;b&gt;" in listed
    with talk.people.app.app_context():
        kept = speaker_store.profile(talk.people.event_id, talk.speaker_id)
        assert kept.answer is SpeakerAnswer.DECLINED
    talk.phone().post(talk.at(more="/answer"), data={"answer": "accepted", "reason": "lupa dihapus"})
    with talk.people.app.app_context():
        kept = speaker_store.profile(talk.people.event_id, talk.speaker_id)
        assert (kept.answer, kept.reason) == (SpeakerAnswer.ACCEPTED, "")


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


def test_nobody_reaches_into_another_speakers_things(talk: Talk) -> None:
    talk.send(making.office())
    (one,) = talk.materials()
    url = begin(talk, making.office(size=SEGMENT)).json["url"]
    upload = url.rsplit("/", 1)[1]
    for who in ("nur", "hendra"):
        phone = talk.phone()
        assert phone.get(talk.at(who, f"/materials/{one.newest.id}")).status_code == 404
        assert phone.post(talk.at(who, f"/materials/{one.id}/openness"), data={"is_open": "1"}).status_code == 404
        assert phone.get(talk.at(who, f"/uploads/{upload}")).status_code == 404
        assert phone.post(talk.at(who, f"/uploads/{upload}?from=0"), data=b"x").status_code == 404
        assert phone.post(talk.at(who, f"/uploads/{upload}/completion")).status_code == 404
        assert phone.post(talk.at(who, f"/uploads/{upload}/removal")).status_code == 303
        assert talk.send(making.office(), who, material_id=str(one.id)).status_code == 404
    assert talk.send(making.office(), "hendra").status_code == 404
    assert not talk.materials()[0].is_open
    assert talk.phone().get(url).status_code == 200


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


def test_links_are_made_renewed_and_revoked(talk: Talk) -> None:
    sari, event = talk.people.browser("sari"), f"/events/{talk.people.event_id}"
    page = f"{event}/speakers/{talk.speaker_id}"
    shown = sari.get(page).text
    assert talk.tokens["ratna"] in shown
    assert "Yth. Dr. Ratna Contoh" in shown
    sari.post(f"{page}/link")
    assert talk.phone().get(talk.at()).status_code == 404
    assert talk.tokens["ratna"] not in sari.get(page).text
    sari.post(f"{page}/link/revocation")
    assert "Belum ada tautan yang berlaku" in sari.get(page).text
    sari.post(f"{event}/speaker-links")
    assert "Belum ada tautan yang berlaku" in sari.get(page).text  # a revoked one does not come back by itself
    sari.post(f"{page}/link")
    assert "/s/" in sari.get(page).text
    lena = talk.people.browser("rina")
    assert lena.get(page).status_code == 403


def test_a_portrait_is_drawn_anew_and_shown_to_everybody(talk: Talk) -> None:
    sari, page = talk.people.browser("sari"), f"/events/{talk.people.event_id}/speakers/{talk.speaker_id}"
    photo = {"photo": (io.BytesIO(making.picture(size=(900, 1600))), "foto.jpg")}
    assert sari.post(f"{page}/photo", data=photo).status_code == 303
    bad = {"photo": (io.BytesIO(b"<svg onload=alert(1)>"), "foto.jpg")}
    assert sari.post(f"{page}/photo", data=bad).status_code == 422
    assert sari.post(page, data={"bio": "Peneliti keterbukaan informasi."}).status_code == 303
    public = talk.public()
    assert "Peneliti keterbukaan informasi." in public
    with talk.people.app.app_context():
        file_id = speaker_store.profile(talk.people.event_id, talk.speaker_id).photo_file_id
    address = f"/e/{talk.people.slug}/speakers/{talk.speaker_id}/photo/{file_id}"
    assert address in public
    with Image.open(io.BytesIO(talk.phone().get(address).data)) as picture:
        assert picture.size == (480, 480)
        assert dict(picture.getexif()) == {}
    sari.post(f"{page}/photo/removal")
    assert talk.phone().get(address).status_code == 404
