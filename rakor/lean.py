"""The driver's own connection, for the door: what stands around it elsewhere costs more there than the database.

PostgreSQL gets what is asked on it in pipeline mode: statements that do not need each other's answers go in one trip.
"""

from collections.abc import Iterator
from contextlib import contextmanager
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
    """Lend a connection of the pool; begun and committed by hand, rolled back by the pool where it was not."""
    try:
        pooled = engine.raw_connection()
    except engine.dialect.loaded_dbapi.Error as error:  # the pool lets the driver's own through: 500 in place of 503
        raise risen(error, "", engine.dialect) from error
    driver = pooled.dbapi_connection
    assert driver is not None
    by_hand = engine.dialect.name == "postgresql"
    try:
        if by_hand:
            driver.autocommit = True
        yield Lean(engine.dialect, driver)
    finally:
        if by_hand and not driver.closed:
            driver.rollback()  # goes nowhere after a commit
            driver.autocommit = False
        pooled.close()


@contextmanager
def writing(found: Lean) -> Iterator[None]:
    """Open a transaction on a lent connection, and commit it; on any exception nothing of it stays."""
    try:
        if found.dialect.name == "postgresql":
            found.driver.autocommit = False  # the driver sends BEGIN with the first statement
            with found.driver.pipeline():
                yield
                found.driver.commit()
        else:
            found.cursor().execute("BEGIN IMMEDIATE")
            yield
            found.cursor().execute("COMMIT")
    except found.dialect.loaded_dbapi.Error as error:  # of the commit, or of a write whose answer came with it
        raise risen(error, "COMMIT", found.dialect) from error
