"""Published versions: what changed between two programmes, whose SEQUENCE rises, what is marked, and until when."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from rakor.agenda.rules import Visibility
from rakor.agenda.rules.views import ItemView, Mark

FIRST = 1


class Field(StrEnum):
    """What of an item a version changed."""

    ADDED = "added"
    REMOVED = "removed"
    TIME = "time"
    ROOM = "room"
    TITLE = "title"
    TOPIC = "topic"
    SPEAKERS = "speakers"
    MODERATORS = "moderators"
    KIND = "kind"
    AUDIENCE = "audience"
    CAPACITY = "capacity"
    VISIBILITY = "visibility"
    ATTENDANCE = "attendance"
    JP = "jp"
    IN_CHARGE = "in_charge"
    NOTE = "note"


# what concerns whoever has the item in a calendar: a new time, place, name or person
CONCERNS = frozenset({Field.TIME, Field.ROOM, Field.TITLE, Field.TOPIC, Field.SPEAKERS, Field.MODERATORS})
NEWS = CONCERNS | {Field.ADDED, Field.REMOVED}


@dataclass(frozen=True)
class Times:
    """When an item is held; both moments (aware UTC) may be missing."""

    on: date
    starts_at: datetime | None = None
    ends_at: datetime | None = None


Value = str | Times


@dataclass(frozen=True)
class Change:
    """One field of one item: what stood there and what stands there now. Words are made where it is shown."""

    item_id: UUID
    label: str
    field: Field
    before: Value = ""
    after: Value = ""


def publishes_by_itself(told: bool, newest: int | None) -> bool:
    """Saving publishes by itself until somebody has been told: it rewrites version 1, which nobody holds yet."""
    return not told and (newest is None or newest <= FIRST)


def visible(items: Iterable[ItemView], seen: Collection[Visibility]) -> list[ItemView]:
    """Return the items that a reader of ``seen`` may see, in their order."""
    return [item for item in items if item.visibility in seen]


def closed_since(newest: Iterable[ItemView], later: Iterable[Change], seen: Collection[Visibility]) -> set[UUID]:
    """Return the items that a reader of ``seen`` may not read any more, also where an older version showed them.

    ``later`` is what the older version and those after it changed, in order: it tells of items that are gone by now.
    """
    last = {change.item_id: str(change.after) for change in later if change.field is Field.VISIBILITY}
    last |= {item.id: str(item.visibility) for item in newest}
    return {item_id for item_id, visibility in last.items() if visibility not in set(map(str, seen))}


def changes(before: Sequence[ItemView], after: Sequence[ItemView]) -> list[Change]:
    """Return what differs, in the order of the new programme; what is gone comes last."""
    known, still = {item.id: item for item in before}, {item.id for item in after}
    found = [change for item in after for change in _of_item(known.get(item.id), item)]
    gone = [Change(item.id, item.label, Field.REMOVED, times(item)) for item in before if item.id not in still]
    return found + gone


def _of_item(old: ItemView | None, new: ItemView) -> list[Change]:
    if old is None:
        return [Change(new.id, new.title, Field.ADDED, after=times(new))]
    pairs = zip(_values(old), _values(new), strict=True)
    return [Change(new.id, new.label, name, was, now) for (name, was), (_same, now) in pairs if was != now]


def times(item: ItemView) -> Times:
    """Return when an item is held."""
    return Times(item.held_on, item.starts_at, item.ends_at)


def _values(item: ItemView) -> list[tuple[Field, Value]]:
    return [
        (Field.TIME, times(item)),
        (Field.ROOM, item.room),
        (Field.TITLE, item.title),
        (Field.TOPIC, item.topic),
        (Field.SPEAKERS, ", ".join(person.name for person in item.speakers)),
        (Field.MODERATORS, ", ".join(person.name for person in item.moderators)),
        (Field.KIND, str(item.kind)),
        (Field.AUDIENCE, item.for_whom),
        (Field.CAPACITY, "" if item.capacity is None else str(item.capacity)),
        (Field.VISIBILITY, str(item.visibility)),
        (Field.ATTENDANCE, "yes" if item.takes_attendance else ""),
        (Field.JP, "yes" if item.counts_for_jp else ""),
        (Field.IN_CHARGE, item.in_charge),
        (Field.NOTE, item.note),
    ]


def next_version(before: Sequence[ItemView], draft: Sequence[ItemView], *, at: datetime, marks: bool) -> list[ItemView]:
    """Return the draft as it is published at ``at``: SEQUENCE raised and marked where the change concerns people.

    ``before`` is the version that everybody reads now. ``marks`` is False where nobody was told of it.
    """
    known = {item.id: item for item in before}
    return [_published(known.get(item.id), item, at, marks, first=not before) for item in draft]


def _published(old: ItemView | None, new: ItemView, at: datetime, marks: bool, *, first: bool) -> ItemView:
    if old is None:
        return replace(new, mark=Mark(at, is_new=True) if marks and not first else None)
    sequence = max(old.sequence, new.sequence)
    if not concerns(_of_item(old, new)):
        return replace(new, sequence=sequence, mark=old.mark)
    mark = Mark(at, False, old.starts_at, old.ends_at, old.room) if marks else None
    return replace(new, sequence=sequence + 1, mark=mark)


def concerns(found: Iterable[Change]) -> bool:
    """True where something changed that stands in people's calendars."""
    return any(change.field in CONCERNS for change in found)


def is_marked(item: ItemView, now: datetime) -> bool:
    """True while the change of an item is news."""
    return item.news(now) is not None
