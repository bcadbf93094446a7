"""The batch endpoint: every record once, every verdict right, the request refused only as a whole."""

from base64 import b64decode
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import event, func, select

from rakor import clock, codes
from rakor.attendance.models import FactRow, HeldRecord, PresenceRow
from rakor.audit import AuditEntry
from rakor.checkin import batches, sealing, store, wire
from rakor.checkin.turns import Turns
from rakor.db import db, transaction
from rakor.events.models import Event
from rakor.events.rules import Admission, BadgeColour
from rakor.registrations import changes
from rakor.registrations.tickets import ticket_key
from rakor.web import access
from tests import make
from tests.checkin.hall import Desk, Hall, open_hall
from tests.conftest import MOMENT


def presence(hall: Hall, person: Any) -> PresenceRow | None:
    db.session.rollback()
    return db.session.scalar(select(PresenceRow).where(PresenceRow.registration_id == person.id))


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


def _shown(desk: Desk, ref: str) -> dict[str, Any]:
    """Scan as a phone does: whoever is sent to another desk did not come in here."""
    record = desk.record(ref=ref)
    answer = desk.send(record)
    if answer["records"][0]["verdict"] == "other_desk":
        desk.send(desk.void(record))
    return answer


def test_where_each_desk_owns_its_tickets_only_one_lets_in(hall: Hall) -> None:
    with transaction(unaudited="a test"):
        row = db.session.get_one(Event, hall.event_id)
        row.admission, row.desk_count = Admission.OWNED, 2
    desks = [hall.desk("Meja 1"), hall.desk("Meja 2")]
    people = [hall.person(f"Orang {n} Contoh") for n in range(16)]
    shown = []
    for person in people:
        answers = [_shown(desk, hall.ref(person)) for desk in desks]
        assert [answer["door"] for answer in answers] == [
            {"admission": "owned", "desk": number, "desks": 2} for number in (1, 2)
        ]
        said = [answer["records"][0] for answer in answers]
        shown.append([one["verdict"] for one in said])
        owner = int(hall.ref(person), 16) % 2 + 1
        assert said[owner - 1]["verdict"] == "in"
        assert (said[2 - owner]["verdict"], said[2 - owner]["place"]) == ("other_desk", str(owner))
    assert {tuple(one) for one in shown} == {("in", "other_desk"), ("other_desk", "in")}
    with transaction():
        store.revoke(hall.event_id, desks[0].id, now=clock.now())
    spare = hall.desk("Meja cadangan")  # the number of the one that is gone
    assert spare.send(spare.record(ref=hall.ref(people[0])))["door"]["desk"] == 1


def test_a_strict_event_lets_in_by_known_tickets_only(hall: Hall) -> None:
    with transaction(unaudited="a test"):
        db.session.get_one(Event, hall.event_id).admission = Admission.STRICT
    desk, person = hall.desk(), hall.person()
    ref = hall.ref(person)
    assert desk.verdicts(desk.record(ref="0" * 24)) == ["not_admitted"]
    assert desk.verdicts(desk.record(kind="manual", ref=ref, reason="cari nama")) == ["not_admitted"]
    row = presence(hall, person)
    assert row is not None
    assert not row.present
    assert "refused" in row.flags
    assert desk.verdicts(desk.record(ref=ref)) == ["in"]


def test_room_and_badge_colour_are_on_the_verdict(hall: Hall) -> None:
    with transaction(unaudited="a test"):
        role = make.role(hall.event_id, "Narasumber", colour=BadgeColour.BLUE)
    desk, person = hall.desk(), hall.person(role_id=role.id)
    before = desk.send()["change_seq"]
    with transaction():
        changes.place(db.session.merge(person), "Kamar 312", now=clock.now())
    answer = desk.send(desk.record(ref=hall.ref(person)), roster_seq=before)
    who = answer["records"][0]["who"]
    assert (who["role"], who["placing"], who["colour"]) == ("Narasumber", "Kamar 312", "blue")
    [line] = [change for change in answer["changes"] if change["sealed"]]
    secret = codes.ticket_secret(ticket_key(hall.event_id), person.id, 0)
    said = sealing.unseal(secret, b64decode(line["sealed"]))
    assert said == ["Agustina Contoh, S.E.", "Narasumber", "", "Kamar 312", "blue"]


def test_who_tries_many_codes_learns_nothing_more_whatever_the_server(hall: Hall) -> None:
    desk, other, person = hall.desk(), hall.desk("Meja 2"), hall.person()
    guesses = [desk.record(ref=f"{n:024x}") for n in range(10)]
    assert set(desk.verdicts(*guesses)) == {"unknown"}
    more = [desk.record(ref=f"{n:024x}") for n in range(100, 103)]
    good = desk.record(ref=hall.ref(person))
    limited = desk.client.post("/scan/v1/batches", json={"records": [*more, good]})
    assert (limited.status_code, limited.headers["Retry-After"]) == (429, "60")
    assert "unknown" not in limited.text
    db.session.close()
    assert db.session.scalar(select(func.count()).select_from(FactRow)) == 14  # kept all the same
    assert presence(hall, person).present  # type: ignore[union-attr]
    assert other.verdicts(other.record(ref="f" * 24)) == ["unknown"]
    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "scan.guessing"))
    said = [one.detail["count"] for one in entries]
    assert said == [13]
    again = desk.send(*more, good)["records"]  # what was kept is answered
    assert [one["status"] for one in again] == ["duplicate"] * 4


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


def test_a_time_off_the_days_is_flagged_and_counts(hall: Hall) -> None:
    desk, person = hall.desk(), hall.person()
    year = 365 * 86_400_000
    record = desk.record(ref=hall.ref(person))
    desk.send(record | {"t_wall": record["t_wall"] - year})  # its segment never met the server
    row = presence(hall, person)
    assert row is not None
    assert row.present
    assert "off_the_days" in row.flags.split()
    desk.send(desk.clock())  # now its clock is known
    row = presence(hall, person)
    assert row is not None
    assert (row.present, row.flags) == (True, "")
