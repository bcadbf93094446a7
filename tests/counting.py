"""Statements counted at the driver's cursor: those of rakor/prepared.py, which SQLAlchemy never sees, too."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event, text

from rakor.db import db
from rakor.engine import sqlite_driver

# ";" is how a kept connection is tried
FRAME = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA", "SET ", "SHOW ", ";")


@contextmanager
def noted(engine: Engine) -> Iterator[list[str]]:
    """Note every statement of the connections that are made meanwhile, but the frame of their transactions."""
    seen: list[str] = []

    def watch(_dialect: Any, _record: Any, _arguments: Any, options: dict[str, Any]) -> None:
        if engine.dialect.name == "sqlite":
            options["factory"] = _sqlite(seen)
        else:
            options["cursor_factory"] = _psycopg(seen)

    event.listen(engine, "do_connect", watch)
    engine.dispose()  # the next connections are watched from their first statement
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
        seen.clear()
        yield seen
    finally:
        event.remove(engine, "do_connect", watch)
        engine.dispose()


def statements(app: Flask, act: Callable[[], object]) -> list[str]:
    """Return the statements that ``act`` sends; no context of the app may be open."""
    with app.app_context():
        engine = db.engine
    with noted(engine) as seen:
        act()
        return list(seen)


def selects(app: Flask, browser: FlaskClient, path: str) -> int:
    """Return how many questions a page asks the database."""

    def open_page() -> None:
        assert browser.get(path).status_code == 200

    return sum(statement.lstrip().startswith(("SELECT", "WITH")) for statement in statements(app, open_page))


def _frame(statement: object) -> bool:
    return str(statement).lstrip().upper().startswith(FRAME)


def _sqlite(seen: list[str]) -> type:
    class Cursor(sqlite_driver.Cursor):  # type: ignore[misc]
        def execute(self, sql: str, *values: Any) -> Any:
            seen.extend([] if _frame(sql) else [sql])
            return super().execute(sql, *values)

        def executemany(self, sql: str, *values: Any) -> Any:
            seen.append(sql)
            return super().executemany(sql, *values)

    class Connection(sqlite_driver.Connection):  # type: ignore[misc]
        def cursor(self, *_factory: Any) -> Any:
            return super().cursor(Cursor)

    return Connection


def _psycopg(seen: list[str]) -> type:
    class Cursor(psycopg.Cursor[Any]):
        def execute(self, query: Any, *values: Any, **more: Any) -> Any:
            said = query.decode() if isinstance(query, bytes) else str(query)
            seen.extend([] if _frame(said) else [said])
            return super().execute(query, *values, **more)

        def executemany(self, query: Any, *values: Any, **more: Any) -> Any:
            seen.append(str(query))
            return super().executemany(query, *values, **more)

    return Cursor
