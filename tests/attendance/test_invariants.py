"""The invariants of the scan protocol that no other test holds; docs/protocol.md has the table of all thirteen."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from unittest.mock import patch
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from rakor import clock
from rakor.attendance.models import FactRow, PresenceRow
from rakor.attendance.rules.words import Verdict
from rakor.checkin import batches, roster, store, wire
from rakor.db import db, plain_transaction, transaction
from rakor.registrations import tickets
from rakor.registrations.models import Registration
from rakor.web import access
from tests.checkin.hall import Desk, Hall, open_hall
from tests.conftest import Client

WRITERS, BATCHES = 16, 12


@pytest.fixture
def hall(app: Flask) -> Iterator[Hall]:
    """A hall under the machine's own clock."""
    app.test_client_class = Client
    with app.app_context():
        yield open_hall(app)


def presences() -> list[tuple[UUID, bool]]:
    found = [(row.registration_id, row.present) for row in db.session.scalars(select(PresenceRow))]
    db.session.close()
    return found


def test_i5_presence_needs_a_counted_fact_of_an_enrolled_device_and_a_ticket(hall: Hall) -> None:
    """Mutant: ``batches._held`` returns the arrivals as they are → the revoked phone's guest is present."""
    good, lost, late = hall.desk("Meja 1"), hall.desk("Meja hilang"), hall.desk("Meja usai")
    here, by_lost, by_late, nobody = (hall.person(f"Orang {n} Contoh") for n in range(4))
    with transaction():
        store.revoke(hall.event_id, lost.id, now=clock.now())
    good.send(good.record(ref=hall.ref(here)), good.record(ref="ab" * 12), good.record(kind="walk_in"))
    good.send(good.record(ref=hall.ref(nobody), checkpoint=str(uuid4())))
    lost.send(lost.record(ref=hall.ref(by_lost)))
    with clock.freeze(clock.now() + timedelta(days=30), everywhere=True):
        late.send(late.record(ref=hall.ref(by_late)))
    assert presences() == [(here.id, True)]


def test_i7_two_desks_at_one_instant_show_masuk_once(hall: Hall) -> None:
    """Mutant: ``Book.show`` judges by ABSENT → two "masuk". HTTP and 200 rounds: ``python -m bench same_instant``."""
    people = [hall.person(f"Orang {n} Contoh") for n in range(12)]
    desks = [hall.desk(f"Meja {n}") for n in range(2)]
    shown: dict[UUID, list[Verdict]] = {one.id: [] for one in people}
    gate = threading.Barrier(len(desks))

    def work(desk: Desk) -> None:
        with hall.app.app_context():
            for person in people:
                record = desk.record(ref=tickets.ref_of(hall.event_id, person.id, 0).hex())
                gate.wait()
                shown[person.id].append(entered(hall, desk, record)[0])

    run([threading.Thread(target=work, args=(desk,)) for desk in desks])
    assert all(sorted(found) == [Verdict.ALREADY, Verdict.IN] for found in shown.values())


def test_i8_a_gap_is_known_within_one_sync(hall: Hall) -> None:
    """Mutant: ``acknowledged`` drops what is beyond the first gap → nothing is missing."""
    desk = hall.desk()
    lost = desk.record(ref=hall.ref(hall.person()))
    answer = desk.send(desk.record(ref=hall.ref(hall.person("Budi Contoh"))))
    assert (answer["ack_through"], answer["missing"]) == (0, [1])
    assert store.device(hall.event_id, desk.id).beyond == [2]  # type: ignore[union-attr]
    assert desk.send(lost)["ack_through"] == 2


def test_i11_a_device_learns_nothing_of_another_event(hall: Hall) -> None:
    """Mutant: the ledger looks at tickets of its own event only → "tidak dikenal"; with names shown → the name."""
    other = open_hall(hall.app)
    desk, stranger = hall.desk(), other.person("Rahasia Contoh")
    before = presences()
    answer = desk.client.post("/scan/v1/batches", json={"records": [desk.record(ref=other.ref(stranger))]})
    assert answer.get_json()["records"][0]["verdict"] == "other_event"
    assert answer.get_json()["records"][0]["who"] is None
    assert "Rahasia" not in answer.text
    assert desk.client.get("/scan/v1/search?q=rahasia").get_json()["people"] == []
    assert presences() == before
    theirs = other.desk()
    scan = theirs.record(ref=other.ref(stranger))
    theirs.send(scan)
    assert desk.send(desk.void(scan))["records"][0]["status"] == "quarantined"
    assert presences() == [(stranger.id, True)]


def entered(hall: Hall, desk: Desk, *records: dict[str, object]) -> list[Verdict]:
    """Enter a batch in a transaction of its own, beside whoever else writes; return the verdicts."""
    device = access.Device(desk.id, hall.event_id, None, False, "Meja")
    sent = batches.sent(device, wire.Batch(records=list(records)))
    with plain_transaction(unaudited="a test") as connection:
        [done] = batches.enter(connection, [sent])
    return [one.verdict for one in done.receipts()]


def run(threads: list[threading.Thread]) -> None:
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def follow(hall: Hall, people: list[UUID]) -> tuple[dict[str, tuple[int, object]], dict[str, tuple[int, object]]]:
    """Let sixteen writers work while a reader follows the numbers; return what it has, and what a fresh reader gets."""
    desks = [hall.desk(f"Meja {n}") for n in range(WRITERS - 4)]
    done = threading.Event()
    seen: dict[str, tuple[int, object]] = {}

    def scan(desk: Desk, number: int) -> None:
        with hall.app.app_context():
            for step in range(BATCHES):
                person = people[(number * BATCHES + step) % len(people)]
                entered(hall, desk, desk.record(ref=tickets.ref_of(hall.event_id, person, 0).hex()))

    def reissue(number: int) -> None:
        with hall.app.app_context():
            for step in range(BATCHES):
                with transaction(unaudited="a test") as session:
                    row = session.get_one(Registration, people[number * BATCHES + step])
                    tickets.reissue(row, now=clock.now())
                db.session.remove()

    def read() -> None:
        with hall.app.app_context():
            cursor, rest = 0, 3
            while rest:
                rest -= done.is_set()
                for change in roster.changes(hall.event_id, cursor, 500):
                    cursor = max(cursor, change.change_seq)
                    seen[change.ref] = (change.change_seq, change.revoked_seq)
                db.session.remove()

    writers = [threading.Thread(target=scan, args=(desk, n)) for n, desk in enumerate(desks)]
    writers += [threading.Thread(target=reissue, args=(n,)) for n in range(4)]
    reader = threading.Thread(target=read)
    reader.start()
    run(writers)
    done.set()
    reader.join()
    fresh: dict[str, tuple[int, object]] = {}
    for change in roster.changes(hall.event_id, 0, 100_000):
        fresh[change.ref] = (change.change_seq, change.revoked_seq)
    return seen, fresh


def test_i13_a_reader_that_follows_the_numbers_misses_nothing_under_sixteen_writers(hall: Hall) -> None:
    people = [hall.person(f"Orang {n} Contoh").id for n in range(WRITERS * BATCHES)]
    seen, fresh = follow(hall, people)
    assert {ref: fresh[ref] for ref in fresh} == {ref: seen.get(ref) for ref in fresh}
    numbers = sorted(db.session.scalars(select(FactRow.change_seq)))
    assert len(numbers) == len(set(numbers)) == (WRITERS - 4) * BATCHES


def test_i13_bites_where_the_last_number_is_not_stored(hall: Hall) -> None:
    """Mutant: the batch does not raise the event's last number, so the next one gives the same numbers again."""
    people = [hall.person(f"Orang {n} Contoh").id for n in range(WRITERS * BATCHES)]
    with patch.object(store, "number", lambda connection, change_seq: None):
        follow(hall, people)
    numbers = list(db.session.scalars(select(FactRow.change_seq)))
    assert len(numbers) != len(set(numbers))
