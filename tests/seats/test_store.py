"""Seats in both databases: expansion and what others read."""

from datetime import date
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import event as sa_event
from sqlalchemy import select

from rakor.db import db, transaction
from rakor.events.models import AccessLink
from rakor.events.store import event as event_of
from rakor.offices.rules import OfficeLevel
from rakor.seats import store
from rakor.seats.models import Seat
from tests.seats.storing import NOW, invited_by_rules, send


@pytest.fixture
def world(app: Flask) -> tuple[UUID, UUID]:
    return invited_by_rules(app)


def test_expansion_writes_seats_and_links_once(app: Flask, world: tuple[UUID, UUID]) -> None:
    event_id, _ = world
    with app.app_context():
        assert len(store.seats_with_holders(event_id)) == 15
        assert len(db.session.scalars(select(AccessLink)).all()) == 3 + 1  # and the province's
        with transaction(unaudited="test"):
            event = event_of(event_id)
            assert event is not None
            again = store.expansion(event)
            assert again.changes_nothing
            store.apply_expansion(event_id, again, now=NOW)
        assert len(db.session.scalars(select(AccessLink)).all()) == 3 + 1  # and the province's


def test_an_event_of_2021_invites_no_office_of_a_later_province(app: Flask, world: tuple[UUID, UUID]) -> None:
    with app.app_context():
        event = event_of(world[0])
        assert event is not None
        event.regions_as_of = date(2021, 10, 27)
        found = store.invited_offices(event)
        assert [(o.level, o.province_code) for o in found] == [(OfficeLevel.REGENCY, "91")] * 2
        db.session.rollback()


def test_narrower_rules_keep_answered_seats_and_come_back(app: Flask, world: tuple[UUID, UUID]) -> None:
    event_id, asmat = world
    with app.app_context():
        send(event_id, asmat, (0, "Bonifasius Contoh", "online"))
        with transaction(unaudited="test"):
            event = event_of(event_id)
            assert event is not None
            rules = store.rules_of(event_id)
            store.save_rules(event, rules[2:])
            found = store.expansion(event)
            store.apply_expansion(event_id, found, now=NOW)
        assert len(found.orphaned) == 1
        assert len(found.removed) == 2
        assert len(store.seats_with_holders(event_id)) == 13
        with transaction(unaudited="test"):
            event = event_of(event_id)
            assert event is not None
            store.save_rules(event, rules)
            store.apply_expansion(event_id, store.expansion(event), now=NOW)
        assert len(store.seats_with_holders(event_id)) == 15
        assert len(db.session.scalars(select(Seat)).all()) == 15


def test_numbers_and_progress(app: Flask, world: tuple[UUID, UUID]) -> None:
    event_id, asmat = world
    with app.app_context():
        send(event_id, asmat, (0, "Bonifasius Contoh", "online"), (1, "", "decline"))
        found = store.numbers(event_id, date(2026, 11, 23))
        assert (found.total.invited, found.total.confirmed, found.total.declined, found.heads) == (15, 1, 1, 1)
        assert found.by_province["93"].invited == 15
        assert store.numbers(event_id, date(2021, 10, 27)).by_province["91"].invited == 10
        progress = store.office_progress(event_id)
        assert [row.name for row in progress] == ["Provinsi", "Mappi", "Kantor Kabupaten Asmat"]
        assert [(row.tally.answered, row.tally.invited) for row in progress] == [(0, 5), (0, 5), (2, 5)]
        assert all(row.link_epoch == 0 for row in progress)


def test_protocol_order_and_constant_queries(app: Flask, world: tuple[UUID, UUID]) -> None:
    event_id, _ = world
    with app.app_context():
        found = store.seats_with_holders(event_id)
        assert [line.standing for line in found] == sorted(line.standing for line in found)
        assert [line.role for line in found[:3]] == ["Ketua", "Anggota Divisi Sosdiklih dan Parmas", "Sekretaris"]
        statements: list[str] = []
        sa_event.listen(db.engine, "before_cursor_execute", lambda *a: statements.append(a[2]))
        store.seats_with_holders(event_id)
        store.office_progress(event_id)
        store.numbers(event_id)
        assert len([s for s in statements if s.startswith("SELECT")]) == 6
