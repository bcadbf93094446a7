"""What registrations bring into a copied event: the questions of the form."""

from uuid import UUID, uuid4

from sqlalchemy import select

from rakor.db import db
from rakor.events.cloning import Copying
from rakor.registrations.field_models import FormField

KEPT = (
    "position", "kind", "label", "hint", "required", "options", "shown_value", "purpose", "purpose_note",
)  # fmt: skip


def copy_questions(copying: Copying) -> None:
    """Copy the questions that are asked, with which answer shows which; answers stay behind."""
    asked = select(FormField).where(FormField.event_id == copying.source.id, FormField.withdrawn_at.is_(None))
    rows = db.session.scalars(asked).all()
    became: dict[UUID, UUID] = {row.id: uuid4() for row in rows}
    for row in rows:
        values = {name: getattr(row, name) for name in KEPT}
        shown_by = became.get(row.shown_by_id) if row.shown_by_id else None
        new = FormField(id=became[row.id], event_id=copying.target.id, created_at=copying.now, **values)
        new.shown_by_id = shown_by
        db.session.add(new)
