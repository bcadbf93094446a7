"""A driver's own connection, and what it answers."""

from collections.abc import Sequence
from typing import Any, Protocol

from sqlalchemy import Connection, Dialect
from sqlalchemy.exc import DBAPIError


class Reply(Protocol):
    """A statement on its way, whose rows can be waited for."""

    def rows(self) -> list[tuple[Any, ...]]: ...


class Lean:
    """A connection of the driver (DBAPI, PEP 249), and the dialect that speaks to it.

    ``tongue`` says for whom statements and values are written: the database's driver, or the "wire" itself. Errors rise
    as SQLAlchemy's, without the values that were given.
    """

    def __init__(self, dialect: Dialect, driver: Any) -> None:
        self.dialect, self.driver, self.tongue = dialect, driver, dialect.name

    def send(self, sql: str, values: Any) -> Reply:
        """Send a statement whose rows will be asked for."""
        cursor = self.driver.cursor()
        try:
            cursor.execute(sql, values)
        except self.dialect.loaded_dbapi.Error as error:
            raise risen(error, sql, self.dialect) from error
        return _Fetched(self, sql, cursor)

    def send_many(self, sql: str, values: Sequence[Any]) -> None:
        """Run a statement once for each of ``values``."""
        cursor = self.driver.cursor()
        try:
            cursor.executemany(sql, values)
        except self.dialect.loaded_dbapi.Error as error:
            raise risen(error, sql, self.dialect) from error
        finally:
            cursor.close()

    def begin(self) -> None:
        """Open a transaction that writes."""
        self.send("BEGIN IMMEDIATE", ())

    def commit(self) -> None:
        """Commit it."""
        self.send("COMMIT", ())

    def rollback(self) -> None:
        """Let go of it."""
        self.driver.rollback()

    def leave(self) -> bool:
        """Be as the pool's other connections are; False where it cannot."""
        return True


class _Fetched:
    __slots__ = ("_cursor", "_found", "_sql")

    def __init__(self, found: Lean, sql: str, cursor: Any) -> None:
        self._found, self._sql, self._cursor = found, sql, cursor

    def rows(self) -> list[tuple[Any, ...]]:
        try:
            rows: list[tuple[Any, ...]] = self._cursor.fetchall()
        except self._found.dialect.loaded_dbapi.Error as error:
            raise risen(error, self._sql, self._found.dialect) from error
        finally:
            self._cursor.close()
        return rows


Connected = Connection | Lean


def risen(error: Exception, sql: str, dialect: Dialect) -> BaseException:
    """Return a driver's error as SQLAlchemy's, without the values that were given."""
    return DBAPIError.instance(sql, None, error, dialect.loaded_dbapi.Error, hide_parameters=True, dialect=dialect)


def lean(connection: Connected) -> Lean:
    """Return the driver's connection of ``connection``, within the transaction it is in."""
    return connection if isinstance(connection, Lean) else Lean(connection.dialect, connection.connection)
