"""Prepared statements: the same as SQLAlchemy's own, on both databases."""

from datetime import UTC, datetime, timedelta, timezone
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import JSON, Boolean, Date, Integer, LargeBinary, String, Uuid, bindparam, cast, insert, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import IntegrityError

from rakor.db import Base, Encrypted, UtcDateTime, Word, db, plain_transaction, table_of, transaction
from rakor.driver_values import one_of, to_database
from rakor.lean import lent
from rakor.offices.models import Institution, Office
from rakor.offices.rules import OfficeLevel
from rakor.prepared import Prepared, Upsert

BODY, OFFICE = table_of(Institution), table_of(Office)
BY_ID = Prepared(
    select(BODY.c.id, BODY.c.name, BODY.c.created_at, BODY.c.is_demo)
    .where(one_of(BODY.c.id, "ids"))
    .order_by(BODY.c.name)
)
OF_BODY = (one_of(OFFICE.c.institution_id, "ids"), OFFICE.c.level == OfficeLevel.REGENCY)
LEVEL = Prepared(select(OFFICE.c.code).where(*OF_BODY))
COLUMNS = ("id", "name", "short_name", "created_at", "is_demo")
NOON = datetime(2026, 11, 24, 12, 0, 0, 123456, tzinfo=timezone(timedelta(hours=9)))


def rows(count: int) -> list[tuple[object, ...]]:
    return [(uuid4(), f"Lembaga {n:04} Contoh", "O'Brien; \"--", NOON, n % 2 == 0) for n in range(count)]


@pytest.mark.parametrize("count", [0, 1, 3, 400])
def test_what_is_written_is_what_is_read(app: Flask, count: int) -> None:
    made = rows(count)
    with app.app_context(), transaction(unaudited="test") as session:
        Upsert(Institution, replace=False).run(session.connection(), COLUMNS, made)
        found = BY_ID.rows(session.connection(), ids=[row[0] for row in made])
        assert found == [(row[0], row[1], NOON.astimezone(UTC), row[4]) for row in made]
        by_orm = session.scalars(select(Institution).order_by(Institution.name)).all()
        assert [(one.id, one.name, one.created_at, one.is_demo) for one in by_orm] == found


@pytest.mark.parametrize("count", [0, 1, 3, 400])
def test_the_door_writes_and_reads_the_same(app: Flask, count: int) -> None:
    made = rows(count)
    with app.app_context(), plain_transaction(unaudited="test") as lean:
        Upsert(Institution, replace=False).run(lean, COLUMNS, made)
        found = BY_ID.rows(lean, ids=[row[0] for row in made])
        assert found == [(row[0], row[1], NOON.astimezone(UTC), row[4]) for row in made]
        assert BY_ID.rows(db.session.connection(), ids=[row[0] for row in made]) == [], "not committed yet"
    with app.app_context():
        assert BY_ID.rows(db.session.connection(), ids=[row[0] for row in made]) == found


def test_every_kind_of_value_survives_the_door(app: Flask) -> None:
    """As SQLAlchemy itself reads it: what each column of every table may hold, empty or not."""
    values = {
        Uuid: uuid4(), Boolean: False, Integer: -7, LargeBinary: b"\0\xff'\\", UtcDateTime: NOON, Date: NOON.date(),
        JSON: {"a": [1, "\"'{}"]}, String: "ꦫ O'Brien \\ {NULL} \"", Encrypted: "rahasia",
    }  # fmt: skip
    columns = [column for table in Base.metadata.sorted_tables for column in table.columns]
    kinds = {type(c.type): c.type for c in columns if not isinstance(c.type, Word)}
    kinds |= {c.type: c.type for c in columns if isinstance(c.type, Word)}  # type: ignore[dict-item]
    with app.app_context(), lent(db.engine) as lean:
        for kind in kinds.values():
            known = next((value for known, value in values.items() if isinstance(kind, known)), None)
            value = next(iter(kind.words)) if isinstance(kind, Word) else known
            assert value is not None, f"no example of {kind!r}"
            for one in (value, None):
                given = bindparam("value", type_=kind)
                asked = select(cast(given, kind) if lean.tongue == "wire" else given)
                [(by_door,)] = Prepared(asked).rows(lean, value=one)
                by_session = db.session.execute(asked, {"value": one}).scalar()
                assert (by_door, type(by_door)) == (by_session, type(by_session)), kind


def test_a_row_that_is_there_stays_or_is_replaced_as_asked(app: Flask) -> None:
    (row,) = rows(1)
    other = (row[0], "Nama lain", *row[2:])
    with app.app_context(), transaction(unaudited="test") as session:
        connection = session.connection()
        Upsert(Institution, replace=False).run(connection, COLUMNS, [row])
        Upsert(Institution, replace=False).run(connection, COLUMNS, [other])
        assert BY_ID.rows(connection, ids=[row[0]])[0][1] == row[1]
        Upsert(Institution, replace=True).run(connection, COLUMNS, [other])
        assert BY_ID.rows(connection, ids=[row[0]])[0][1] == "Nama lain"


def test_a_fixed_word_and_a_rare_column(app: Flask) -> None:
    (body,) = rows(1)
    names = ("id", "institution_id", "code", "level", "name", "short_name", "province_code", "zone", "sort_key")
    made = [
        (uuid4(), body[0], f"C{n}", level, "Kantor", "Kantor", None, "Asia/Jakarta", str(n))
        for n, level in enumerate(OfficeLevel)
    ]
    with app.app_context(), transaction(unaudited="test") as session:
        connection = session.connection()
        Upsert(Institution, replace=False).run(connection, COLUMNS, [body])
        Upsert(Office, replace=False).run(connection, names, made, rare=["province_code"])
        wanted = [row[2] for row in made if row[3] is OfficeLevel.REGENCY]
        assert [row[0] for row in LEVEL.rows(connection, ids=[body[0]])] == wanted


def test_a_refusal_of_the_database_is_known_by_its_name_and_tells_no_values(app: Flask) -> None:
    (row,) = rows(1)
    values = {name: bindparam(name, type_=BODY.c[name].type) for name in COLUMNS}
    add = Prepared(insert(BODY).values(values))
    twice = [dict(zip(COLUMNS, row, strict=True))] * 2
    with app.app_context(), transaction(unaudited="test") as session:
        with pytest.raises(IntegrityError) as caught:
            add.run_many(session.connection(), twice)
        session.rollback()
    assert "O'Brien" not in str(caught.value)


def test_quick_conversions_are_those_of_the_types() -> None:
    dialect = sqlite.dialect()
    values = {"id": uuid4(), "created_at": NOON, "is_demo": True, "name": "x"}
    for name, value in values.items():
        kind = BODY.c[name].type
        slow = kind.dialect_impl(dialect).bind_processor(dialect)
        quick = to_database(kind, dialect)
        assert (quick(value) if quick else value) == (slow(value) if slow else value)
        assert quick is None or quick(None) is None


def test_a_list_keeps_the_index(lite: Flask) -> None:
    with lite.app_context():
        sql = str(BY_ID._statement.compile(dialect=db.engine.dialect))
        with db.engine.connect() as connection:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", ("[]",)).all()
    assert any("SEARCH institution USING INDEX" in str(row) for row in plan)
