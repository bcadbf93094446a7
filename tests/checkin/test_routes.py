"""The batch endpoint: every record once, every verdict right, the request refused only as a whole."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import event, func, select

from rakor import clock
from rakor.attendance.models import FactRow, HeldRecord, PresenceRow
from rakor.checkin import batches, store, wire
from rakor.checkin.turns import Turns
from rakor.db import db, transaction
from rakor.web import access
from tests.checkin.hall import Hall, open_hall, presence
from tests.conftest import MOMENT


def test_a_good_ticket_is_in_and_seen_again_it_says_when_and_where(hall: Hall) -> None:
    person = hall.person("Samuel Contoh", front_title="Ir.", back_title="M.M.", post="Kepala Kantor")
    first, second = hall.desk("Meja 3"), hall.desk("Meja 4")
    one = first.send(first.clock(), first.record(ref=hall.ref(person)))
    assert [r["verdict"] for r in one["records"]] == ["recorded", "in"]
    who = {"name": "Ir. Samuel Contoh, M.M.", "role": "Kepala Kantor", "office": "", "placing": "", "colour": ""}
    assert one["records"][1]["who"] == who
    assert one["ack_through"] == 2
    with clock.freeze(MOMENT + timedelta(minutes=10), everywhere=True):
        [again] = second.send(second.record(ref=hall.ref(person)))["records"]
    assert (again["status"], again["verdict"], again["place"]) == ("stored", "already", "Meja 3")
    assert again["first_in_at"] == round(MOMENT.timestamp() * 1000)
    row = presence(hall, person)
    assert row is not None
    assert (row.present, row.duplicate_count, row.first_place, row.first_in_at) == (True, 1, "Meja 3", MOMENT)


def test_a_repeat_gets_the_same_answer_and_changes_nothing(hall: Hall) -> None:
    desk, person = hall.desk(), hall.person()
    record = desk.record(ref=hall.ref(person))
    first = desk.send(record)["records"][0]
    again = desk.send(record, record)["records"]
    for one in again:
        assert one == first | {"status": "duplicate"}
    assert db.session.scalar(select(func.count()).select_from(FactRow)) == 1
    row = presence(hall, person)
    assert row is not None
    assert (row.fact_count, row.duplicate_count) == (1, 0)


def test_equal_id_with_other_facts_waits(hall: Hall) -> None:
    desk, person, other = hall.desk(), hall.person(), hall.person("Budi Contoh")
    record = desk.record(ref=hall.ref(person))
    forged = record | {"ref": hall.ref(other)}
    desk.send(record)
    for _ in range(2):
        [answer] = desk.send(forged)["records"]
        assert (answer["status"], answer["verdict"]) == ("quarantined", "held")
    assert [row.hold for row in db.session.scalars(select(HeldRecord))] == ["conflict"]
    assert presence(hall, other) is None
    assert desk.send(record)["records"][0]["status"] == "duplicate"


def test_the_old_card_the_revoked_the_unknown_and_another_events(hall: Hall) -> None:
    desk, person = hall.desk(), hall.person()
    old = hall.ref(person)
    hall.reissue(person.id)
    elsewhere = open_hall(hall.app)
    foreign = elsewhere.ref(elsewhere.person("Rahasia Contoh"))
    refused = desk.record(ref=old)
    answers = desk.send(refused, desk.record(ref="0" * 24), desk.record(ref=foreign))["records"]
    assert [one["verdict"] for one in answers] == ["old_card", "unknown", "other_event"]
    assert [one["who"] for one in answers] == [None, None, None]
    desk.send(desk.void(refused))  # a desk that showed a refusal takes its scan back at once
    assert desk.verdicts(desk.record(ref=hall.ref(person, 1))) == ["in"]
    assert "Rahasia" not in str(answers)
    assert db.session.scalar(select(func.count()).select_from(PresenceRow)) == 1


def test_a_void_takes_back_whatever_the_order(hall: Hall) -> None:
    desk, other, person = hall.desk(), hall.desk("Meja 2"), hall.person()
    record = desk.record(ref=hall.ref(person))
    assert other.verdicts(other.void(record)) == ["recorded"]  # the void is here before what it voids
    desk.send(record)
    row = presence(hall, person)
    assert row is not None
    assert not row.present
    desk.send(desk.record(ref=hall.ref(person), t_wall=record["t_wall"] + 60_000, t_mono=record["t_mono"] + 60_000))
    row = presence(hall, person)
    assert row is not None
    assert row.present


def test_a_late_clock_record_corrects_what_came_before(hall: Hall) -> None:
    desk, person = hall.desk(), hall.person()
    record = desk.record(ref=hall.ref(person), t_wall=1_000_000_000_000, t_mono=5_000)
    desk.send(record)
    row = presence(hall, person)
    assert row is not None
    assert "time_uncertain" in row.flags.split()
    desk.send(desk.clock() | {"t_mono": 65_000})
    row = presence(hall, person)
    assert row is not None
    assert (row.flags, row.first_in_at) == ("", MOMENT - timedelta(minutes=1))


@pytest.mark.parametrize(
    "broken",
    [
        {},
        7,
        None,
        "x",
        [],
        {"scan_id": "not an id"},
        {"ref": None},
        {"ref": "ABC"},
        {"kind": "restore"},
        {"kind": "void"},
        {"kind": "manual"},
        {"device_seq": True},
        {"t_wall": 1e30},
        {"t_wall": "7"},
        {"reason": "\x00"},
        {"reason": "\ud800"},
        {"override": "yes"},
        {"checkpoint": str(uuid4())},
    ],
)
def test_a_bad_record_waits_and_the_others_are_stored(hall: Hall, broken: Any) -> None:
    desk, person = hall.desk(), hall.person()
    bad = desk.record(ref=hall.ref(person)) | broken if isinstance(broken, dict) and broken else broken
    answer = desk.send(bad, desk.record(ref=hall.ref(person), device_seq=2))
    assert [one["status"] for one in answer["records"]] == ["quarantined", "stored"]
    assert desk.send(bad)["records"][0]["status"] == "quarantined"
    assert db.session.scalar(select(func.count()).select_from(HeldRecord)) == 1


def test_whole_numbers_with_a_point_are_whole_numbers(hall: Hall) -> None:
    desk, person = hall.desk(), hall.person()
    record = desk.record(ref=hall.ref(person))
    assert desk.verdicts(record | {"t_wall": float(record["t_wall"])}) == ["in"]


def test_gaps_are_seen_and_close(hall: Hall) -> None:
    desk = hall.desk()
    records = [desk.record(ref=f"{n:024x}") for n in range(6)]
    answer = desk.send(records[0], records[3], records[5])
    assert (answer["ack_through"], answer["missing"]) == (1, [2, 3, 5])
    answer = desk.send(records[1], records[2])
    assert (answer["ack_through"], answer["missing"]) == (4, [5])
    answer = desk.send(records[4])
    assert (answer["ack_through"], answer["missing"]) == (6, [])


def test_a_revoked_device_uploads_into_quarantine(hall: Hall) -> None:
    desk, person = hall.desk(), hall.person()
    with transaction():
        store.revoke(hall.event_id, desk.id, now=clock.now())
    assert desk.verdicts(desk.record(ref=hall.ref(person))) == ["held"]
    assert presence(hall, person) is None


def test_the_request_as_a_whole(hall: Hall) -> None:
    desk = hall.desk()
    post = desk.client.post
    assert post("/scan/v1/batches", data="{", content_type="application/json").status_code == 400
    assert post("/scan/v1/batches", data="[" * 60_000, content_type="application/json").status_code == 400
    assert post("/scan/v1/batches", json={"records": 7}).status_code == 400
    assert post("/scan/v1/batches", json={"records": [{}] * 201}).status_code == 400
    assert post("/scan/v1/batches", data=b"x" * 70_000).status_code == 413
    answer = hall.app.test_client().post("/scan/v1/batches", json={"records": []})
    assert answer.status_code == 401
    assert set(answer.get_json()["error"]) == {"status", "code", "message", "request_id"}
    assert desk.send()["records"] == []


def test_changes_follow_tickets_and_first_comings(hall: Hall) -> None:
    desk, person = hall.desk(), hall.person()
    before = desk.send()["change_seq"]
    desk.send(desk.record(ref=hall.ref(person)))
    answer = desk.send(roster_seq=before)
    [coming] = answer["changes"]
    assert (coming["ref"], coming["first_in_at"]) == (hall.ref(person), round(MOMENT.timestamp() * 1000))
    hall.reissue(person.id)
    changes = desk.send(roster_seq=coming["change_seq"])["changes"]
    assert {change["ref"]: change["replaced"] for change in changes} == {
        hall.ref(person, 0): True,
        hall.ref(person, 1): False,
    }
    assert desk.send(roster_seq=changes[-1]["change_seq"])["changes"] == []
    assert "Contoh" not in str(changes)


def test_a_foreign_void_is_no_void_here(hall: Hall) -> None:
    desk, person = hall.desk(), hall.person()
    record = desk.record(ref=hall.ref(person))
    elsewhere = open_hall(hall.app).desk()
    elsewhere.send(elsewhere.void(record))
    desk.send(record)
    assert elsewhere.verdicts(elsewhere.void(record)) == ["held"]
    row = presence(hall, person)
    assert row is not None
    assert row.present


def test_the_number_of_statements_does_not_grow(hall: Hall) -> None:
    people = [hall.person(f"Orang {n} Contoh") for n in range(200)]
    counts = {}
    for size in (1, 3, 200):
        desk = hall.desk(f"Meja {size}")
        records = [desk.record(ref=hall.ref(person)) for person in people[: size - 1]]
        statements: list[str] = []

        def note(_c: Any, _cursor: Any, statement: str, *_rest: Any, seen: list[str] = statements) -> None:
            if not statement.startswith(("BEGIN", "PRAGMA")):
                seen.append(statement.split("\n")[0])

        event.listen(db.engine, "before_cursor_execute", note)
        desk.send(desk.clock(), *records, changes=0)
        event.remove(db.engine, "before_cursor_execute", note)
        if size > 1:
            counts[size] = statements
        else:
            again = hall.desk("Meja satu")
            event.listen(db.engine, "before_cursor_execute", note)
            statements.clear()
            again.send(again.record(ref=hall.ref(people[0])), changes=0)
            event.remove(db.engine, "before_cursor_execute", note)
            counts[size] = statements
    lengths = {size: len(found) for size, found in counts.items()}
    assert max(lengths.values()) <= 12, counts
    assert lengths[3] == lengths[200], counts


def test_two_workers_that_get_one_batch_at_once_store_it_once(hall: Hall) -> None:
    """As if by two processes: neither knows of the other's batch, the event's turn orders them."""
    desk, people = hall.desk(), [hall.person(f"Orang {n} Contoh") for n in range(5)]
    sent = [desk.record(ref=hall.ref(one)) for one in people]
    device = access.Device(desk.id, hall.event_id, None, False, "Meja 1")
    batch = wire.Batch(records=sent)
    lines = [Turns(batches.enter, weight=lambda _: 1, limit=1) for _ in range(4)]
    app = hall.app

    def enter(line: Turns[Any, Any]) -> list[str]:
        with app.app_context(), clock.freeze(MOMENT):
            entered = line.submit(batches.sent(device, batch))
            return [f"{one.status} {one.verdict}" for one in entered.receipts()]

    with ThreadPoolExecutor(4) as pool:
        told = sorted(map(tuple, pool.map(enter, lines)))
    assert told == [("duplicate in",) * 5] * 3 + [("stored in",) * 5]
    db.session.close()
    assert db.session.scalar(select(func.count()).select_from(FactRow)) == 5
    assert desk.send()["ack_through"] == 5
