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
from rakor.driver_values import WIRE, Convert, converted, for_driver, from_database, given, to_database
from rakor.lean import Connected, Lean, lean


@dataclass(frozen=True)
class _Ready:
    """A statement for one tongue: its text, its parameters (in their order, or by name), and what converts its columns.

    A parameter is the name of a value with what converts it, or a value that is fixed.
    """

    sql: str
    by_name: bool
    slots: Sequence[tuple[str, bool, Convert | None, Any]]
    converts: Sequence[tuple[int, Convert]]

    def parameters(self, values: Mapping[str, Any]) -> Any:
        given = [
            fixed if is_fixed else values[name] if convert is None else convert(values[name])
            for name, is_fixed, convert, fixed in self.slots
        ]
        return dict(zip([slot[0] for slot in self.slots], given, strict=True)) if self.by_name else given


class Question:
    """A statement on its way: its rows can be waited for."""

    __slots__ = ("_ready", "_reply")

    def __init__(self, found: Lean, ready: _Ready, values: Mapping[str, Any]) -> None:
        self._ready, self._reply = ready, found.send(ready.sql, ready.parameters(values))

    def rows(self) -> list[tuple[Any, ...]]:
        """Return the rows of the result, as the columns' types say; once."""
        return converted(self._reply.rows(), self._ready.converts)


class Prepared:
    """A statement whose parameters are all ``bindparam`` or ``one_of``."""

    def __init__(self, statement: Any) -> None:
        self._statement = statement
        self._ready: dict[str, _Ready] = {}

    def ask(self, connection: Connected, **values: Any) -> Question:
        """Send it with ``values``; on a ``Lean`` what is asked before anything is read goes to PostgreSQL at once."""
        found = lean(connection)
        return Question(found, self._for(found), values)

    def rows(self, connection: Connected, **values: Any) -> list[tuple[Any, ...]]:
        """Send it with ``values`` and return the rows of its result."""
        return self.ask(connection, **values).rows()

    def run_many(self, connection: Connected, values: Iterable[Mapping[str, Any]]) -> None:
        """Run it once for each of ``values``."""
        found = lean(connection)
        ready = self._for(found)
        found.send_many(ready.sql, [ready.parameters(one) for one in values])

    def _for(self, found: Lean) -> _Ready:
        if found.tongue not in self._ready:
            dialect = spoken(found)
            compiled = self._statement.compile(dialect=dialect)
            slots = []
            binds = {name: bind for bind, name in compiled.bind_names.items()}
            for name in compiled.positiontup or binds:
                convert, fixed = to_database(binds[name].type, dialect), None
                if not binds[name].required:
                    fixed = given(compiled.params[name], convert)
                slots.append((name, not binds[name].required, convert, fixed))
            selected = getattr(self._statement, "selected_columns", ())
            found_as = [from_database(column.type, dialect) for column in selected]
            self._ready[found.tongue] = _Ready(
                sql=str(compiled),
                by_name=compiled.positiontup is None,
                slots=slots,
                converts=[(place, convert) for place, convert in enumerate(found_as) if convert is not None],
            )
        return self._ready[found.tongue]


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
        found = lean(connection)
        sql, order, converts = self._for(found, tuple(columns))
        given = [columns[name] for name in order or columns]
        lines = zip(
            *[for_driver(column, convert) for column, convert in zip(given, converts, strict=True)], strict=True
        )
        values = list(lines) if order else [dict(zip(columns, line, strict=True)) for line in lines]
        found.send_many(sql, values)

    def _for(self, found: Lean, names: tuple[str, ...]) -> tuple[str, Sequence[str] | None, list[Convert | None]]:
        key = (found.tongue, names)
        if key not in self._ready:
            dialect = spoken(found)
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


def spoken(found: Lean) -> Dialect:
    """Return the dialect in which statements and values are written for a connection."""
    return WIRE if found.tongue == "wire" else found.dialect
