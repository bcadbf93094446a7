"""The driver's own connection, for the door: what stands around it elsewhere costs more there than the database."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from sqlalchemy import Dialect, Engine
from sqlalchemy.exc import DBAPIError

from rakor.lean.driver import Connected, Lean, lean, risen


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
        if found is None or not found.leave():
            pooled.invalidate()
        pooled.close()


def _found(dialect: Dialect, driver: Any, info: dict[Any, Any]) -> Lean:
    if dialect.name != "postgresql":
        return Lean(dialect, driver)
    from rakor.lean.pipeline import Pipeline  # who has no PostgreSQL need not load its driver

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


__all__ = ["Connected", "Lean", "lean", "lent", "writing"]
