"""The roster: what a device needs to know of an event's tickets and of who came in, whole or as changes in the order
of their numbers. Nobody is readable in it: each line is sealed under its own ticket.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, select

from rakor import codes
from rakor.attendance.models import Checkpoint, PresenceRow
from rakor.attendance.store.load import SHOWN, who
from rakor.checkin import sealing, wire
from rakor.checkin.answers import Change, base64_of
from rakor.checkin.models import ServerEpoch
from rakor.db import db, table_of
from rakor.events.models import Event, EventRole
from rakor.lean import lent
from rakor.offices.models import Office
from rakor.prepared import Prepared
from rakor.registrations.models import Registration, Ticket
from rakor.registrations.rules import Mode
from rakor.registrations.tickets import ticket_key

T, R, P = table_of(Ticket).c, table_of(Registration).c, table_of(PresenceRow).c
E, S, C = table_of(Event).c, table_of(ServerEpoch).c, table_of(Checkpoint).c
ROLE, OFFICE = table_of(EventRole), table_of(Office)
LINE = (T.ref, T.epoch, T.revoked_seq, R.id, R.change_seq, R.epoch, R.mode, *SHOWN)


@dataclass(frozen=True, slots=True)
class Line:
    """One ticket: ``sealed`` holds the person's line under the ticket's own code, empty for a dead ticket.

    ``office`` is never sent: the roster numbers the offices, so that a device can count who of one is missing.
    """

    ref: bytes
    registration_id: UUID
    epoch: int
    change_seq: int
    revoked_seq: int | None
    replaced: bool
    sealed: bytes
    office: str = ""


@dataclass(frozen=True, slots=True)
class Coming:
    """Somebody's presence at one checkpoint, for the roster; ``first_in_at`` is None where it was taken back."""

    first_in_at: datetime | None
    last_out_at: datetime | None
    inside: bool
    place: str
    change_seq: int


_JOINED = (
    select(*LINE)
    .join(R.id.table, (R.event_id == T.event_id) & (R.id == T.registration_id))
    .outerjoin(ROLE, ROLE.c.id == R.role_id)
    .outerjoin(OFFICE, OFFICE.c.id == R.office_id)
)
_LINES = Prepared(_JOINED.where(T.event_id == bindparam("event")))
_changed = (
    select(R.id)
    .where(R.event_id == bindparam("event"), R.change_seq > bindparam("after"))
    .order_by(R.change_seq)
    .limit(bindparam("most"))
)
_TICKETS = Prepared(_JOINED.where(R.id.in_(_changed)))
_COMING = (P.first_in_at, P.last_out_at, P.inside, P.first_place, P.change_seq)
# a merged checkpoint's presence is kept under what it became; a desk there knows it by the checkpoint's own id
_KEPT_AT = (C.event_id == P.event_id) & (func.coalesce(C.merged_into_id, C.id) == P.checkpoint_id)
_COMINGS = Prepared(
    select(P.registration_id, *_COMING)
    .join(C.id.table, _KEPT_AT)
    .where(P.event_id == bindparam("event"), C.id == bindparam("checkpoint"))
)
_CAME = Prepared(
    select(T.ref, T.epoch, C.id, *_COMING)
    .join(T.ref.table, (T.event_id == P.event_id) & (T.registration_id == P.registration_id))
    .join(C.id.table, _KEPT_AT)
    .where(P.event_id == bindparam("event"), P.change_seq > bindparam("after"), T.revoked_seq.is_(None))
    .order_by(P.change_seq)
    .limit(bindparam("most"))
)
_VERSION = Prepared(select(E.change_seq, S.epoch).join(S.number.table, S.number == 1).where(E.id == bindparam("event")))


def version(event_id: UUID) -> tuple[int, UUID]:
    """Return the number of the event's last change, and the server's epoch."""
    with lent(db.engine) as lean:
        [(seq, epoch)] = _VERSION.rows(lean, event=event_id)
    return seq, epoch


def lines(event_id: UUID) -> tuple[list[Line], list[str]]:
    """Return every ticket of the event, and the words (roles, offices) that its lines name by their place in it."""
    with lent(db.engine) as lean:
        rows = _LINES.rows(lean, event=event_id)
    key, places = ticket_key(event_id), defaultdict[str, int](count().__next__)
    return [_line(key, row, places.__getitem__) for row in rows], list(places)


def comings(event_id: UUID, checkpoint_id: UUID) -> dict[UUID, Coming]:
    """Return the presence at a checkpoint, by registration."""
    with lent(db.engine) as lean:
        rows = _COMINGS.rows(lean, event=event_id, checkpoint=checkpoint_id)
    return {row[0]: Coming(*row[1:]) for row in rows}


def _line(key: bytes, row: tuple[Any, ...], word: Callable[[str], str | int] = str) -> Line:
    ref, epoch, revoked_seq, person, seq, newest, mode, *shown = row
    sealed, office = b"", ""
    if revoked_seq is None:
        found = who(*shown)
        office = found.office if mode is Mode.ONSITE else ""  # who follows online is missing at no door
        line = (found.name, word(found.role), word(found.office), found.placing, word(found.colour))
        sealed = sealing.seal(codes.ticket_secret(key, person, epoch), line)
    return Line(bytes(ref), person, epoch, seq, revoked_seq, revoked_seq is not None and newest > epoch, sealed, office)


def changes(event_id: UUID, after: int, limit: int) -> list[Change]:
    """Return at most ``limit`` changes of the event with numbers above ``after``, lowest first; no names.

    Numbers are given under the event's lock in the transaction that stores them, so nothing can appear later
    below a number that was read.
    """
    if limit == 0:
        return []
    asked = {"event": event_id, "after": after, "most": limit + 1}
    with lent(db.engine) as lean:
        [(last, _epoch)] = _VERSION.rows(lean, event=event_id)
        tickets, came = _TICKETS.rows(lean, **asked), _CAME.rows(lean, **asked)
    # what was stored since the first of the three was read comes next time: the others may have missed its neighbours
    found = [change for change in (*_issued(event_id, tickets), *_came(came)) if change.change_seq <= last]
    found.sort(key=lambda change: change.change_seq)
    if len(found) > limit:  # never part the tickets of one number between two answers
        cut = found[limit].change_seq
        found = [change for change in found if change.change_seq < cut] or found[:limit]
    return found


def _issued(event_id: UUID, rows: Iterable[tuple[Any, ...]]) -> list[Change]:
    key = ticket_key(event_id)
    return [
        Change(
            change_seq=line.change_seq,
            ref=line.ref.hex(),
            epoch=line.epoch,
            revoked_seq=line.revoked_seq,
            replaced=line.replaced,
            sealed=base64_of(line.sealed) if line.sealed else None,
        )
        for line in (_line(key, row) for row in rows)
    ]


def _came(rows: Iterable[tuple[Any, ...]]) -> list[Change]:
    return [
        Change(
            change_seq=seq,
            ref=bytes(ref).hex(),
            epoch=epoch,
            checkpoint=str(checkpoint),
            first_in_at=wire.millis(first) if first else None,
            last_out_at=wire.millis(last) if last else None,
            inside=inside,
            place=place,
        )
        for ref, epoch, checkpoint, first, last, inside, place, seq in rows
    ]
