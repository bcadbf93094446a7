"""The coordinator's screen: every matter is listed with what happened, every decision is one more fact."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from rakor import clock
from rakor.accounts.rules import Role
from rakor.attendance.models import FactRow, HeldRecord, PresenceRow
from rakor.attendance.rules.words import Kind
from rakor.checkin import coordination, store
from rakor.db import db, transaction
from tests import cast, make
from tests.books import rows_of
from tests.checkin.hall import Desk, Hall, open_hall


@dataclass
class Door:
    """A hall and its coordinator's browser."""

    hall: Hall
    sari: FlaskClient
    decided: int = 0

    @property
    def path(self) -> str:
        return f"/events/{self.hall.event_id}/coordination"

    def page(self, **wish: str) -> str:
        answer = self.sari.get(self.path, query_string=wish)
        assert answer.status_code == 200
        return answer.text

    def decide(self, what: str, **form: str) -> str:
        """Post a decision, each a second after the one before, and return the page it leads to."""
        self.decided += 1
        with clock.freeze(clock.now() + timedelta(seconds=self.decided), everywhere=True):
            answer = self.sari.post(f"{self.path}/{what}", data=form, follow_redirects=True)
        assert answer.status_code == 200, answer.status_code
        db.session.close()
        return answer.text

    def counts(self) -> dict[str, int]:
        return {matter.value: count for matter, count in coordination.counts(self.hall.event_id).items() if count}


@pytest.fixture
def door(app: Flask, people: cast.Cast, moment: datetime) -> Iterator[Door]:
    with app.app_context():
        hall = open_hall(app)
        with transaction(unaudited="a test"):
            make.grant(hall.event_id, people.users["sari"], Role.OWNER)
        yield Door(hall, people.browser("sari"))


def present() -> int:
    found = db.session.scalar(select(func.count()).select_from(PresenceRow).where(PresenceRow.present))
    db.session.close()
    return found or 0


def fact_count() -> int:
    found = db.session.scalar(select(func.count()).select_from(FactRow))
    db.session.close()
    return found or 0


Record = dict[str, str]


def scanned_twice(door: Door, apart: timedelta = timedelta(minutes=1)) -> tuple[Desk, Desk, Record, Record]:
    person = door.hall.person()
    one, two = door.hall.desk("Meja 1"), door.hall.desk("Meja 2")
    for desk in (one, two):
        desk.send(desk.clock())
    first = one.record(ref=door.hall.ref(person))
    one.send(first)
    with clock.freeze(clock.now() + apart, everywhere=True):
        second = two.record(ref=door.hall.ref(person))
        two.send(second)
    return one, two, first, second


def test_one_ticket_at_two_desks_is_listed_and_a_void_is_one_more_fact(door: Door) -> None:
    _one, _two, _first, second = scanned_twice(door)
    assert door.counts() == {"shared": 1, "duplicate": 1}
    page = door.page()
    assert "Agustina Contoh" in page
    assert "Meja 1" in page
    assert "Meja 2" in page
    before = fact_count()
    assert "tidak ada yang dihapus" in door.decide("scans", decision="void", scan=second["scan_id"], matter="shared")
    assert fact_count() == before + 1
    assert door.counts() == {}
    assert present() == 1
    door.decide("scans", decision="restore", scan=second["scan_id"])
    assert door.counts() == {"shared": 1, "duplicate": 1}


def test_what_waits_leaves_as_a_workbook_a_line_for_each_scan(door: Door) -> None:
    scanned_twice(door)
    assert "coordination/sheets?matter=shared" in door.page()
    heading, *lines = rows_of(door.sari.post(f"{door.path}/sheets?matter=shared"))
    desks = [str(line[heading.index("Meja")]) for line in lines]
    assert desks == ["Meja 1", "Meja 2"]
    assert {line[heading.index("Hal")] for line in lines} == {"Diduga dipakai dua orang"}
    assert len(rows_of(door.sari.post(f"{door.path}/sheets"))) == 1 + 4


def test_what_was_looked_at_is_gone_until_something_new_happens(door: Door) -> None:
    """Seen red: without the look at later scans a reviewed person was never listed again."""
    one, _two, first, _second = scanned_twice(door)
    person = db.session.scalars(select(PresenceRow)).one()
    who, where = str(person.registration_id), str(person.checkpoint_id)
    door.decide("scans", decision="review", registration=who, checkpoint=where)
    assert door.counts() == {}
    assert present() == 1
    with clock.freeze(clock.now() + timedelta(minutes=5), everywhere=True):
        one.send(one.record(ref=first["ref"]))
    assert door.counts() == {"shared": 1, "duplicate": 1}


def test_an_unknown_code_counts_once_a_person_says_whose_it_is(door: Door) -> None:
    desk, person = door.hall.desk(), door.hall.person("Budi Contoh")
    desk.send(desk.clock(), desk.record(ref="ab" * 12), desk.record(ref="ab" * 12, direction="out"))
    assert door.counts() == {"unknown": 1}
    assert "2 pindaian" in door.page(matter="unknown")
    found = door.page(matter="unknown", code="ab" * 12, q="budi")
    assert "Budi Contoh" in found
    assert present() == 0
    for _twice in range(2):
        door.decide("codes", decision="resolve", code="ab" * 12, person=door.hall.ref(person), matter="unknown")
    assert door.counts().get("unknown") is None
    row = db.session.scalars(select(PresenceRow)).one()
    assert (row.registration_id, row.present, row.inside, row.fact_count) == (person.id, True, False, 2)


def test_an_unknown_code_that_is_nobodys_is_laid_aside_and_stays(door: Door) -> None:
    desk = door.hall.desk()
    desk.send(desk.clock(), desk.record(ref="cd" * 12))
    before = fact_count()
    door.decide("codes", decision="dismiss", code="cd" * 12)
    assert door.counts() == {}
    assert fact_count() == before + 1


def test_what_a_revoked_phone_sends_waits_and_is_accepted_as_a_lot(door: Door) -> None:
    desk, people = door.hall.desk("Meja Hilang"), [door.hall.person(f"Orang {n} Contoh") for n in range(3)]
    desk.send(desk.clock())
    with transaction():
        store.revoke(door.hall.event_id, desk.id, now=clock.now())
    records = [desk.record(ref=door.hall.ref(one)) for one in people]
    assert desk.verdicts(*records) == ["held"] * 3
    assert door.counts() == {"held": 3}
    assert "3 catatan dari Meja Hilang" in door.page()
    door.decide("held", decision="accept", device=str(desk.id), hold="device")
    assert door.counts() == {}
    assert present() == 3
    assert [one["status"] for one in desk.send(*records)["records"]] == ["duplicate"] * 3, "a repeat stays a repeat"
    assert fact_count() == 1 + 3 + 3, "each record, and the decision on it"


def test_a_rejected_lot_never_counts_and_is_kept(door: Door) -> None:
    desk, person = door.hall.desk(), door.hall.person()
    desk.send(desk.record(ref=door.hall.ref(person), checkpoint=str(UUID(int=7))), {"scan_id": "?"})
    assert door.counts() == {"held": 2}
    assert "tidak ada yang berubah" in door.decide("held", decision="accept", device=str(desk.id), hold="unreadable")
    door.decide("held", decision="reject", device=str(desk.id), hold="unreadable")
    door.decide("held", decision="reject", device=str(desk.id), hold="checkpoint")
    assert door.counts() == {}
    assert present() == 0
    assert db.session.scalar(select(func.count()).select_from(HeldRecord)) == 2
    assert [row.kind for row in db.session.scalars(select(FactRow))] == [Kind.REJECT] * 2


def test_a_rejection_is_a_fact_and_can_be_turned_round(door: Door) -> None:
    """Seen red: with rows that were only marked, nothing said who rejected, and nothing brought them back."""
    desk, people = door.hall.desk("Meja Hilang"), [door.hall.person(f"Orang {n} Contoh") for n in range(3)]
    with transaction():
        store.revoke(door.hall.event_id, desk.id, now=clock.now())
    desk.send(*(desk.record(ref=door.hall.ref(one)) for one in people[:2]))
    lot = {"device": str(desk.id), "hold": "device"}
    door.decide("held", decision="reject", **lot)
    assert (door.counts(), present(), fact_count()) == ({}, 0, 2)
    assert all(row.operator_id for row in db.session.scalars(select(FactRow)))
    desk.send(desk.record(ref=door.hall.ref(people[2])))
    assert door.counts() == {"held": 1}
    page = door.page(matter="held")
    assert "Yang pernah ditolak atau dilihat: 2 catatan" in page
    door.decide("held", decision="accept", rejected="1", **lot)
    assert (present(), fact_count()) == (2, 2 + 2 * 2)
    assert door.counts()["held"] == 1, "what came later waits for a decision of its own"
    assert "tidak ada yang berubah" in door.decide("held", decision="accept", rejected="1", **lot)
    assert "Yang pernah ditolak" not in door.page(matter="held")


def test_a_record_of_no_checkpoint_counts_where_the_coordinator_says(door: Door) -> None:
    desk, person = door.hall.desk(), door.hall.person()
    desk.send(desk.record(ref=door.hall.ref(person), checkpoint=str(UUID(int=7))))
    form = {"decision": "accept", "device": str(desk.id), "hold": "checkpoint"}
    door.decide("held", **form)
    assert present() == 0
    door.decide("held", **form, checkpoint=str(door.hall.checkpoint.id))
    assert present() == 1


def test_two_records_under_one_id_can_both_count(door: Door) -> None:
    desk, one, two = door.hall.desk(), door.hall.person("Satu Contoh"), door.hall.person("Dua Contoh")
    first = desk.record(ref=door.hall.ref(one))
    desk.send(first)
    desk.send(first | {"ref": door.hall.ref(two)})
    door.decide("held", decision="accept", device=str(desk.id), hold="conflict")
    assert present() == 2


def test_a_scan_of_another_event_cannot_be_ruled_on(door: Door, people: cast.Cast) -> None:
    _one, _two, _first, second = scanned_twice(door)
    before, elsewhere = fact_count(), f"/events/{people.event_id}/coordination/scans"
    answer = door.sari.post(elsewhere, data={"decision": "void", "scan": second["scan_id"]}, follow_redirects=True)
    assert "tidak ada yang berubah" in answer.text
    assert fact_count() == before


@pytest.mark.parametrize("form", [{}, {"decision": "void"}, {"decision": "review", "scan": "x"}, {"decision": "erase"}])
def test_what_is_no_decision_is_a_bad_request(door: Door, form: dict[str, str]) -> None:
    for what in ("scans", "codes", "held"):
        assert door.sari.post(f"{door.path}/{what}", data=form).status_code == 400


def test_a_dead_ticket_is_listed_and_let_in_by_a_restore(door: Door) -> None:
    person, desk = door.hall.person(), door.hall.desk()
    old = door.hall.ref(person)
    newer = door.hall.reissue(person.id)
    desk.send(desk.clock(), desk.record(ref=old, roster_seq=10**6))
    assert newer.epoch == 1
    assert "refused" in door.counts()
    scan = db.session.scalars(select(FactRow).where(FactRow.kind == Kind.TICKET)).one().scan_id
    db.session.close()
    assert present() == 0
    door.decide("scans", decision="restore", scan=str(scan))
    assert present() == 1
