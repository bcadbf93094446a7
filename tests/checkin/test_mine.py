"""One touch: the phone at hand becomes a desk, once."""

from uuid import UUID

from sqlalchemy import select

from rakor import clock
from rakor.checkin import store
from rakor.checkin.models import Device
from rakor.db import db, transaction
from tests.cast import Cast


def desks(people: Cast) -> list[tuple[UUID, str]]:
    with people.app.app_context():
        query = select(Device.id, Device.name).where(Device.event_id == people.event_id)
        return [(row[0], row[1]) for row in db.session.execute(query)]


def test_one_touch_makes_a_desk_and_the_next_opens_it(people: Cast, moment: object) -> None:
    rina = people.browser("rina")
    address = f"/events/{people.event_id}/desks/mine"
    first = rina.post(address)
    assert (first.status_code, first.location) == (303, f"/desk/{people.event_id}")
    assert rina.get(first.location).status_code == 200
    [(_, name)] = desks(people)
    assert name.startswith("Ponsel ")
    assert len(name) <= 60
    assert rina.post(address).status_code == 303
    assert len(desks(people)) == 1
    assert people.browser("sari").post(address).status_code == 303
    assert len(desks(people)) == 2


def test_a_revoked_desk_is_made_anew(people: Cast, moment: object) -> None:
    rina = people.browser("rina")
    address = f"/events/{people.event_id}/desks/mine"
    rina.post(address)
    [(device_id, _)] = desks(people)
    with people.app.app_context(), transaction():
        store.revoke(people.event_id, device_id, now=clock.now())
    before = rina.get_cookie("rakor-desk")
    rina.post(address)
    after = rina.get_cookie("rakor-desk")
    assert before is not None
    assert after is not None
    assert before.value != after.value


def test_it_is_for_those_who_may_scan(people: Cast, moment: object) -> None:
    assert people.browser("joko").post(f"/events/{people.event_id}/desks/mine").status_code == 404
    assert people.app.test_client().post(f"/events/{people.event_id}/desks/mine").status_code == 401
    sari = people.browser("sari").get(f"/events/{people.event_id}")
    assert sari.status_code == 200
