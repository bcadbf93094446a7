"""What must hold when a day is over: the store says of every presence what the reducer says of the set of facts."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import func, select

from rakor.attendance.models import FactRow, PresenceRow
from rakor.attendance.rules.facts import Fact, Presence, Ticket
from rakor.attendance.rules.reducer import reduce_all
from rakor.attendance.store import checkpoints
from rakor.checkin import batches, wire
from rakor.checkin.models import Device
from rakor.db import db
from rakor.registrations.models import Registration
from rakor.registrations.models import Ticket as TicketRow

if TYPE_CHECKING:
    from bench._days import Day


def judge(day: "Day", held_on: date) -> list[str]:
    """Return what the store holds otherwise than the set of facts says; the event begins on ``held_on``."""
    wrong = []
    made = {UUID(one["scan_id"]): one for phone in day.phones for one in phone.made}
    rows = db.session.scalars(select(FactRow).where(FactRow.event_id == day.event_id)).all()
    stored = {row.scan_id for row in rows if row.device_id is not None}
    if stored != set(made):
        wrong.append(f"I1: {len(set(made) - stored)} lost, {len(stored - set(made))} from nowhere")
    facts = [Fact(*(getattr(row, name) for name in Fact._fields)) for row in rows if row.device_id is None]
    for phone in day.phones:
        read = wire.read_records(phone.made)
        facts += [batches.fact_of(one, phone.device.id) for one in read if one is not None]
    day.luck.shuffle(facts)
    days = checkpoints.days_of(held_on, held_on + timedelta(days=1), "Asia/Jakarta")
    expected = {key: _shape(one) for key, one in reduce_all(facts, _tickets(day.event_id), days=days).items()}
    found = {key: shape for key, shape in state(day.event_id).items() if key != "facts"}
    if found != expected:
        different = [key for key in {*found, *expected} if found.get(key) != expected.get(key)]
        wrong.append(f"I3: {len(different)} differ: {found.get(different[0])} for {expected.get(different[0])}")
    if sum(shape[0] for key, shape in found.items() if key[1] == day.places[0]) > len(day.people):
        wrong.append("I6: more present than people")
    for device in db.session.scalars(select(Device).where(Device.event_id == day.event_id)):
        phone = next(one for one in day.phones if one.device.id == device.id)
        if device.ack_through != phone.seq or device.beyond:
            wrong.append(f"I8: {device.ack_through} of {phone.seq}, beyond {device.beyond}")
    db.session.close()
    return wrong


def _tickets(event_id: UUID) -> dict[bytes, Ticket]:
    query = select(TicketRow, Registration.epoch).join(Registration, Registration.id == TicketRow.registration_id)
    rows = db.session.execute(query.where(TicketRow.event_id == event_id))
    return {
        bytes(row.ref): Ticket(
            bytes(row.ref), row.event_id, row.registration_id, row.revoked_seq, row.revoked_at,
            row.revoked_seq is not None and epoch > row.epoch,
        )
        for row, epoch in rows
    }  # fmt: skip


def state(event_id: UUID) -> dict[Any, Any]:
    """Return every presence as it is stored, and how many facts there are."""
    rows = db.session.scalars(select(PresenceRow).where(PresenceRow.event_id == event_id)).all()
    found: dict[Any, Any] = {
        (row.registration_id, row.checkpoint_id): (
            row.present, row.inside, row.first_in_at, row.last_out_at, row.duplicate_count, row.flags,
            [(stay["start_at"], stay["end_at"]) for stay in row.intervals],
        )
        for row in rows
    }  # fmt: skip
    found["facts"] = db.session.scalar(select(func.count()).where(FactRow.event_id == event_id))
    db.session.close()
    return found


def _shape(one: Presence) -> tuple[Any, ...]:
    stays = [(stay.start_at.isoformat(), stay.end_at.isoformat() if stay.end_at else None) for stay in one.intervals]
    flags = " ".join(sorted(one.flags))
    return one.present, one.inside, one.first_in_at, one.last_out_at, len(one.duplicates), flags, stays
