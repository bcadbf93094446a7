"""The only commit, the turn, the engine's settings, encrypted columns."""

import threading

import pytest
from flask import Flask
from sqlalchemy import select, text

from rakor import audit
from rakor.audit import AuditEntry
from rakor.db import db, transaction
from rakor.engine import UnsafeDatabaseError, check_sqlite_version
from rakor.offices.models import OfficeContact
from tests import make


def test_a_transaction_commits_once_and_writes_its_audit_entry(app: Flask) -> None:
    with app.app_context():
        with transaction():
            made = make.institution()
            audit.record("institution.create", object_kind="institution", object_id=made.id)
        entries = db.session.scalars(select(AuditEntry)).all()
        assert [entry.action for entry in entries] == ["institution.create"]
        assert audit.verify(db.session(), audit.INSTALLATION) is None


def test_an_act_without_audit_is_refused_and_nothing_stays(app: Flask) -> None:
    with app.app_context():
        with pytest.raises(RuntimeError, match="audit"), transaction():
            make.institution()
        assert db.session.scalar(text("SELECT count(*) FROM institution")) == 0


def test_acts_do_not_nest(app: Flask) -> None:
    with (
        app.app_context(),
        pytest.raises(RuntimeError, match="one commit"),
        transaction(unaudited="test"),
        transaction(unaudited="test"),
    ):
        pass


def test_sixteen_writers_all_get_their_turn(app: Flask) -> None:
    def write() -> None:
        with app.app_context():
            for _ in range(5):
                with transaction():
                    make.institution()
                    audit.record("institution.create")

    threads = [threading.Thread(target=write) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.app_context():
        assert db.session.scalar(text("SELECT count(*) FROM institution")) == 80
        assert audit.verify(db.session(), audit.INSTALLATION) is None


def test_every_sqlite_connection_is_durable(lite: Flask) -> None:
    with lite.app_context(), db.engine.connect() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


@pytest.mark.parametrize("version", [(3, 40, 1), (3, 51, 2), (3, 50, 6), (3, 44, 5)])
def test_a_sqlite_with_the_wal_race_is_refused(version: tuple[int, ...]) -> None:
    with pytest.raises(UnsafeDatabaseError):
        check_sqlite_version(version)


@pytest.mark.parametrize("version", [(3, 51, 3), (3, 50, 7), (3, 44, 6), (3, 53, 4)])
def test_a_safe_sqlite_is_taken(version: tuple[int, ...]) -> None:
    check_sqlite_version(version)


def test_personal_text_rests_encrypted(app: Flask) -> None:
    with app.app_context():
        with transaction(unaudited="test"):
            office = make.office(make.institution().id)
            db.session.add(OfficeContact(office_id=office.id, name="Sekretariat", phone="+6281200000147"))
        raw = db.session.execute(text("SELECT phone FROM office_contact")).scalar_one()
        assert b"6281200000147" not in bytes(raw)
        assert db.session.scalars(select(OfficeContact)).one().phone == "+6281200000147"


def test_a_changed_audit_entry_breaks_the_chain(app: Flask) -> None:
    with app.app_context():
        for _ in range(3):
            with transaction():
                audit.record("thing.change")
        with transaction(unaudited="test"):
            db.session.execute(text("UPDATE audit_entry SET action = 'thing.hide' WHERE number = 2"))
        found = audit.verify(db.session(), audit.INSTALLATION)
        assert found is not None
        assert (found.number, found.reason) == (2, "changed")
