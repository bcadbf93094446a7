"""Guests without an invitation: sealed at the desk, counted by nobody before the organiser agrees, never deleted."""

import json
from collections.abc import Iterator
from uuid import UUID

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from rakor import clock, crypto
from rakor.attendance.models import FactRow, PresenceRow
from rakor.attendance.store import checkpoints
from rakor.checkin import envelope, walkins
from rakor.checkin.answers import base64_of
from rakor.db import db, transaction
from rakor.registrations.models import Registration, RegistrationSource
from tests.cast import Cast
from tests.checkin.hall import Desk, Hall, open_hall
from tests.conftest import Client

GUEST = ["Wulan Tamu Contoh", "KPU Kab. Asmat", "Staf", "diminta ketua"]


def wrote(hall: Hall, desk: Desk, lines: list[str] | None = None) -> UUID:
    text = json.dumps(GUEST if lines is None else lines)
    sealed = base64_of(envelope.seal(envelope.public_key(hall.event_id), text))
    record = desk.record(kind="walk_in", sealed=sealed, in_roster=False)
    answer = desk.send(desk.clock(), record)
    assert answer["records"][1]["status"] == "stored"
    return UUID(record["scan_id"])


def present(hall: Hall) -> int:
    db.session.rollback()
    there = (PresenceRow.event_id == hall.event_id, PresenceRow.present)
    query = select(func.count()).select_from(PresenceRow).where(*there)
    return db.session.scalar(query) or 0


def approve(hall: Hall, scan_id: UUID) -> Registration | None:
    with transaction(unaudited="a test"):
        return walkins.approve(hall.event_id, scan_id, operator_id=UUID(int=1), now=clock.now())


def test_nothing_counts_before_the_organiser_agrees(hall: Hall) -> None:
    scan_id = wrote(hall, hall.desk("Meja 3"))
    [guest] = walkins.waiting(hall.event_id)
    assert (guest.scan_id, guest.lines, guest.place) == (scan_id, tuple(GUEST), "Meja 3")
    assert present(hall) == 0
    assert db.session.scalar(select(func.count()).select_from(Registration)) == 0


def test_an_approved_guest_is_registered_and_present_since_the_desk_wrote(hall: Hall) -> None:
    scan_id = wrote(hall, hall.desk("Meja 3"))
    person = approve(hall, scan_id)
    assert person is not None
    assert approve(hall, scan_id) is None  # twice is once
    assert walkins.waiting(hall.event_id) == []
    assert present(hall) == 1
    row = db.session.scalars(select(Registration)).one()
    assert (row.name, row.institution, row.post, row.source) == (*GUEST[:3], RegistrationSource.WALK_IN)
    presence = db.session.scalars(select(PresenceRow)).one()
    assert (presence.first_place, presence.flags, presence.fact_count) == ("Meja 3", "walk_in", presence.fact_count)
    assert hall.desk("Meja 4").client.get("/scan/v1/roster").status_code == 200
    other = hall.desk("Meja 5")
    assert other.verdicts(other.record(ref=hall.ref(row))) == ["already"]


def test_a_guest_taken_back_at_the_desk_waits_no_more(hall: Hall) -> None:
    desk = hall.desk()
    scan_id = wrote(hall, desk)
    desk.send(desk.void({"scan_id": str(scan_id)}))
    assert walkins.waiting(hall.event_id) == []
    assert approve(hall, scan_id) is None


def test_what_is_sealed_to_another_event_or_is_no_name_is_shown_as_unreadable(hall: Hall) -> None:
    other = open_hall(hall.app)
    desk = hall.desk()
    foreign = base64_of(envelope.seal(envelope.public_key(other.event_id), json.dumps(GUEST)))
    desk.send(desk.record(kind="walk_in", sealed=foreign), desk.record(kind="walk_in"))
    wrote(hall, desk, ["\u0000", "", "", ""])
    found = walkins.waiting(hall.event_id)
    assert [guest.readable for guest in found] == [False] * 3
    assert [approve(hall, guest.scan_id) for guest in found] == [None] * 3
    assert walkins.waiting(other.event_id) == []


def test_sari_decides_on_her_phone(people: Cast, moment: object) -> None:
    sari, rina = people.browser("sari"), people.browser("rina")
    with people.app.app_context():
        people.app.test_client_class = Client
        with transaction(unaudited="a test"):
            place = checkpoints.ensure(people.event_id, now=clock.now())[0]
        hall = Hall(people.app, people.event_id, place, UUID(int=0))
        first, second = wrote(hall, hall.desk()), wrote(hall, hall.desk("Meja 2"), ["Budi Contoh", "", "", ""])
    address = f"/events/{people.event_id}/walk-ins"
    page = sari.get(address)
    assert "Wulan Tamu Contoh" in page.text
    assert "Staf · KPU Kab. Asmat" in page.text
    assert "2 tamu tanpa undangan" in sari.get(f"/events/{people.event_id}/desks").text
    assert rina.get(address).status_code == 403
    assert sari.post(f"{address}/{first}/approval").status_code == 303
    assert sari.post(f"{address}/{second}/refusal").status_code == 303
    after = sari.get(address)
    assert "Tidak ada yang menunggu" in after.text
    assert sari.post(f"{address}/{second}/approval").status_code == 303
    with people.app.app_context():
        assert present(hall) == 1
        assert db.session.get(FactRow, second) is not None


@pytest.fixture
def _secret(monkeypatch: pytest.MonkeyPatch, lite: Flask) -> Iterator[None]:
    monkeypatch.setattr(crypto, "_instance_secret", b"s" * 32)
    with lite.app_context():
        yield


@pytest.mark.usefixtures("_secret")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.text(), max_size=5))
def test_a_seal_opens_for_its_event_alone(lines: list[str]) -> None:
    here, there = UUID(int=1), UUID(int=2)
    sealed = envelope.seal(envelope.public_key(here), json.dumps(lines))
    assert envelope.opened_list(here, sealed) == lines
    assert envelope.opened_list(there, sealed) is None
    assert envelope.opened_list(here, sealed[:-1] + bytes([sealed[-1] ^ 1])) is None
    assert envelope.opened_list(here, sealed[:40]) is None
