"""The database out of and into a backup: SQLite copies itself, PostgreSQL gives its tables in one snapshot.

Both run while others write, and hold every write that was acknowledged before they began. ``pg_dump`` is not asked:
it must be at least as new as the server, and is not on every machine.
"""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from psycopg import sql
from sqlalchemy import Connection, Engine, MetaData, inspect, text

from rakor import upgrade
from rakor.db import db, is_postgresql
from rakor.engine import sqlite_driver

DATABASE = "database.sqlite3"
REVISION = "alembic_version"
CHUNK = 1 << 20


class UnsoundDatabaseError(Exception):
    """The database copied is not sound; the message is what the database itself says."""


Copied = tuple[str, dict[str, int], dict[str, list[str]]]
"""The schema's revision, the rows of each table, and the columns of each (PostgreSQL)."""


def copy_out(engine: Engine, folder: Path) -> Copied:
    """Copy the database into ``folder`` (``database.sqlite3``, or one file for each table under ``tables/``)."""
    if engine.dialect.name == "sqlite":
        return _copy_sqlite(Path(str(engine.url.database)), folder / DATABASE)
    return _copy_postgresql(engine, folder / "tables")


def _copy_sqlite(source: Path, target: Path) -> Copied:
    """SQLite's online backup, all in one step: one read snapshot, which no writer waits for."""
    with closing(sqlite_driver.connect(str(source))) as live, closing(sqlite_driver.connect(str(target))) as copy:
        live.backup(copy, pages=-1)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, whole by itself
        sound = [row[0] for row in copy.execute("PRAGMA integrity_check")]
        if sound != ["ok"]:
            raise UnsoundDatabaseError("; ".join(sound)[:300])
        names = [row[0] for row in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        rows = {name: copy.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}
        revision = copy.execute(f"SELECT version_num FROM {REVISION}").fetchone()[0]
    return revision, {name: count for name, count in rows.items() if name != REVISION}, {}


def _copy_postgresql(engine: Engine, folder: Path) -> Copied:
    """COPY every table within one REPEATABLE READ snapshot."""
    folder.mkdir(mode=0o700)
    rows, columns = {}, {}
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        connection.execute(text("SET TRANSACTION READ ONLY"))
        revision = str(connection.scalar(text(f"SELECT version_num FROM {REVISION}")))
        look = inspect(connection)
        for name in sorted(set(look.get_table_names()) - {REVISION}):
            columns[name] = [str(column["name"]) for column in look.get_columns(name)]
            rows[name] = _copy_table(connection, name, columns[name], folder / name)
    return revision, rows, columns


def _copy_table(connection: Connection, name: str, columns: list[str], path: Path) -> int:
    cursor = _cursor(connection)
    with path.open("wb") as file, cursor.copy(_copy(name, columns, "TO STDOUT")) as rows:
        for part in rows:
            file.write(part)
    return int(cursor.rowcount)


def _cursor(connection: Connection) -> Any:
    return connection.connection.cursor()


def _copy(name: str, columns: list[str], way: str) -> sql.Composed:
    named = sql.SQL(", ").join(map(sql.Identifier, columns))
    return sql.SQL("COPY {} ({}) ").format(sql.Identifier(name), named) + sql.SQL(way)


def is_empty() -> bool:
    """True where the current app's database has no tables yet."""
    return not inspect(db.engine).get_table_names()


def copy_in(folder: Path, revision: str, columns: dict[str, list[str]]) -> None:
    """Replace the current app's PostgreSQL tables by those of an unpacked backup, then bring the schema up.

    The schema is made as it was when the backup was taken, so an older backup goes into a newer rakor.
    """
    _drop_tables()
    upgrade.upgrade(revision)
    with db.engine.begin() as connection:
        for name in _in_order(connection):
            connection.execute(text(f'DELETE FROM "{name}"'))
        for name in reversed(_in_order(connection)):
            if name in columns:
                with _cursor(connection).copy(_copy(name, columns[name], "FROM STDIN")) as rows:
                    for part in _parts(folder / "tables" / name):
                        rows.write(part)
    upgrade.upgrade()


def _in_order(connection: Connection) -> list[str]:
    """Return the tables, those that point to others first."""
    found = MetaData()
    found.reflect(connection)
    return [table.name for table in reversed(found.sorted_tables) if table.name != REVISION]


def _drop_tables() -> None:
    assert is_postgresql()
    with db.engine.begin() as connection:
        for name in inspect(connection).get_table_names():
            connection.execute(text(f'DROP TABLE "{name}" CASCADE'))


def _parts(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while part := file.read(CHUNK):
            yield part
