"""Conclusions over HTTP: numbered, changed, moved, locked with the minutes, withdrawn; and two writers at once."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from rakor.db import db, transaction
from rakor.events import store as events
from rakor.minutes.conclusion_models import Conclusion
from rakor.minutes.notes_models import Minutes, MinutesVersion
from rakor.minutes.rules.conclusions import ConclusionKind
from rakor.minutes.rules.words import State
from rakor.minutes.store import conclusions
from rakor.minutes.store.conclusions import Draft
from tests import make
from tests.books import rows_of
from tests.cast import Cast
from tests.minutes.asking import NOW

pytestmark = pytest.mark.usefixtures("moment")


def page(people: Cast) -> str:
    return f"/events/{people.event_id}/conclusions"


def write(people: Cast, *texts: str, item_id: UUID | None = None) -> list[UUID]:
    with people.app.app_context(), transaction():
        made = [
            conclusions.add(people.event_id, Draft(ConclusionKind.CONCLUSION, text, item_id, True), by=None, now=NOW)
            for text in texts
        ]
    return [one.id for one in made if isinstance(one, Conclusion)]


def session(people: Cast) -> UUID:
    with people.app.app_context(), transaction(unaudited="test"):
        return make.item(people.event_id, events.days(people.event_id)[1].id).id


def numbers(people: Cast) -> dict[str, int]:
    with people.app.app_context():
        return {row.text: row.number for row in conclusions.of_event(people.event_id)}


def test_a_conclusion_is_written_from_a_session_and_read_by_leaders(people: Cast) -> None:
    item, sari = session(people), people.browser("sari")
    empty = sari.post(page(people), data={"kind": "decision", "item": "", "readers": "public", "text": " "})
    assert (empty.status_code, "wajib" in empty.text) == (422, True)
    said = {"kind": "decision", "item": str(item), "readers": "public", "text": "Setiap kantor menyiapkan PPID."}
    assert sari.post(page(people), data=said).status_code == 303
    shown = people.browser("lena").get(page(people)).text
    assert ("1. Keputusan" in shown, "Sesi 2" in shown, "Rancangan" in shown) == (True, True, True)
    assert people.browser("lena").post(page(people), data=said).status_code == 403
    foreign = sari.post(page(people), data=said | {"item": str(uuid4())})
    assert foreign.status_code == 422, "a session of nobody is refused"


def test_numbers_are_swapped_and_never_given_twice(people: Cast) -> None:
    first, _second, third = write(people, "Satu", "Dua", "Tiga")
    sari = people.browser("sari")
    assert sari.post(f"{page(people)}/{third}/place", data={"direction": "up"}).status_code == 303
    assert numbers(people) == {"Satu": 1, "Tiga": 2, "Dua": 3}
    sari.post(f"{page(people)}/{first}/place", data={"direction": "up"})
    assert numbers(people)["Satu"] == 1
    assert sari.post(f"{page(people)}/{first}/place", data={"direction": "sideways"}).status_code == 400
    sari.post(f"{page(people)}/{first}/withdrawal")
    write(people, "Empat")
    assert numbers(people) == {"Tiga": 2, "Dua": 3, "Empat": 4}
    history = sari.get(f"{page(people)}/{first}").text
    assert ("Ditarik" in history, "Ditulis" in history) == (True, True)


def test_approved_minutes_lock_their_conclusions(people: Cast) -> None:
    item = session(people)
    [locked] = write(people, "Terkunci", item_id=item)
    [free] = write(people, "Bebas")
    with people.app.app_context(), transaction(unaudited="test"):
        approve_minutes(people.event_id, item)
    sari = people.browser("sari")
    said = {"kind": "conclusion", "item": str(item), "readers": "public", "text": "Lain"}
    assert sari.post(f"{page(people)}/{locked}", data=said).status_code == 409
    sari.post(f"{page(people)}/{locked}/withdrawal")
    sari.post(f"{page(people)}/{free}/place", data={"direction": "up"})
    assert numbers(people) == {"Terkunci": 1, "Bebas": 2}
    assert sari.post(page(people), data=said).status_code == 422, "the session is not offered any more"
    moved = sari.post(f"{page(people)}/{free}", data=said | {"text": "Bebas"})
    assert moved.status_code == 422, "and nothing is moved into it"


def approve_minutes(event_id: UUID, item_id: UUID) -> None:
    """Approved minutes of a session, as the room of notes leaves them."""
    make._add(Minutes(event_id=event_id, item_id=item_id, state=State.APPROVED))
    make._add(MinutesVersion(
        event_id=event_id, item_id=item_id, number=1, content_id=uuid4(), fingerprint=bytes(32), note_count=0,
        approved_at=NOW,
    ))  # fmt: skip


def test_one_without_a_session_is_approved_by_an_owner_alone(people: Cast) -> None:
    [whole] = write(people, "Seluruhnya")
    sari = people.browser("sari")
    assert sari.post(f"{page(people)}/{whole}/approval").status_code == 303
    said = {"kind": "conclusion", "item": "", "readers": "internal", "text": "Lain"}
    refused = sari.post(f"{page(people)}/{whole}", data=said)
    assert (refused.status_code, "Cabut persetujuannya" in refused.text) == (409, True)
    with people.app.app_context():
        assert [row.text for row in conclusions.approved(people.event_id, (), public_only=True)] == ["Seluruhnya"]
    sari.post(f"{page(people)}/{whole}/approval", data={"undo": "1"})
    assert sari.post(f"{page(people)}/{whole}", data=said).status_code == 303
    with people.app.app_context():
        assert conclusions.approved(people.event_id, ()) == []
    of_session = write(people, "Dari sesi", item_id=session(people))[0]
    said_no = sari.post(f"{page(people)}/{of_session}/approval", follow_redirects=True).text
    assert "disetujui bersama notula" in said_no


def test_they_leave_as_a_workbook(people: Cast) -> None:
    write(people, "=Satu", "Dua")
    sheet = people.browser("sari").post(f"{page(people)}/sheets")
    assert sheet.status_code == 200
    lines = rows_of(sheet)[1:]
    assert [(line[0], line[2], line[5]) for line in lines] == [(1, "=Satu", "Rancangan"), (2, "Dua", "Rancangan")]


def test_writers_at_once_get_numbers_of_their_own(people: Cast) -> None:
    def one(number: int) -> None:
        write(people, f"Butir {number}")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(one, range(24)))
    with people.app.app_context():
        found = db.session.scalars(select(Conclusion.number)).all()
    assert sorted(found) == list(range(1, 25))
