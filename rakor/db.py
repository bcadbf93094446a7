"""The database: base class, column types, engine settings, the fair turn, and the only commit.

SQLite is the embedded default, PostgreSQL the grown shape; both run the same statements.
"""

import fcntl
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID, uuid4

from flask import Flask, current_app
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    DateTime,
    Dialect,
    Engine,
    ForeignKeyConstraint,
    LargeBinary,
    MetaData,
    String,
    Table,
    Uuid,
    event,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, registry
from sqlalchemy.types import TypeDecorator, TypeEngine

from rakor import crypto

try:  # Debian's own SQLite links the WAL-reset race of 3.7.0–3.51.2; the wheel carries a safe one
    from pysqlite3 import dbapi2 as sqlite_driver
except ImportError:  # pragma: no cover - platforms without the wheel
    sqlite_driver = sqlite3

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


# ---- engine -------------------------------------------------------------------------------------------------------

_writing: ContextVar[bool] = ContextVar("rakor_writing", default=False)
_lock_files = threading.local()


class UnsafeDatabaseError(RuntimeError):
    """The database engine found here would not keep rakor's promises."""


def check_sqlite_version(version: tuple[int, ...]) -> None:
    """Refuse SQLite versions with the WAL-reset race (fixed in 3.51.3; backports 3.44.6 and 3.50.7)."""
    safe = version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)
    if not safe:
        raise UnsafeDatabaseError(
            f"SQLite {'.'.join(map(str, version))} can lose writes in WAL mode; install the pysqlite3 package "
            "or use PostgreSQL (RAKOR_DATABASE_URL)."
        )


def engine_options(url: str) -> dict[str, Any]:
    """Return ``create_engine`` options for ``url``; raises UnsafeDatabaseError for a broken SQLite."""
    if make_url(url).get_backend_name() != "sqlite":
        return {"pool_pre_ping": True, "pool_size": 10, "max_overflow": 20}
    check_sqlite_version(sqlite_driver.sqlite_version_info)
    return {
        "module": sqlite_driver,
        "connect_args": {"check_same_thread": False, "timeout": 30},
        "pool_size": 20,
        "max_overflow": 60,
    }


def prepare_engine(engine: Engine) -> None:
    """Set what every connection needs: WAL, full synchronisation, foreign keys, and our own BEGIN."""
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def _settings(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "busy_timeout=30000",
            "temp_store=MEMORY",
            "cache_size=-32000",
            "mmap_size=268435456",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")


def install(app: Flask) -> None:
    """Bind the database to ``app``; its config names the URL as SQLALCHEMY_DATABASE_URI."""
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(app.config["SQLALCHEMY_DATABASE_URI"])
    db.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)


# ---- the turn and the commit --------------------------------------------------------------------------------------

BeforeCommit = Callable[[Session], None]


@contextmanager
def turn() -> Iterator[None]:
    """Wait in line to write. SQLite's own busy handler sleeps and starves writers; a file lock queues them.

    Every thread holds its own open file, so the kernel's lock orders threads and processes alike.
    PostgreSQL orders writers by row locks and needs no turn.
    """
    path = current_app.extensions["rakor.turn"]
    if path is None:
        yield
        return
    held = getattr(_lock_files, "held", None)
    if held is None or held[0] != path or held[2] != os.getpid():
        held = (path, os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600), os.getpid())
        _lock_files.held = held
    fcntl.flock(held[1], fcntl.LOCK_EX)
    try:
        yield
    finally:
        fcntl.flock(held[1], fcntl.LOCK_UN)


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
    with turn():
        token = _writing.set(True)
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
            _writing.reset(token)


def lock_path(url: str) -> str | None:
    """Return the path of the turn's lock file for a SQLite ``url``; None for other databases."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        return None
    return f"{parsed.database}.turn"


def insert_missing(table: Any) -> Any:
    """Return an INSERT … ON CONFLICT DO NOTHING for ``table``, in the dialect of the current app's database."""
    return (postgresql.insert if is_postgresql() else sqlite.insert)(table).on_conflict_do_nothing()


def is_postgresql() -> bool:
    """True where the current app runs on PostgreSQL."""
    return db.engine.dialect.name == "postgresql"
