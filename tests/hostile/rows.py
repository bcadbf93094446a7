"""The rows of the database as plain values: what a request changed, and text columns filled with anything."""

import re
from collections.abc import Callable
from functools import cache
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import String, Text, UniqueConstraint, Uuid, update

from rakor.db import Base, Encrypted, db, transaction

Rows = dict[str, dict[tuple[Any, ...], dict[str, Any]]]
ID = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}", re.IGNORECASE)
# nobody types into these
OURS = {"audit_entry", "job", "login_session", "stored_file", "presence", "attendance_held"}
# what machines read back: a zone, a key, a place, an address of a file, a language, a colour, a row as JSON
MACHINE = re.compile(
    r"(^|_|\.)(slug|zone|key|code|token|hash|url|path|accent|language|colour|kind|via|sha256|version|type|secret|cells"
    r"|refusal|scope|position)$|^follow_up_evidence\.address$"
)


@cache
def tables() -> list[Any]:
    """Return every table; SQLAlchemy sorts them anew each time it is asked."""
    return list(Base.metadata.sorted_tables)


def snapshot(app: Flask) -> Rows:
    """Return every row of every table by its key, as the driver gives it, but for ids.

    Asked of the driver itself: hundreds of times, of a hundred tables, of which most are empty.
    """
    found: Rows = {}
    with app.app_context(), db.engine.connect() as connection:
        cursor = connection.connection.cursor()
        for table in tables():
            found[table.name] = {}
            rows = cursor.execute(f'SELECT * FROM "{table.name}"').fetchall()
            if not rows:
                continue
            named = {column.name for column in table.columns if isinstance(column.type, Uuid)}
            columns = [(place, one[0], one[0] in named) for place, one in enumerate(cursor.description)]
            keys = [column.name for column in table.primary_key]
            for row in rows:
                values = {name: _id(row[place]) if is_id else row[place] for place, name, is_id in columns}
                found[table.name][tuple(values[key] for key in keys)] = values
        cursor.close()
        connection.rollback()
    return found


def _id(value: Any) -> UUID | None:
    """SQLite keeps an id as text; reading every column as its type says costs ten times the rest."""
    return value if value is None or isinstance(value, UUID) else UUID(value)


def ids(rows: Rows) -> set[str]:
    """Return every id that stands anywhere."""
    values = (value for table in rows.values() for row in table.values() for value in row.values())
    return {value.hex for value in values if isinstance(value, UUID)}


def changes(before: Rows, after: Rows) -> list[str]:
    """Return what changed, a line a row; ids and secrets that are new are called so: equal requests, equal lists."""
    known, lines = ids(before), []
    for table, rows in after.items():
        old = before[table]
        for key, row in rows.items():
            was = old.get(key)
            new = {name: _same(value, known) for name, value in row.items() if was is None or was[name] != value}
            if new:
                lines.append(f"{table} {'made' if was is None else _same(key, known)} {new}")
        lines += [f"{table} {key} gone" for key in old if key not in rows]
    return sorted(lines)


def _same(value: Any, known: set[str]) -> Any:
    if isinstance(value, bytes | memoryview) or str(value).startswith("$argon2"):
        return "secret"
    if isinstance(value, UUID):
        return value.hex if value.hex in known else "new"
    text = str(value)
    return ID.sub(lambda hit: hit[0] if hit[0].replace("-", "").lower() in known else "new", text)


def text_columns() -> list[tuple[Any, Any, int]]:
    """Return the (table, column, length) of every column that keeps what people write."""
    found = []
    for table in (one for one in tables() if one.name not in OURS):
        for column in table.columns:
            plain = type(column.type) in (String, Text, Encrypted)
            length = getattr(column.type, "length", None) or 400
            if (
                plain
                and length >= 30
                and not column.foreign_keys
                and not _alone(table, column)
                and not MACHINE.search(f"{table.name}.{column.name}")
            ):
                found.append((table, column, length))
    return found


def _alone(table: Any, column: Any) -> bool:
    """True where no two rows may have the same."""
    return any(set(one.columns) == {column} for one in table.constraints if isinstance(one, UniqueConstraint))


def fill(app: Flask, text: Callable[[str, int], str]) -> int:
    """Write ``text(column name, length)`` into every text of every row; return how many rows were written."""
    written = 0
    with app.app_context(), transaction(unaudited="a test writes over everything") as session:
        for table, column, length in text_columns():
            wanted = text(f"{table.name}.{column.name}", length)
            written += session.execute(update(table).values({column.name: wanted})).rowcount  # type: ignore[attr-defined]
    return written


__all__ = ["changes", "fill", "ids", "snapshot", "tables", "text_columns"]
