"""Draft, reviewed, approved, a new version: what was approved stays, and what comes later says what it changed."""

import re
from datetime import datetime
from io import BytesIO
from uuid import UUID, uuid4

import pytest
from PIL import Image

from rakor import clock
from rakor.agenda.pictures import Drawn
from rakor.db import transaction
from rakor.minutes.rules.release import PhotoBasis
from rakor.minutes.store import approval, notes, release
from tests.cast import Cast
from tests.documents.test_paper import needs_fonts
from tests.documents.test_routes import work
from tests.minutes.noting import a_session, approve, head, parents_on, url, write
from tests.papers import words_of


@pytest.fixture
def base(people: Cast, moment: datetime) -> str:
    return url(people, a_session(people))


def item_of(base: str) -> UUID:
    return UUID(base.rsplit("/", 1)[1])


def approved(people: Cast) -> frozenset[UUID]:
    with people.app.app_context():
        return notes.approved_items(people.event_id)


def test_approval_locks_and_a_change_is_version_2(people: Cast, base: str) -> None:
    joko, note = people.browser("joko"), uuid4()
    write(joko, base, "Kalimat pertama.", note=note)
    assert head(joko, base).status_code == 303
    assert approved(people) == frozenset()
    assert "disahkan dan dikunci" in approve(people, base).text
    assert approved(people) == {item_of(base)}

    refused = write(joko, base, "Terlambat.")
    assert refused.status_code == 409
    assert refused.json["outcome"] == "locked"  # type: ignore[index]
    assert "sudah disahkan dan terkunci" in refused.json["words"]  # type: ignore[index]
    plain = write(joko, base, "Terlambat.", json=False)
    assert plain.status_code == 409
    assert "sudah disahkan dan terkunci" in plain.text
    assert "Terlambat." in plain.text, "what was typed is not lost"
    assert head(joko, base, chair_name="Lain").status_code == 409
    assert "data-edit" not in joko.get(base).text

    assert "10 huruf" in joko.post(f"{base}/revision", data={"reason": "salah"}, follow_redirects=True).text
    opened = joko.post(f"{base}/revision", data={"reason": "Nama narasumber keliru"}, follow_redirects=True)
    assert "Versi 2 dibuka" in opened.text
    assert approved(people) == frozenset(), "what may be changed now is nobody's word until it is approved again"
    write(joko, base, "Kalimat pertama, diperbaiki.", note=note, parents=parents_on(joko.get(base).text, note))
    write(joko, base, "Kalimat tambahan.", position="z")
    assert "disahkan dan dikunci" in approve(people, base).text
    first, second = joko.get(f"{base}/versions/1").text, joko.get(f"{base}/versions/2").text
    assert "Kalimat pertama." in first
    assert "diperbaiki" not in first
    assert "Ada versi 2" in first
    assert "Perubahan dari versi 1" in second
    assert "Berubah: 1" in second
    assert "Ditambahkan: 1" in second
    assert "Nama narasumber keliru" in second
    assert joko.get(f"{base}/versions/3").status_code == 404


def test_an_edit_that_was_stored_before_the_lock_is_answered_as_stored(people: Cast, base: str) -> None:
    joko, note, edit = people.browser("joko"), uuid4(), uuid4()
    write(joko, base, "Sampai, jawabannya hilang.", note=note, edit=edit)
    head(joko, base)
    approve(people, base)
    assert write(joko, base, "Sampai, jawabannya hilang.", note=note, edit=edit).status_code == 200


def test_only_what_was_read_is_approved(people: Cast, base: str) -> None:
    joko, sari, note = people.browser("joko"), people.browser("sari"), uuid4()
    write(joko, base, "Sudah dibaca.", note=note)
    head(joko, base)
    joko.post(f"{base}/review")
    mark = re.search(r'name="mark" value="([^"]*)"', sari.get(base).text)
    assert mark
    write(joko, base, "Diubah sesudah dibaca.", note=note, parents=parents_on(joko.get(base).text, note))
    joko.post(f"{base}/review")
    answer = sari.post(f"{base}/approval", data={"mark": mark[1]}, follow_redirects=True)
    assert "berubah sejak halaman ini dibuka" in answer.text
    assert approved(people) == frozenset()


def test_an_edit_after_the_review_makes_it_a_draft_again(people: Cast, base: str) -> None:
    joko = people.browser("joko")
    write(joko, base, "Satu.")
    joko.post(f"{base}/review")
    assert "Sudah diperiksa" in joko.get(base).text
    write(joko, base, "Dua.")
    assert "Tandai sudah diperiksa" in joko.get(base).text
    joko.post(f"{base}/review")
    assert "kembali menjadi draf" in joko.post(f"{base}/review", data={"back": "yes"}, follow_redirects=True).text


def test_who_leads_approves_and_a_note_taker_does_not(people: Cast, base: str) -> None:
    joko, lena = people.browser("joko"), people.browser("lena")
    write(joko, base, "Satu.")
    joko.post(f"{base}/review")
    assert joko.post(f"{base}/approval", data={"mark": "x"}).status_code == 403
    mark = re.search(r'name="mark" value="([^"]*)"', lena.get(base).text)
    assert mark
    nobody = lena.post(f"{base}/approval", data={"mark": mark[1]}, follow_redirects=True)
    assert "Isi dahulu nama pimpinan dan notulis" in nobody.text
    head(joko, base)
    joko.post(f"{base}/review")
    mark = re.search(r'name="mark" value="([^"]*)"', lena.get(base).text)
    assert mark
    assert "disahkan" in lena.post(f"{base}/approval", data={"mark": mark[1]}, follow_redirects=True).text
    assert "Lena Contoh" in joko.get(f"{base}/versions/1").text
    assert lena.post(f"{base}/revision", data={"reason": "Saya hanya membaca"}).status_code == 403


def test_nothing_begins_by_asking(people: Cast, base: str) -> None:
    joko = people.browser("joko")
    for path in ("review", "revision", "papers"):
        answer = joko.post(f"{base}/{path}", data={"reason": "Ada yang keliru"}, follow_redirects=True)
        assert "belum berisi" in answer.text
    with people.app.app_context():
        assert notes.minutes(people.event_id, item_of(base)) is None


def test_a_version_whose_file_is_gone_says_so(people: Cast, base: str) -> None:
    joko = people.browser("joko")
    write(joko, base, "Satu.")
    head(joko, base)
    approve(people, base)
    with people.app.app_context(), transaction(unaudited="test"):
        version = approval.version(people.event_id, item_of(base), 1)
        assert version is not None
        version.content_id = uuid4()
    with people.app.app_context():
        found = approval.version(people.event_id, item_of(base), 1)
        assert found is not None
        with pytest.raises(LookupError):
            approval.content(found)


def photograph(people: Cast, item_id: UUID) -> None:
    """One photo of the session, and one of another."""
    sent = BytesIO()
    Image.new("RGB", (64, 48), "teal").save(sent, "JPEG")
    drawn = Drawn(sent.getvalue(), 64, 48)
    words = {"who": "Bambang Contoh (kanan)", "alt": "Dua orang", "basis": PhotoBasis.NOTICE}
    with people.app.app_context(), transaction():
        for item, caption in ((item_id, "Narasumber menjawab."), (uuid4(), "Foto sesi lain")):
            values = words | {"item_id": item, "caption": caption}
            release.add_photo(people.event_id, drawn, drawn, values, by=people.users["sari"], now=clock.now())


@needs_fonts
def test_the_paper_says_what_was_approved_whatever_is_written_later(people: Cast, base: str) -> None:
    joko, note = people.browser("joko"), uuid4()
    write(joko, base, "Pembukaan oleh pimpinan.", kind="opening", position="a0000000")
    write(joko, base, "Kalimat yang disahkan.", note=note, speaker="other", speaker_name="Dewi Contoh", kind="question")
    head(joko, base, chair_nip="198609262015051001", chair_rank="Pembina, IV/a", opened="08:05", closed="09:30")
    approve(people, base)
    joko.post(f"{base}/revision", data={"reason": "Ada kalimat yang kurang"})
    write(joko, base, "Kalimat susulan.", note=note, parents=parents_on(joko.get(base).text, note))
    photograph(people, item_of(base))
    asked = joko.post(f"{base}/papers", data={"number": "1"}).location
    assert "sedang disusun" in joko.get(asked).text
    work(people.app)
    assert "Siap" in joko.get(f"{asked}/progress").text
    answer = joko.get(f"{asked}/file")
    words = words_of(answer.data)
    for told in (
        "NOTULA", "Kalimat yang disahkan", "Dewi Contoh", "19860926 201505 1 001", "Pembina, IV/a", "disahkan",
        "08.05–09.30 WIB", "Rapat dibuka pukul 08.05 WIB", "Pimpinan Contoh", "DAFTAR HADIR", "Sidik",
        "DOKUMENTASI", "Narasumber menjawab. Bambang Contoh (kanan)", "Dokumentasi, 1 foto",
    ):  # fmt: skip
        assert told in words, told
    assert "susulan" not in words
    assert "sesi lain" not in words
    assert joko.get(f"{asked}/progress?seen=ready-1").status_code == 204
    # another's paper does not exist, the draft is a paper of its own
    assert people.browser("rina").get(f"{asked}/file").status_code == 404
    draft = joko.post(f"{base}/papers").location
    work(people.app)
    words = words_of(joko.get(f"{draft}/file").data)
    assert "Draf, belum disahkan" in words
    assert "susulan" in words
    assert joko.post(f"{base}/papers", data={"number": "7"}).status_code == 404
