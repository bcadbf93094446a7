"""Data saya: everything that is kept of a person, and what they put right themselves."""

import json

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from rakor.audit import AuditEntry
from rakor.db import db, transaction
from rakor.events import store as events
from rakor.registrations import own_data, store, tickets
from rakor.registrations.models import RegistrationSource
from rakor.registrations.rules import RegistrationState
from tests import make
from tests.conftest import MOMENT
from tests.portal.conftest import Petrus

pytestmark = pytest.mark.usefixtures("moment")


def test_own_data_hold_every_personal_column_and_nobody_elses(petrus: Petrus, phone: FlaskClient) -> None:
    with petrus.app.app_context(), transaction(unaudited="test"):
        make.registration(petrus.event_id, name="Orang Lain Contoh", phone="+6281200000999")
    petrus.change(nip="199009132025242014", email="petrus@contoh.id")
    answer = phone.get(petrus.path + "/data.json")
    copy = json.loads(answer.data)
    assert set(copy["personal"]) == {column.name for column in own_data.personal_columns()}
    assert copy["personal"]["nip"]["value"] == "199009132025242014"
    assert copy["registration"]["mode"] == "online"
    page = phone.get(petrus.path + "/data").text
    for shown in ("19900913 2025 24 2 014", "0812-0000-0147", "petrus@contoh.id"):
        assert shown in page
    assert "Orang Lain" not in page + answer.text


def test_every_personal_column_has_words(lite: Flask) -> None:
    for column in own_data.personal_columns():
        assert column.name in own_data.LABELS
        assert column.info["personal_purpose"] in own_data.PURPOSES
        assert column.info["personal_retention"] in own_data.RETENTIONS


def test_contact_is_put_right_at_once_and_can_be_found_by(petrus: Petrus, phone: FlaskClient) -> None:
    path = petrus.path + "/contact"
    refused = phone.post(path, data={"phone": "0812", "email": "petrus"})
    assert refused.status_code == 422
    assert 'value="petrus"' in refused.text
    sent = {"phone": "0812 0000 0555", "email": "Petrus@Contoh.id", "state": "cancelled", "nip": "1"}
    assert phone.post(path, data=sent).status_code == 303
    with petrus.app.app_context():
        row = petrus.row()
        assert (row.phone, row.email, row.nip) == ("+6281200000555", "Petrus@contoh.id", None)
        assert row.state is RegistrationState.CONFIRMED
        found = store.reached_by(petrus.event_id, [store.email_index("PETRUS@CONTOH.ID")])
        assert [person.id for person in found] == [petrus.id]


def test_the_own_name_is_spelled_right_until_the_cut_off_and_never_becomes_another(petrus: Petrus) -> None:
    client = petrus.app.test_client()
    with petrus.app.app_context():
        before, code = petrus.row().name, tickets.code_of(petrus.event_id, petrus.id, petrus.row().epoch)
    page = client.get(f"{petrus.path}/name")
    assert page.status_code == 200
    assert before in page.text
    refused = client.post(f"{petrus.path}/name", data={"name": "Budi Santoso"})
    assert refused.status_code == 422
    assert "nama orang lain" in refused.text
    assert client.post(f"{petrus.path}/name", data={"name": f"Dr. {before}e"}).status_code == 303
    with petrus.app.app_context():
        row = petrus.row()
        assert (row.front_title, row.name) == ("Dr.", f"{before}e")
        assert tickets.code_of(petrus.event_id, petrus.id, row.epoch) == code
        assert row.state is RegistrationState.CONFIRMED
        entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "registration.name")).one()
        assert entry.actor_kind == "link"
    petrus.change(source=RegistrationSource.OPEN)
    with petrus.app.app_context(), transaction(unaudited="test"):
        events.locked_event(petrus.event_id).self_service_until_at = MOMENT
    client.post(f"{petrus.path}/name", data={"name": before})
    with petrus.app.app_context():
        assert petrus.row().name == f"{before}e"
