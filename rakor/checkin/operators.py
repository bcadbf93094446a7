"""Who stands at a desk: somebody of the event's team, or a name that is kept sealed.

A handover is a record of the device's own log, so who stood there when is a function of the set of facts too.
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import bindparam, func, select

from rakor import clock
from rakor.accounts.models import User
from rakor.accounts.rules import DESKS, Role
from rakor.attendance.models import FactRow
from rakor.attendance.rules.words import Kind
from rakor.checkin import envelope
from rakor.checkin.models import Device
from rakor.db import db, table_of
from rakor.events.models import Grant
from rakor.lean import lent
from rakor.prepared import Prepared

LONGEST = 60
REMEMBERED = timedelta(seconds=10)
_G = table_of(Grant).c
_TEAM = Prepared(select(_G.user_id).where(_G.event_id == bindparam("event")).distinct())
_remembered: dict[UUID, tuple[datetime, frozenset[UUID]]] = {}


def team(event_id: UUID) -> frozenset[UUID]:
    """Return everybody who has, or had, a role in the event; asked again after ten seconds."""
    now = clock.now()
    since, known = _remembered.get(event_id, (now, frozenset()))
    if known and now - REMEMBERED < since <= now:
        return known
    with lent(db.engine) as lean:
        known = frozenset(row[0] for row in _TEAM.rows(lean, event=event_id))
    if len(_remembered) >= 1000:
        _remembered.clear()
    _remembered[event_id] = (now, known)
    return known


def of_team(event_id: UUID, operator: UUID | None) -> UUID | None:
    """Return the operator that a record names; None where that is nobody of the event (the record counts alike)."""
    return operator if operator is not None and operator in team(event_id) else None


def choices(event_id: UUID, today: datetime) -> list[tuple[UUID, str]]:
    """Return who may stand at a desk of the event now, by name."""
    held = (Grant.event_id == event_id, Grant.role.in_(DESKS), Grant.ends_on >= today.date())
    query = select(User.id, User.name).join(Grant, Grant.user_id == User.id).where(*held).distinct()
    return sorted(((row[0], row[1]) for row in db.session.execute(query)), key=lambda one: one[1].casefold())


def at_desks(event_id: UUID) -> dict[UUID, str]:
    """Return who stands at each device: by its last handover, else who made it a desk; empty for nobody known."""
    last = _last_handovers(event_id)
    query = select(Device.id, Device.user_id).where(Device.event_id == event_id)
    enrolled = {row[0]: row[1] for row in db.session.execute(query)}
    asked = {row.operator_id for row in last.values()} | set(enrolled.values())
    people = select(User.id, User.name).where(User.id.in_(asked - {None}))
    names = {row[0]: row[1] for row in db.session.execute(people)}
    return {
        device: _said(last[device], names) if device in last else names.get(user, "") if user else ""
        for device, user in enrolled.items()
    }


def standing(event_id: UUID, device: Device) -> set[UUID | None]:
    """Return on whose behalf a device acts: who made it a desk, and whom it was handed to (None: no account)."""
    last = _last_handovers(event_id).get(device.id)
    return {device.user_id} | ({last.operator_id} if last is not None else set())


def may(device: Device, wanted: frozenset[Role], now: datetime) -> bool:
    """True where everybody on whose behalf the device acts holds one of these roles: a borrowed phone may not."""
    people = standing(device.event_id, device)
    held = (Grant.event_id == device.event_id, Grant.role.in_(wanted), Grant.ends_on >= now.date())
    able = set(db.session.scalars(select(Grant.user_id).where(*held, Grant.user_id.in_(people - {None}))))
    return people == able


def _last_handovers(event_id: UUID) -> dict[UUID, FactRow]:
    mine = (FactRow.event_id == event_id, FactRow.kind == Kind.HANDOVER, FactRow.device_id.is_not(None))
    newest = (
        select(FactRow.device_id, func.max(FactRow.device_seq).label("seq"))
        .where(*mine)
        .group_by(FactRow.device_id)
        .subquery()
    )
    same = (newest.c.device_id == FactRow.device_id) & (newest.c.seq == FactRow.device_seq)
    rows = db.session.scalars(select(FactRow).join(newest, same).where(*mine))
    return {row.device_id: row for row in rows if row.device_id is not None}


def _said(row: FactRow, names: dict[UUID, str]) -> str:
    if row.operator_id is not None:
        return names.get(row.operator_id, "")
    found = envelope.opened_list(row.event_id, bytes(row.sealed_name)) if row.sealed_name else None
    return found[0][:LONGEST] if found else ""
