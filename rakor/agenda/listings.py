"""Speakers and rooms as they leave as workbooks; a speaker's own link opens without a password and stays here."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from rakor.accounts.rules import EDITORS, REGISTRARS
from rakor.agenda import speaker_view
from rakor.agenda.speaker_routes import TAKERS
from rakor.agenda.speaker_view import SpeakerLine
from rakor.agenda.speaker_words import ANSWERS
from rakor.agenda.store import reading
from rakor.events.listings import Listed, Listing
from rakor.events.models import Event
from rakor.sheets import Cell, Column
from rakor.web.access import principal
from rakor.web.locale import when_known


def _speakers(event: Event, _whole: bool) -> Listed:
    columns = [
        Column(_("Nama"), 34),
        Column(_("Jabatan"), 34),
        Column(_("Instansi"), 34),
        Column(_("Jawaban"), 16),
        Column(_("Alasan"), 34),
        Column(_("Mata acara"), 60),
        Column(_("Materi"), 10, is_count=True),
        Column(_("Diteruskan"), 28),
        Column(_("Dibuka"), 28),
    ]
    lines = speaker_view.lines(event, reaching=principal().may(REGISTRARS))
    return Listed(columns, [_line(one, event.zone) for one in lines])


def _line(one: SpeakerLine, zone: str) -> list[Cell]:
    who, link = one.person, one.link
    way = [when_known(at, zone) for at in ((link.passed_on_at, link.opened_at) if link else (None, None))]
    answer = str(ANSWERS[one.profile.answer][0]) if one.profile.answer else ""
    sessions = "; ".join(item.label for item in one.items)
    told: list[Cell] = [who.name, who.post, who.organization, answer, one.profile.reason]
    return [*told, sessions, len(one.materials), *way]


def _rooms(event: Event, _whole: bool) -> Listed:
    columns = [Column(_("Ruang"), 40), Column(_("Muat"), 12, is_count=True)]
    return Listed(columns, [[room.name, room.capacity] for room in reading.rooms(event.id)])


LISTINGS = {
    "speakers": Listing("speakers", "narasumber", _l("Narasumber"), "speakers.index", TAKERS, _speakers),
    "agenda/rooms": Listing("rooms", "ruang", _l("Ruang"), "agenda.show_rooms", EDITORS, _rooms),
}
"""The lists of this room by where they leave, below the event."""
