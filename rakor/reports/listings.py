"""The map and a province as tables that leave as workbooks."""

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from rakor import clock
from rakor.accounts.rules import READERS
from rakor.events.listings import Listed, Listing
from rakor.events.models import Event
from rakor.offices.words import LEVELS
from rakor.reports import store
from rakor.reports.rules import Count
from rakor.reports.summary import Summary, province_of, snapshot
from rakor.sheets import Cell, Column


def _summary(event: Event) -> Summary:
    return snapshot(event, now=clock.now(), today=clock.today(event.zone))


def _counts(count: Count) -> list[Cell]:
    return [count.invited, count.confirmed, count.declined, count.silent, count.present]


def _columns() -> list[Column]:
    headings = (_("Diundang"), _("Konfirmasi"), _("Berhalangan"), _("Belum menjawab"), _("Hadir"))
    return [Column(heading, 14, is_count=True) for heading in headings]


def _coverage(event: Event, _whole: bool) -> Listed:
    columns = [
        Column(_("Kode"), 8),
        Column(_("Provinsi"), 30),
        Column(_("Kantor"), 10, is_count=True),
        Column(_("Kantor belum menjawab"), 14, is_count=True),
        *_columns(),
    ]
    found = _summary(event)
    lines: list[list[Cell]] = [
        [one.code, one.name, one.offices, one.silent_offices, *_counts(one.count)] for one in found.provinces
    ]
    whole: list[Cell] = ["", _("Seluruhnya"), found.offices, found.silent_offices, *_counts(found.count)]
    return Listed(columns, [*lines, whole])


def _province(event: Event, _whole: bool) -> Listed:
    code, focus = str((request.view_args or {})["province_code"]), _summary(event).focus
    columns = [Column(_("Kantor"), 44), Column(_("Tingkat"), 20), *_columns()]
    lines: list[list[Cell]] = [
        [office.name, str(LEVELS[office.level]), *_counts(office.count)]
        for office in store.office_counts(event.id, focus.checkpoint_ids if focus else ())
        if province_of(office, event.regions_as_of) == code
    ]
    return Listed(columns, lines)


LISTINGS = {
    "coverage": Listing("coverage", "rekap-provinsi", _l("Rekap per provinsi"), "reports.coverage", READERS, _coverage),
    "coverage/<province_code>": Listing(
        "coverage_province", "rekap-kantor", _l("Rekap per kantor"), "reports.province", READERS, _province
    ),
}
"""The lists of this room by where they leave, below the event."""
