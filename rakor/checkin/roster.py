"""The roster's changes: what a device needs to follow tickets and first comings, in the order of their
numbers.
"""

from uuid import UUID

from sqlalchemy import select

from rakor.attendance.models import PresenceRow
from rakor.checkin import wire
from rakor.db import db
from rakor.registrations.models import Registration, Ticket


def changes(event_id: UUID, after: int, limit: int) -> list[wire.Change]:
    """Return at most ``limit`` changes of the event with numbers above ``after``, lowest first; no names.

    Numbers are given under the event's lock in the transaction that stores them, so nothing can appear later
    below a number that was read.
    """
    if limit == 0:
        return []
    found = sorted([*_tickets(event_id, after, limit), *_comings(event_id, after, limit)], key=lambda c: c.change_seq)
    if len(found) > limit:  # never part the tickets of one number between two answers
        cut = found[limit].change_seq
        found = [change for change in found if change.change_seq < cut] or found[:limit]
    return found


def _tickets(event_id: UUID, after: int, limit: int) -> list[wire.Change]:
    changed = (
        select(Registration.id, Registration.change_seq, Registration.epoch)
        .where(Registration.event_id == event_id, Registration.change_seq > after)
        .order_by(Registration.change_seq)
        .limit(limit + 1)
        .subquery()
    )
    query = select(Ticket.ref, Ticket.epoch, Ticket.revoked_seq, changed.c.change_seq, changed.c.epoch).join(
        changed, changed.c.id == Ticket.registration_id
    )
    return [
        wire.Change(
            change_seq=seq,
            ref=bytes(ref).hex(),
            epoch=epoch,
            revoked_seq=revoked,
            replaced=revoked is not None and newest > epoch,
        )
        for ref, epoch, revoked, seq, newest in db.session.execute(query)
    ]


def _comings(event_id: UUID, after: int, limit: int) -> list[wire.Change]:
    query = (
        select(PresenceRow.change_seq, PresenceRow.first_in_at, Ticket.ref, Ticket.epoch)
        .join(Ticket, Ticket.registration_id == PresenceRow.registration_id)
        .where(PresenceRow.event_id == event_id, PresenceRow.change_seq > after, Ticket.revoked_seq.is_(None))
        .order_by(PresenceRow.change_seq)
        .limit(limit + 1)
    )
    return [
        wire.Change(
            change_seq=seq,
            ref=bytes(ref).hex(),
            epoch=epoch,
            first_in_at=wire.millis(at) if at else None,
        )
        for seq, at, ref, epoch in db.session.execute(query)
    ]
