"""The list of people as a workbook, for who works in Excel; contacts and numbers are masked."""

from collections.abc import Sequence
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import pgettext

from rakor.events.models import Event
from rakor.regions.rules import reference
from rakor.registrations.roster import PersonRow
from rakor.registrations.words import MODES, SOURCES, STATES
from rakor.sheets import Cell, Column, write_table
from rakor.web import times
from rakor.web.locale import language

MOST_ROWS = 20_000


def workbook(event: Event, rows: Sequence[PersonRow], *, made_at: datetime) -> bytes:
    """Return the workbook; its notes say which event and at what time."""
    when = times.plain(times.when(made_at, event.zone, language()))
    notes = (event.title, _("Per %(when)s, %(n)s orang; kontak dan NIP disamarkan", when=when, n=len(rows)))
    columns = (
        Column(_("No"), 6, is_count=True),
        Column(_("Nama"), 34),
        Column(_("Jabatan"), 28),
        Column(_("Instansi"), 34),
        Column(_("Provinsi"), 20),
        Column(_("Keadaan"), 16),
        Column(_("Cara mengikuti"), 14),
        Column(_("Asal"), 20),
        Column(_("Nomor WhatsApp"), 18),
        Column(_("Email"), 24),
        Column(_("NIP"), 16),
        Column(_("Didaftarkan"), 30),
    )
    table: list[list[Cell]] = [[number, *_cells(row, event)] for number, row in enumerate(rows, start=1)]
    return write_table(pgettext("list", "Peserta"), columns, table, notes=notes, made_at=made_at)


def _cells(row: PersonRow, event: Event) -> list[str]:
    province = reference().find(row.province_code or "")
    return [
        row.name,
        row.post,
        row.office,
        province.short_name if province else "",
        str(STATES[row.state].word),
        str(MODES[row.mode]),
        str(SOURCES[row.source]),
        row.phone,
        row.email,
        row.nip,
        times.plain(times.when(row.created_at, event.zone, language())),
    ]
