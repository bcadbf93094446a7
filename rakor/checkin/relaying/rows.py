"""Rows of tables as JSON, and back: a value that JSON does not know is a pair of its kind and its text."""

from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from rakor.agenda.models import AgendaItem, Room
from rakor.attendance.models import Checkpoint, FactRow
from rakor.db import Base, Word
from rakor.events.models import Event, EventDay, EventRole
from rakor.offices.models import Institution, Office
from rakor.registrations.models import Registration

FRAME: tuple[type[Base], ...] = (Institution, Office, Event, EventDay, EventRole, Room, AgendaItem, Checkpoint)
"""What stands around the people, in the order in which it can be written."""

NEEDED_AT_THE_DOOR = {"name", "front_title", "back_title", "search_key", "post", "sealed_name"}
NEVER = {
    Registration: {"phone_index", "email_index", "idempotency_key"},
    Event: {"change_seq", "demo_world"},
    FactRow: {"received_at", "operator_id"},
}
"""Beside every personal column that the door does not need: indexes of what does not travel, and what is our own."""

Row = dict[str, Any]
_READ: dict[str, Callable[[str], Any]] = {
    "uuid": UUID,
    "at": datetime.fromisoformat,
    "on": date.fromisoformat,
    "bytes": b64decode,
}


def travelling(model: type[Base]) -> list[str]:
    """Return the columns of a table that a relay gets."""
    return [
        column.name
        for column in model.__table__.columns
        if ("personal_purpose" not in column.info or column.name in NEEDED_AT_THE_DOOR)
        and column.name not in NEVER.get(model, set())
    ]


def written(model: type[Base], values: Iterable[Any]) -> Row:
    """Return a row, given by the values of its travelling columns, for JSON."""
    return dict(zip(travelling(model), map(_write, values), strict=True))


def read(model: type[Base], row: Row) -> Row:
    """Return a row's values by column; one that this version does not know is left out. ValueError for nonsense."""
    known = {name: model.__table__.c[name].type for name in travelling(model)}
    return {name: _value(value, known[name]) for name, value in row.items() if name in known}


def columns(model: type[Base]) -> list[Any]:
    """Return the travelling columns, in their order."""
    return [model.__table__.c[name] for name in travelling(model)]


def _write(value: Any) -> Any:
    if isinstance(value, UUID):
        return ["uuid", str(value)]
    if isinstance(value, datetime):
        return ["at", value.isoformat()]
    if isinstance(value, date):
        return ["on", value.isoformat()]
    if isinstance(value, bytes):
        return ["bytes", b64encode(value).decode("ascii")]
    return ["json", value] if isinstance(value, list | dict) else value


def _value(value: Any, kind_of_column: Any) -> Any:
    if isinstance(value, str) and isinstance(kind_of_column, Word):
        return kind_of_column.words(value)
    if not isinstance(value, list):
        return value
    kind, text = value
    return text if kind == "json" else _READ[kind](text)
