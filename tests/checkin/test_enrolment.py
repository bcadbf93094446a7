"""A phone becomes a desk by a code that works once and for ten minutes, and stops being one."""

import re
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from rakor import clock
from rakor.checkin import enrolment, store
from rakor.checkin.models import Device
from rakor.checkin.routes import cookie_name
from rakor.db import db, transaction
from rakor.events.models import EventDay
from tests.cast import Cast
from tests.checkin.hall import Hall
from tests.conftest import MOMENT


def invite(hall: Hall) -> tuple[UUID, str]:
    with transaction():
        end = clock.now() + timedelta(days=1)
        device = enrolment.invite(hall.event_id, "Meja 7", hall.checkpoint.id, now=clock.now(), expires_at=end)
        code = enrolment.invitation(device, now=clock.now())
        assert code is not None
        return device.id, code


def test_a_code_makes_one_phone_a_desk_once(hall: Hall) -> None:
    device_id, code = invite(hall)
    phone, thief = hall.app.test_client(), hall.app.test_client()
    assert phone.get("/desk/join").status_code == 200
    joined = phone.post("/desk/join", data={"code": f" {code.upper()} "})
    assert (joined.status_code, joined.location) == (303, f"/desk/{hall.event_id}")
    assert phone.get(f"/desk/{hall.event_id}").status_code == 200
    again = thief.post("/desk/join", data={"code": code})
    assert again.status_code == 422
    assert "sudah dipakai" in again.text
    assert thief.get_cookie(cookie_name()) is None
    row = store.device(hall.event_id, device_id)
    assert row is not None
    assert (row.enrol_hash, enrolment.invitation(row, now=clock.now())) == (None, None)


def test_a_code_ends_after_ten_minutes_or_with_a_newer_one(hall: Hall) -> None:
    device_id, code = invite(hall)
    phone = hall.app.test_client()
    with clock.freeze(MOMENT + timedelta(minutes=10), everywhere=True):
        assert phone.post("/desk/join", data={"code": code}).status_code == 422
    with clock.freeze(MOMENT + timedelta(minutes=3), everywhere=True):
        with transaction(unaudited="a test"):
            device = store.device(hall.event_id, device_id)
            assert device is not None
            enrolment.renew(device, now=clock.now())
            newer = enrolment.invitation(device, now=clock.now())
        assert phone.post("/desk/join", data={"code": code}).status_code == 422
        assert phone.post("/desk/join", data={"code": newer or ""}).status_code == 303


def test_a_revoked_invitation_opens_nothing(hall: Hall) -> None:
    device_id, code = invite(hall)
    with transaction():
        store.revoke(hall.event_id, device_id, now=clock.now())
    assert hall.app.test_client().post("/desk/join", data={"code": code}).status_code == 422


def test_guessing_codes_slows_down(lite_hall: Hall) -> None:
    client = lite_hall.app.test_client()
    answers = [client.post("/desk/join", data={"code": "a" * 26}).status_code for _ in range(30)]
    assert answers.count(429) == 10


def test_sari_shows_a_qr_that_no_log_can_hold(people: Cast, moment: object) -> None:
    sari, rina = people.browser("sari"), people.browser("rina")
    with people.app.app_context():
        day = db.session.scalars(select(EventDay).where(EventDay.event_id == people.event_id)).first()
    assert day is not None
    address = f"/events/{people.event_id}/desks/invitations"
    wish = {"name": "Meja Pintu Timur", "place": str(day.id)}
    assert rina.post(address, data=wish).status_code == 403
    assert sari.post(address, data={**wish, "name": ""}).status_code == 422
    made = sari.post(address, data=wish)
    assert made.status_code == 303
    page = sari.get(made.location)
    code = re.search(r"<code>([a-z2-7]{26})</code>", page.text)
    assert code is not None
    assert code[1] not in made.location
    assert 'class="qr"' in page.text
    assert "Menunggu ponsel" in sari.get(f"/events/{people.event_id}/desks").text
    phone = people.app.test_client()
    same = {"Sec-Fetch-Site": "same-origin"}
    assert phone.post("/desk/join", data={"code": code[1]}, headers=same).status_code == 303
    assert "Ponsel sudah menjadi meja ini" in sari.get(made.location).text
    with clock.freeze(MOMENT + timedelta(minutes=11), everywhere=True):
        assert "Ponsel sudah" in sari.get(made.location).text


def test_a_revoked_phone_is_told_to_wipe_and_its_late_scans_wait(hall: Hall) -> None:
    desk, person = hall.desk(), hall.person()
    assert desk.send()["wipe"] is False
    with transaction():
        store.revoke(hall.event_id, desk.id, now=clock.now())
    page = desk.client.get(f"/desk/{hall.event_id}")
    assert page.status_code == 410
    assert str(desk.id) not in page.text  # the page without data: its script sends, wipes and says farewell
    said = desk.send(desk.record(ref=hall.ref(person)))
    assert said["wipe"] is True
    assert said["records"][0]["status"] == "quarantined"
    answer = desk.client.post("/scan/v1/farewell")
    assert answer.status_code == 200
    assert desk.client.get_cookie(cookie_name()) is None
    row = db.session.get_one(Device, desk.id, populate_existing=True)
    assert row.wiped_at == MOMENT


def test_a_desk_that_is_finished_is_revoked_by_itself(hall: Hall) -> None:
    desk = hall.desk()
    assert desk.client.post("/scan/v1/farewell").status_code == 200
    row = db.session.get_one(Device, desk.id, populate_existing=True)
    assert row.revoked_at == row.wiped_at == MOMENT
    assert desk.client.get(f"/desk/{hall.event_id}").status_code == 401


def test_a_phone_with_a_wrong_clock_and_a_gap_is_seen(hall: Hall) -> None:
    ahead, exact = hall.desk("Meja 1"), hall.desk("Meja 2")
    late = round((clock.now() + timedelta(minutes=7)).timestamp() * 1000)
    ahead.send(ahead.clock(t_wall=late))
    exact.send(exact.clock())
    assert enrolment.skews(hall.event_id) == {ahead.id: timedelta(minutes=7), exact.id: timedelta()}
