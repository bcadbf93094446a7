"""Statements made once and run on the driver's own cursor: for the door, where a queue of people waits.

SQLAlchemy writes the SQL and knows the types; what it does anew for every execution and value costs there more than
the database does. A list of any length is one parameter (``one_of``), so the text never changes.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from itertools import repeat
from operator import is_
from typing import Any
from uuid import UUID, SafeUUID

from sqlalchemy import Boolean, ColumnElement, Dialect, String, Uuid, bindparam, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.types import LargeBinary, TypeDecorator, TypeEngine

from rakor.db import Base, UtcDateTime, Word, table_of
from rakor.lean import Connected, Lean, lean, risen

Convert = Callable[[Any], Any]


class _ListOf(TypeDecorator[list[Any]]):
    """A list as one parameter: an array for PostgreSQL, for SQLite JSON (bytes in hexadecimal)."""

    impl = String
    cache_ok = True

    def __init__(self, item: TypeEngine[Any]) -> None:
        super().__init__()
        self.item = item

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(postgresql.ARRAY(self.item) if dialect.name == "postgresql" else String())

    def process_bind_param(self, value: Iterable[Any] | None, dialect: Dialect) -> Any:
        return list(value or ()) if dialect.name == "postgresql" else _as_json(value or ())


def _as_json(values: Iterable[Any]) -> str:
    """Return a list as JSON; identifiers and bytes as their hexadecimal digits, which need no escaping."""
    found = list(values)
    if found and isinstance(found[0], UUID):
        return _quoted([one.hex for one in found])
    if found and isinstance(found[0], bytes):
        return _quoted([one.hex() for one in found])
    return json.dumps(found)


def _quoted(digits: list[str]) -> str:
    return '["' + '","'.join(digits) + '"]'


class one_of(ColumnElement[bool]):
    """True where ``column`` is in the list given under ``name``; the SQL is the same for every length."""

    inherit_cache = False
    type = Boolean()

    def __init__(self, column: ColumnElement[Any], name: str) -> None:
        self.column = column
        self.listed = bindparam(name, type_=_ListOf(column.type))

    def self_group(self, against: Any = None) -> Any:
        """Stay as it is: "= 1", which is put around other truths on SQLite, would hide the index."""
        return self


@compiles(one_of, "postgresql")
def _any(element: one_of, compiler: Any, **options: Any) -> str:
    return f"{compiler.process(element.column, **options)} = ANY({compiler.process(element.listed, **options)})"


@compiles(one_of, "sqlite")
def _json_each(element: one_of, compiler: Any, **options: Any) -> str:
    value = "unhex(value)" if isinstance(element.column.type, LargeBinary) else "value"
    listed = compiler.process(element.listed, **options)
    return f"{compiler.process(element.column, **options)} IN (SELECT {value} FROM json_each({listed}))"


def quick_uuid(text: str) -> UUID:
    """Return the UUID of 32 hexadecimal digits that a database kept; ``UUID(text)`` checks first what was checked."""
    made = object.__new__(UUID)
    object.__setattr__(made, "int", int(text, 16))
    object.__setattr__(made, "is_safe", SafeUUID.unknown)
    return made


def to_database(kind: TypeEngine[Any], dialect: Dialect) -> Convert | None:
    """Return what turns a value of ``kind`` into the driver's; None where the driver takes it as it is."""
    if dialect.name == "sqlite":
        for known, convert in _TO_SQLITE.items():
            if isinstance(kind, known):
                return convert
    return kind.dialect_impl(dialect).bind_processor(dialect)


def from_database(kind: TypeEngine[Any], dialect: Dialect) -> Convert | None:
    """Return what turns the driver's value into one of ``kind``; None where it is one already."""
    if dialect.name == "sqlite" and isinstance(kind, Uuid):
        return lambda value: None if value is None else quick_uuid(value)
    return kind.dialect_impl(dialect).result_processor(dialect, None)


# the same results as SQLAlchemy's own, which do it in several calls; a test compares them
_TO_SQLITE: dict[type[TypeEngine[Any]], Convert] = {
    Uuid: lambda value: None if value is None else value.hex,
    Boolean: lambda value: None if value is None else +value,
    Word: lambda value: None if value is None else value.value,
    UtcDateTime: lambda value: None if value is None else value.astimezone(UTC).isoformat(" ", "microseconds")[:26],
}


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
            return _converted(self._cursor.fetchall(), self._ready.columns)
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
                fixed={name: _given(value, convert[name]) for name, value in fixed.items()},
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
            *[_for_driver(column, convert) for column, convert in zip(given, converts, strict=True)], strict=True
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


def _for_driver(column: Sequence[Any], convert: Convert | None) -> Sequence[Any]:
    if convert is None:
        return column
    if len(column) == 1:
        return [convert(column[0])]
    if all(map(is_, column, repeat(column[0]))):  # the same event, desk or moment in every row
        return [convert(column[0])] * len(column)
    return [convert(value) for value in column]


def _given(value: Any, convert: Convert | None) -> Any:
    return convert(value) if convert is not None else value


def _converted(rows: list[tuple[Any, ...]], converts: Sequence[Convert | None]) -> list[tuple[Any, ...]]:
    if not rows or not any(converts):
        return rows
    if len(rows) == 1:
        return [tuple([convert(value) if convert else value for value, convert in zip(rows[0], converts, strict=True)])]
    columns = zip(zip(*rows, strict=True), converts, strict=True)
    return list(zip(*[_column(column, convert) if convert else column for column, convert in columns], strict=True))


def _column(values: Sequence[Any], convert: Convert) -> list[Any]:
    """Convert a column; what comes again (the event, the desk, the word) is converted once."""
    seen: dict[Any, Any] = {}
    for value in values:
        if value not in seen:
            seen[value] = convert(value)
    return [seen[value] for value in values]


def _execute_many(found: Lean, sql: str, values: list[Any]) -> None:
    cursor = found.cursor()
    try:
        cursor.executemany(sql, values)
    except found.dialect.loaded_dbapi.Error as error:
        raise risen(error, sql, found.dialect) from error
    finally:
        cursor.close()
