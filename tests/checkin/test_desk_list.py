"""The list of desks, who stands at each, and what a refusal or an operator's word becomes at the coordinator's."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from rakor import clock
from rakor.accounts.rules import Role
from rakor.attendance.models import FactRow, PresenceRow
from rakor.checkin import coordination, desk_lines, enrolment, envelope, operators, store
from rakor.checkin.answers import base64_of
from rakor.checkin.desk_lines import State, gap_count
from rakor.checkin.models import Device
from rakor.db import db, transaction
from rakor.registrations import tickets
from rakor.registrations.models import Registration
from tests import make
from tests.cast import Cast
from tests.checkin.hall import Hall


@pytest.fixture
def sari(hall: Hall, people: Cast) -> FlaskClient:
    with transaction(unaudited="a test"):
        make.grant(hall.event_id, people.users["sari"], Role.OWNER)
        make.grant(hall.event_id, people.users["rina"], Role.DESK)
    return people.browser("sari")


def matters(hall: Hall) -> dict[str, int]:
    db.session.close()
    return {matter.value: count for matter, count in coordination.counts(hall.event_id).items() if count}


def test_every_figure_of_a_desk_stands_by_itself(hall: Hall, sari: FlaskClient) -> None:
    desk = hall.desk("Meja 9")
    late = round((clock.now() + timedelta(minutes=7)).timestamp() * 1000)
    desk.seq = 2  # two numbers never arrived
    desk.send(desk.clock(t_wall=late), waiting=5)
    [line] = desk_lines.lines(hall.event_id, clock.now())
    assert (line.waiting_count, line.gap_count, line.skewed, line.state) == (5, 2, True, State.WORKS)
    address = f"/events/{hall.event_id}/desks"
    page = sari.get(address).text
    for figure in ("meleset 7 menit", 'data-label="Belum terkirim"', 'data-label="Nomor hilang"', "Bekerja"):
        assert figure in page
    seen = desk_lines.version([line])
    assert sari.get(f"{address}/lines?seen={seen}").status_code == 204
    desk.send(waiting=4)
    changed = sari.get(f"{address}/lines?seen={seen}")
    assert changed.status_code == 200
    assert "<html" not in changed.text


def test_a_desk_that_is_not_heard_of_does_not_read_as_working(hall: Hall, sari: FlaskClient) -> None:
    desk, now = hall.desk("Meja 9"), clock.now()
    desk.send(desk.clock())
    seen = {age: desk_lines.lines(hall.event_id, now + timedelta(seconds=age))[0] for age in (119, 121)}
    assert [(line.state, line.alive) for line in seen.values()] == [(State.WORKS, True), (State.SILENT, True)]
    assert desk_lines.version([seen[119]]) != desk_lines.version([seen[121]])
    with clock.freeze(now + timedelta(minutes=3), everywhere=True):
        assert "Tidak terhubung" in sari.get(f"/events/{hall.event_id}/desks").text
        desk.send()
        assert "Tidak terhubung" not in sari.get(f"/events/{hall.event_id}/desks").text


@pytest.mark.parametrize(("through", "beyond", "gaps"), [(0, [], 0), (0, [3], 2), (4, [6, 9], 3), (5, [7], 1)])
def test_gaps_are_what_is_missing_below_the_highest(through: int, beyond: list[int], gaps: int) -> None:
    assert gap_count(through, beyond) == gaps


def test_an_operator_is_somebody_of_the_event_or_nobody(hall: Hall, sari: FlaskClient, people: Cast) -> None:
    desk, person = hall.desk(), hall.person()
    rina, joko = people.users["rina"], people.users["joko"]
    one, two = (desk.record(ref=hall.ref(person), operator=str(who)) for who in (rina, joko))
    assert [answer["status"] for answer in desk.send(one, two)["records"]] == ["stored", "stored"]
    said = dict(db.session.execute(select(FactRow.scan_id, FactRow.operator_id)).all())
    assert [said[key] for key in sorted(said, key=lambda key: str(key) == two["scan_id"])] == [rina, None]


def test_a_desk_is_handed_over_to_a_colleague_or_to_a_name_under_seal(
    hall: Hall, sari: FlaskClient, people: Cast
) -> None:
    desk = hall.desk()
    desk.send(desk.record(kind="handover", operator=str(people.users["rina"]), checkpoint=None))
    with hall.app.app_context():
        rina = dict(operators.choices(hall.event_id, clock.now()))[people.users["rina"]]
    assert operators.at_desks(hall.event_id)[desk.id] == rina
    sealed = base64_of(envelope.seal(envelope.public_key(hall.event_id), '["Bima Relawan Contoh"]'))
    answer = desk.send(desk.record(kind="handover", sealed=sealed, checkpoint=None))
    assert answer["records"][0] | {"scan_id": ""} == answer["records"][0] | {"scan_id": "", "verdict": "recorded"}
    assert "Bima Relawan Contoh" in sari.get(f"/events/{hall.event_id}/desks").text
    assert desk.send(desk.record(kind="handover", checkpoint=None))["records"][0]["status"] == "quarantined"


def test_a_dead_ticket_that_was_refused_counts_for_nobody_and_is_listed(hall: Hall, sari: FlaskClient) -> None:
    desk, person = hall.desk(), hall.person()
    old = hall.ref(person)
    hall.reissue(person.id)
    known = desk.send(desk.clock())["change_seq"]
    assert desk.verdicts(desk.record(ref=old, roster_seq=known)) == ["old_card"]
    assert matters(hall) == {"refused": 1}
    assert [row.present for row in db.session.scalars(select(PresenceRow))] == [False]
    insisted = desk.record(ref=old, roster_seq=known, override=True, reason="atas izin panitia")
    assert desk.verdicts(insisted) == ["in"]
    assert matters(hall) == {"refused": 1, "manual": 1}
    assert [row.present for row in db.session.scalars(select(PresenceRow))] == [True]
    assert "atas izin panitia" in sari.get(f"/events/{hall.event_id}/coordination?matter=manual").text


def test_a_desk_that_learnt_of_the_death_from_the_answer_takes_its_stale_record_back(
    hall: Hall, sari: FlaskClient
) -> None:
    desk, person = hall.desk(), hall.person()
    old = hall.ref(person)
    hall.reissue(person.id)
    stale = desk.record(ref=old, roster_seq=0)
    answer = desk.send(stale, desk.clock())
    assert answer["records"][0]["verdict"] == "old_card"
    assert matters(hall) == {"stale": 1}  # by itself it says that the desk could not know, and counts
    desk.send(desk.void(stale), desk.record(ref=old, roster_seq=answer["change_seq"], verdict="old_card"))
    assert matters(hall) == {"refused": 1}
    assert [row.present for row in db.session.scalars(select(PresenceRow))] == [False]


def test_a_forgotten_pin_a_phone_is_enrolled_anew_as_the_same_desk(hall: Hall, sari: FlaskClient) -> None:
    desk, person = hall.desk(), hall.person()
    with clock.freeze(clock.now() + timedelta(minutes=1), everywhere=True):
        made = sari.post(f"/events/{hall.event_id}/desks/{desk.id}/invitation")
        assert "PIN terlupa?" in sari.get(made.location).text
        assert desk.send()["wipe"] is False  # until the code is used the phone goes on
        row = store.device(hall.event_id, desk.id)
        assert row is not None
        code = enrolment.invitation(row, now=clock.now())
        assert desk.client.post("/desk/join", data={"code": code}).status_code == 303
        unsent = desk.record(ref=hall.ref(db.session.get_one(Registration, person.id)))
        assert desk.verdicts(unsent) == ["in"]
        assert db.session.get_one(Device, desk.id, populate_existing=True).enrolled_at == clock.now()
    assert tickets.ref_of(hall.event_id, person.id, 0).hex() == unsent["ref"]
