"""A recap as it is drawn and as it leaves: what the address asks for, its lines and their words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import request
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from rakor.agenda import store as agenda
from rakor.events.models import Event
from rakor.offices.rules import OfficeLevel
from rakor.registrations.rules import Mode
from rakor.reports import by_session, recap
from rakor.reports.recap import By, Narrowed, RecapLine
from rakor.reports.rules import Count
from rakor.reports.summary import EVER, Summary, by_mode
from rakor.web.locale import date_long

BYS: dict[By, LazyString] = {
    By.PROVINCE: _l("Provinsi"),
    By.REGENCY: _l("Kabupaten/Kota"),
    By.OFFICE: _l("Kantor"),
    By.MODE: _l("Cara mengikuti"),
    By.SESSION: _l("Hari dan sesi"),
}
MODES: dict[Mode | None, LazyString] = {
    Mode.ONSITE: _l("Luring (datang ke tempat)"),
    Mode.ONLINE: _l("Daring (Zoom)"),
    None: _l("Belum dinyatakan"),
}


@dataclass(frozen=True)
class Table:
    """A recap's lines and what they add up to; ``adds_up`` is False where the same seats stand in many lines."""

    lines: list[RecapLine]
    whole: Count
    adds_up: bool = True


def asked_by() -> By:
    """Return by what the address wants the recap; by province where it does not say."""
    wanted = request.args.get("by", "")
    return By(wanted) if wanted in set(By) else By.PROVINCE


def asked_narrowing() -> Narrowed:
    """Return of which offices the address wants it."""
    level = request.args.get("level", "")
    return Narrowed(request.args.get("province", "")[:2], OfficeLevel(level) if level in set(OfficeLevel) else None)


def table(event: Event, summary: Summary, by: By, narrowed: Narrowed) -> Table:
    """Return the lines that were asked for."""
    found = recap.offices(summary, event.regions_as_of, narrowed.province, narrowed.level)
    whole = recap.total(found)
    if by is By.MODE:
        sums = by_mode(found)
        return Table([RecapLine("", str(MODES[mode]), "", count) for mode, count in sums.items()], whole)
    if by is By.SESSION:
        offices = None if narrowed == Narrowed() else [one.id for one in found]
        present = by_session.session_seats(event.id, summary.spots, offices)
        names = dict(moments(event, summary))
        return Table(
            [
                RecapLine(str(part), names.get(str(part), ""), _of_day(part), count)
                for part, count in recap.by_session(whole, present, summary.spots)
            ],
            whole,
            adds_up=False,
        )
    return Table([_named(line) for line in recap.by_place(found, by, event.regions_as_of)], whole)


def moments(event: Event, summary: Summary) -> list[tuple[str, str]]:
    """Return the days and sessions whose presence can be counted, as addresses name them, with their names."""
    titles: Mapping[UUID, str] = {item.id: item.title for item in agenda.programme(event.id, agenda.EVERYTHING)}
    parts = [part for part, _count in recap.by_session(Count(), {}, summary.spots)]
    named = [(str(part), date_long(part) if isinstance(part, date) else titles.get(part, "")) for part in parts]
    return [(EVER, _("Seluruh acara")), *((key, name) for key, name in named if name)]


def _named(line: RecapLine) -> RecapLine:
    """A line for what lies in no province, or is no regency's, says so."""
    return line if line.name else RecapLine(line.key, _("Di luar itu"), line.place, line.count)


def _of_day(part: date | UUID) -> str:
    return str(_("seluruh hari")) if isinstance(part, date) else ""
