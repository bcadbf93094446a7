"""Codes that nobody knows and records in quarantine: what waits for a coordinator besides people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import aliased

from rakor.attendance.models import FactRow, HeldRecord
from rakor.attendance.rules.clocks import Clocks
from rakor.attendance.rules.facts import Fact
from rakor.attendance.rules.words import Hold, Kind, Verdict
from rakor.attendance.store import load
from rakor.attendance.store.receipts import Placed
from rakor.checkin.models import Device
from rakor.db import db
from rakor.registrations.models import Ticket

LINES = 20


@dataclass(frozen=True)
class UnknownCode:
    """A good code that no ticket has: a desk where it was shown, how often, and since when."""

    ref: bytes
    count: int
    first_at: datetime
    desk: str


@dataclass(frozen=True)
class LotKey:
    """Names a lot: records of one device with one reason, that wait, or that were rejected."""

    device_id: UUID | None
    hold: Hold
    rejected: bool = False


@dataclass(frozen=True)
class Lot:
    """Records of one device that wait for the same reason, or were rejected."""

    device_id: UUID | None
    device: str
    hold: Hold
    count: int
    first_at: datetime
    last_at: datetime


def clock_facts(event_id: UUID, placed: Sequence[Placed]) -> list[Placed]:
    """Return the clock records of the devices that made these facts."""
    devices = {one.fact.device_id for one in placed} - {None}
    return [one for one in load.clocks(db.session.connection(), devices) if one.event_id == event_id]


def unknown_codes(event_id: UUID, offset: int = 0, limit: int = LINES) -> list[UnknownCode]:
    """Return a page of codes that nobody knows and nobody has decided about, newest first."""
    query = (
        select(FactRow.ref, func.count(), func.min(FactRow.received_at), func.min(FactRow.place))
        .where(*undecided(event_id))
        .group_by(FactRow.ref)
        .order_by(func.max(FactRow.change_seq).desc())
        .limit(limit)
        .offset(offset)
    )
    rows = list(db.session.execute(query))
    return [UnknownCode(bytes(row[0] or b""), *row[1:]) for row in rows]


def lots(event_id: UUID, *, rejected: bool = False) -> list[Lot]:
    """Return what waits in quarantine, or what was rejected, by device and reason."""
    query = (
        select(
            HeldRecord.device_id,
            func.coalesce(func.max(Device.name), ""),
            HeldRecord.hold,
            func.count(),
            func.min(HeldRecord.received_at),
            func.max(HeldRecord.received_at),
        )
        .outerjoin(Device, and_(Device.id == HeldRecord.device_id, Device.event_id == HeldRecord.event_id))
        .where(*(rejected_held(event_id) if rejected else undecided_held(event_id)))
        .group_by(HeldRecord.device_id, HeldRecord.hold)
        .order_by(func.max(HeldRecord.received_at).desc())
    )
    return [Lot(*row) for row in db.session.execute(query)]


def undecided(event_id: UUID) -> tuple[ColumnElement[bool], ...]:
    """Return what picks the marks of an unknown code that no manual fact names and no ruling has laid aside."""
    ruling, named = aliased(FactRow), aliased(FactRow)
    return (
        FactRow.event_id == event_id,
        FactRow.kind == Kind.TICKET,
        FactRow.shown.in_((Verdict.UNKNOWN, Verdict.NOT_ADMITTED)),
        FactRow.registration_id.is_(None),
        ~exists(select(ruling.scan_id).where(ruling.target_id == FactRow.scan_id, ruling.kind == Kind.VOID)),
        ~exists(
            select(named.scan_id).where(
                named.event_id == FactRow.event_id,
                named.ref == FactRow.ref,
                named.checkpoint_id == FactRow.checkpoint_id,
                named.kind == Kind.MANUAL,
                named.registration_id.is_not(None),
            )
        ),
    )


def unknown_marks(event_id: UUID, ref: bytes) -> Sequence[FactRow]:
    """Return the undecided marks of one unknown code, oldest first."""
    query = select(FactRow).where(*undecided(event_id), FactRow.ref == ref).order_by(FactRow.change_seq)
    return db.session.scalars(query).all()


def moments(event_id: UUID, marks: Sequence[FactRow]) -> dict[UUID, datetime]:
    """Return when marks were made, by the clocks of their devices."""
    placed = [Placed(event_id, Fact(*(getattr(mark, name) for name in Fact._fields))) for mark in marks]
    clocks = Clocks(one.fact for one in clock_facts(event_id, placed))
    return {one.fact.scan_id: clocks.moment(one.fact).at for one in placed}


def person_of_ref(event_id: UUID, ref: bytes) -> UUID | None:
    """Return whose ticket of this event a ref is; None for any other."""
    return db.session.scalar(select(Ticket.registration_id).where(Ticket.event_id == event_id, Ticket.ref == ref))


def undecided_held(event_id: UUID) -> tuple[ColumnElement[bool], ...]:
    """Return what picks the held records that nobody decided about."""
    return HeldRecord.event_id == event_id, HeldRecord.decided_at.is_(None)


def rejected_held(event_id: UUID) -> tuple[ColumnElement[bool], ...]:
    """Return what picks the held records that somebody rejected."""
    return HeldRecord.event_id == event_id, HeldRecord.accepted.is_(False)


def waiting(event_id: UUID, lot: LotKey) -> Sequence[HeldRecord]:
    """Return the records of one lot in the order of their numbers."""
    mine = HeldRecord.device_id == lot.device_id if lot.device_id else HeldRecord.device_id.is_(None)
    which = rejected_held(event_id) if lot.rejected else undecided_held(event_id)
    query = select(HeldRecord).where(*which, mine, HeldRecord.hold == lot.hold)
    return db.session.scalars(query.order_by(HeldRecord.device_seq, HeldRecord.received_at)).all()
