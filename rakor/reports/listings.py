"""The map and a province as tables that leave as workbooks."""

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from rakor.accounts.rules import READERS
from rakor.events.listings import Listed, Listing
from rakor.events.models import Event
from rakor.offices.words import LEVELS
from rakor.reports import recap
from rakor.reports.pages import asked, counted, focus_of, measured
from rakor.reports.recap_view import BYS, asked_by, asked_narrowing, table
from rakor.reports.rules import Count, Measure
from rakor.reports.summary import Summary
from rakor.sheets import Cell, Column
from rakor.web import times
from rakor.web.locale import when


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
    found = counted(event, asked())
    lines: list[list[Cell]] = [
        [one.code, one.name, one.offices, one.silent_offices, *_counts(one.count)] for one in found.provinces
    ]
    whole: list[Cell] = ["", _("Seluruhnya"), found.offices, found.silent_offices, *_counts(found.count)]
    return Listed(columns, [*lines, whole])


def _province(event: Event, _whole: bool) -> Listed:
    code, found = str((request.view_args or {})["province_code"]), counted(event, asked())
    columns = [Column(_("Kantor"), 44), Column(_("Tingkat"), 20), *_columns()]
    lines: list[list[Cell]] = [
        [office.name, str(LEVELS[office.level]), *_counts(office.count)]
        for office in recap.offices(found, event.regions_as_of, code)
    ]
    return Listed(columns, lines)


def _missing(event: Event, _whole: bool) -> Listed:
    found = counted(event, asked())
    measure = measured(found)
    groups = recap.lacking(found, measure if measure.is_lack else Measure.SILENT, event.regions_as_of)
    last = Column(_("Belum hadir"), 14, is_count=True)
    columns = [Column(_("Provinsi"), 26), Column(_("Kantor"), 44), *_columns(), last]
    lines: list[list[Cell]] = [
        [name, office.name, *_counts(office.count), office.count.absent]
        for _code, name, offices in groups
        for office in offices
    ]
    return Listed(columns, lines, _counted_at(event, found))


def _recap(event: Event, _whole: bool) -> Listed:
    found, by = counted(event, asked()), asked_by()
    made = table(event, found, by, asked_narrowing())
    ways = [Column(_("Hadir luring"), 12, is_count=True), Column(_("Hadir daring"), 12, is_count=True)]
    columns = [Column(str(BYS[by]), 44), Column(_("Letak"), 26), *_columns(), *ways]
    lines: list[list[Cell]] = [
        [line.name, line.place, *_counts(line.count), line.count.onsite, line.count.online] for line in made.lines
    ]
    if made.adds_up:
        lines.append([_("Seluruhnya"), "", *_counts(made.whole), made.whole.onsite, made.whole.online])
    return Listed(columns, lines, _counted_at(event, found))


def _counted_at(event: Event, summary: Summary) -> list[str]:
    said = [_("dihitung %(when)s", when=times.plain(when(summary.counted_at, event.zone)))]
    return [*said, _("hadir: %(what)s", what=focus_of(event, summary))] if summary.focus else said


LISTINGS = {
    "coverage": Listing(
        "coverage", "rekap-provinsi", _l("Rekap per provinsi"), "reports.coverage", READERS, _coverage, ("at",)
    ),
    "coverage/<province_code>": Listing(
        "coverage_province", "rekap-kantor", _l("Rekap per kantor"), "reports.province", READERS, _province, ("at",)
    ),
    "missing": Listing(
        "missing", "kantor-belum", _l("Kantor yang belum"), "reports.missing", READERS, _missing, ("show", "at")
    ),
}
"""The lists of this room by where they leave, below the event."""

RECAP = {
    "recap": Listing(
        "recap", "rekap", _l("Rekap"), "recap.show", READERS, _recap, ("by", "province", "level", "at"),
        words={"by": BYS, "level": LEVELS},
    ),
}  # fmt: skip
