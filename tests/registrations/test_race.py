"""The last place: a hundred ask for it at the same moment (security.md T12)."""

import threading
from collections import Counter

from flask import Flask
from sqlalchemy import func, select

from rakor.db import db, transaction
from rakor.events.models import Event
from rakor.registrations.models import Registration
from rakor.registrations.rules import RegistrationState
from tests import make
from tests.conftest import Client
from tests.registrations.form import filled

SENDERS = 100


def open_event(app: Flask, **values: object) -> str:
    with app.app_context(), transaction(unaudited="test"):
        event = make.event(make.institution().id, open_registration=True, **values)
        return str(event.slug)


def all_at_once(app: Flask, slug: str, sendings: list[dict[str, str]]) -> list[tuple[int, str]]:
    """Send each form from a browser and a thread of its own; returns status and page of each."""
    app.test_client_class = Client
    gate, answers = threading.Barrier(len(sendings)), []

    def send(fields: dict[str, str]) -> None:
        browser = app.test_client()
        gate.wait()
        answer = browser.post(f"/e/{slug}/registration", data=fields)
        answers.append((answer.status_code, answer.text))

    threads = [threading.Thread(target=send, args=(fields,)) for fields in sendings]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def states(app: Flask) -> Counter[RegistrationState]:
    with app.app_context():
        return Counter(db.session.scalars(select(Registration.state)))


def stranger(number: int, **changes: str) -> dict[str, str]:
    return filled(name=f"Orang {number} Contoh", phone=f"0812 0000 {1000 + number}", email=None, **changes)


def test_of_a_hundred_for_the_last_place_one_gets_it_and_the_rest_may_wait(app: Flask, moment: object) -> None:
    slug = open_event(app, capacity=1)
    answers = all_at_once(app, slug, [stranger(n) for n in range(SENDERS)])
    assert Counter(status for status, _ in answers) == {303: 1, 409: SENDERS - 1}
    assert all("Penuh" in page and "Masuk daftar tunggu" in page for status, page in answers if status == 409)
    assert states(app) == {RegistrationState.REGISTERED: 1}
    with app.app_context():
        assert db.session.scalar(select(Event.registered_count)) == 1


def test_those_who_may_wait_stand_in_a_queue_without_gaps(app: Flask, moment: object) -> None:
    slug = open_event(app, capacity=1)
    answers = all_at_once(app, slug, [stranger(n, wait="yes") for n in range(20)])
    assert {status for status, _ in answers} == {303}
    assert states(app) == {RegistrationState.REGISTERED: 1, RegistrationState.WAITING: 19}
    with app.app_context():
        queue = db.session.scalars(select(Registration.queue_number).where(Registration.queue_number.is_not(None)))
        assert sorted(queue) == list(range(1, 20))


def test_twenty_clicks_of_one_person_are_one_registration(app: Flask, moment: object) -> None:
    slug = open_event(app, capacity=5)
    answers = all_at_once(app, slug, [filled(idempotency_key="6f1f3c0e-6a55-4d0c-9e10-5f6a4f1d2c3b")] * 20)
    assert {status for status, _ in answers} == {303}
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Registration)) == 1
        assert db.session.scalar(select(Event.registered_count)) == 1
