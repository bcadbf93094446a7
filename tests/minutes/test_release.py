"""What is released: rights by kind, photos drawn anew, what everybody sees, on both databases."""

import io
from datetime import datetime
from uuid import UUID

import pytest
from PIL import Image
from sqlalchemy import select

from rakor import audit
from rakor.accounts.rules import Role
from rakor.agenda.models import AgendaSpeaker, Speaker
from rakor.agenda.rules import SpeakerPart, Visibility
from rakor.agenda.store import versions
from rakor.db import db, transaction
from rakor.events import store as events
from rakor.minutes.release_models import ReleasePhoto, ReleaseQuotation
from rakor.minutes.rules.conclusions import ConclusionKind
from rakor.minutes.rules.release import DRAFTERS, PUBLISHERS, Kind, may_change, may_publish
from rakor.minutes.store import conclusions
from rakor.portal import cache
from tests import make
from tests.cast import Cast

PLACE = b"RAHASIA-LETAK"


def test_a_quotation_is_given_free_by_the_owner_alone_a_photo_by_editors_too() -> None:
    by_role = {role: {kind for kind in Kind if may_publish(kind, frozenset({role}))} for role in Role}
    assert by_role[Role.OWNER] == {Kind.PHOTO, Kind.QUOTATION}
    assert by_role[Role.EDITOR] == {Kind.PHOTO}
    assert not any(by_role[role] for role in set(Role) - {Role.OWNER, Role.EDITOR})
    assert all(PUBLISHERS[kind] <= DRAFTERS for kind in Kind)


def test_what_everybody_sees_is_changed_by_who_may_publish_it() -> None:
    taker = frozenset({Role.NOTE_TAKER})
    assert may_change(Kind.PHOTO, taker, is_published=False)
    assert not may_change(Kind.PHOTO, taker, is_published=True)
    assert not may_change(Kind.QUOTATION, frozenset({Role.EDITOR}), is_published=True)
    assert not may_change(Kind.PHOTO, frozenset({Role.REGISTRAR}), is_published=False)


@pytest.fixture
def hall(people: Cast, moment: datetime) -> Cast:
    """A published session with a speaker, and one for organisers; Edi edits, Nanda takes notes."""
    with people.app.app_context(), transaction(unaudited="test"):
        day = events.days(people.event_id)[1]
        open_ = make.item(people.event_id, day.id, title="Sesi terbuka")
        closed = make.item(people.event_id, day.id, title="Rapat tertutup", visibility=Visibility.ORGANIZERS)
        ratna = make._add(Speaker(event_id=people.event_id, name="Dr. Ratna Contoh", post="Direktur"))
        for item in (open_, closed):
            part = {"item_id": item.id, "speaker_id": ratna.id, "part": SpeakerPart.SPEAKER}
            make._add(AgendaSpeaker(event_id=people.event_id, **part))
        versions.publish(people.event_id, by=None, now=make.AT)
        for name, role in (("edi", Role.EDITOR), ("nanda", Role.NOTE_TAKER)):
            people.users[name] = make.user(name.title()).id
            make.grant(people.event_id, people.users[name], role)
        people.users.update({"open": open_.id, "closed": closed.id, "ratna": ratna.id})
    return people


def base(people: Cast, rest: str = "") -> str:
    return f"/events/{people.event_id}/release{rest}"


def picture(size: tuple[int, int] = (3000, 2000)) -> bytes:
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x010E], exif[0x0112] = PLACE.decode(), 6  # a description, and that it lies on its side
    exif.get_ifd(0x8825)[1] = "S"
    Image.new("RGB", size, "#0b6b4b").save(out, "JPEG", exif=exif)
    return out.getvalue()


def send_photo(people: Cast, who: str = "nanda", content: bytes = b"", **more: str):  # type: ignore[no-untyped-def]
    sent = {"caption": "Direktur membuka sesi", "who": "Dr. Ratna Contoh", "alt": "Seorang perempuan di podium",
            "basis": "notice", "item": str(people.users["open"])} | more  # fmt: skip
    files = {"photo": (io.BytesIO(content or picture()), "IMG_1.jpg")}
    url = base(people, "/photos")
    return people.browser(who).post(url, data=sent | files, content_type="multipart/form-data")


def send_words(people: Cast, who: str = "nanda", item: str = "open", text: str = "Layanan adalah hak."):  # type: ignore[no-untyped-def]
    said = f"{people.users[item]}/{people.users['ratna']}"
    return people.browser(who).post(base(people, "/quotations"), data={"said": said, "text": text})


def only(people: Cast, model: type[ReleasePhoto] | type[ReleaseQuotation]) -> UUID:
    with people.app.app_context():
        return UUID(str(db.session.scalars(select(model.id)).one()))


def public(people: Cast) -> str:
    cache.forget()
    return " ".join(people.app.test_client().get(f"/e/{people.slug}").text.split())


def test_a_photo_is_drawn_anew_and_nobody_sees_it_before_an_editor_says_so(hall: Cast) -> None:
    assert send_photo(hall).status_code == 303
    photo_id = only(hall, ReleasePhoto)
    path = f"/e/{hall.slug}/photos/{photo_id}"
    guest = hall.app.test_client()
    assert guest.get(path).status_code == 404
    assert "Direktur membuka sesi" not in public(hall)
    assert hall.browser("nanda").post(base(hall, f"/photos/{photo_id}/publication")).status_code == 403
    assert hall.browser("edi").post(base(hall, f"/photos/{photo_id}/publication")).status_code == 303
    page = public(hall)
    assert 'alt="Seorang perempuan di podium"' in page
    assert "Direktur membuka sesi<br>Dr. Ratna Contoh<br>" in page
    large, small = guest.get(path), guest.get(f"{path}?small=1")
    with Image.open(io.BytesIO(large.data)) as drawn:
        assert drawn.size == (1067, 1600)  # upright, and no longer than we keep
        assert not drawn.getexif()
    assert PLACE not in large.data + small.data
    assert len(small.data) < len(large.data)
    with hall.app.app_context():
        acted = select(audit.AuditEntry.action).where(audit.AuditEntry.action.like("release.%"))
        acts = list(db.session.scalars(acted.order_by(audit.AuditEntry.number)))
    assert acts == ["release.add", "release.publish"]
    hall.browser("edi").post(base(hall, f"/photos/{photo_id}/publication"), data={"to": "draft"})
    assert guest.get(path).status_code == 404
    assert "Direktur membuka sesi" not in public(hall)


def test_a_quotation_is_the_agendas_name_and_the_owners_word(hall: Cast) -> None:
    assert send_words(hall).status_code == 303
    quotation_id = only(hall, ReleaseQuotation)
    for who in ("nanda", "edi"):
        assert hall.browser(who).post(base(hall, f"/quotations/{quotation_id}/publication")).status_code == 403
    page = hall.browser("edi").get(base(hall)).text
    assert "menunggu Pemilik kegiatan" in page
    hall.browser("sari").post(base(hall, f"/quotations/{quotation_id}/publication"))
    page = public(hall)
    assert "“Layanan adalah hak.”" in page
    assert "<b>Dr. Ratna Contoh</b>, Direktur" in page
    hall.browser("edi").post(base(hall, f"/quotations/{quotation_id}/removal"))
    assert "“Layanan adalah hak.”" in public(hall)
    hall.browser("sari").post(base(hall, f"/quotations/{quotation_id}/removal"))
    assert "“Layanan adalah hak.”" not in public(hall)


def test_a_session_that_is_not_open_is_never_named(hall: Cast) -> None:
    send_words(hall, item="closed")
    hall.browser("sari").post(base(hall, f"/quotations/{only(hall, ReleaseQuotation)}/publication"))
    page = public(hall)
    assert "“Layanan adalah hak.”" in page
    assert "Rapat tertutup" not in page


def test_bad_photos_and_words_are_refused_in_words(hall: Cast) -> None:
    for content, words in ((b"GIF89a", "bukan foto PNG atau JPEG"), (b"\xff\xd8\xff", "bukan foto PNG atau JPEG")):
        refused = send_photo(hall, content=content)
        assert refused.status_code == 422
        assert words in refused.text
        assert 'value="Direktur membuka sesi"' in refused.text
    assert "Isian ini wajib." in send_photo(hall, alt="").text
    assert send_photo(hall, item="1234").status_code == 422
    assert send_photo(hall, basis="").status_code == 422
    refused = hall.browser("nanda").post(base(hall, "/quotations"), data={"said": "x/y", "text": "Kata"})
    assert refused.status_code == 422
    assert "Kata</textarea>" in refused.text


def test_photos_change_places_and_captions(hall: Cast) -> None:
    for caption in ("Pertama", "Kedua"):
        send_photo(hall, caption=caption)
    with hall.app.app_context():
        ids = {row.caption: row.id for row in db.session.scalars(select(ReleasePhoto))}
    nanda = hall.browser("nanda")
    nanda.post(base(hall, f"/photos/{ids['Kedua']}/order"), data={"to": "up"})
    page = nanda.get(base(hall)).text
    assert page.index("<b>Kedua</b>") < page.index("<b>Pertama</b>")
    sent = {"caption": "Kedua, diperbaiki", "who": "", "alt": "Panggung", "basis": "consent", "item": ""}
    assert nanda.post(base(hall, f"/photos/{ids['Kedua']}"), data=sent).status_code == 303
    assert "Kedua, diperbaiki" in nanda.get(base(hall, f"/photos/{ids['Kedua']}")).text
    hall.browser("edi").post(base(hall, f"/photos/{ids['Kedua']}/publication"))
    refused = nanda.post(base(hall, f"/photos/{ids['Kedua']}"), data=sent | {"caption": "x"}, follow_redirects=True)
    assert "Ini sudah disiarkan." in refused.text
    assert "Kedua, diperbaiki" in public(hall)


def test_conclusions_are_seen_when_open_and_approved(hall: Cast) -> None:
    with hall.app.app_context(), transaction(unaudited="test"):
        made = []
        for words, is_public in (("Terbuka disahkan", True), ("Terbuka belum", True), ("Internal disahkan", False)):
            draft = conclusions.Draft(ConclusionKind.CONCLUSION, words, None, is_public=is_public)
            made.append(conclusions.add(hall.event_id, draft, by=None, now=make.AT))
        for row in (made[0], made[2]):
            conclusions.approve(hall.event_id, row.id, by=hall.users["sari"], now=make.AT)  # type: ignore[union-attr]
    page = public(hall)
    assert "Terbuka disahkan" in page
    assert "Terbuka belum" not in page
    assert "Internal disahkan" not in page


def test_the_schedule_can_be_copied_with_its_times(hall: Cast) -> None:
    page = public(hall).replace("\xa0", " ")
    assert "<p>08.00–10.00 WIB: Sesi terbuka (Dr. Ratna Contoh, Direktur)</p>" in page
    assert "Salin jadwal" in page
