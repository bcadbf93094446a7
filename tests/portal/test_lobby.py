"""Now and next: what the lobby and a moderator see, and what they are told when nothing changed."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from flask.testing import FlaskClient

from rakor import audit, clock
from rakor.agenda.models import Room
from rakor.agenda.rules import AgendaKind, Visibility
from rakor.agenda.rules.views import ItemView, Mark
from rakor.agenda.store import versions
from rakor.db import db, transaction
from rakor.events.models import EventDay
from rakor.events.rules import Stage
from rakor.events.store import locked_event
from rakor.portal import lobby
from rakor.portal.turns import turns
from tests import make
from tests.cast import Cast

NOW = datetime(2026, 11, 24, 1, 55, tzinfo=UTC)
ZONE = "Asia/Jakarta"
HOUR = timedelta(hours=1)


def item(title: str, starts: datetime | None, ends: datetime | None = None, room: str = "") -> ItemView:
    return ItemView(
        id=uuid4(), day_id=uuid4(), held_on=(starts or NOW).astimezone().date(), kind=AgendaKind.SESSION, title=title,
        topic="", session_number=None, starts_at=starts, ends_at=ends or (starts + HOUR if starts else None), room=room,
        room_id=None, visibility=Visibility.PUBLIC, takes_attendance=False, counts_for_jp=False, audience="", source="",
        sequence=0, updated_at=NOW,
    )  # fmt: skip


def titles(items: object) -> list[str]:
    return [one.title for one in items]  # type: ignore[attr-defined]


def test_what_is_on_stands_by_room_and_what_comes_by_time() -> None:
    shown = turns(
        [
            item("Nanti", NOW + 2 * HOUR), item("B", NOW - HOUR / 2, room="Meranti"), item("Tanpa jam", None),
            item("A", NOW - HOUR / 2, room="Cendana"), item("Lewat", NOW - 2 * HOUR), item("Segera", NOW + HOUR),
        ],
        ZONE, now=NOW,
    )  # fmt: skip
    assert titles(shown.running) == ["A", "B"]
    assert titles(shown.coming) == ["Segera", "Nanti"]
    assert shown.is_today


def test_an_item_is_on_until_the_moment_it_ends() -> None:
    one = item("Sesi", NOW - HOUR, NOW)
    assert titles(turns([one], ZONE, now=NOW - timedelta(seconds=1)).running) == ["Sesi"]
    assert titles(turns([one], ZONE, now=NOW).running) == []


def test_after_the_last_of_today_the_next_day_is_told() -> None:
    shown = turns([item("Besok", NOW + 24 * HOUR), item("Lusa", NOW + 48 * HOUR)], ZONE, now=NOW)
    assert (titles(shown.coming), shown.is_today, shown.day.day) == (["Besok"], False, 25)
    empty = turns([], ZONE, now=NOW)
    assert (titles(empty.running), titles(empty.coming)) == ([], [])


def test_the_version_moves_with_the_programme_and_not_with_the_clock() -> None:
    one, two = item("Sesi", NOW - HOUR / 2), item("Rehat", NOW + HOUR)
    first = turns([one, two], ZONE, now=NOW).version
    assert turns([two, one], ZONE, now=NOW + timedelta(minutes=5)).version == first
    for changed in (
        replace(two, room="Lobi"), replace(two, title="Istirahat"), replace(two, starts_at=NOW + 2 * HOUR),
        replace(two, mark=Mark(NOW, is_new=True)),
    ):  # fmt: skip
        assert turns([one, changed], ZONE, now=NOW).version != first


@pytest.fixture
def hall(people: Cast, moment: datetime) -> FlaskClient:
    """Session 2 runs in the plenary room, session 3 follows there."""
    with people.app.app_context(), transaction():
        audit.record("test.hall")
        day = db.session.query(EventDay).filter_by(event_id=people.event_id, number=2).one()
        room = make._add(Room(event_id=people.event_id, name="Ruang Pleno"))
        make.item(people.event_id, day.id, title="Sesi 2: Standar", room_id=room.id)
        later = {"starts_at": NOW + 2 * HOUR, "ends_at": NOW + 3 * HOUR, "room_id": room.id}
        moved = make.item(people.event_id, day.id, title="Sesi 3: Tepat waktu", **later)
        make.item(people.event_id, day.id, title="Rapat panitia", visibility=Visibility.ORGANIZERS)
        versions.publish(people.event_id, by=None, now=NOW - HOUR)
        moved.starts_at = NOW + 2.5 * HOUR
        db.session.flush()
        versions.publish(people.event_id, by=None, now=NOW - HOUR / 2)
    lobby.forget()
    return people.app.test_client()


def test_the_wall_names_room_zones_and_what_was_changed(people: Cast, hall: FlaskClient) -> None:
    for path in ("now", "wall"):
        page = hall.get(f"/e/{people.slug}/{path}").text
        for words in ("Sesi 2: Standar", "Ruang Pleno", "09.00", "10.00", "WITA", "WIT"):
            assert words in page, (path, words)
        assert re.search(r"Diubah, semula 10\.55", page)
        assert "Rapat panitia" not in page


def test_a_poll_that_has_everything_is_answered_with_nothing(people: Cast, hall: FlaskClient) -> None:
    url = f"/e/{people.slug}/now/turns"
    first = hall.get(url)
    seen = re.search(r'data-version="(\w+)"', first.text)
    assert seen
    again = hall.get(f"{url}?seen={seen[1]}")
    assert (again.status_code, again.data) == (204, b"")
    assert again.headers["X-Now"] == clock.now().isoformat()
    assert hall.get(f"{url}?seen=older").status_code == 200


def test_a_published_change_is_on_the_wall_within_five_seconds(people: Cast, hall: FlaskClient) -> None:
    url = f"/e/{people.slug}/now/turns"
    assert "Ruang Cendana" not in hall.get(url).text
    with people.app.app_context(), transaction():
        audit.record("test.move")
        db.session.query(Room).filter_by(event_id=people.event_id).one().name = "Ruang Cendana"
        db.session.flush()
        versions.publish(people.event_id, by=None, now=NOW)
    with clock.freeze(NOW + timedelta(seconds=5), everywhere=True):
        page = hall.get(url).text
    assert "Ruang Cendana" in page
    assert "Diubah, semula Ruang Pleno" in page


def test_a_draft_has_no_wall(people: Cast, hall: FlaskClient) -> None:
    with people.app.app_context(), transaction():
        audit.record("test.draft")
        locked_event(people.event_id).stage = Stage.DRAFT
    lobby.forget()
    for path in ("now", "wall", "now/turns"):
        assert hall.get(f"/e/{people.slug}/{path}").status_code == 404
