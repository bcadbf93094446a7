"""Whether an event is kept by another server, and what follows from that for codes, seals and numbers."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, select

from rakor.db import db, table_of
from rakor.events.upstream_models import Upstream, UpstreamMark
from rakor.lean import lent
from rakor.prepared import Prepared

MOST_REMEMBERED = 1000
_U, _M = table_of(Upstream).c, table_of(UpstreamMark).c
_KEYS = Prepared(select(_U.ticket_key, _U.seal_point).where(_U.event_id == bindparam("event")))
_NUMBER = Prepared(
    select(func.max(_M.upstream_seq)).where(_M.event_id == bindparam("event"), _M.own_seq <= bindparam("own"))
)


@dataclass(frozen=True)
class Keys:
    """What a relay holds of an event's secrets: its codes' key; and the point that guests are sealed to, unopened."""

    ticket_key: bytes = field(repr=False)
    seal_point: bytes


_remembered: dict[UUID, Keys | None] = {}


def keys(event_id: UUID) -> Keys | None:
    """Return the keys that came with an event from its server; None for an event of our own.

    Remembered for good: an event is born here or comes by joining, and stays what it is.
    """
    if event_id not in _remembered:
        rows = _asked(_KEYS, event=event_id)
        if len(_remembered) >= MOST_REMEMBERED:
            _remembered.clear()
        _remembered[event_id] = Keys(bytes.fromhex(rows[0][0]), bytes(rows[0][1])) if rows else None
    return _remembered[event_id]


def forget() -> None:
    """Look again: an event has just joined, or left."""
    _remembered.clear()


def server_number(event_id: UUID, own: int) -> int:
    """Return the server's number that somebody knows who knows our number ``own``; our own events count themselves.

    Facts carry the server's numbers, as tickets do, so "made before it could know" means the same on both sides.
    """
    if own == 0 or keys(event_id) is None:
        return own
    rows = _asked(_NUMBER, event=event_id, own=own)
    return int(rows[0][0] or 0)


def _asked(statement: Prepared, **values: Any) -> Sequence[Sequence[Any]]:
    """Ask on the connection of the transaction that is open: who holds a lock and wants another may wait for ever."""
    if db.session().info.get("in_transaction"):
        return statement.rows(db.session.connection(), **values)
    with lent(db.engine) as lean:
        return statement.rows(lean, **values)
