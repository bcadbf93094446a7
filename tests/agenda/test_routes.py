"""The agenda through HTTP, on both databases."""

import re
from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import event as sqlalchemy_event

from rakor.agenda import store
from rakor.agenda.forms import stamp
from rakor.db import db, transaction
from rakor.events.models import EventDay
from tests import make
from tests.cast import Cast

GOOD = {
    "starts": "08:00",
    "ends": "10:00",
    "kind": "session",
    "title": "Standar layanan informasi di daerah",
    "room": "Ruang Pleno",
    "speakers": "Dr. Ratna Contoh, M.Si.; Direktur Layanan Informasi; Kementerian Contoh\nHendra Contoh",
    "moderators": "Nur Contoh",
    "visibility": "public",
    "takes_attendance": "y",
}


def day_ids(people: Cast) -> list[str]:
    with people.app.app_context():
        rows = db.session.query(EventDay).filter_by(event_id=people.event_id).order_by(EventDay.number)
        return [str(row.id) for row in rows]


def items(people: Cast) -> list[store.ItemView]:
    with people.app.app_context():
        return store.items(people.event_id, store.EVERYTHING)


def add(people: Cast, **values: str) -> int:
    form = {"day": day_ids(people)[1]} | GOOD | values
    return people.browser("sari").post(f"/events/{people.event_id}/agenda/items", data=form).status_code


def test_an_item_is_added_with_room_people_and_times_in_the_events_zone(people: Cast) -> None:
    assert add(people) == 303
    (item,) = items(people)
    assert item.starts_at is not None
    assert item.starts_at.isoformat() == "2026-11-24T01:00:00+00:00"
    assert [(p.name, p.post, p.organization) for p in item.speakers] == [
        ("Dr. Ratna Contoh, M.Si.", "Direktur Layanan Informasi", "Kementerian Contoh"),
        ("Hendra Contoh", "", ""),
    ]
    assert (item.room, item.session_number, [p.name for p in item.moderators]) == ("Ruang Pleno", 1, ["Nur Contoh"])
    assert "08.00" in people.browser("sari").get(f"/events/{people.event_id}/agenda?day=2026-11-24").text


def test_times_that_end_before_they_begin_keep_what_was_typed(people: Cast) -> None:
    form = {"day": day_ids(people)[0]} | GOOD | {"ends": "07:00"}
    answer = people.browser("sari").post(f"/events/{people.event_id}/agenda/items", data=form)
    assert answer.status_code == 422
    assert "Jam selesai harus sesudah jam mulai." in answer.text
    assert "Standar layanan informasi di daerah" in answer.text
    assert items(people) == []


def test_sessions_are_numbered_in_order_and_a_move_raises_the_sequence(people: Cast) -> None:
    add(people)
    add(people, title="Pagi", starts="06:00", ends="07:00")
    first, second = items(people)
    assert [(i.title, i.session_number) for i in (first, second)] == [
        ("Pagi", 1),
        ("Standar layanan informasi di daerah", 2),
    ]
    form = {"day": str(first.day_id)} | GOOD | {"title": "Pagi", "starts": "13:00", "ends": "14:00"}
    url = f"/events/{people.event_id}/agenda/items/{first.id}"
    assert people.browser("sari").post(url, data=form).status_code == 303
    moved = {i.title: (i.session_number, i.sequence) for i in items(people)}
    assert moved == {"Standar layanan informasi di daerah": (1, 0), "Pagi": (2, 1)}


def test_a_clash_is_a_warning_and_is_saved(people: Cast) -> None:
    add(people)
    assert add(people, title="Lain", starts="09:00", ends="11:00") == 303
    page = people.browser("sari").get(f"/events/{people.event_id}/agenda?day=2026-11-24").text
    assert "Ruang Pleno dipakai bersamaan" in page
    assert "berada di dua tempat" in page


def test_a_removed_item_takes_its_people_along(people: Cast) -> None:
    add(people)
    (item,) = items(people)
    url = f"/events/{people.event_id}/agenda/items/{item.id}/removal"
    assert people.browser("sari").post(url).status_code == 303
    with people.app.app_context():
        assert store.speakers(people.event_id) == []


def test_desk_and_strangers_do_not_edit(people: Cast) -> None:
    add(people)
    (item,) = items(people)
    url = f"/events/{people.event_id}/agenda/items/{item.id}"
    assert people.browser("rina").post(url, data=GOOD).status_code == 403
    assert people.browser("joko").get(url).status_code == 404
    assert people.browser("lena").get(f"/events/{people.event_id}/agenda").status_code == 200


def test_the_agenda_costs_the_same_queries_for_one_and_for_three(people: Cast) -> None:
    def cost() -> int:
        seen: list[str] = []
        with people.app.app_context():
            engine = db.engine
            note = lambda c, cur, statement, *rest: seen.append(statement)  # noqa: E731
            sqlalchemy_event.listen(engine, "before_cursor_execute", note)
            store.items(people.event_id, store.EVERYTHING)
            sqlalchemy_event.remove(engine, "before_cursor_execute", note)
            db.session.rollback()
        return len([s for s in seen if not s.startswith("BEGIN")])

    add(people)
    one = cost()
    add(people, title="Dua", starts="11:00", ends="12:00")
    add(people, title="Tiga", starts="13:00", ends="14:00")
    assert cost() == one == 3


def test_an_unknown_item_is_not_found(people: Cast) -> None:
    assert people.browser("sari").get(f"/events/{people.event_id}/agenda/items/{UUID(int=9)}").status_code == 404


def item_url(people: Cast, item: store.ItemView, act: str = "") -> str:
    return f"/events/{people.event_id}/agenda/items/{item.id}{act}"


def test_an_item_moves_on_the_board_by_its_little_form(people: Cast) -> None:
    add(people)
    add(people, title="Lain", room="Ruang Cendana", starts="13:00", ends="14:00")
    item, other = items(people)
    place = {"starts": "08:15", "ends": "10:30", "room": str(other.room_id), "seen": stamp(item)}
    answer = people.browser("sari").post(item_url(people, item, "/place"), data=place)
    assert answer.location == f"/events/{people.event_id}/agenda?day=2026-11-24#item-{item.id}"
    moved = items(people)[0]
    assert (moved.room, moved.starts_at, moved.ends_at) == (
        "Ruang Cendana",
        datetime(2026, 11, 24, 1, 15, tzinfo=UTC),
        datetime(2026, 11, 24, 3, 30, tzinfo=UTC),
    )
    assert [person.name for person in moved.speakers] == ["Dr. Ratna Contoh, M.Si.", "Hendra Contoh"]


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ({"starts": "10:00", "ends": "09:00", "room": ""}, "Jam selesai harus sesudah jam mulai."),
        ({"starts": "10:00", "ends": "", "room": ""}, "isi jam mulai, jam selesai"),
        ({"starts": "08:00", "ends": "09:00", "room": str(UUID(int=5))}, "ruang yang ada"),
        ({"starts": "08:00", "ends": "09:00", "room": "", "seen": "2020"}, "orang lain baru saja mengubah"),
    ],
)
def test_a_move_that_cannot_be_says_why_and_moves_nothing(people: Cast, place: dict[str, str], words: str) -> None:
    add(people)
    (item,) = items(people)
    browser = people.browser("sari")
    browser.post(item_url(people, item, "/place"), data=place)
    assert words in browser.get(f"/events/{people.event_id}/agenda").text
    assert items(people) == [item]


def test_a_form_that_is_stale_keeps_what_was_typed_and_says_what_is_stored(people: Cast) -> None:
    add(people)
    (item,) = items(people)
    mine = {"day": str(item.day_id)} | GOOD | {"seen": stamp(item)}
    theirs = mine | {"room": "Ruang Meranti"}
    assert people.browser("sari").post(item_url(people, item), data=theirs).status_code == 303
    answer = people.browser("sari").post(item_url(people, item), data=mine | {"title": "Judul lain"})
    assert answer.status_code == 409
    assert "Ruang Meranti" in answer.text
    assert 'value="Judul lain"' in answer.text
    assert items(people)[0].title == GOOD["title"]


def test_a_day_is_copied_at_the_same_hours_beside_what_is_there(people: Cast) -> None:
    add(people, in_charge="Tata", note="Bawa laptop")
    add(people, day=day_ids(people)[2], title="Sudah ada", starts="07:00", ends="07:30")
    _one, from_day, to_day = day_ids(people)
    url = f"/events/{people.event_id}/agenda/days/{from_day}/copies"
    assert people.browser("sari").post(url, data={"to": to_day}).status_code == 303
    copied = [item for item in items(people) if str(item.day_id) == to_day]
    assert [(item.title, item.starts_at) for item in copied] == [
        ("Sudah ada", datetime(2026, 11, 25, 0, 0, tzinfo=UTC)),
        (GOOD["title"], datetime(2026, 11, 25, 1, 0, tzinfo=UTC)),
    ]
    assert (copied[1].in_charge, copied[1].note, len(copied[1].speakers)) == ("Tata", "Bawa laptop", 2)


def test_rooms_have_sizes_names_and_an_order(people: Cast) -> None:
    browser, url = people.browser("sari"), f"/events/{people.event_id}/agenda/rooms"
    assert browser.post(url, data={"name": "Ruang Pleno", "capacity": "1.200"}).status_code == 303
    assert browser.post(url, data={"name": "Ruang Cendana", "capacity": ""}).status_code == 303
    assert browser.post(url, data={"name": "ruang pleno"}).status_code == 422
    assert browser.post(url, data={"name": "Lain", "capacity": "banyak"}).status_code == 422
    with people.app.app_context():
        first, second = store.rooms(people.event_id)
    assert (first.name, first.capacity, second.capacity) == ("Ruang Pleno", 1200, None)
    add(people)
    assert browser.post(f"{url}/{first.id}/removal").status_code == 303
    assert "masih dipakai" in browser.get(url).text
    assert browser.post(f"{url}/{second.id}/position").status_code == 303
    assert browser.post(f"{url}/{first.id}", data={"name": "Aula", "capacity": "900"}).status_code == 303
    with people.app.app_context():
        assert [(room.name, room.capacity) for room in store.rooms(people.event_id)] == [
            ("Ruang Cendana", None),
            ("Aula", 900),
        ]
    assert [item.room for item in items(people)] == ["Aula"]


def test_the_form_knows_roles_and_a_capacity(people: Cast) -> None:
    with people.app.app_context(), transaction(unaudited="a test's own row"):
        role = make.role(people.event_id, position=1)
    add(people, roles=str(role.id), capacity="40")
    (item,) = items(people)
    assert ([one.name for one in item.roles], item.capacity, item.for_whom) == ([role.name], 40, role.name)
    page = people.browser("sari").get(item_url(people, item)).text
    assert re.search(rf'<input checked [^>]*value="{role.id}"', page)
    assert add(people, roles=str(UUID(int=4))) == 422
