"""Uploads, and the rows of one as they are judged, as they leave as workbooks: no number is in them."""

from uuid import UUID

from flask import abort, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from rakor.accounts.rules import REGISTRARS
from rakor.events.listings import Listed, Listing
from rakor.events.models import Event
from rakor.imports.pages import line_of, reasons
from rakor.imports.rules import RowState
from rakor.imports.store import rows, uploads
from rakor.imports.words import ROWS, STATES
from rakor.sheets import Cell, Column
from rakor.web.locale import when

MOST_ROWS = 20_000


def _rows(event: Event, _whole: bool) -> Listed:
    upload = uploads.upload(event.id, UUID(str((request.view_args or {})["import_id"]))) or abort(404)
    asked = request.args.get("rows", "")
    states = [RowState(asked)] if asked in set(RowState) else list(ROWS)
    columns = [
        Column(_("Baris"), 8, is_count=True),
        Column(_("Keadaan"), 18),
        Column(_("Nama"), 34),
        Column(_("Kantor"), 36),
        Column(_("Diundang sebagai"), 26),
        Column(_("Masalah"), 60),
    ]
    lines: list[list[Cell]] = []
    for state in states:
        for one in rows.rows_in(upload.id, [state], limit=MOST_ROWS):
            shown = line_of(upload, one, own=False)
            lines.append([one.number, str(ROWS[state]), shown["name"], shown["office"], shown["role"],
                          reasons(upload, one)])  # fmt: skip
    return Listed(columns, lines, [str(ROWS[states[0]])] if len(states) == 1 else [])


def _uploads(event: Event, _whole: bool) -> Listed:
    columns = [
        Column(_("Berkas"), 44),
        Column(_("Diunggah oleh"), 30),
        Column(_("Kapan"), 28),
        Column(_("Keadaan"), 24),
        *(Column(str(word), 14, is_count=True) for word in ROWS.values()),
    ]
    lines: list[list[Cell]] = [
        [one.upload.name, one.sender, when(one.upload.created_at, event.zone), str(STATES[one.upload.state][0]),
         *(one.counts.get(state, 0) for state in ROWS)]
        for one in uploads.uploads(event.id)
    ]  # fmt: skip
    return Listed(columns, lines)


UPLOADS = Listing("imports", "impor", _l("Impor dari Excel"), "imports.index", REGISTRARS, _uploads)
ROWS_OF_IMPORT = Listing(
    "import_rows", "baris-impor", _l("Baris impor"), "imports.show", REGISTRARS, _rows, ("rows",),
    words={"rows": ROWS},
)
