"""Questions put to an event of the cast, and what its one person answered."""


from uuid import UUID

from flask import Flask
from sqlalchemy import select

from rakor.db import db, transaction
from rakor.events import store as events
from rakor.registrations import answers
from rakor.registrations.answers import FieldWish
from rakor.registrations.models import Registration
from rakor.registrations.rules.fields import (
    FieldKind,
    FieldPurpose,
)
from tests.cast import Cast
from tests.conftest import MOMENT

PDF = b"%PDF-1.7\n1 0 obj\nendobj\ntrailer\n%%EOF\n"


def ask(people: Cast, label: str, kind: FieldKind = FieldKind.TEXT, **values: object) -> UUID:
    wish = {
        "hint": "", "required": False, "options": (), "shown_by_id": None, "shown_value": "",
        "purpose": FieldPurpose.LOGISTICS,
    } | values  # fmt: skip
    with people.app.app_context(), transaction(unaudited="test"):
        events.locked_event(people.event_id).open_registration = True
        return answers.add(people.event_id, FieldWish(kind=kind, label=label, **wish), now=MOMENT).id  # type: ignore[arg-type]


def told(app: Flask) -> dict[str, str]:
    with app.app_context():
        person = db.session.scalars(select(Registration)).one()
        return {one.field.label: one.value for one in answers.of_person(person.event_id, person.id)}
