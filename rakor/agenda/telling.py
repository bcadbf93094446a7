"""A change of the programme in words: for the changelog, and as one text for WhatsApp groups."""

from collections.abc import Sequence

from flask_babel import gettext as _

from rakor.agenda import words
from rakor.agenda.rules import AgendaKind, Visibility
from rakor.agenda.rules.versions import NEWS, Change, Field, Times
from rakor.agenda.rules.views import ItemView
from rakor.events.models import Event
from rakor.events.rules import EventMode
from rakor.web import times
from rakor.web.locale import language
from rakor.web.times import Language

ARROW = " → "
GROUPS_READ = Language.ID  # what goes around in groups is written in the language of the programme
ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")


def zones(event: Event) -> tuple[str, ...]:
    """Return the event's zone, and beside it the other two where people follow from afar."""
    own = event.zone
    return (own,) if event.mode is EventMode.ONSITE else (own, *(zone for zone in ZONES if zone != own))


def said(change: Change, zone: str) -> str:
    """Return a change as the changelog says it: "Sesi 2: 13.00 → 14.00 WIB"."""
    if change.field is Field.ADDED:
        return str(_("Baru: %(what)s, %(when)s", what=change.label, when=_moment(change.after, zone)))
    if change.field is Field.REMOVED:
        return str(_("Dihapus: %(what)s, %(when)s", what=change.label, when=_moment(change.before, zone)))
    if isinstance(change.before, Times) and isinstance(change.after, Times):
        return f"{change.label}: {moved(change.before, change.after, zone, language())}"
    before, after = (_shown(change.field, str(value)) for value in (change.before, change.after))
    field = words.FIELDS.get(change.field)
    name = f"{change.label}, {field}" if field else change.label
    return f"{name}: {before}{ARROW}{after}"


def moved(before: Times, after: Times, zone: str, spoken: Language) -> str:
    """Return a new time beside the old one, as short as it can be said."""
    if before.on != after.on:
        return f"{_full(before, zone, spoken)}{ARROW}{_full(after, zone, spoken)}"
    if _length(before) == _length(after) and before.starts_at and after.starts_at:
        return times.clock(before.starts_at, zone, spoken) + ARROW + times.clock_zone(after.starts_at, zone, spoken)
    return times.span(before.starts_at, before.ends_at, zone, spoken) + ARROW + _span(after, zone, spoken)


def _length(at: Times) -> object:
    return at.ends_at - at.starts_at if at.starts_at and at.ends_at else None


def _span(at: Times, zone: str, spoken: Language) -> str:
    return times.span(at.starts_at, at.ends_at, zone, spoken)


def _full(at: Times, zone: str, spoken: Language) -> str:
    return f"{times.date_long(at.on, spoken)}, {_span(at, zone, spoken)}"


def _moment(value: object, zone: str) -> str:
    return _full(value, zone, language()) if isinstance(value, Times) else ""


def _shown(field: Field, value: str) -> str:
    if field is Field.KIND and value:
        return str(words.KINDS[AgendaKind(value)])
    if field is Field.VISIBILITY and value:
        return str(words.VISIBILITY[Visibility(value)])
    if field in (Field.ATTENDANCE, Field.JP):
        return str(_("ya") if value else _("tidak"))
    return value or "–"


def whatsapp(event: Event, changes: Sequence[Change], items: Sequence[ItemView], page_url: str) -> str:
    """Return one text for groups: what changed, in every zone, and where the whole programme stands.

    ``changes`` are those that participants may see, ``items`` the programme as it is now.
    """
    known = {item.id: item for item in items}
    told = [change for change in changes if change.field in NEWS]
    order = list(dict.fromkeys(change.item_id for change in told))
    lines = [f"*Perubahan agenda: {event.short_title}*"]
    for item_id in order:
        own = [change for change in told if change.item_id == item_id]
        lines += ["", *_of_item(event, own, known.get(item_id))]
    return times.plain("\n".join([*lines, "", f"Agenda terbaru: {page_url}"]))


def _of_item(event: Event, own: Sequence[Change], item: ItemView | None) -> list[str]:
    first = own[0]
    if first.field is Field.REMOVED:
        return [f"*{first.label}* ditiadakan", *_in_zones(event, first.before, "semula")]
    if first.field is Field.ADDED:
        where = [f"Tempat: {item.room}"] if item and item.room else []
        return [f"*{first.label}* (baru)", *_in_zones(event, first.after, ""), *where]
    lines = [f"*{item.title if item else first.label}*"]
    for change in own:
        if change.field is Field.TIME:
            lines += [*_in_zones(event, change.before, "semula"), *_in_zones(event, change.after, "menjadi")]
        else:
            name = words.SPOKEN[change.field]
            lines.append(f"{name}: {change.before or '–'} → {change.after or '–'}")
    return lines


def _in_zones(event: Event, value: object, lead: str) -> list[str]:
    """Return a time in the event's zone and, behind it, in the others: "menjadi 14.00–15.30 WIB / 15.00–16.30 WITA"."""
    if not isinstance(value, Times):
        return []
    spoken = [_span(value, zone, GROUPS_READ) for zone in zones(event)] if value.starts_at else ["waktu menyusul"]
    day = times.date_long(value.on, GROUPS_READ)
    return [" ".join(part for part in (lead, f"{day}, {' / '.join(spoken)}") if part)]


def has_news(changes: Sequence[Change]) -> bool:
    """True where something changed that people should hear of."""
    return any(change.field in NEWS for change in changes)
