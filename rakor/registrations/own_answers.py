"""A person's own answers to the event's questions, for "Data saya" and its file."""

import json

from rakor.registrations import answers
from rakor.registrations.field_words import KEPT, purpose_of, shown
from rakor.registrations.models import Registration
from rakor.registrations.own_data import Fact


def facts(row: Registration) -> list[Fact]:
    """Return every answer with what it is for and how long it is kept."""
    return [
        Fact(told.field.label, shown(told.field.kind, told.value), purpose_of(told.field), str(KEPT))
        for told in answers.of_person(row.event_id, row.id)
    ]


def added(content: bytes, row: Registration) -> bytes:
    """Return the person's JSON with the answers beside the rest."""
    whole = json.loads(content)
    whole["answers"] = [
        {"question": told.field.label, "answer": told.value, "purpose": str(told.field.purpose), "kept": str(KEPT)}
        for told in answers.of_person(row.event_id, row.id)
    ]
    return json.dumps(whole, ensure_ascii=False, indent=2).encode()
