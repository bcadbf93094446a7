"""The pages of the desks: making a phone one, its screen, revoking it."""

import json
from datetime import timedelta

from sqlalchemy import select

from rakor import clock
from rakor.attendance.models import Checkpoint
from rakor.checkin.models import Device
from rakor.checkin.routes import cookie_name
from rakor.db import db, transaction
from rakor.events.models import EventDay
from rakor.registrations import tickets
from tests import make
from tests.cast import Cast
from tests.checkin.hall import Desk, Hall, open_hall
from tests.conftest import MOMENT


def days(people: Cast) -> list[EventDay]:
    query = select(EventDay).where(EventDay.event_id == people.event_id).order_by(EventDay.number)
    return list(db.session.scalars(query))


def test_rina_makes_her_phone_a_desk_of_today(people: Cast, moment: object) -> None:
    rina = people.browser("rina")
    with people.app.app_context():
        second = days(people)[1]
    page = rina.get(f"/events/{people.event_id}/desks")
    assert f'<option selected value="{second.id}">' in page.text
    made = rina.post(f"/events/{people.event_id}/desks", data={"name": "Meja 3", "place": str(second.id)})
    assert (made.status_code, made.location) == (303, f"/desk/{people.event_id}")
    with people.app.app_context():
        cookie = rina.get_cookie(cookie_name())
        assert cookie is not None
        assert cookie.http_only
        assert cookie.value not in made.text
        device = db.session.scalars(select(Device)).one()
        assert device.user_id == people.users["rina"]
        assert device.expires_at > MOMENT + timedelta(hours=24)
        place = db.session.get_one(Checkpoint, device.checkpoint_id)
        assert place.day_id == second.id
    desk = rina.get(f"/desk/{people.event_id}")
    assert "Meja 3 · Hari 2" in desk.text
    assert desk.headers["Permissions-Policy"].startswith("camera=(self)")
    assert "wasm-unsafe-eval" not in desk.headers["Content-Security-Policy"]
    assert "Tiket contoh" not in desk.text


def test_a_desk_without_name_or_place_is_asked_again(people: Cast, moment: object) -> None:
    rina = people.browser("rina")
    answer = rina.post(f"/events/{people.event_id}/desks", data={"name": "", "place": "nowhere"})
    assert answer.status_code == 422
    assert "Isian ini wajib." in answer.text
    assert rina.get(f"/desk/{people.event_id}").status_code == 401


def test_joko_finds_no_desk(people: Cast, moment: object) -> None:
    joko = people.browser("joko")
    assert joko.get(f"/events/{people.event_id}/desks").status_code == 404
    assert joko.post(f"/events/{people.event_id}/desks", data={"name": "Meja"}).status_code == 404


def test_a_desk_opens_only_its_own_event(hall: Hall) -> None:
    desk, other = hall.desk(), open_hall(hall.app)
    assert desk.client.get(f"/desk/{hall.event_id}").status_code == 200
    assert desk.client.get(f"/desk/{other.event_id}").status_code == 404


def test_sari_revokes_a_desk_and_its_screen_is_gone(people: Cast, moment: object) -> None:
    sari, rina = people.browser("sari"), people.browser("rina")
    with people.app.app_context():
        day = days(people)[0]
    rina.post(f"/events/{people.event_id}/desks", data={"name": "Meja 1", "place": str(day.id)})
    with people.app.app_context():
        device_id = db.session.scalars(select(Device.id)).one()
    address = f"/events/{people.event_id}/desks/{device_id}/revocation"
    assert rina.post(address).status_code == 403
    assert sari.post(address).status_code == 303
    assert sari.post(address).status_code == 303  # twice is once
    assert "Dicabut" in sari.get(f"/events/{people.event_id}/desks").text
    assert rina.get(f"/desk/{people.event_id}").status_code == 410
    assert rina.get("/scan/v1/search?q=agustina").status_code == 403


def searched(desk: Desk, query: str) -> list[str]:
    found = desk.client.get("/scan/v1/search", query_string={"q": query})
    assert found.status_code == 200
    return [f"{one['role']} {one['office']}" for one in found.get_json()["people"]]


def test_asm_ket_finds_the_ketua_of_asmat_among_three_first(hall: Hall) -> None:
    with transaction(unaudited="a test"):
        roles = [
            make.role(hall.event_id, name, position=n) for n, name in enumerate(("Ketua", "Sekretaris", "Operator"))
        ]
        names = ["Asmat", "Kota Semarang", "Mappi", "Ketapang", "Kota Ambon"]
        offices = [
            make.office(hall.institution_id, code=f"{n}", name=f"Kantor {name}", short_name=f"Kantor {name}")
            for n, name in enumerate(names)
        ]
        for office in offices:
            for role in roles:
                who = make.registration(hall.event_id, name="Nama Contoh", role_id=role.id, office_id=office.id)
                tickets.issue(who, now=clock.now())
    desk = hall.desk()
    assert "Ketua Kantor Asmat" in searched(desk, "asm ket")[:3]
    assert searched(desk, "ket asm")[0] == "Ketua Kantor Asmat"
    assert searched(desk, "a") == []
    assert searched(desk, "%_ket") == [] or all("Ketua" in one or "Ketapang" in one for one in searched(desk, "%_ket"))
    assert searched(desk, "tidak ada orang") == []


def test_search_is_of_this_event_only_and_slows_down(lite_hall: Hall) -> None:
    other = open_hall(lite_hall.app)
    other.person("Rahasia Contoh")
    lite_hall.person("Terbuka Contoh")
    desk = lite_hall.desk()
    found = desk.client.get("/scan/v1/search?q=contoh").get_json()["people"]
    assert [one["name"] for one in found] == ["Terbuka Contoh, S.E."]
    assert set(found[0]) == {"ref", "name", "role", "office"}
    codes = [desk.client.get("/scan/v1/search?q=contoh").status_code for _ in range(70)]
    assert codes.count(429) >= 5


def test_the_page_that_a_phone_keeps_has_nobodys_data(hall: Hall) -> None:
    desk = hall.desk("Meja Sembilan")
    shell = desk.client.get("/desk/shell")
    assert shell.status_code == 200
    assert shell.headers["Permissions-Policy"].startswith("camera=(self)")
    assert "MASUK" in shell.text
    for part in (str(desk.id), str(hall.event_id), str(hall.checkpoint.id), "Meja Sembilan", hall.checkpoint.name):
        assert part not in shell.text
    assert shell.data == hall.app.test_client().get("/desk/shell").data


def test_the_worker_keeps_only_static_files_that_are_there(lite_hall: Hall) -> None:
    client = lite_hall.app.test_client()
    worker = client.get("/desk/sw.js")
    assert worker.headers["Service-Worker-Allowed"] == "/"
    assert worker.mimetype == "text/javascript"
    files = json.loads(worker.text.split("const FILES = ")[1].split(";\n")[0])
    assert len(files) > 20
    assert all(file.startswith("/static/") for file in files)
    assert any(file.endswith("js/checkin/desk.js") for file in files)
    assert any(file.endswith(".wasm") for file in files)
    for file in files:
        assert client.get(file).status_code == 200, file


def test_the_manifest_starts_this_events_desk(lite_hall: Hall) -> None:
    said = lite_hall.app.test_client().get(f"/desk/{lite_hall.event_id}/app.webmanifest")
    assert said.mimetype == "application/manifest+json"
    assert said.get_json(force=True)["start_url"] == f"/desk/{lite_hall.event_id}"
