"""The rows of an upload as they are judged, of one state or all, as they leave as a workbook: no number is in it."""

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
from rakor.imports.words import ROWS
from rakor.sheets import Cell, Column

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


ROWS_OF_IMPORT = Listing(
    "import_rows", "baris-impor", _l("Baris impor"), "imports.show", REGISTRARS, _rows, ("rows",)
)
