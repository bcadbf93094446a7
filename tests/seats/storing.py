"""Seats of a province's office and two regencies', asked of the store itself."""

from datetime import UTC, datetime
from uuid import UUID

from flask import Flask

from rakor.db import db, transaction
from rakor.offices.models import Office
from rakor.offices.rules import OfficeLevel
from rakor.registrations.rules import Mode
from rakor.seats import store
from rakor.seats.rules import Input, ReadySet, stamp
from tests import make

NOW = datetime(2026, 11, 19, 6, 0, tzinfo=UTC)  # 13.00 WIB, 28 hours before the deadline
BOTH = (Mode.ONSITE, Mode.ONLINE)


def lines(event_id: UUID, office_id: UUID) -> list[store.SeatLine]:
    return store.seats_with_holders(event_id, [office_id])


def send(event_id: UUID, office_id: UUID, *answers: tuple[int, str, str], **more: object) -> store.Answered:
    """Answer by the seats' places; each answer is (place, name, choice), seen fresh."""
    now = more.pop("now", NOW)
    found = lines(event_id, office_id)
    sent = {found[n].seat_id: Input(name, choice, seen=stamp(found[n].state)) for n, name, choice in answers}
    with transaction(unaudited="test"):
        office = db.session.get_one(Office, office_id)
        return store.answer(event_id, office, sent, now=now, **more)  # type: ignore[arg-type]


def invited_by_rules(app: Flask) -> tuple[UUID, UUID]:
    """A province's office and two regencies', invited by a ready set; gives event and the office of Asmat."""
    with app.app_context(), transaction(unaudited="test"):
        body = make.institution()
        event = make.event(body.id)
        make.office(body.id, code="93", level=OfficeLevel.PROVINCE, regency_code=None, sort_key="93", name="Provinsi")
        asmat = make.office(body.id)
        make.office(body.id, code="9303", regency_code="9303", sort_key="93.03", name="Mappi")
        store.take_ready(event, ReadySet.COMMISSION, BOTH)
        db.session.flush()
        store.apply_expansion(event.id, store.expansion(event), now=NOW)
        return event.id, asmat.id
