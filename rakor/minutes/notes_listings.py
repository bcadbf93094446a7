"""How far the minutes of each session are, as a workbook."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from rakor.accounts.rules import READERS
from rakor.agenda import store as agenda
from rakor.agenda.rules import AgendaKind
from rakor.agenda.store import ItemView
from rakor.events.listings import Listed, Listing
from rakor.events.models import Event
from rakor.minutes.notes_words import STATES
from rakor.minutes.store import notes
from rakor.minutes.store.notes import Progress
from rakor.sheets import Cell, Column
from rakor.web import times
from rakor.web.locale import date_long, language, when_known

WITHOUT = frozenset({AgendaKind.REGISTRATION, AgendaKind.BREAK})
"""What needs no minutes."""


def lines(event: Event) -> list[tuple[ItemView, Progress | None]]:
    """Return every session of the published programme with how far its minutes are."""
    found = notes.progress(event.id)
    items = agenda.programme(event.id, agenda.EVERYTHING)
    return [(item, found.get(item.id)) for item in items if item.kind not in WITHOUT]


def _minutes(event: Event, _whole: bool) -> Listed:
    columns = [
        Column(_("Hari"), 26), Column(_("Jam"), 20), Column(_("Sesi"), 60), Column(_("Keadaan"), 18),
        Column(_("Versi"), 8, is_count=True), Column(_("Butir"), 8, is_count=True),
        Column(_("Terakhir menulis"), 30), Column(_("Pada"), 34),
    ]  # fmt: skip
    return Listed(columns, [_line(item, progress, event.zone) for item, progress in lines(event)])


def _line(item: ItemView, progress: Progress | None, zone: str) -> list[Cell]:
    span = times.span(item.starts_at, item.ends_at, zone, language())
    told: list[Cell] = [date_long(item.held_on), span, item.title]
    if progress is None:
        return [*told, _("Belum ditulis"), None, 0, "", ""]
    state = str(STATES[progress.minutes.state][0])
    last = [progress.last_by, when_known(progress.last_at, zone)]
    return [*told, state, progress.minutes.number, progress.note_count, *last]


LISTINGS = {"minutes": Listing("minutes", "notula", _l("Notula"), "minutes.index", READERS, _minutes)}
"""The lists of this room by where they leave, below the event."""
