"""Applicants answered in bulk: in their order, with reasons, and only once; categories lead to their own pool."""

import pytest
from sqlalchemy import select

from rakor.db import db, transaction
from rakor.events import store as events
from rakor.events.quota import QuotaPool
from rakor.outbox import Job
from rakor.registrations import pool_sizes, store
from rakor.registrations.models import Registration
from rakor.registrations.pool_sizes import PoolWish
from rakor.registrations.rules import RegistrationState
from tests import make
from tests.cast import Cast
from tests.registrations import quota
from tests.registrations.form import filled

pytestmark = pytest.mark.usefixtures("moment")
S = RegistrationState


def applied(people: Cast, size: int, *names: str) -> dict[str, str]:
    with people.app.app_context(), transaction(unaudited="test"):
        event = events.locked_event(people.event_id)
        event.open_registration = event.needs_approval = True
        quota.set_size(event.id, size)
    client = people.app.test_client()
    for number, name in enumerate(names):
        sent = filled(name=f"{name} Contoh", phone=f"0812 0000 100{number}", email=None)
        assert client.post(f"/e/{people.slug}/registration", data=sent).status_code == 303
    with people.app.app_context():
        return {row.name.split()[0]: str(row.id) for row in db.session.scalars(select(Registration))}


def states(people: Cast) -> dict[str, RegistrationState]:
    with people.app.app_context():
        return {row.name.split()[0]: row.state for row in db.session.scalars(select(Registration))}


def test_many_are_accepted_in_the_order_in_which_they_applied(people: Cast) -> None:
    ids = applied(people, 2, "Ana", "Budi", "Citra")
    sari, url = people.browser("sari"), f"/events/{people.event_id}/approvals"
    assert "3 pendaftar menunggu jawaban" in sari.get(url).text
    answer = {"person": [ids["Citra"], ids["Budi"], ids["Ana"]], "answer": "approved"}
    page = sari.post(url, data=answer, follow_redirects=True).text
    assert "2 disetujui dan terdaftar, 1 disetujui, masuk daftar tunggu" in page
    assert states(people) == {"Ana": S.REGISTERED, "Budi": S.REGISTERED, "Citra": S.WAITING}
    assert "3 sudah dijawab sebelumnya" in sari.post(url, data=answer, follow_redirects=True).text


def test_who_is_refused_reads_the_reason_and_the_reason_is_needed(people: Cast) -> None:
    ids = applied(people, 2, "Ana")
    sari, url = people.browser("sari"), f"/events/{people.event_id}/approvals"
    sent = {"person": ids["Ana"], "answer": "rejected"}
    missing = sari.post(url, data=sent)
    assert missing.status_code == 422
    assert f'value="{ids["Ana"]}" id="p-{ids["Ana"]}" checked' in missing.text
    assert sari.post(url, data=sent | {"reason": "Kuota instansi terpenuhi"}).status_code == 303
    assert states(people) == {"Ana": S.REJECTED}
    with people.app.app_context():
        jobs = list(db.session.scalars(select(Job.name)))
        path = store.person_path(
            people.event_id, db.session.scalars(select(Registration.id)).one()
        )
    assert "registration.answered" in jobs
    page = people.app.test_client().get(path).text
    assert "tidak disetujui panitia" in page
    assert "Kuota instansi terpenuhi" in page
    assert sari.post(url, data={"answer": "approved"}).status_code == 422


def test_one_is_accepted_with_a_reason_that_the_committee_reads(people: Cast) -> None:
    ids = applied(people, 2, "Ana")
    sari, url = people.browser("sari"), f"/events/{people.event_id}/people/{ids['Ana']}"
    assert 'name="reason"' in sari.get(url).text
    assert sari.post(f"{url}/approval", data={"reason": "Menggantikan narasumber"}).status_code == 303
    assert states(people) == {"Ana": S.REGISTERED}
    assert "Menggantikan narasumber" in sari.get(url).text


def test_applicants_of_one_category_alone(people: Cast) -> None:
    with people.app.app_context(), transaction(unaudited="test"):
        event = events.locked_event(people.event_id)
        event.open_registration = event.needs_approval = True
        media = make.role(event.id, "Media").id
        quota.set_size(event.id, 5)
        pool_sizes.add(event.id, PoolWish("Media", media, None, (), 5))
    client = people.app.test_client()
    for number, (name, category) in enumerate([("Ana Contoh", str(media)), ("Budi Contoh", "")]):
        sent = filled(name=name, phone=f"0812 0000 200{number}", email=None, category=category)
        assert client.post(f"/e/{people.slug}/registration", data=sent).status_code == 303
    sari, url = people.browser("sari"), f"/events/{people.event_id}/approvals?role={media}"
    page = sari.get(url).text
    assert f'value="{media}" selected' in page
    assert "Ana Contoh" in page
    assert "Budi Contoh" not in page
    assert f"approvals/sheets?role={media}" in page


def test_a_category_of_the_form_leads_to_its_own_pool(people: Cast) -> None:
    with people.app.app_context(), transaction(unaudited="test"):
        event = events.locked_event(people.event_id)
        event.open_registration = True
        media = make.role(event.id, "Media").id
        quota.set_size(event.id, 0)
        pool_sizes.add(event.id, PoolWish("Media", media, None, (), 1))
    client = people.app.test_client()
    assert "Mendaftar sebagai" in client.get(f"/e/{people.slug}/registration").text
    refused = client.post(f"/e/{people.slug}/registration", data=filled())
    assert refused.status_code == 409
    assert "Penuh: semua tempat untuk pilihan Anda" in refused.text
    assert 'name="wait" type="hidden" value="yes"' in refused.text
    assert client.post(f"/e/{people.slug}/registration", data=filled(category="x")).status_code == 422
    assert client.post(f"/e/{people.slug}/registration", data=filled(category=str(media))).status_code == 303
    with people.app.app_context():
        assert {pool.name: pool.used for pool in db.session.scalars(select(QuotaPool))} == {"": 0, "Media": 1}
