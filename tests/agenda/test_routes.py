"""The agenda through HTTP, on both databases."""

from uuid import UUID

from sqlalchemy import event as sqlalchemy_event

from rakor.agenda import store
from rakor.db import db
from rakor.events.models import EventDay
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
    assert "08.00" in people.browser("sari").get(f"/events/{people.event_id}/agenda").text


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
    page = people.browser("sari").get(f"/events/{people.event_id}/agenda").text
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
