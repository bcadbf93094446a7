"""Offices and contacts in both databases."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import event as sa_event

from rakor.db import db, transaction
from rakor.offices import store
from rakor.offices.rules import KPU, OfficeDraft, OfficeLevel, expand
from rakor.offices.store import ContactDraft
from rakor.regions.rules import reference
from tests import make


@pytest.fixture
def body(app: Flask) -> Iterator[UUID]:
    with app.app_context():
        with transaction(unaudited="test"):
            made = make.institution().id
        yield made


def kpu() -> list[OfficeDraft]:
    drafts: list[OfficeDraft] = []
    for pattern in KPU:
        made = expand(pattern, reference())
        assert isinstance(made, tuple)
        drafts += made
    return drafts


def test_all_offices_of_the_commission_once(body: UUID) -> None:
    with transaction():
        assert store.add_offices(None, body, kpu()) == 553
    with transaction():
        assert store.add_offices(None, body, kpu()) == 0
    assert store.level_counts(body) == {
        OfficeLevel.NATIONAL: 1,
        OfficeLevel.PROVINCE: 38,
        OfficeLevel.REGENCY: 514,
    }
    rows = store.offices(body)
    assert [row.short_name for row in rows[:3]] == ["KPU RI", "KIP Aceh", "KIP Kabupaten Aceh Selatan"]
    assert [row.sort_key for row in rows] == sorted(row.sort_key for row in rows)


def test_an_office_belongs_to_its_institution(body: UUID) -> None:
    with transaction(unaudited="test"):
        mine = make.office(body).id
        other = make.institution(name="Lain").id
    assert store.office(body, mine) is not None
    assert store.office(other, mine) is None


def test_contacts_come_in_one_query_whatever_the_number_of_offices(body: UUID) -> None:
    with transaction(unaudited="test"):
        event = make.event(body)
        ids = [make.office(body, code=f"{n}").id for n in range(3)]
        for office_id in ids:
            store.add_contact(event.id, office_id, ContactDraft("Yosepina Contoh", "Operator", "+6281200000147", None))
    statements: list[str] = []
    sa_event.listen(db.engine, "before_cursor_execute", lambda *told: statements.append(told[2]))
    for wanted in (ids[:1], ids):
        statements.clear()
        assert set(store.contacts(wanted)) == set(wanted)
        assert len([text for text in statements if text.startswith("SELECT")]) == 1


def test_a_contact_is_changed_by_field_and_forgotten(body: UUID) -> None:
    with transaction(unaudited="test"):
        event = make.event(body)
        office_id = make.office(body).id
        row = store.add_contact(event.id, office_id, ContactDraft("Yosepina Contoh", "", "+6281200000147", None))
        contact_id, event_id = row.id, event.id
    with transaction():
        found = store.contact(office_id, contact_id)
        assert found is not None
        draft = ContactDraft("Yosepina Contoh", "Operator", None, "kantor@contoh.test")
        assert store.change_contact(event_id, found, draft) == ["post", "phone", "email"]
    with transaction():
        found = store.contact(office_id, contact_id)
        assert found is not None
        assert found.email == "kantor@contoh.test"
        store.remove_contact(event_id, found)
    assert store.contacts([office_id]) == {}
