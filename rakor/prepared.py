"""Statements made once and run on the driver's own cursor: for the door, where a queue of people waits.

SQLAlchemy writes the SQL and knows the types; what it does anew for every execution and value costs there more than
the database does. A list of any length is one parameter (``one_of``), so the text never changes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from operator import is_
from typing import Any

from sqlalchemy import Dialect, insert
from sqlalchemy.dialects import postgresql, sqlite

from rakor.db import Base, table_of
from rakor.driver_values import Convert, converted, for_driver, from_database, given, to_database
from rakor.lean import Connected, Lean, lean, risen


@dataclass(frozen=True)
class _Ready:
    """A statement for one dialect: its text, the order of its parameters (None: by name), and what converts."""

    sql: str
    order: Sequence[str] | None
    fixed: Mapping[str, Any]
    given: Mapping[str, Convert | None]
    columns: Sequence[Convert | None]

    def parameters(self, values: Mapping[str, Any]) -> Any:
        converted = {name: convert(values[name]) if convert else values[name] for name, convert in self.given.items()}
        named = {**self.fixed, **converted}
        return named if self.order is None else tuple([named[name] for name in self.order])


class Question:
    """A statement on its way: its rows can be waited for."""

    __slots__ = ("_cursor", "_lean", "_ready")

    def __init__(self, found: Lean, ready: _Ready, values: Mapping[str, Any]) -> None:
        self._lean, self._ready, self._cursor = found, ready, found.cursor()
        try:
            self._cursor.execute(ready.sql, ready.parameters(values))
        except found.dialect.loaded_dbapi.Error as error:
            raise risen(error, ready.sql, found.dialect) from error

    def rows(self) -> list[tuple[Any, ...]]:
        """Return the rows of the result, as the columns' types say; once."""
        try:
            return converted(self._cursor.fetchall(), self._ready.columns)
        except self._lean.dialect.loaded_dbapi.Error as error:
            raise risen(error, self._ready.sql, self._lean.dialect) from error
        finally:
            self._cursor.close()


class Prepared:
    """A statement whose parameters are all ``bindparam`` or ``one_of``."""

    def __init__(self, statement: Any) -> None:
        self._statement = statement
        self._ready: dict[str, _Ready] = {}

    def ask(self, connection: Connected, **values: Any) -> Question:
        """Send it with ``values``; on a ``Lean`` what is asked before anything is read goes to PostgreSQL at once."""
        found = lean(connection)
        return Question(found, self._for(found.dialect), values)

    def rows(self, connection: Connected, **values: Any) -> list[tuple[Any, ...]]:
        """Send it with ``values`` and return the rows of its result."""
        return self.ask(connection, **values).rows()

    def run_many(self, connection: Connected, values: Iterable[Mapping[str, Any]]) -> None:
        """Run it once for each of ``values``."""
        ready = self._for(connection.dialect)
        _execute_many(lean(connection), ready.sql, [ready.parameters(one) for one in values])

    def _for(self, dialect: Dialect) -> _Ready:
        if dialect.name not in self._ready:
            compiled = self._statement.compile(dialect=dialect)
            kinds = {name: bind.type for bind, name in compiled.bind_names.items()}
            needed = {name for bind, name in compiled.bind_names.items() if bind.required}
            convert = {name: to_database(kind, dialect) for name, kind in kinds.items()}
            fixed = {name: value for name, value in compiled.params.items() if name not in needed}
            columns = getattr(self._statement, "selected_columns", ())
            self._ready[dialect.name] = _Ready(
                sql=str(compiled),
                order=compiled.positiontup,
                fixed={name: given(value, convert[name]) for name, value in fixed.items()},
                given={name: convert[name] for name in needed},
                columns=[from_database(column.type, dialect) for column in columns],
            )
        return self._ready[dialect.name]


class Insert:
    """An insert of whole rows: a column that is not given takes its fixed default, or stays empty."""

    def __init__(self, model: type[Base]) -> None:
        table = table_of(model)
        self._statement = Prepared(insert(table))
        self._untold = {column.name: _default(column) for column in table.columns}

    def run(self, connection: Connected, *rows: Mapping[str, Any]) -> None:
        """Write ``rows``, values by column name."""
        self._statement.run_many(connection, [{**self._untold, **row} for row in rows])


def _default(column: Any) -> Any:
    return column.default.arg if column.default is not None and column.default.is_scalar else None


class Upsert:
    """An insert of rows that are new; of rows whose key is there, ``replace`` decides: all columns, or none."""

    def __init__(self, model: type[Base], *, replace: bool) -> None:
        self._table = table_of(model)
        self._replace = replace
        self._ready: dict[tuple[str, tuple[str, ...]], tuple[str, Sequence[str] | None, list[Convert | None]]] = {}

    def run(
        self,
        connection: Connected,
        names: Sequence[str],
        rows: Sequence[tuple[Any, ...]],
        rare: Iterable[str] = (),
    ) -> None:
        """Write ``rows``, their values in the order of ``names``; a ``rare`` column, empty everywhere, is left out."""
        if not rows:
            return
        columns = dict(zip(names, zip(*rows, strict=True), strict=True))
        for name in rare:
            if all(map(is_, columns[name], repeat(None))):
                del columns[name]
        sql, order, converts = self._for(connection.dialect, tuple(columns))
        given = [columns[name] for name in order or columns]
        lines = zip(
            *[for_driver(column, convert) for column, convert in zip(given, converts, strict=True)], strict=True
        )
        values = list(lines) if order else [dict(zip(columns, line, strict=True)) for line in lines]
        _execute_many(lean(connection), sql, values)

    def _for(self, dialect: Dialect, names: tuple[str, ...]) -> tuple[str, Sequence[str] | None, list[Convert | None]]:
        key = (dialect.name, names)
        if key not in self._ready:
            compiled = self._statement(dialect.name).compile(dialect=dialect, column_keys=list(names))
            order = compiled.positiontup
            converts = [to_database(self._table.c[name].type, dialect) for name in order or names]
            self._ready[key] = (str(compiled), order, converts)
        return self._ready[key]

    def _statement(self, dialect: str) -> Any:
        make = postgresql.insert if dialect == "postgresql" else sqlite.insert
        upsert: Any = make(self._table)
        if not self._replace:
            return upsert.on_conflict_do_nothing()
        keys = list(self._table.primary_key.columns)
        others = [column.name for column in self._table.columns if column not in set(keys)]
        replaced = {name: upsert.excluded[name] for name in others}
        return upsert.on_conflict_do_update(index_elements=keys, set_=replaced)


def _execute_many(found: Lean, sql: str, values: list[Any]) -> None:
    cursor = found.cursor()
    try:
        cursor.executemany(sql, values)
    except found.dialect.loaded_dbapi.Error as error:
        raise risen(error, sql, found.dialect) from error
    finally:
        cursor.close()
