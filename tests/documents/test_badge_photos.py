"""Photos on badges over HTTP: asked for by the event, given and taken back by the person, printed, nowhere else."""

import io
from datetime import datetime
from uuid import UUID

import pytest
from PIL import Image
from sqlalchemy import func, select

from rakor.db import db, transaction
from rakor.documents.models import BadgePhoto, BadgeSetting
from rakor.documents.rules.badges import BadgeChoice
from rakor.documents.store import badge_photos, badges
from rakor.events import links
from rakor.events import store as events
from rakor.events.models import LinkPurpose
from rakor.files import StoredFile
from rakor.registrations.models import Registration
from rakor.registrations.rules import RegistrationState
from tests import make
from tests.agenda import making
from tests.cast import Cast


@pytest.fixture
def sari(people: Cast, moment: datetime) -> tuple[UUID, str]:
    """Somebody who comes, and the path of their own page."""
    with people.app.app_context(), transaction(unaudited="test"):
        person = make.registration(people.event_id, name="Sari Contoh")
        links.make_links(people.event_id, LinkPurpose.PERSON, [person.id], now=make.AT)
        return person.id, f"/p/{links.token_of(people.event_id, LinkPurpose.PERSON, person.id)}"


def ask(people: Cast, **data: str) -> int:
    answer = people.browser("sari").post(f"/events/{people.event_id}/badges/photos", data=data)
    assert isinstance(answer.status_code, int)
    return answer.status_code


def sent(content: bytes) -> dict[str, tuple[io.BytesIO, str]]:
    return {"photo": (io.BytesIO(content), "saya.jpg")}


def printed(people: Cast, who: UUID) -> UUID | None:
    with people.app.app_context():
        event = events.event(people.event_id)
        assert event is not None
        found: UUID | None = badges.faces(event, BadgeChoice(registration_id=who, only_new=False))[0].photo
        return found


def kept(people: Cast) -> int:
    with people.app.app_context():
        return db.session.scalar(select(func.count()).where(StoredFile.purpose == badge_photos.PURPOSE)) or 0


def test_from_the_organisers_wish_to_the_badge(people: Cast, sari: tuple[UUID, str]) -> None:
    (who, page), phone = sari, people.app.test_client()
    assert "Foto kartu" not in phone.get(page).text
    assert phone.get(f"{page}/photo").status_code == 404
    assert phone.post(f"{page}/photo", data=sent(making.picture())).status_code == 404
    assert people.browser("rina").post(f"/events/{people.event_id}/badges/photos").status_code == 403
    assert ask(people, with_photo="y") == 303

    assert "Foto kartu" in phone.get(page).text
    refused = phone.post(f"{page}/photo", data=sent(b"bukan foto"))
    assert (refused.status_code, "bukan foto PNG atau JPEG" in refused.text) == (422, True)
    assert "Pilih berkasnya" in phone.post(f"{page}/photo", data={}).text
    assert phone.get(f"{page}/photo.jpg").status_code == 404
    assert phone.post(f"{page}/photo", data=sent(making.picture())).status_code == 303
    picture = phone.get(f"{page}/photo.jpg")
    with Image.open(io.BytesIO(picture.data)) as drawn:
        assert (drawn.size, drawn.format, dict(drawn.getexif())) == ((480, 480), "JPEG", {})
    first = printed(people, who)
    assert first is not None
    assert "1 orang sudah memberi foto" in people.browser("sari").get(f"/events/{people.event_id}/badges").text

    # another photo takes its place; the old file is gone, and a badge that was printed says something else now
    assert phone.post(f"{page}/photo", data=sent(making.picture())).status_code == 303
    assert printed(people, who) not in (None, first)
    assert kept(people) == 1

    # not asked any more: nothing is printed, and what was given can still be seen in no other place
    assert ask(people) == 303
    assert printed(people, who) is None
    ask(people, with_photo="y")
    assert printed(people, who) is not None
    assert phone.post(f"{page}/photo/removal").status_code == 303
    assert (printed(people, who), kept(people)) == (None, 0)


def test_who_holds_no_place_is_not_asked_and_asking_twice_writes_once(people: Cast, sari: tuple[UUID, str]) -> None:
    (who, page), phone = sari, people.app.test_client()
    ask(people, with_photo="y")
    ask(people, with_photo="y")
    with people.app.app_context(), transaction(unaudited="test"):
        assert db.session.scalar(select(func.count()).select_from(BadgeSetting)) == 1
        db.session.get_one(Registration, who).state = RegistrationState.CANCELLED
    assert "Foto kartu" not in phone.get(page).text
    assert phone.post(f"{page}/photo", data=sent(making.picture())).status_code == 404
    with people.app.app_context():
        assert db.session.scalar(select(func.count()).select_from(BadgePhoto)) == 0
