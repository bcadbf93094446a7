"""Who has a fact in the ledger."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select

from rakor.attendance.models import FactRow
from rakor.db import db


def attended(event_id: UUID, registration_ids: Iterable[UUID]) -> set[UUID]:
    """Return those of these people whom a desk, a list or a hand has recorded in an event."""
    query = select(FactRow.registration_id).where(
        FactRow.event_id == event_id, FactRow.registration_id.in_(list(registration_ids))
    )
    return {who for who in db.session.scalars(query.distinct()) if who is not None}
