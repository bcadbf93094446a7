"""The driver's own connection, for the door: what stands around it elsewhere costs more there than the database.

PostgreSQL gets what is asked on it in pipeline mode: statements that do not need each other's answers go in one trip.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Dialect, Engine
from sqlalchemy.exc import DBAPIError


@dataclass(frozen=True, slots=True)
class Lean:
    """A connection of the driver (DBAPI, PEP 249), and the dialect that speaks to it."""

    dialect: Dialect
    driver: Any

    def cursor(self) -> Any:
        """Return a new cursor of the driver."""
        return self.driver.cursor()


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
    driver = pooled.dbapi_connection
    assert driver is not None
    try:
        _begins_by_itself(engine.dialect, driver, by_itself=False)
        yield Lean(engine.dialect, driver)
    finally:
        _begins_by_itself(engine.dialect, driver, by_itself=True)  # as the pool's others expect it
        pooled.close()


@contextmanager
def writing(found: Lean) -> Iterator[None]:
    """Open a transaction on a lent connection, and commit it; on any exception nothing of it stays."""
    try:
        if found.dialect.name == "postgresql":
            _begins_by_itself(found.dialect, found.driver, by_itself=True)  # BEGIN goes with the first statement
            with found.driver.pipeline():
                yield
                found.driver.commit()
        else:
            found.cursor().execute("BEGIN IMMEDIATE")
            yield
            found.cursor().execute("COMMIT")
    except BaseException as error:
        with suppress(found.dialect.loaded_dbapi.Error):  # a connection that is lost keeps nothing either
            found.driver.rollback()  # now, while the turn is still held
        if isinstance(error, found.dialect.loaded_dbapi.Error):  # of the commit, or of what it brought the answer to
            raise risen(error, "COMMIT", found.dialect) from error
        raise


def _begins_by_itself(dialect: Dialect, driver: Any, *, by_itself: bool) -> None:
    """Say whether PostgreSQL's driver opens a transaction with the next statement; SQLite's never does here."""
    if dialect.name == "postgresql" and not driver.closed:
        driver.autocommit = not by_itself
