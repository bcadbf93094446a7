"""What the preparation brings into a copied event: own steps, and changed names and dates; nobody, nothing done."""

from sqlalchemy import select

from rakor.db import db
from rakor.events.cloning import Copying
from rakor.minutes.preparation_models import PreparationStep

KEPT = ("ready_key", "title", "anchor", "days")


def copy(copying: Copying) -> None:
    """Copy the steps; their dates are days from the event, so they move by themselves."""
    query = select(PreparationStep).where(PreparationStep.event_id == copying.source.id)
    for row in db.session.scalars(query).all():
        values = {name: getattr(row, name) for name in KEPT}
        dropped_at = copying.now if row.dropped_at else None
        db.session.add(
            PreparationStep(event_id=copying.target.id, changed_at=copying.now, dropped_at=dropped_at, **values)
        )
