"""A published version in words: what moved for one person, each time in the event's zone and the person's own."""

from collections.abc import Collection
from uuid import UUID

from flask_babel import gettext as _

from rakor.agenda.rules.snapshots import changes_of
from rakor.agenda.rules.versions import Change, Field, Times
from rakor.agenda.store import versions
from rakor.calendar import store as calendars
from rakor.calendar.entries import seen_by
from rakor.calendar.refreshing import reader_of
from rakor.events.models import Event
from rakor.registrations.models import Registration
from rakor.web import times
from rakor.web.locale import language

TOLD = (Field.ADDED, Field.REMOVED, Field.TIME, Field.ROOM, Field.TITLE)


def for_person(event: Event, row: Registration, number: int | None) -> list[str]:
    """Return what version ``number`` changed of the items that this person sees, a sentence each."""
    kept = versions.version(event.id, number) if number else None
    person = calendars.person(event.id, row.id)
    if kept is None or person is None:
        return []
    before = versions.version(event.id, kept.number - 1)
    programme = [*versions.snapshot(kept), *(versions.snapshot(before) if before else [])]
    reader = reader_of(event, person)
    seen = {item.id for item in seen_by(reader, programme)}
    zones = tuple(dict.fromkeys((event.zone, reader.zone)))
    return _sentences(changes_of(kept.changes), seen, zones, rooms=reader.on_site)


def _sentences(changes: list[Change], seen: Collection[UUID], zones: tuple[str, ...], *, rooms: bool) -> list[str]:
    told = [one for one in changes if one.item_id in seen and one.field in TOLD]
    return [_sentence(one, zones) for one in told if rooms or one.field is not Field.ROOM]


def _sentence(change: Change, zones: tuple[str, ...]) -> str:
    label, before, after = change.label, _value(change.before, zones), _value(change.after, zones)
    if change.field is Field.ADDED:
        return str(_("Baru: %(label)s, %(when)s", label=label, when=after))
    if change.field is Field.REMOVED:
        return str(_("Ditiadakan: %(label)s, %(when)s", label=label, when=before))
    return f"{label}: {before or '–'} → {after or '–'}"


def _value(value: str | Times, zones: tuple[str, ...]) -> str:
    if isinstance(value, str):
        return value
    day = times.plain(times.date_long(value.on, language()))
    if value.starts_at is None:
        return day
    first, *own = [times.plain(times.span(value.starts_at, value.ends_at, zone, language())) for zone in zones]
    beside = [_("%(when)s waktu Anda", when=one) for one in own if one != first]
    return f"{day}, {first}" + (f" ({beside[0]})" if beside else "")
