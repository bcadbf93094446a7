"""The door in numbers: right across checkpoints and desks, in constant statements, quiet when nothing moves."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import event as sqlalchemy_event

from rakor import clock
from rakor.accounts.rules import Role
from rakor.attendance.models import Checkpoint
from rakor.attendance.store import checkpoints
from rakor.checkin import live
from rakor.checkin.live_rules import Live, Queue, pace
from rakor.db import db, transaction
from rakor.events import store as events
from tests import cast, make
from tests.checkin.hall import Hall, open_hall


@pytest.fixture
def hall(app: Flask, people: cast.Cast, moment: datetime) -> Iterator[Hall]:
    with app.app_context():
        found = open_hall(app)
        with transaction(unaudited="a test"):
            make.grant(found.event_id, people.users["sari"], Role.OWNER)
        yield found


def counted(hall: Hall) -> Live:
    event = events.event(hall.event_id)
    assert event is not None
    found = live.count(event, clock.now())
    db.session.close()
    return found


def test_people_count_once_at_however_many_places_and_desks(hall: Hall) -> None:
    """Seen red: with count(*) in place of distinct people, two checkpoints made four people of two."""
    one, two = hall.desk("Meja 1"), hall.desk("Meja 2")
    places = checkpoints.checkpoints(hall.event_id)
    other = next(place for place in places if place.id != hall.checkpoint.id)
    ani, budi, citra = (hall.person(f"{name} Contoh") for name in ("Ani", "Budi", "Citra"))
    one.send(one.clock(), one.record(ref=hall.ref(ani)), one.record(ref=hall.ref(budi)))
    two.send(two.clock(), two.record(ref=hall.ref(ani)), two.record(ref=hall.ref(ani), checkpoint=str(other.id)))
    with clock.freeze(clock.now() + timedelta(seconds=30), everywhere=True):
        two.send(two.record(ref=hall.ref(budi), direction="out"))
        found = counted(hall)
    assert (found.present, found.inside, found.expected) == (2, 1, 3)
    by_name = {place.name: (place.entered, place.inside) for place in found.places}
    assert by_name[hall.checkpoint.name] == (2, 1)
    assert by_name[other.name] == (1, 1)
    assert {desk.name: desk.entered for desk in found.desks} == {"Meja 1": 2, "Meja 2": 1}
    assert citra.id


def test_the_pace_is_of_the_last_minutes_and_an_outbox_does_not_fake_it(hall: Hall) -> None:
    desk = hall.desk()
    desk.send(desk.clock(), *(desk.record(ref=hall.ref(hall.person(f"Orang {n} Contoh"))) for n in range(10)))
    assert counted(hall).per_minute == 2.0
    hour = round(timedelta(hours=1).total_seconds() * 1000)
    late = [desk.record(ref=hall.ref(hall.person(f"Luring {n} Contoh"))) for n in range(5)]
    desk.send(*(one | {"t_wall": one["t_wall"] - hour} for one in late))
    found = counted(hall)
    assert (found.present, found.per_minute) == (15, 2.0)
    with clock.freeze(clock.now() + timedelta(minutes=6), everywhere=True):
        assert counted(hall).per_minute == 0


def test_the_queue_is_guessed_from_how_busy_a_desk_is() -> None:
    assert pace(0).queue is Queue.IDLE
    assert pace(10).queue is Queue.FREE
    assert pace(30).queue is Queue.BUSY
    assert pace(45).queue is Queue.QUEUE
    assert [pace(n).waiting for n in (0, 25, 45, 50, 500)] == [0, 0, 4, 20, 20]


def test_several_desks_before_one_queue_share_it() -> None:
    assert pace(90, 2).load == pace(45).load
    assert pace(90, 2).waiting < 2 * pace(45).waiting
    assert pace(90, 1).queue is Queue.QUEUE
    assert pace(90, 4).queue is Queue.FREE


def test_the_pace_of_a_checkpoint_is_of_what_was_scanned_there_by_whichever_desk(hall: Hall) -> None:
    """Seen red: with the pace of the desks that stand at a place, the session's door had nobody."""
    one, two = hall.desk("Meja 1"), hall.desk("Meja 2")
    other = next(place for place in checkpoints.checkpoints(hall.event_id) if place.id != hall.checkpoint.id)
    people = [hall.person(f"Orang {n} Contoh") for n in range(10)]
    one.send(one.clock(), *(one.record(ref=hall.ref(who)) for who in people))
    two.send(two.clock(), *(two.record(ref=hall.ref(who), checkpoint=str(other.id)) for who in people[:5]))
    found = counted(hall)
    paces = {place.name: place.pace.per_minute for place in found.places}
    assert (paces[hall.checkpoint.name], paces[other.name]) == (2.0, 1.0)
    assert {desk.name: desk.pace.per_minute for desk in found.desks} == {"Meja 1": 2.0, "Meja 2": 1.0}
    assert found.per_minute == 2.0, "people, not scans: five of the ten passed two doors"


def test_a_merged_checkpoint_goes_on_under_what_it_became(hall: Hall) -> None:
    desk = hall.desk()
    other = next(place for place in checkpoints.checkpoints(hall.event_id) if place.id != hall.checkpoint.id)
    desk.send(desk.clock(), *(desk.record(ref=hall.ref(hall.person(f"Orang {n} Contoh"))) for n in range(5)))
    with transaction(unaudited="a test") as session:
        session.get_one(Checkpoint, hall.checkpoint.id).merged_into_id = other.id
    found = counted(hall)
    assert {place.name: place.pace.per_minute for place in found.places}[other.name] == 1.0
    assert [desk.place for desk in found.desks] == [other.name]


def test_the_statements_do_not_grow_with_desks_and_people(hall: Hall) -> None:
    found = []
    for round_ in range(2):
        desks = [hall.desk(f"Meja {round_}{n}") for n in range(1 + 3 * round_)]
        for desk in desks:
            desk.send(desk.clock(), desk.record(ref=hall.ref(hall.person())))
        seen: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_rest: object, seen: list[str] = seen) -> None:
            seen.append(statement)

        sqlalchemy_event.listen(db.engine, "after_cursor_execute", note)
        counted(hall)
        sqlalchemy_event.remove(db.engine, "after_cursor_execute", note)
        found.append(len(seen))
    assert found[0] == found[1] <= 7


def test_who_asks_again_gets_nothing_new_until_something_moves(hall: Hall, people: cast.Cast) -> None:
    sari, path = people.browser("sari"), f"/events/{hall.event_id}/door"
    assert "Pintu sekarang" in sari.get(path).text
    first = sari.get(f"{path}/numbers")
    tag = first.headers["ETag"]
    assert sari.get(f"{path}/numbers", headers={"If-None-Match": tag}).status_code == 304
    assert sari.get(f"{path}/numbers?seen={tag.strip(chr(34))}").status_code == 204
    desk = hall.desk()
    desk.send(desk.clock(), desk.record(ref=hall.ref(hall.person())))
    assert sari.get(f"{path}/numbers?seen={tag.strip(chr(34))}").status_code == 204, "counted for all who ask now"
    with clock.freeze(clock.now() + live.FRESH, everywhere=True):
        again = sari.get(f"{path}/numbers", headers={"If-None-Match": tag})
    assert again.status_code == 200
    assert "<b>1 orang sudah masuk</b>" in again.text
