"""What a row changes of somebody who is registered, and how it is changed back."""

from datetime import datetime

from rakor import audit
from rakor.events import store as events
from rakor.imports.rules import Sent
from rakor.registrations import changes, places
from rakor.registrations.models import Registration
from rakor.registrations.rules import Mode, PersonName


def update_person(person: Registration, sent: Sent, *, now: datetime) -> dict[str, str | None]:
    """Take over what a row says; returns what stood there before, field by field."""
    before = values_of(person)
    if sent.name:
        changes.correct_name(person, sent.name, search=(), now=now)
    changes.correct_contact(person, sent.phone or person.phone, sent.email or person.email, now=now)
    if sent.mode:
        places.change_mode(person, sent.mode, now=now)
    _set(person, {"post": sent.post or person.post, "nip": sent.nip or person.nip}, now)
    return before


def restore_person(person: Registration, before: dict[str, str | None], *, now: datetime) -> None:
    """Put back what stood there before a row changed it."""
    name = PersonName(before["front_title"] or "", before["name"] or "", before["back_title"] or "")
    changes.correct_name(person, name, search=(), now=now)
    changes.correct_contact(person, before["phone"], before["email"], now=now)
    places.change_mode(person, Mode(before["mode"] or person.mode), now=now)
    _set(person, {"post": before["post"] or "", "nip": before["nip"]}, now)


def values_of(person: Registration) -> dict[str, str | None]:
    """The values that a row can change."""
    names = ("front_title", "name", "back_title", "phone", "email", "mode", "post", "nip")
    return {name: getattr(person, name) for name in names}


def _set(person: Registration, values: dict[str, str | None], now: datetime) -> None:
    changed = [name for name, value in values.items() if getattr(person, name) != value]
    if not changed:
        return
    for name in changed:
        setattr(person, name, values[name])
    person.updated_at = now
    person.version += 1
    person.change_seq = events.next_change(person.event_id)
    audit.record(
        "registration.change", event_id=person.event_id, object_kind="registration", object_id=person.id, fields=changed
    )
