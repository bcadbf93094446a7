"""Tickets: derived codes, their look-up rows, and the reissue that kills the old one (check-in.md §2–3)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import update

from rakor import audit, codes, crypto
from rakor.db import db
from rakor.events import store as events
from rakor.events import upstreams
from rakor.registrations.models import Registration, Ticket


def ticket_key(event_id: UUID) -> bytes:
    """Return the event's ticket key (32 bytes); it is derived, so destroying the instance secret destroys it.

    A relay has the key of its server.
    """
    given = upstreams.keys(event_id)
    return given.ticket_key if given is not None else crypto.derive("ticket", event_id.bytes)


def code_of(event_id: UUID, registration_id: UUID, epoch: int) -> str:
    """Return the 20-character code of a registration's ticket; it can be shown again at any time."""
    return codes.encode(codes.ticket_secret(ticket_key(event_id), registration_id, epoch))


def ref_of(event_id: UUID, registration_id: UUID, epoch: int) -> bytes:
    """Return the 12-byte look-up key of a ticket: all that the database keeps of it."""
    return codes.ref(codes.ticket_secret(ticket_key(event_id), registration_id, epoch))


def issue(registration: Registration, *, now: datetime) -> Ticket:
    """Issue the ticket of a registration's present epoch."""
    ticket = Ticket(**columns_of(registration, now=now))
    db.session.add(ticket)
    return ticket


def columns_of(registration: Registration, *, now: datetime) -> dict[str, Any]:
    """Return the row of a ticket of the present epoch, by column."""
    return {
        "ref": ref_of(registration.event_id, registration.id, registration.epoch),
        "event_id": registration.event_id,
        "registration_id": registration.id,
        "epoch": registration.epoch,
        "issued_at": now,
    }


def revoke(registration: Registration, *, now: datetime) -> None:
    """Revoke every living ticket of a registration; its QR is answered with "kartu lama" from now on."""
    seq = events.next_change(registration.event_id)
    living = (
        Ticket.event_id == registration.event_id,
        Ticket.registration_id == registration.id,
        Ticket.revoked_at.is_(None),
    )
    db.session.execute(update(Ticket).where(*living).values(revoked_at=now, revoked_seq=seq))
    registration.change_seq = seq
    audit.record(
        "ticket.revoke", event_id=registration.event_id, object_kind="registration", object_id=registration.id
    )


def reissue(registration: Registration, *, now: datetime) -> Ticket:
    """Raise the epoch: the old code dies, the new one works at once at every desk that is online."""
    revoke(registration, now=now)
    registration.epoch += 1
    return issue(registration, now=now)
