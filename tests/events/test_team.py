"""Who is let in by an owner."""

from datetime import date, timedelta

from flask.testing import FlaskClient

from rakor import clock
from rakor.accounts.rules import Role
from rakor.db import transaction
from rakor.events.store import team
from tests import make
from tests.cast import Cast
from tests.events.acting import GRANT


def test_an_owner_gives_a_new_person_a_role_and_a_link_once(people: Cast, client: FlaskClient) -> None:
    sari, url = people.browser("sari"), f"/events/{people.event_id}/team"
    first = sari.post(url, data=GRANT)
    assert first.status_code == 201
    code = first.text.split("/password/")[1].split("<")[0]
    assert code not in sari.get(url).text
    assert "Belum membuat kata sandi" in sari.get(url).text
    again = sari.post(url, data=GRANT)
    assert again.status_code == 303  # known now: no second account, no second link
    new = "kereta pagi lewat Cilacap"
    assert client.post(f"/password/{code}", data={"new": new, "again": new}).status_code == 303
    assert client.post("/login", data={"email": "baru@contoh.test", "password": new}).status_code == 303
    assert client.get(f"/events/{people.event_id}/setup").status_code == 403  # a desk officer
    assert "Belum membuat kata sandi" not in sari.get(url).text


def test_giving_a_role_asks_for_the_password_again(people: Cast) -> None:
    sari, url = people.browser("sari"), f"/events/{people.event_id}/team"
    with clock.freeze(clock.now() + timedelta(minutes=6), everywhere=True):
        page = sari.get(url).text
        assert "Kata sandi Anda" in page
        without = sari.post(url, data=GRANT)
        assert without.status_code == 422
        assert "Baru Contoh" in without.text
        assert sari.post(url, data=GRANT | {"password": "salah salah salah"}).status_code == 422
        assert sari.post(url, data=GRANT | {"password": make.PASSWORD}).status_code == 201
        assert sari.post(url, data=GRANT | {"role": "leader"}).status_code == 303  # shown a moment ago


def test_only_owners_give_and_the_last_one_stays(people: Cast) -> None:
    with people.app.app_context(), transaction():
        team.give(people.event_id, people.users["joko"], Role.EDITOR, ends_on=date(2099, 1, 1), now=make.AT)
        owner = next(one for one in team.grants(people.event_id) if one.role is Role.OWNER)
        desk = next(one for one in team.grants(people.event_id) if one.role is Role.DESK)
    url = f"/events/{people.event_id}/team"
    sari, joko, rina = people.browser("sari"), people.browser("joko"), people.browser("rina")
    assert "Beri hak" not in joko.get(url).text
    assert joko.post(url, data=GRANT | {"email": "joko@contoh.test", "role": "owner"}).status_code == 403
    assert joko.post(f"{url}/{owner.id}/removal").status_code == 403
    assert "paling sedikit satu pemilik" in sari.post(f"{url}/{owner.id}/removal", follow_redirects=True).text
    assert sari.get(url).status_code == 200
    assert sari.post(f"{url}/{desk.id}/removal").status_code == 303
    assert "Belum ada kegiatan" in rina.get("/events").text  # at once, not at the next login


def test_only_who_invited_a_person_makes_the_link_anew(people: Cast) -> None:
    sari, url = people.browser("sari"), f"/events/{people.event_id}/team"
    sari.post(url, data=GRANT)
    with people.app.app_context(), transaction():
        team.give(people.event_id, people.users["joko"], Role.OWNER, ends_on=date(2099, 1, 1), now=make.AT)
        grants = {one.email: one.id for one in team.grants(people.event_id)}
    new, lena = grants["baru@contoh.test"], grants["lena@contoh.test"]
    assert people.browser("joko").post(f"{url}/{new}/password-link").status_code == 403
    assert sari.post(f"{url}/{lena}/password-link").status_code == 403  # she chose her password long ago
    assert sari.post(f"{url}/{new}/password-link").status_code == 201
    assert people.browser("admin").post(f"{url}/{lena}/password-link").status_code == 201
