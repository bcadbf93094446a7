"""A programme and its changes as JSON, as a published version keeps them, and back."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from rakor.agenda.rules import AgendaKind, Visibility
from rakor.agenda.rules.versions import Change, Field, Times, Value
from rakor.agenda.rules.views import ItemView, Mark, PersonView, RoleView

Json = dict[str, Any]


def item_json(item: ItemView) -> Json:
    """Return an item as JSON."""
    return {
        "id": str(item.id), "day_id": str(item.day_id), "held_on": item.held_on.isoformat(), "kind": str(item.kind),
        "title": item.title, "topic": item.topic, "session_number": item.session_number,
        "starts_at": _written(item.starts_at), "ends_at": _written(item.ends_at), "room": item.room,
        "room_id": str(item.room_id) if item.room_id else None, "visibility": str(item.visibility),
        "takes_attendance": item.takes_attendance, "counts_for_jp": item.counts_for_jp, "audience": item.audience,
        "source": item.source, "sequence": item.sequence, "updated_at": _written(item.updated_at),
        "speakers": [_person_json(person) for person in item.speakers],
        "moderators": [_person_json(person) for person in item.moderators],
        "roles": [{"id": str(role.id), "name": role.name} for role in item.roles], "capacity": item.capacity,
        "in_charge": item.in_charge, "note": item.note, "mark": _mark_json(item.mark) if item.mark else None,
    }  # fmt: skip


def item_of(kept: Mapping[str, Any]) -> ItemView:
    """Return the item that was kept as JSON."""
    return ItemView(
        id=UUID(kept["id"]), day_id=UUID(kept["day_id"]), held_on=date.fromisoformat(kept["held_on"]),
        kind=AgendaKind(kept["kind"]), title=kept["title"], topic=kept["topic"],
        session_number=kept["session_number"], starts_at=_read(kept["starts_at"]), ends_at=_read(kept["ends_at"]),
        room=kept["room"], room_id=UUID(kept["room_id"]) if kept["room_id"] else None,
        visibility=Visibility(kept["visibility"]), takes_attendance=kept["takes_attendance"],
        counts_for_jp=kept["counts_for_jp"], audience=kept["audience"], source=kept["source"],
        sequence=kept["sequence"], updated_at=datetime.fromisoformat(kept["updated_at"]),
        speakers=tuple(map(_person, kept["speakers"])), moderators=tuple(map(_person, kept["moderators"])),
        roles=tuple(RoleView(UUID(role["id"]), role["name"]) for role in kept["roles"]), capacity=kept["capacity"],
        in_charge=kept["in_charge"], note=kept["note"], mark=_mark(kept["mark"]) if kept["mark"] else None,
    )  # fmt: skip


def change_json(change: Change) -> Json:
    """Return a change as JSON."""
    return {
        "item_id": str(change.item_id),
        "label": change.label,
        "field": str(change.field),
        "before": _value_json(change.before),
        "after": _value_json(change.after),
    }


def changes_of(kept: Iterable[Mapping[str, Any]]) -> list[Change]:
    """Return the changes that were kept as JSON."""
    return [
        Change(UUID(one["item_id"]), one["label"], Field(one["field"]), _value(one["before"]), _value(one["after"]))
        for one in kept
    ]


def _written(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def _read(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _person_json(person: PersonView) -> Json:
    return {
        "id": str(person.id),
        "name": person.name,
        "post": person.post,
        "organization": person.organization,
        "source": person.source,
    }


def _person(kept: Mapping[str, Any]) -> PersonView:
    return PersonView(UUID(kept["id"]), kept["name"], kept["post"], kept["organization"], kept["source"])


def _mark_json(mark: Mark) -> Json:
    return {
        "at": _written(mark.at),
        "is_new": mark.is_new,
        "starts_at": _written(mark.starts_at),
        "ends_at": _written(mark.ends_at),
        "room": mark.room,
    }


def _mark(kept: Mapping[str, Any]) -> Mark:
    at = datetime.fromisoformat(kept["at"])
    return Mark(at, kept["is_new"], _read(kept["starts_at"]), _read(kept["ends_at"]), kept["room"])


def _value_json(value: Value) -> str | Json:
    if isinstance(value, str):
        return value
    return {"on": value.on.isoformat(), "starts_at": _written(value.starts_at), "ends_at": _written(value.ends_at)}


def _value(kept: str | Mapping[str, Any]) -> Value:
    if isinstance(kept, str):
        return kept
    return Times(date.fromisoformat(kept["on"]), _read(kept["starts_at"]), _read(kept["ends_at"]))
