"""Many rows through one prepared upsert, without the work SQLAlchemy does per row and column to find out how."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Dialect
from sqlalchemy.dialects import postgresql, sqlite

from rakor.db import Base, table_of

Row = dict[str, Any]
Convert = Callable[[Any], Any]


class Upsert:
    """An insert of rows that are new; of rows whose key is there, ``replace`` decides: all columns, or none."""

    def __init__(self, model: type[Base], *, replace: bool) -> None:
        self._table = table_of(model)
        self._replace = replace
        self._prepared: dict[tuple[str, tuple[str, ...]], tuple[str, Sequence[str] | None, list[Convert | None]]] = {}

    def run(self, connection: Connection, rows: Iterable[Row], rare: Sequence[str] = ()) -> None:
        """Write ``rows``, all with the same columns; a ``rare`` column that is empty everywhere is left out."""
        found = list(rows)
        if not found:
            return
        empty = {name for name in rare if all(row[name] is None for row in found)}
        names = tuple(name for name in found[0] if name not in empty)
        sql, order, converts = self._ready(connection.dialect, names)
        columns = list(zip(names if order is None else order, converts, strict=True))
        if order is None:
            values: list[Any] = [{name: _given(row[name], convert) for name, convert in columns} for row in found]
        else:
            values = [tuple([_given(row[name], convert) for name, convert in columns]) for row in found]
        connection.exec_driver_sql(sql, values)

    def _ready(
        self, dialect: Dialect, names: tuple[str, ...]
    ) -> tuple[str, Sequence[str] | None, list[Convert | None]]:
        key = (dialect.name, names)
        if key not in self._prepared:
            compiled = self._statement(dialect.name).compile(dialect=dialect, column_keys=list(names))
            order = compiled.positiontup
            types = [self._table.c[name].type.dialect_impl(dialect) for name in order or names]
            converts: list[Convert | None] = [kind.bind_processor(dialect) for kind in types]
            self._prepared[key] = (str(compiled), order, converts)
        return self._prepared[key]

    def _statement(self, dialect: str) -> Any:
        make = postgresql.insert if dialect == "postgresql" else sqlite.insert
        upsert: Any = make(self._table)
        if not self._replace:
            return upsert.on_conflict_do_nothing()
        keys = list(self._table.primary_key.columns)
        others = [column.name for column in self._table.columns if column not in set(keys)]
        replaced = {name: upsert.excluded[name] for name in others}
        return upsert.on_conflict_do_update(index_elements=keys, set_=replaced)


def _given(value: Any, convert: Convert | None) -> Any:
    return convert(value) if convert is not None else value
