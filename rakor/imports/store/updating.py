"""What a row changes of somebody who is registered, and how it is changed back."""

from datetime import datetime
from typing import Any

from rakor.db import db
from rakor.imports.rules import Sent
from rakor.offices.models import Office
from rakor.registrations import changes, places
from rakor.registrations.models import Registration
from rakor.registrations.rules import Mode, PersonName
from rakor.registrations.rules.work import Employment
from rakor.seats import store as seats

WORK = ("acting", "employment", "rank", "nip")


def update_person(person: Registration, sent: Sent, *, now: datetime) -> dict[str, str | None]:
    """Take over what a row says; returns what stood there before, field by field."""
    before, search = values_of(person), _search_words(person)
    if sent.name:
        changes.correct_name(person, sent.name, search=search, now=now)
    changes.correct_contact(person, sent.phone or person.phone, sent.email or person.email, now=now)
    if sent.mode:
        places.change_mode(person, sent.mode, now=now)
    changes.place(person, sent.placing or person.placing, now=now)
    told = {name: getattr(sent, name) or getattr(person, name) for name in WORK}
    changes.correct_work(person, told, sent.post or person.post, search=search, now=now)
    return before


def restore_person(person: Registration, before: dict[str, str | None], *, now: datetime) -> None:
    """Put back what stood there before a row changed it."""
    search = _search_words(person)
    name = PersonName(before["front_title"] or "", before["name"] or "", before["back_title"] or "")
    changes.correct_name(person, name, search=search, now=now)
    changes.correct_contact(person, before["phone"], before["email"], now=now)
    places.change_mode(person, Mode(before["mode"] or person.mode), now=now)
    changes.place(person, before.get("placing", person.placing) or "", now=now)
    # an import that was saved by an earlier version kept fewer of them
    told: dict[str, Any] = {name: before[name] for name in WORK if name in before}
    if "employment" in told:
        told["employment"] = Employment(told["employment"]) if told["employment"] else None
    changes.correct_work(person, told, before["post"] or "", search=search, now=now)


def values_of(person: Registration) -> dict[str, str | None]:
    """The values that a row can change."""
    names = ("front_title", "name", "back_title", "phone", "email", "mode", "post", "placing", *WORK)
    return {name: getattr(person, name) for name in names}


def _search_words(person: Registration) -> tuple[str, ...]:
    """The office and the roles that somebody is found by beside the name."""
    office = db.session.get(Office, person.office_id) if person.office_id else None
    roles = dict.fromkeys(line.role for line in seats.seats_of_registration(person.event_id, person.id))
    return (*((office.short_name,) if office else ()), *roles)
