"""A speaker's own page through HTTP, on both databases."""

import io

from PIL import Image

from rakor.agenda import speaker_store
from rakor.agenda.material_rules import SpeakerAnswer
from rakor.segments import SEGMENT
from tests.agenda import making
from tests.portal.talking import Talk, begin, talk

__all__ = ["talk"]


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
