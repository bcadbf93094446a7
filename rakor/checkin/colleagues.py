"""Who else of an office is expected, and has not come yet: asked from a desk with one ticket of that office in hand."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from rakor.attendance.models import PresenceRow
from rakor.attendance.store.load import SHOWN, who
from rakor.attendance.store.receipts import Who
from rakor.db import db
from rakor.events.models import EventRole
from rakor.offices.models import Office
from rakor.registrations.models import Registration, Ticket
from rakor.registrations.rules import HOLDS_PLACE, Mode

MOST = 40


def absent(event_id: UUID, checkpoint_id: UUID, ref: bytes) -> list[tuple[bytes, Who]]:
    """Return the colleagues of a ticket's holder who are not at the checkpoint yet, by name, each with a living ref.

    Empty for an unknown ticket, and for somebody of no office.
    """
    office = (
        select(Registration.office_id)
        .join(Ticket, Ticket.registration_id == Registration.id)
        .where(Ticket.event_id == event_id, Ticket.ref == ref)
        .scalar_subquery()
    )
    came = select(PresenceRow.registration_id).where(
        PresenceRow.event_id == event_id, PresenceRow.checkpoint_id == checkpoint_id, PresenceRow.present
    )
    query = (
        select(Ticket.ref, *SHOWN)
        .join(Registration, Registration.id == Ticket.registration_id)
        .outerjoin(EventRole, EventRole.id == Registration.role_id)
        .outerjoin(Office, Office.id == Registration.office_id)
        .where(Ticket.event_id == event_id, Ticket.revoked_seq.is_(None), Ticket.ref != ref)
        .where(Registration.office_id == office, Registration.state.in_(HOLDS_PLACE), Registration.mode == Mode.ONSITE)
        .where(Registration.id.not_in(came))
        .order_by(Registration.name, Ticket.ref)
        .limit(MOST)
    )
    rows: list[Any] = list(db.session.execute(query))
    return [(bytes(row[0]), who(*row[1:])) for row in rows]
