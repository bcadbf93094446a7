"""What may be put right in a registration: name, way of following, contact. Each change is logged by field name."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from rakor import audit
from rakor.events import store as events
from rakor.registrations import store
from rakor.registrations.models import Registration
from rakor.registrations.moves import say_changed
from rakor.registrations.rules import Mode, PersonName
from rakor.registrations.rules.origins import Origin


def change_mode(row: Registration, mode: Mode, *, now: datetime) -> bool:
    """Set how somebody follows the event; False where it is so already."""
    if row.mode is mode:
        return False
    row.mode = mode
    _note(row, "registration.mode", ["mode"], now)
    return True


def correct_name(row: Registration, name: PersonName, *, search: tuple[str, ...], now: datetime) -> bool:
    """Set a name with its titles; ``search`` are the office and role it is found by too. False: nothing changes."""
    if (row.front_title, row.name, row.back_title) == (name.front_title, name.name, name.back_title):
        return False
    row.front_title, row.name, row.back_title = name.front_title, name.name, name.back_title
    row.search_key = store.found_by(name.name, row.post, row, search)
    _note(row, "registration.name", ["name", "front_title", "back_title"], now)
    return True


def place(row: Registration, placing: str, *, now: datetime) -> bool:
    """Set a person's room or table, as desks show it; False where it is so already."""
    if row.placing == placing:
        return False
    row.placing = placing
    _note(row, "registration.placing", ["placing"], now)
    return True


def take_post(row: Registration, role_id: UUID, post: str, *, search: tuple[str, ...], now: datetime) -> bool:
    """Set the role somebody stands by and the words of all the own seats; False where it is so already."""
    words = store.found_by(row.name, post, row, search)
    if (row.role_id, row.post, row.search_key) == (role_id, post, words):
        return False
    row.role_id, row.post, row.search_key = role_id, post, words
    _note(row, "registration.post", ["role_id", "post"], now)
    return True


def correct_work(
    row: Registration, work: Mapping[str, Any], post: str, *, search: tuple[str, ...], now: datetime
) -> list[str]:
    """Set status, acting, NIP and rank (``WorkFields.work``) and the post; returns the names of what changed."""
    wanted = {**work, "post": post}
    changed = [name for name, value in wanted.items() if getattr(row, name) != value]
    if not changed:
        return []
    for name in changed:
        setattr(row, name, wanted[name])
    row.search_key = store.found_by(row.name, post, row, search)
    _note(row, "registration.work", changed, now)
    return changed


def change_origin(row: Registration, origin: Origin, *, search: tuple[str, ...], now: datetime) -> bool:
    """Set where somebody comes from, and the category; False where it is so already."""
    wanted = asdict(origin)
    changed = [name for name, value in wanted.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, wanted[name])
    if changed:
        row.search_key = store.found_by(row.name, row.post, row, search)
        _note(row, "registration.origin", changed, now)
    return bool(changed)


def correct_contact(row: Registration, phone: str | None, email: str | None, *, now: datetime) -> list[str]:
    """Set phone (E.164) and e-mail; returns the names of the fields that changed."""
    changed = [field for field, value in (("phone", phone), ("email", email)) if getattr(row, field) != value]
    if not changed:
        return []
    row.phone, row.phone_index = phone, store.phone_index(phone)
    row.email, row.email_index = email, store.email_index(email)
    _note(row, "registration.contact", changed, now)
    return changed


def _note(row: Registration, action: str, fields: Sequence[str], now: datetime) -> None:
    row.updated_at = now
    row.version += 1
    row.change_seq = events.next_change(row.event_id)
    audit.record(action, event_id=row.event_id, object_kind="registration", object_id=row.id, fields=fields)
    say_changed(row)
