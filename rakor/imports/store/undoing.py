"""Undoing an import: everybody whom nobody touched since is taken back; the rest stays and is listed."""

import json
from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, select

from rakor import audit
from rakor.db import db
from rakor.events import store as events
from rakor.imports.models import ImportRow, SheetImport
from rakor.imports.rules import Act, RowState
from rakor.imports.store import joining
from rakor.imports.store.updating import restore_person
from rakor.registrations import places
from rakor.registrations import store as registrations
from rakor.registrations.models import Registration
from rakor.seats import store as seats
from rakor.seats.models import Holding

STEP = 100
DONE = (RowState.SAVED, RowState.UPDATED)

Needed = Callable[[UUID, Iterable[UUID]], set[UUID]]
needed_by: list[Needed] = []
"""Later rooms tell whom they need: given the event and people, those that must stay. ``app.py`` joins them."""


def left_count(import_id: UUID) -> int:
    """Return how many saved rows are still to be looked at."""
    done = (ImportRow.import_id == import_id, ImportRow.state.in_(DONE))
    return db.session.scalar(select(func.count()).select_from(ImportRow).where(*done)) or 0


def undo_step(row: SheetImport, *, now: datetime) -> int:
    """Take the next saved rows back; returns how many were looked at, 0 where none is left."""
    events.locked_event(row.event_id)
    query = select(ImportRow).where(ImportRow.import_id == row.id, ImportRow.state.in_(DONE))
    rows = list(db.session.scalars(query.order_by(ImportRow.number).limit(STEP)))
    if not rows:
        return 0
    people = [one.registration_id for one in rows if one.registration_id]
    needed = {who for ask in needed_by for who in ask(row.event_id, people)}
    for one in rows:
        person = registrations.registration(row.event_id, one.registration_id) if one.registration_id else None
        if joining.gone_with_another(one):
            one.state = RowState.UNDONE
            continue
        untouched = person is not None and person.version == one.registration_version and person.id not in needed
        if person is None or not untouched:
            one.state = RowState.KEPT
            continue
        _take_back(one, person, now)
        one.state = RowState.UNDONE
    db.session.flush()
    audit.record("import.undo", event_id=row.event_id, object_kind="import", object_id=row.id, count=len(rows))
    return len(rows)


def _take_back(one: ImportRow, person: Registration, now: datetime) -> None:
    if one.act == Act.JOIN:
        joining.give_back(one, person, now=now)
        joining.keep_step(one, person)
        return
    if one.state is RowState.UPDATED:
        restore_person(person, json.loads(one.before or "{}"), now=now)
        joining.keep_step(one, person)
        return
    seats.leave_seats(person.event_id, person.id, now=now)
    # nobody sat there after all: else whoever comes next would be shown as standing in for them
    mine = (Holding.event_id == person.event_id, Holding.registration_id == person.id)
    db.session.execute(delete(Holding).where(*mine))
    places.cancel(person, now=now)
