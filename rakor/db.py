"""The database: base class, column types, and the only commit.

SQLite is the embedded default, PostgreSQL the grown shape; both run the same statements.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID, uuid4

from flask import Flask, current_app
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    DateTime,
    Dialect,
    ForeignKeyConstraint,
    LargeBinary,
    MetaData,
    String,
    Table,
    Uuid,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, registry
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine

from rakor import crypto, lean
from rakor.engine import engine_options, prepare_engine, turn, writing
from rakor.lean import Lean

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, stored in UTC; a naive one is a programming error."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(DateTime(timezone=dialect.name == "postgresql"))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise TypeError("naive datetime: every stored moment is aware")
        moment = value.astimezone(UTC)
        return moment if dialect.name == "postgresql" else moment.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


class whole_minute(FunctionElement[datetime]):
    """The minute that a moment (``UtcDateTime``) lies in, by its beginning; to group by in the database."""

    inherit_cache = True
    type = UtcDateTime()


@compiles(whole_minute, "sqlite")
def _cut(element: whole_minute, compiler: Any, **options: Any) -> str:
    return f"substr({compiler.process(element.clauses, **options)}, 1, 17) || '00.000000'"  # 2026-11-24 01:55:…


@compiles(whole_minute, "postgresql")
def _truncated(element: whole_minute, compiler: Any, **options: Any) -> str:
    return f"date_trunc('minute', {compiler.process(element.clauses, **options)})"


class Encrypted(TypeDecorator[str]):
    """Personal text that rests encrypted (AES-256-GCM); it cannot be searched, ``crypto.blind_index`` can."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        return None if value is None or value == "" else crypto.encrypt(value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        return None if value is None else crypto.decrypt(bytes(value))


class Word(TypeDecorator[StrEnum]):
    """One word of a closed list, stored as text, so both databases and every export read the same."""

    impl = String(32)
    cache_ok = True

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:
        return None if value is None else value.value if type(value) is self.words else str(self.words(value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        return None if value is None else self.words(value)


class Base(DeclarativeBase):
    """Base of every table; keys are random UUIDs because a number that counts up returns after a restore."""

    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMES)
    registry: ClassVar[registry] = registry(
        metadata=metadata, type_annotation_map={datetime: UtcDateTime(), UUID: Uuid(), bytes: LargeBinary()}
    )


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})


def key() -> Mapped[UUID]:
    """A primary key column: a random UUID made by the program, so rows can be named before they are stored."""
    return mapped_column(primary_key=True, default=uuid4)


def table_of(model: type[Base]) -> Table:
    """Return the table of a model, for statements that are built once and run without the unit of work."""
    table = model.__table__
    assert isinstance(table, Table)
    return table


def within_event(child: str, parent_table: str, ondelete: str = "CASCADE") -> ForeignKeyConstraint:
    """A foreign key of an event's row to another row of the same event: the database refuses a foreign one."""
    return ForeignKeyConstraint(
        ["event_id", child], [f"{parent_table}.event_id", f"{parent_table}.id"], ondelete=ondelete
    )


def personal(purpose: str, retention: str) -> dict[str, str]:
    """The ``info`` of a column that holds personal data: why it is kept and until when (UU 27/2022 art. 16, 27)."""
    return {"personal_purpose": purpose, "personal_retention": retention}


def install(app: Flask) -> None:
    """Bind the database to ``app``; its config names the URL as SQLALCHEMY_DATABASE_URI."""
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(app.config["SQLALCHEMY_DATABASE_URI"])
    db.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)


# ---- the commit ---------------------------------------------------------------------------------------------------

BeforeCommit = Callable[[Session], None]


@contextmanager
def transaction(*, unaudited: str = "") -> Iterator[Session]:
    """Open the one transaction of an act, and commit it: the only commit in rakor.

    What was read before is let go, so the rule judges facts read under the turn. On any exception everything is
    rolled back and the exception rises. ``unaudited`` gives the reason why an act needs no audit entry.
    """
    session = db.session()
    if session.info.get("in_transaction"):
        raise RuntimeError("transaction() inside transaction(): one act, one commit")
    session.close()
    with turn(current_app.extensions["rakor.turn"]):
        token = writing.set(True)
        session.info["in_transaction"] = True
        session.info["unaudited"] = unaudited
        try:
            session.connection()
            yield session
            session.flush()
            for step in current_app.extensions["rakor.before_commit"]:
                step(session)
            session.commit()
        except BaseException:
            session.rollback()
            session.expunge_all()
            raise
        finally:
            session.info.clear()
            writing.reset(token)


@contextmanager
def plain_transaction(*, unaudited: str) -> Iterator[Lean]:
    """Open and commit the one transaction of an act that uses prepared statements alone, without a unit of work.

    It keeps no audit entry, so ``unaudited`` says why it needs none. On any exception everything is rolled back.
    Here the turn is waited for on PostgreSQL too: who waits for it can still take in what comes meanwhile, who waits
    for a row's lock cannot. The pool's connection is lent before and given back after, while another has the turn.
    """
    assert unaudited, "an act without an audit entry says why"
    with lean.lent(db.engine) as found, turn(current_app.extensions["rakor.door"]), lean.writing(found):
        yield found


def insert_missing(table: Any) -> Any:
    """Return an INSERT … ON CONFLICT DO NOTHING for ``table``, in the dialect of the current app's database."""
    return (postgresql.insert if is_postgresql() else sqlite.insert)(table).on_conflict_do_nothing()


def is_postgresql() -> bool:
    """True where the current app runs on PostgreSQL."""
    return db.engine.dialect.name == "postgresql"
