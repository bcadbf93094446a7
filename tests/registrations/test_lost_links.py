"""Who has lost the link asks for it again, and learns nothing of anybody else."""


import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from rakor.db import db
from rakor.outbox import Job
from tests.registrations.form import open_event, post

pytestmark = pytest.mark.usefixtures("moment")


def ask(client: FlaskClient, slug: str, contact: str):  # type: ignore[no-untyped-def]
    return client.post(f"/e/{slug}/link-requests", data={"contact": contact})


def test_who_asks_for_a_link_is_told_the_same_whether_known_or_not(app: Flask, client: FlaskClient) -> None:
    slug = open_event(app)
    post(client, slug)
    client = app.test_client()  # a stranger's, not the one who has just registered
    known = [ask(client, slug, contact) for contact in ("AHMAD@contoh.id", "+62 812-0000-0147")]
    unknown = [ask(client, slug, contact) for contact in ("siti@contoh.id", "0812 0000 9999")]
    assert len({(a.status_code, a.location, len(a.data)) for a in [*known, *unknown]}) == 1
    pages = [client.get(a.location).data for a in [*known, *unknown]]
    assert len(set(pages)) == 1


def test_an_unreadable_contact_is_asked_again(app: Flask, client: FlaskClient) -> None:
    slug = open_event(app)
    for contact in ("", "ahmad", "0812", "a@b"):
        assert ask(client, slug, contact).status_code == 422


def test_an_address_is_written_to_three_times_an_hour_at_most(app: Flask, client: FlaskClient) -> None:
    slug = open_event(app)
    answers = [ask(client, slug, "ahmad@contoh.id") for _ in range(6)]
    assert {a.status_code for a in answers} == {303}
    with app.app_context():
        jobs = select(func.count()).select_from(Job).where(Job.name == "registration.link_request")
        assert db.session.scalar(jobs) == 3


def test_a_flood_from_one_network_is_slowed(app: Flask, client: FlaskClient) -> None:
    slug = open_event(app)
    answers = [ask(client, slug, f"a{n}@contoh.id").status_code for n in range(61)]
    assert answers[-1] == 429
    assert set(answers[:-1]) == {303}


def test_the_job_rows_hold_no_address(app: Flask, client: FlaskClient) -> None:
    slug = open_event(app)
    post(client, slug)
    ask(client, slug, "ahmad@contoh.id")
    with app.app_context():
        payloads = " ".join(map(str, db.session.scalars(select(Job.payload))))
    assert "ahmad" not in payloads
    assert "81200000147" not in payloads
