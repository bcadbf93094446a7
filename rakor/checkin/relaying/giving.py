"""What a server gives its relays: the frame of one event, and everybody and everything that changed since a number."""

import json
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from rakor.agenda import store as agenda
from rakor.agenda.models import AgendaItem
from rakor.agenda.store import ItemView
from rakor.attendance.models import FactRow
from rakor.checkin import envelope, roster
from rakor.checkin.answers import base64_of
from rakor.checkin.relaying.rows import FRAME, columns, written
from rakor.db import Base, db, table_of
from rakor.events import store as events
from rakor.events.models import Event
from rakor.offices.models import Institution, Office
from rakor.registrations.models import Registration, Ticket
from rakor.registrations.tickets import ticket_key

PAGE = 500
AT_THE_DOOR = ("title", "session_number", "starts_at", "ends_at", "takes_attendance")
R, T, F = table_of(Registration).c, table_of(Ticket).c, table_of(FactRow).c
E, OFFICE = table_of(Event).c, table_of(Office).c
Frame = dict[str, list[dict[str, Any]]]


def frame(event_id: UUID) -> Frame:
    """Return the event's own rows by table: what people and facts hang on."""
    found: Frame = {}
    for model in FRAME:
        own = select(*columns(model)).where(_of_event(model, event_id)).order_by(table_of(model).c.id)
        rows = [dict(row) for row in db.session.execute(own).mappings()]
        if model is AgendaItem:
            rows = _as_published(event_id, rows)
        found[model.__tablename__] = [written(model, row.values()) for row in rows]
    return found


def _as_published(event_id: UUID, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the items as a door may know them: what is only a draft counts as taken off.

    A relay has no versions, so it takes what it gets for the programme.
    """
    known = {item.id: item for item in agenda.programme(event_id, agenda.EVERYTHING)}
    days = {day.held_on: day.id for day in events.days(event_id)}
    return [row | _published(row, known.get(row["id"]), days) for row in rows]


def _published(row: dict[str, Any], item: ItemView | None, days: dict[date, UUID]) -> dict[str, Any]:
    if item is None:
        return {"removed_at": row["removed_at"] or row["created_at"]}
    own = {name: getattr(item, name) for name in AT_THE_DOOR}
    return own | {"day_id": days.get(item.held_on, row["day_id"]), "removed_at": None}


def _of_event(model: type[Base], event_id: UUID) -> Any:
    """Return which rows of a table belong to an event: its own, its organiser's, and those of who comes."""
    if model is Event:
        return E.id == event_id
    organiser, coming = select(E.office_id).where(E.id == event_id), select(R.office_id).where(R.event_id == event_id)
    offices = or_(OFFICE.id.in_(organiser), OFFICE.id.in_(coming))
    if model is Office:
        return offices
    if model is Institution:
        institution = table_of(Institution).c.id
        return or_(
            institution.in_(select(E.institution_id).where(E.id == event_id)),
            institution.in_(select(OFFICE.institution_id).where(offices)),
        )
    return table_of(model).c.event_id == event_id


def digest(found: Frame) -> str:
    """Return what stands for a frame: another one, another digest."""
    return sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()


def secrets(event_id: UUID) -> dict[str, str]:
    """Return what a relay must hold to keep the door: the key of this event's codes, and the point guests are sealed
    to. What was sealed is read on the server alone.
    """
    return {"ticket_key": base64_of(ticket_key(event_id)), "seal_point": base64_of(envelope.public_key(event_id))}


def changes(event_id: UUID, since: int) -> dict[str, Any]:
    """Return people with their tickets, and facts, with numbers above ``since`` up to the answer's ``through``.

    Everybody whom a fact is about comes with it, whatever their own number. ``through`` was read first and numbers are
    given under the event's lock, so nothing can appear below it later.
    """
    last, epoch = roster.version(event_id)
    people = _numbers(select(R.id, R.change_seq).where(R.event_id == event_id), R.change_seq, since)
    facts = list(
        db.session.execute(
            select(*columns(FactRow))
            .where(F.event_id == event_id, F.change_seq > since)
            .order_by(F.change_seq)
            .limit(PAGE + 1)
        ).mappings()
    )
    through = min([last, *_cuts([number for _, number in people]), *_cuts([row["change_seq"] for row in facts])])
    facts = [row for row in facts if row["change_seq"] <= through]
    ids = {person for person, number in people if number <= through} | _about(facts)
    return {
        "server_epoch": str(epoch),
        "change_seq": last,
        "through": through,
        "people": [written(Registration, row) for row in _rows(Registration, R.id, ids)],
        "tickets": [written(Ticket, row) for row in _rows(Ticket, T.registration_id, ids)],
        "facts": [written(FactRow, row.values()) for row in facts],
    }


def _numbers(query: Any, number: Any, since: int) -> list[tuple[UUID, int]]:
    rows = db.session.execute(query.where(number > since).order_by(number).limit(PAGE + 1))
    return [(row[0], row[1]) for row in rows]


def _cuts(numbers: list[int]) -> list[int]:
    """Return where a full page must end: before the number that it could not take whole."""
    if len(numbers) <= PAGE:
        return []
    cut = numbers[PAGE] - 1
    return [cut if cut >= numbers[0] else numbers[0]]


def _about(facts: list[Any]) -> set[UUID]:
    refs = {row["ref"] for row in facts if row["ref"] is not None}
    found = db.session.scalars(select(T.registration_id).where(T.ref.in_(refs))) if refs else ()
    return {row["registration_id"] for row in facts if row["registration_id"] is not None} | set(found)


def _rows(model: type[Base], key: Any, ids: set[UUID]) -> list[Any]:
    return list(db.session.execute(select(*columns(model)).where(key.in_(ids)))) if ids else []
