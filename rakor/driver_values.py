"""Values on their way to a driver and back, for statements that were made once; a list of any length is one value."""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import repeat
from operator import is_
from typing import Any
from uuid import UUID, SafeUUID

from sqlalchemy import JSON, Boolean, ColumnElement, Date, DateTime, Dialect, Integer, Numeric, String, Uuid, bindparam
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.types import LargeBinary, NullType, TypeDecorator, TypeEngine

from rakor.db import UtcDateTime, Word

Convert = Callable[[Any], Any]
FEW = 8
"""Up to so many rows it costs more to look for what comes again than to convert it again."""
WIRE: Dialect = PGDialect_psycopg(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]
"""PostgreSQL as the wire has it: parameters are $1, $2, …, and every value is its text (``rakor.lean.pipeline``)."""


class _ListOf(TypeDecorator[list[Any]]):
    """A list of identifiers or of bytes as one parameter, a text: an array for PostgreSQL, JSON for SQLite."""

    impl = String
    cache_ok = True

    def __init__(self, item: TypeEngine[Any]) -> None:
        super().__init__()
        self.item = item

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(postgresql.ARRAY(self.item) if dialect.name == "postgresql" else String())


def _digits(values: Iterable[Any]) -> list[str]:
    """Return identifiers or bytes as their hexadecimal digits, which need no escaping."""
    return [value.hex if isinstance(value, UUID) else value.hex() for value in values]


def _as_json(values: Iterable[Any]) -> str:
    digits = _digits(values)
    return '["' + '","'.join(digits) + '"]' if digits else "[]"


def _as_array(values: Iterable[UUID]) -> str:
    return "{" + ",".join(_digits(values)) + "}"


def _as_array_of_bytes(values: Iterable[bytes]) -> str:
    digits = _digits(values)
    return '{"\\\\x' + '","\\\\x'.join(digits) + '"}' if digits else "{}"


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


def quick_uuid(text: str | bytes) -> UUID:
    """Return the UUID of 32 hexadecimal digits that a database kept; ``UUID(text)`` checks first what was checked."""
    made = object.__new__(UUID)
    object.__setattr__(made, "int", int(text, 16))
    object.__setattr__(made, "is_safe", SafeUUID.unknown)
    return made


def to_database(kind: TypeEngine[Any], dialect: Dialect) -> Convert | None:
    """Return what turns a value of ``kind`` into the driver's; None where the driver takes it as it is.

    What is JSON may come as its text; an array is written here, which takes the driver ten times as long.
    """
    for known, convert in _QUICK_IN[_tongue(dialect)].items():
        if isinstance(kind, known):
            return convert
    as_driver = _to_driver(kind, dialect)
    if dialect is not WIRE:
        return as_driver
    return lambda value: None if value is None else _said(as_driver(value) if as_driver else value)


def _to_driver(kind: TypeEngine[Any], dialect: Dialect) -> Convert | None:
    if isinstance(kind, _ListOf):
        as_array = _as_array_of_bytes if isinstance(kind.item, LargeBinary) else _as_array
        return as_array if dialect.name == "postgresql" else _as_json
    if isinstance(kind, JSON):
        return lambda value: value if isinstance(value, str) else json.dumps(value)
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _said(value: Any) -> bytes:
    """Return a driver's value as PostgreSQL reads it."""
    return b"\\x" + value.hex().encode() if isinstance(value, bytes | memoryview) else str(value).encode()


def from_database(kind: TypeEngine[Any], dialect: Dialect) -> Convert | None:
    """Return what turns the driver's value, which is not None, into one of ``kind``; None where it is one already."""
    tongue = _tongue(dialect)
    if isinstance(kind, Word):
        return _word(kind, of_wire=tongue == "wire")
    for known, convert in _QUICK_OUT[tongue].items():
        if isinstance(kind, known):
            return convert
    of_driver = kind.dialect_impl(dialect).result_processor(dialect, None)
    if dialect is not WIRE:
        return of_driver
    if isinstance(kind, NullType):
        raise TypeError("what is read off the wire needs a type")
    stored_as = kind.impl_instance if isinstance(kind, TypeDecorator) else kind
    read = next((read for known, read in _READ.items() if isinstance(stored_as, known)), bytes.decode)
    return read if of_driver is None else lambda value: of_driver(read(value))


def _tongue(dialect: Dialect) -> str:
    return "wire" if dialect is WIRE else dialect.name


def _utc(value: datetime) -> datetime:
    """Return an aware moment in UTC; nearly all are, and ``astimezone`` makes those anew."""
    return value if value.tzinfo is UTC else value.astimezone(UTC)


def _word(kind: Word, *, of_wire: bool) -> Convert:
    """Return what finds a word of a closed list; raises KeyError for what is none."""
    return {one.value.encode() if of_wire else one.value: one for one in kind.words}.__getitem__


# the same results as SQLAlchemy's own, which do it in several calls; a test compares them
_QUICK_IN: dict[str, dict[type[TypeEngine[Any]], Convert | None]] = {
    "postgresql": {},
    "sqlite": {
        LargeBinary: None,
        Uuid: lambda value: None if value is None else value.hex,
        Boolean: lambda value: None if value is None else +value,
        Word: lambda value: None if value is None else value.value,
        UtcDateTime: lambda value: None if value is None else _utc(value).isoformat(" ", "microseconds")[:26],
    },
    "wire": {
        Uuid: lambda value: None if value is None else value.hex.encode(),
        Boolean: lambda value: None if value is None else b"t" if value else b"f",
        Integer: lambda value: None if value is None else b"%d" % value,
        Word: lambda value: None if value is None else value.value.encode(),
        UtcDateTime: lambda value: None if value is None else _utc(value).isoformat().encode(),
    },
}
_QUICK_OUT: dict[str, dict[type[TypeEngine[Any]], Convert]] = {
    "postgresql": {},
    "sqlite": {
        Uuid: quick_uuid,
        UtcDateTime: lambda value: datetime.fromisoformat(value).replace(tzinfo=UTC),
    },
    "wire": {
        Uuid: lambda value: quick_uuid(value.replace(b"-", b"")),
        UtcDateTime: lambda value: datetime.fromisoformat(value.decode()).astimezone(UTC),
    },
}
_READ: dict[type[TypeEngine[Any]], Convert] = {
    Boolean: lambda value: value == b"t",
    Integer: int,
    Numeric: Decimal,
    DateTime: lambda value: datetime.fromisoformat(value.decode()),
    Date: lambda value: date.fromisoformat(value.decode()),
    LargeBinary: lambda value: bytes.fromhex(value[2:].decode()),
    JSON: json.loads,
}
"""What PostgreSQL writes on the wire, as its driver would have read it; anything else is text."""


def for_driver(column: Sequence[Any], convert: Convert | None) -> Sequence[Any]:
    if convert is None:
        return column
    if len(column) == 1:
        return [convert(column[0])]
    if all(map(is_, column, repeat(column[0]))):  # the same event, desk or moment in every row
        return [convert(column[0])] * len(column)
    return [convert(value) for value in column]


def given(value: Any, convert: Convert | None) -> Any:
    return convert(value) if convert is not None else value


def converted(rows: list[tuple[Any, ...]], converts: Sequence[tuple[int, Convert]]) -> list[tuple[Any, ...]]:
    """Return rows with the values at some places converted; what is empty stays empty."""
    if not converts:
        return rows
    if len(rows) > FEW:
        columns = list(zip(*rows, strict=True))
        for place, convert in converts:
            columns[place] = _column(columns[place], convert)
        return list(zip(*columns, strict=True))
    done = []
    for row in rows:
        values = list(row)
        for place, convert in converts:
            value = values[place]
            if value is not None:
                values[place] = convert(value)
        done.append(tuple(values))
    return done


def _column(values: Sequence[Any], convert: Convert) -> tuple[Any, ...]:
    """Convert a column; what comes again (the event, the desk, the word) is converted once."""
    seen: dict[Any, Any] = {None: None}
    for value in values:
        if value not in seen:
            seen[value] = convert(value)
    return tuple([seen[value] for value in values])
