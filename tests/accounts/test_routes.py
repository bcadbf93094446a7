"""Logging in and out over HTTP, one's own sessions, the password, and the first one."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from rakor import clock
from rakor.accounts import invitations, store
from rakor.accounts.routes.door import target
from rakor.accounts.tries import PER_ACCOUNT_AND_NETWORK
from rakor.db import db, transaction
from tests import make
from tests.cast import Cast
from tests.conftest import MOMENT

SARI = "sari@contoh.test"
NEW = "kereta pagi lewat Cilacap"


def log_in(client: FlaskClient, email: str = SARI, password: str = make.PASSWORD, **more: str) -> object:
    return client.post("/login", data={"email": email, "password": password, **more})


def logged_in(client: FlaskClient) -> bool:
    return client.get("/sessions").status_code == 200


def test_logging_in_starts_a_session_under_a_new_id(people: Cast, client: FlaskClient) -> None:
    client.set_cookie("rakor", "chosen-by-somebody-else", domain="localhost")
    answer = log_in(client, next="/sessions")
    assert (answer.status_code, answer.location) == (303, "/sessions")
    cookie = client.get_cookie("rakor", domain="localhost")
    assert cookie is not None
    assert cookie.value != "chosen-by-somebody-else"
    assert cookie.http_only
    assert "SameSite=Lax" in answer.headers["Set-Cookie"]
    assert (cookie.path, cookie.secure) == ("/", False)
    assert answer.headers["Cache-Control"] == "no-store"
    assert logged_in(client)


def test_logging_in_again_ends_the_former_session(people: Cast, client: FlaskClient) -> None:
    log_in(client)
    first = client.get_cookie("rakor", domain="localhost")
    assert first is not None
    log_in(client)
    client.set_cookie("rakor", first.value, domain="localhost")
    assert not logged_in(client)


@pytest.mark.parametrize("wrong", [{"email": "nobody@contoh.test"}, {"password": "salah salah salah"}])
def test_every_refusal_says_the_same(people: Cast, client: FlaskClient, wrong: dict[str, str]) -> None:
    answer = log_in(client, **wrong)
    assert answer.status_code == 401
    assert "Email atau kata sandi tidak cocok." in answer.text
    assert make.PASSWORD not in answer.text
    assert not logged_in(client)


def test_a_disabled_person_stays_outside_and_is_put_out(people: Cast, client: FlaskClient) -> None:
    log_in(client)
    with people.app.app_context(), transaction(unaudited="test"):
        store.locked_user(people.users["sari"]).disabled_at = make.AT
    assert not logged_in(client)
    assert log_in(client).status_code == 401


@pytest.mark.usefixtures("moment")
def test_guessing_stops_and_a_hall_goes_on(people: Cast, client: FlaskClient) -> None:
    for _ in range(PER_ACCOUNT_AND_NETWORK):
        assert log_in(client, password="salah salah salah").status_code == 401
    answer = log_in(client)
    assert answer.status_code == 429
    assert "Tunggu 15 menit" in answer.text
    assert log_in(client, email="rina@contoh.test").status_code == 303  # the same address, another person
    with clock.freeze(MOMENT + timedelta(minutes=16), everywhere=True):
        assert log_in(client).status_code == 303


OFFSITE = [
    "//evil.example", "///evil.example", "https://evil.example", "http:evil.example", "/\\evil.example", "@evil.test",
    "/\t/evil.example", "javascript:alert(1)", " //evil.example", "/\n/evil.example", "evil.example", "/\x00/evil",
    "//evil.example/%2f..", "https:/evil.example", "data:text/html,x", "\\\\evil.example",
]  # fmt: skip


@pytest.mark.parametrize("wanted", OFFSITE)
def test_next_never_leads_off_the_site(wanted: str) -> None:
    assert target(wanted) == "/events"


def test_next_is_kept_through_the_form(people: Cast, client: FlaskClient) -> None:
    page = client.get("/login?next=//evil.example/x")
    assert "evil.example" not in page.text.split("<main")[1]
    assert log_in(client, next="//evil.example/x").location == "/events"


def test_logging_out_ends_the_session_on_the_server(people: Cast, client: FlaskClient) -> None:
    log_in(client)
    cookie = client.get_cookie("rakor", domain="localhost")
    assert cookie is not None
    assert client.post("/logout").status_code == 303
    assert client.get_cookie("rakor", domain="localhost") is None
    client.set_cookie("rakor", cookie.value, domain="localhost")
    assert not logged_in(client)
    assert client.post("/logout").status_code == 303  # twice is no error


def test_own_sessions_are_listed_and_ended(people: Cast) -> None:
    here, there, rina = people.browser("sari"), people.browser("sari"), people.browser("rina")
    with people.app.app_context():
        user = store.user(people.users["sari"])
        assert user is not None
        rows = store.sessions_of(user, now=clock.now())
        foreign = store.sessions_of(store.user(people.users["rina"]), now=clock.now())[0].id  # type: ignore[arg-type]
        db.session.rollback()
    assert len(rows) == 2
    assert here.get("/sessions").text.count("Terakhir dipakai") == 2
    assert here.post(f"/sessions/{foreign}/end").status_code == 404
    assert logged_in(rina)
    assert here.post("/sessions/end").status_code == 303
    assert logged_in(here)
    assert there.get("/sessions").location == "/login?next=/sessions"
    assert there.post("/sessions/end").status_code == 401


def test_a_new_password_ends_every_other_session(people: Cast) -> None:
    here, there = people.browser("sari"), people.browser("sari")
    form = {"present": make.PASSWORD, "new": NEW, "again": NEW}
    assert here.post("/sessions/password", data=form | {"present": "salah salah salah"}).status_code == 422
    assert here.post("/sessions/password", data=form | {"again": "lain"}).status_code == 422
    short = here.post("/sessions/password", data=form | {"new": "pendek", "again": "pendek"})
    assert short.status_code == 422
    assert "12 karakter" in short.text
    assert logged_in(there)
    assert here.post("/sessions/password", data=form).status_code == 303
    assert logged_in(here)
    assert not logged_in(there)
    fresh = people.app.test_client()
    assert log_in(fresh).status_code == 401
    assert log_in(fresh, password=NEW).status_code == 303


def test_the_proof_holds_five_minutes(people: Cast, moment: datetime) -> None:
    sari = people.browser("sari")
    with people.app.app_context():
        cookie = sari.get_cookie("rakor", domain="localhost")
        assert cookie is not None

        def proved(at: datetime) -> bool:
            known = store.session_user(cookie.value, now=at)
            db.session.rollback()
            return known is not None and known.proved_recently

        later = moment + timedelta(minutes=6)
        assert proved(moment)
        assert not proved(later)
    with clock.freeze(later, everywhere=True):
        assert sari.get("/login/proof?next=/sessions").status_code == 200
        assert sari.post("/login/proof", data={"password": "salah salah salah"}).status_code == 422
        answer = sari.post("/login/proof", data={"password": make.PASSWORD, "next": "/sessions"})
    assert (answer.status_code, answer.location) == (303, "/sessions")
    with people.app.app_context():
        assert proved(later)


def test_use_is_noted_when_a_person_opens_a_page_but_not_when_a_page_asks(people: Cast, moment: datetime) -> None:
    sari = people.browser("sari")

    def seen_at() -> datetime:
        with people.app.app_context():
            user = store.user(people.users["sari"])
            assert user is not None
            return store.sessions_of(user, now=clock.now())[0].last_seen_at

    later = moment + timedelta(minutes=6)
    with clock.freeze(later, everywhere=True):
        sari.get("/sessions", headers={"Sec-Fetch-Mode": "cors"})
        assert seen_at() == moment
        sari.get("/sessions", headers={"Sec-Fetch-Mode": "navigate"})
        assert seen_at() == later
    with clock.freeze(later + timedelta(minutes=4), everywhere=True):
        sari.get("/sessions", headers={"Sec-Fetch-Mode": "navigate"})
        assert seen_at() == later


def invited(app: Flask, people: Cast) -> str:
    with app.app_context(), transaction():
        made_by = people.users["sari"]
        return invitations.invite_user("baru@contoh.test", "Baru Contoh", made_by=made_by, now=clock.now())[1]


def test_an_invited_person_chooses_a_password_once(app: Flask, people: Cast, client: FlaskClient) -> None:
    code = invited(app, people)
    assert client.get(f"/password/{code}").status_code == 200
    assert client.get(f"/password/{code}").status_code == 200  # mail scanners follow links
    form = {"new": NEW, "again": NEW}
    assert client.post(f"/password/{code}", data=form | {"new": "pendek"}).status_code == 422
    assert client.post(f"/password/{code}", data=form).status_code == 303
    assert client.post(f"/password/{code}", data=form).status_code == 404
    assert client.get(f"/password/{code}").status_code == 404
    assert log_in(client, email="baru@contoh.test", password=NEW).status_code == 303


def test_a_link_dies_after_a_week_and_when_a_new_one_is_made(app: Flask, people: Cast, client: FlaskClient) -> None:
    code = invited(app, people)
    with clock.freeze(clock.now() + timedelta(days=8), everywhere=True):
        assert client.get(f"/password/{code}").status_code == 404
    with app.app_context(), transaction():
        user = store.user_by_email("baru@contoh.test")
        assert user is not None
        newer = invitations.make_password_link(user.id, made_by=people.users["sari"], now=clock.now())
    assert client.get(f"/password/{code}").status_code == 404
    assert client.get(f"/password/{newer}").status_code == 200


def test_flask_login_knows_the_person(people: Cast) -> None:
    from flask_login import current_user

    with people.browser("sari") as browser:
        browser.get("/sessions")
        assert current_user.is_authenticated
        assert current_user.id == people.users["sari"]
