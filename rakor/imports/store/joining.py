"""One person on several seats of a sheet: the rows that take a further seat, and their undoing."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update

from rakor.db import db
from rakor.imports.models import ImportRow
from rakor.imports.rules import Act, RowState
from rakor.offices.models import Office
from rakor.registrations import store as registrations
from rakor.registrations.models import Registration
from rakor.registrations.rules import fold
from rakor.registrations.store import LIVING
from rakor.seats.models import Holding, Seat
from rakor.seats.store import seating


def holders(event_id: UUID, seat_ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """Return who sits on these seats now; one query."""
    query = select(Holding.seat_id, Holding.registration_id).where(
        Holding.event_id == event_id, Holding.seat_id.in_(seat_ids), Holding.ended_at.is_(None)
    )
    return {row.seat_id: row.registration_id for row in db.session.execute(query)}


def join(
    one: ImportRow, seat: Seat, office: Office, held: dict[UUID, UUID], name: str, *, on_behalf: bool, now: datetime
) -> Registration | None:
    """Give the person of the row's other seat this one too; None where somebody else sits there by now."""
    who = held.get(one.with_seat_id) if one.with_seat_id else None
    person = registrations.registration(one.event_id, who) if who else None
    if person is None or person.state not in LIVING or fold(person.name) != fold(name):
        return None
    seating.take_one_more(one.event_id, office, seat, person.id, on_behalf=on_behalf, now=now)
    db.session.flush()
    keep_step(one, person)
    return person


def joins_any(import_id: UUID) -> bool:
    """Whether any row of an upload takes a further seat of somebody."""
    query = select(ImportRow.number).where(ImportRow.import_id == import_id, ImportRow.act == Act.JOIN)
    return db.session.scalar(query.limit(1)) is not None


def keep_step(one: ImportRow, person: Registration) -> None:
    """Let the upload's other rows of a person know the version this upload has made, so that undoing stays whole."""
    mine = (ImportRow.import_id == one.import_id, ImportRow.registration_id == person.id)
    done = ImportRow.state.in_((RowState.SAVED, RowState.UPDATED))
    db.session.flush()
    db.session.execute(update(ImportRow).where(*mine, done).values(registration_version=person.version))


def gone_with_another(one: ImportRow) -> bool:
    """Whether the person of a further seat was taken back already, by another row of the same upload."""
    query = select(ImportRow.number).where(
        ImportRow.import_id == one.import_id,
        ImportRow.registration_id == one.registration_id,
        ImportRow.state == RowState.UNDONE,
        ImportRow.act == Act.SIT,
    )
    return one.act == Act.JOIN and db.session.scalar(query.limit(1)) is not None


def give_back(one: ImportRow, person: Registration, *, now: datetime) -> None:
    """Take a further seat back from somebody who stays on the others."""
    seat = db.session.get(Seat, one.seat_id)
    office = db.session.get(Office, seat.office_id) if seat else None
    if seat is not None and office is not None:
        seating.give_one_back(one.event_id, office, seat, person.id, now=now)
