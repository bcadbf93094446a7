"""The conclusions as they leave as a workbook."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from rakor.accounts.rules import READERS
from rakor.agenda import store as agenda
from rakor.events.listings import Listed, Listing
from rakor.events.models import Event
from rakor.minutes.conclusion_words import KINDS
from rakor.minutes.rules.conclusions import is_approved
from rakor.minutes.store import conclusions, notes
from rakor.sheets import Cell, Column


def _conclusions(event: Event, _whole: bool) -> Listed:
    titles = {one.id: one.title for one in agenda.items(event.id, agenda.EVERYTHING)}
    approved = notes.approved_items(event.id)
    columns = [
        Column(_("No"), 6, is_count=True), Column(_("Jenis"), 16), Column(_("Isi"), 90), Column(_("Dari sesi"), 40),
        Column(_("Untuk siapa"), 14), Column(_("Keadaan"), 16),
    ]  # fmt: skip
    lines: list[list[Cell]] = [
        [
            row.number, str(KINDS[row.kind]), row.text,
            titles.get(row.agenda_item_id, "") if row.agenda_item_id else _("Seluruh kegiatan"),
            _("Publik") if row.is_public else _("Internal"),
            _("Disetujui") if is_approved(conclusions.standing(row), approved) else _("Rancangan"),
        ]
        for row in conclusions.of_event(event.id)
    ]  # fmt: skip
    return Listed(columns, lines)


LISTINGS = {
    "conclusions": Listing(
        "conclusions", "kesimpulan", _l("Kesimpulan, rekomendasi, keputusan"), "conclusions.show", READERS,
        _conclusions,
    ),
}  # fmt: skip
"""The lists of this room by where they leave, below the event."""
