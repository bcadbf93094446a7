"""Administrators see every account, close and open them, end sessions, and make a link for a forgotten password."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from rakor.accounts import store
from rakor.audit import AuditEntry
from rakor.db import db
from tests import make
from tests.books import rows_of
from tests.cast import Cast


@pytest.fixture
def admin(app: Flask, people: Cast) -> Iterator[FlaskClient]:
    with app.app_context():
        yield people.browser("admin")


def test_a_closed_account_is_out_at_once_and_cannot_come_back_until_it_is_opened(
    admin: FlaskClient, people: Cast, client: FlaskClient
) -> None:
    rina = people.browser("rina")
    assert rina.get("/sessions").status_code == 200
    page = admin.post(f"/accounts/{people.users['rina']}/closure", follow_redirects=True)
    assert "Rina Contoh" in page.text
    assert "Ditutup" in page.text
    assert rina.get("/sessions").status_code != 200
    said = {"email": "rina@contoh.test", "password": make.PASSWORD}
    assert client.post("/login", data=said).status_code == 401
    admin.post(f"/accounts/{people.users['rina']}/reopening")
    assert client.post("/login", data=said).status_code == 303


def test_somebody_elses_sessions_end_and_the_own_go_on(admin: FlaskClient, people: Cast) -> None:
    rina, lena = people.browser("rina"), people.browser("lena")
    admin.post(f"/accounts/{people.users['rina']}/sessions/end")
    assert rina.get("/sessions").status_code != 200
    assert lena.get("/sessions").status_code == 200
    assert admin.get("/sessions").status_code == 200


def test_a_link_for_who_forgot_the_password_works_once(admin: FlaskClient, people: Cast, client: FlaskClient) -> None:
    page = admin.post(f"/accounts/{people.users['lena']}/password-link")
    found = re.search(r"/password/[\w-]+", page.text)
    assert page.status_code == 201
    assert found
    new = {"new": "kereta pagi lewat Cilacap", "again": "kereta pagi lewat Cilacap"}
    assert client.post(found.group(), data=new).status_code == 303
    db.session.expire_all()
    assert store.password_fits(store.user(people.users["lena"]), new["new"])
    assert client.post(found.group(), data=new).status_code == 404


def test_nobody_closes_the_own_account(admin: FlaskClient, people: Cast) -> None:
    assert admin.post(f"/accounts/{people.users['admin']}/closure").status_code == 403
    assert admin.get("/accounts").status_code == 200


def test_the_list_leaves_with_addresses_after_the_password_and_on_record(admin: FlaskClient) -> None:
    answer = admin.post("/accounts/sheets")
    rows = rows_of(answer)
    assert rows[0] == ["Nama", "Email", "Pengelola", "Langkah kedua", "Keadaan"]
    assert ["Rina Contoh", "rina@contoh.test", "", "", "Aktif"] in rows
    query = select(AuditEntry).where(AuditEntry.action == "list.export_whole", AuditEntry.object_kind == "accounts")
    assert db.session.scalars(query).one().detail == {"count": len(rows) - 1, "fields": ["email"]}
