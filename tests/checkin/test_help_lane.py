"""The help lane: a case travels by ref, only a help desk sees it; tickets on the screen and new ones are on record."""

from uuid import UUID

from sqlalchemy import select

from rakor import clock
from rakor.accounts.rules import Role
from rakor.audit import AuditEntry
from rakor.checkin.models import Device
from rakor.db import db, transaction
from rakor.qr import qr_path
from rakor.registrations.tickets import code_of
from tests import make
from tests.cast import Cast
from tests.checkin.hall import Hall


def as_device(hall: Hall, device_id: UUID, **values: object) -> None:
    with transaction(unaudited="a test"):
        row = db.session.get_one(Device, device_id)
        for name, value in values.items():
            setattr(row, name, value)


def test_a_case_is_seen_by_the_help_desk_until_it_is_taken_up(hall: Hall) -> None:
    desk, helper = hall.desk("Meja 1"), hall.desk("Meja Bantuan")
    as_device(hall, helper.id, is_help_desk=True)
    ref = hall.ref(hall.person())
    sent = desk.record(kind="help", ref=ref, verdict="already")
    assert (
        desk.verdicts(sent, sent | {"scan_id": str(UUID(int=7)), "device_seq": 2, "ref": "0" * 24}) == ["recorded"] * 2
    )
    assert desk.client.get("/scan/v1/help").status_code == 403
    answer = helper.client.get("/scan/v1/help")
    cases = {case["ref"]: case for case in answer.get_json()["cases"]}
    assert set(cases) == {ref, "0" * 24}
    assert (cases[ref]["place"], cases[ref]["verdict"]) == ("Meja 1", "already")
    assert "Agustina" not in answer.text
    helper.send(helper.record(kind="void", target=cases[ref]["scan_id"], reason="ditangani", checkpoint=None))
    left = helper.client.get("/scan/v1/help").get_json()["cases"]
    assert [case["ref"] for case in left] == ["0" * 24]


def test_a_ticket_is_shown_on_the_screen_and_that_is_logged(hall: Hall) -> None:
    desk, person = hall.desk(), hall.person()
    old = hall.ref(person)
    shown = desk.client.get(f"/scan/v1/ticket?ref={old}").get_json()
    assert (shown["name"], shown["side"], shown["path"]) == (
        "Agustina Contoh, S.E.",
        *qr_path(code_of(hall.event_id, person.id, person.epoch)),
    )
    assert desk.client.get(f"/scan/v1/ticket?ref={'0' * 24}").status_code == 404
    logged = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "scan.ticket")).all()
    assert [entry.object_id for entry in logged] == [person.id]


def test_a_new_ticket_needs_a_registrar_at_the_desk(hall: Hall, people: Cast) -> None:
    desk, person = hall.desk(), hall.person()
    old, asked = hall.ref(person), f"/scan/v1/reissue?ref={hall.ref(person)}"
    sari, rina = people.users["sari"], people.users["rina"]
    with transaction(unaudited="a test"):
        make.grant(hall.event_id, sari, Role.REGISTRAR)
        make.grant(hall.event_id, rina, Role.DESK)
    assert desk.client.post(asked).status_code == 403  # a borrowed phone: nobody's
    as_device(hall, desk.id, user_id=rina)
    assert desk.client.post(asked).status_code == 403
    as_device(hall, desk.id, user_id=sari)
    answer = desk.client.post(asked)
    assert answer.status_code == 200
    db.session.close()
    known = desk.send(desk.clock())["change_seq"]
    assert desk.verdicts(desk.record(ref=old, roster_seq=known)) == ["old_card"]
    assert answer.get_json()["path"] == qr_path(code_of(hall.event_id, person.id, 1))[1]
    desk.send(desk.record(kind="handover", operator=str(rina), checkpoint=None))
    assert desk.client.post(asked).status_code == 403  # handed to somebody who may not
    actions = db.session.scalars(select(AuditEntry.action).where(AuditEntry.at == clock.now())).all()
    assert {"scan.reissue", "ticket.revoke"} <= set(actions)
