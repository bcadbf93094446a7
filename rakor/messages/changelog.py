"""A published version in words: what moved for one person, each time in the event's zone and the person's own."""

from dataclasses import replace

from flask_babel import gettext as _

from rakor.agenda import telling
from rakor.agenda.rules.snapshots import changes_of
from rakor.agenda.rules.versions import Change, Field, Times
from rakor.agenda.store import versions
from rakor.calendar import store as calendars
from rakor.calendar.entries import Reader, seen_by
from rakor.calendar.refreshing import reader_of
from rakor.events.models import Event
from rakor.messages.rules import unlinked
from rakor.registrations.models import Registration
from rakor.web import times
from rakor.web.locale import language

TOLD = frozenset({Field.ADDED, Field.REMOVED, Field.TIME, Field.TITLE})


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
    told = TOLD | {Field.ROOM} if reader.on_site else TOLD
    return [_said(one, event, reader) for one in changes_of(kept.changes) if one.item_id in seen and one.field in told]


def unlinked_change(change: Change) -> Change:
    """Return a change whose typed words no mail program makes a link of."""
    before, after = (unlinked(one) if isinstance(one, str) else one for one in (change.before, change.after))
    return replace(change, label=unlinked(change.label), before=before, after=after)


def _said(change: Change, event: Event, reader: Reader) -> str:
    """As the changelog says it; a time that is another one where the reader is stands behind it once more."""
    words = times.plain(telling.said(unlinked_change(change), event.zone))
    moved = isinstance(change.before, Times) and isinstance(change.after, Times)
    if not moved or reader.zone == event.zone:
        return words
    assert isinstance(change.before, Times)
    assert isinstance(change.after, Times)
    own = times.plain(telling.moved(change.before, change.after, reader.zone, language()))
    return str(_("%(held)s (%(own)s waktu Anda)", held=words, own=own))
