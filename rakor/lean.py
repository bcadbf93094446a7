"""The driver's own connection, for the door: what stands around it elsewhere costs more there than the database."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, Protocol

from sqlalchemy import Connection, Dialect, Engine
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

    def leave(self) -> None:
        """Be as the pool's other connections are."""


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


@contextmanager
def lent(engine: Engine) -> Iterator[Lean]:
    """Lend a connection of the pool, in no transaction: each statement that reads stands for itself."""
    try:
        pooled = engine.raw_connection()
    except engine.dialect.loaded_dbapi.Error as error:  # the pool lets the driver's own through: 500 in place of 503
        raise risen(error, "", engine.dialect) from error
    found = None
    try:
        found = _found(engine.dialect, pooled.dbapi_connection, pooled.info)
        yield found
    finally:
        if found is not None:
            found.leave()
        pooled.close()


def _found(dialect: Dialect, driver: Any, info: dict[Any, Any]) -> Lean:
    if dialect.name != "postgresql":
        return Lean(dialect, driver)
    from rakor.pipeline import Pipeline  # who has no PostgreSQL need not load its driver

    return Pipeline(dialect, driver, info.setdefault("rakor.prepared", {}))


@contextmanager
def writing(found: Lean) -> Iterator[None]:
    """Open a transaction on a lent connection, and commit it; on any exception nothing of it stays."""
    try:
        found.begin()
        yield
        found.commit()
    except BaseException:
        with suppress(DBAPIError):  # a connection that is lost keeps nothing either
            found.rollback()  # now, while the turn is still held
        raise
