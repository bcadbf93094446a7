"""Transactions on the driver's own connection: all or nothing, also where the answer comes with the commit."""

from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import Boolean, Integer, LargeBinary, String, bindparam, func, literal, select
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from rakor.db import UtcDateTime, db, plain_transaction
from rakor.lean import Lean, lent, writing
from rakor.offices.models import Institution, Office
from rakor.offices.rules import OfficeLevel
from rakor.prepared import Insert, Prepared
from tests import make

COUNT = Prepared(select(func.count()).select_from(Institution.__table__))
BODIES, OFFICES = Insert(Institution), Insert(Office)


def body() -> dict[str, object]:
    return {"id": uuid4(), "name": "Lembaga Contoh", "short_name": "Contoh", "created_at": make.AT}


def bodies() -> int:
    with lent(db.engine) as lean:
        [(count,)] = COUNT.rows(lean)
    return int(count)


def written(lean: Lean) -> None:
    BODIES.run(lean, body())


def write_and_break() -> None:
    with plain_transaction(unaudited="test") as lean:
        written(lean)
        _ = 1 / 0


def begin_and_break(lean: Lean) -> None:
    with writing(lean):
        written(lean)
        _ = 1 / 0


def write_an_orphan() -> None:
    """Write an office of an institution that is not there."""
    office = dict.fromkeys(("code", "name", "short_name", "sort_key"), "X") | {"zone": "Asia/Jakarta"}
    with plain_transaction(unaudited="test") as lean:
        written(lean)
        OFFICES.run(lean, {"id": uuid4(), "institution_id": uuid4(), "level": OfficeLevel.REGENCY, **office})


def test_what_was_written_is_there_after_the_commit(app: Flask) -> None:
    with app.app_context():
        before = bodies()
        with plain_transaction(unaudited="test") as lean:
            written(lean)
            written(lean)
        assert bodies() == before + 2


def test_an_exception_leaves_nothing_and_the_next_goes_on(app: Flask) -> None:
    with app.app_context():
        before = bodies()
        with pytest.raises(ZeroDivisionError):
            write_and_break()
        assert bodies() == before
        with plain_transaction(unaudited="test") as lean:
            written(lean)
        assert bodies() == before + 1


def test_what_broke_is_rolled_back_while_the_turn_is_still_held(app: Flask) -> None:
    with app.app_context(), lent(db.engine) as lean:
        with pytest.raises(ZeroDivisionError):
            begin_and_break(lean)
        on_postgresql = lean.dialect.name == "postgresql"
        assert not (lean.driver.info.transaction_status if on_postgresql else lean.driver.in_transaction)


def test_a_refused_write_is_told_and_leaves_nothing(app: Flask) -> None:
    """PostgreSQL says so only when the commit comes: the commit must not be believed before."""
    with app.app_context():
        before = bodies()
        with pytest.raises(IntegrityError):
            write_an_orphan()
        assert bodies() == before
        with db.engine.begin() as connection:  # the pool's connection is as it was
            assert connection.exec_driver_sql("SELECT 1").scalar() == 1


def test_a_trip_may_be_long_both_ways(app: Flask) -> None:
    """What is sent and what comes back fill every buffer between: neither side may wait for the other to read."""
    given = bindparam("text", type_=String())
    said = Prepared(select(func.length(given, type_=Integer()), given))
    with app.app_context(), lent(db.engine) as lean:
        text = "ꦫ" * 100_000
        asked = [said.ask(lean, text=text) for _ in range(100)]
        assert all(one.rows() == [(100_000, text)] for one in asked)


LENGTH = Prepared(select(func.length(bindparam("text", type_=String()), type_=Integer())))
OWN = Prepared(select(func.pg_backend_pid(type_=Integer())))
END = Prepared(select(func.pg_terminate_backend(bindparam("pid", type_=Integer()), type_=Boolean())))


def write_and_lose_the_connection() -> None:
    with plain_transaction(unaudited="test") as lean, lent(db.engine) as other:
        written(lean)
        END.rows(other, pid=OWN.rows(lean)[0][0])


def forget(lean: Lean) -> None:
    COUNT.rows(lean)
    lean.send("DEALLOCATE ALL", ())


@pytest.mark.parametrize("app", ["postgresql"], indirect=True)
def test_a_connection_that_is_lost_is_told_and_leaves_nothing(app: Flask) -> None:
    with app.app_context():
        before = bodies()
        with pytest.raises(OperationalError):
            write_and_lose_the_connection()
        assert bodies() == before


@pytest.mark.parametrize("app", ["postgresql"], indirect=True)
def test_a_connection_whose_statements_the_server_forgot_is_used_no_more(app: Flask) -> None:
    with app.app_context():
        with lent(db.engine) as lean:
            forget(lean)
            with pytest.raises(DBAPIError):
                COUNT.rows(lean)
        with lent(db.engine) as another:
            assert COUNT.rows(another) == [(0,)]
            assert another.driver is not lean.driver
        assert lean.driver.closed


@pytest.mark.parametrize("app", ["postgresql"], indirect=True)
def test_a_server_of_other_habits_is_read_and_written_all_the_same(app: Flask) -> None:
    with app.app_context():
        name = db.engine.url.database
        kept = Prepared(select(literal(make.AT, UtcDateTime()), literal(b"\0a", LargeBinary()), literal("é", String())))
        try:
            with db.engine.begin() as connection:
                connection.exec_driver_sql(f"ALTER DATABASE {name} SET datestyle TO 'SQL, DMY'")
                connection.exec_driver_sql(f"ALTER DATABASE {name} SET bytea_output TO escape")
                connection.exec_driver_sql(f"ALTER DATABASE {name} SET client_encoding TO 'LATIN1'")
            db.engine.dispose()
            with lent(db.engine) as lean:
                assert kept.rows(lean) == [(make.AT, b"\0a", "é")]
                assert LENGTH.rows(lean, text="é") == [(1,)]
        finally:
            with db.engine.begin() as connection:
                connection.exec_driver_sql(f"ALTER DATABASE {name} RESET ALL")
            db.engine.dispose()


def test_two_questions_are_answered_each_by_its_own_rows(app: Flask) -> None:
    one = Prepared(select(func.count().label("n"), Institution.name).group_by(Institution.name))
    with app.app_context(), plain_transaction(unaudited="test") as lean:
        written(lean)
        first, second = COUNT.ask(lean), one.ask(lean)
        assert second.rows() == [(first.rows()[0][0], "Lembaga Contoh")]
