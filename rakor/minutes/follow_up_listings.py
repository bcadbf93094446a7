"""Follow-ups as they leave as workbooks: how far each is, each province, and every row as the matrix of the report."""

from datetime import date

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from rakor import clock
from rakor.accounts.rules import READERS
from rakor.events.listings import Listed, Listing
from rakor.events.models import Event
from rakor.minutes import follow_up_words as words
from rakor.minutes.follow_up_chat import plain_day
from rakor.minutes.rules.roll_up import Tally
from rakor.minutes.store import roll_up, rows
from rakor.minutes.store.roll_up import Line, RollUp
from rakor.sheets import Cell, Column
from rakor.web import times
from rakor.web.locale import when


def _found(event: Event) -> RollUp:
    return roll_up.snapshot(event, now=clock.now(), today=clock.today(event.zone))


def _counts(tally: Tally) -> list[Cell]:
    return [tally.whole, tally.done, tally.unproven, tally.working, tally.obstacle, tally.open, tally.late]


def _heads() -> list[Column]:
    named = (_("Kantor"), _("Selesai"), _("Tanpa bukti"), _("Dikerjakan"), _("Kendala"), _("Belum"), _("Terlambat"))
    return [Column(heading, 12, is_count=True) for heading in named]


def _follow_ups(event: Event, _whole: bool) -> Listed:
    found = _found(event)
    columns = [Column(_("No"), 6, is_count=True), Column(_("Uraian"), 70), Column(_("Tenggat"), 20), *_heads()]
    lines: list[list[Cell]] = [
        [one.number, one.text, _day(one.due_on), *_counts(found.by_follow_up[one.id])] for one in found.follow_ups
    ]
    return Listed(columns, lines, _counted(event, found))


def _by_province(event: Event, _whole: bool) -> Listed:
    found = _found(event)
    tallies = roll_up.by_province(_asked(found))
    names = roll_up.provinces(event)
    columns = [Column(_("Kode"), 8), Column(_("Provinsi"), 30), *_heads()]
    lines: list[list[Cell]] = [[code, name, *_counts(tallies.get(code, Tally()))] for code, name in names.items()]
    return Listed(columns, lines, _counted(event, found))


def _matrix(event: Event, _whole: bool) -> Listed:
    """No | Uraian | Penanggung jawab | Tenggat | Status | Bukti dukung | Catatan (domain.md §2.9), and the province."""
    found = _found(event)
    province = str((request.view_args or {}).get("province_code", ""))
    shown = [line for line in _asked(found) if not province or line.province_code == province]
    texts, names = {one.id: one.text for one in found.follow_ups}, roll_up.provinces(event)
    proofs = rows.evidence_of_event(event.id)
    columns = [
        Column(_("No"), 6, is_count=True), Column(_("Uraian"), 60), Column(_("Penanggung jawab"), 44),
        Column(_("Provinsi"), 24), Column(_("Tenggat"), 18), Column(_("Status"), 16), Column(_("Terlambat"), 11),
        Column(_("Bukti dukung"), 50), Column(_("Catatan"), 50), Column(_("Dijawab"), 30),
    ]  # fmt: skip
    lines: list[list[Cell]] = [
        [number, texts[line.follow_up_id], line.office, names.get(line.province_code or "", ""), _day(line.due_on),
         str(words.SAID[line.status]), _("Ya") if line.is_late else "", _said(line, proofs.get(line.id, [])),
         line.note, when(line.answered_at, event.zone) if line.answered_at else ""]
        for number, line in enumerate(shown, start=1)
    ]  # fmt: skip
    return Listed(columns, lines, _counted(event, found))


def _said(line: Line, proofs: list[str]) -> str:
    return "\n".join(proofs) if line.evidence_count else ""


def _asked(found: RollUp) -> tuple[Line, ...]:
    """The rows of the follow-up that the address narrows to (a page's own, or ``of``), or all."""
    named = str((request.view_args or {}).get("follow_up_id", "")) or request.args.get("of", "")
    wanted = next((one.id for one in found.follow_ups if str(one.id) == named), None)
    return found.of(wanted)


def _counted(event: Event, found: RollUp) -> list[str]:
    return [_("dihitung %(when)s", when=times.plain(when(found.counted_at, event.zone)))]


def _day(due_on: date | None) -> str:
    return plain_day(due_on) if due_on else ""


LISTINGS = {
    "follow-ups": Listing(
        "follow_ups", "tindak-lanjut", _l("Tindak lanjut"), "follow_ups.show", READERS, _follow_ups
    ),
    "follow-ups/provinces": Listing(
        "follow_up_provinces", "tindak-lanjut-provinsi", _l("Tindak lanjut per provinsi"), "follow_ups.show", READERS,
        _by_province, ("of",),
    ),
    "follow-ups/matrix": Listing(
        "follow_up_rows", "matriks-tindak-lanjut", _l("Matriks tindak lanjut"), "follow_ups.show", READERS, _matrix,
        ("of",),
    ),
    "follow-ups/provinces/<province_code>": Listing(
        "follow_up_province", "tindak-lanjut-kantor", _l("Tindak lanjut kantor di satu provinsi"),
        "follow_ups.province", READERS, _matrix, ("of",),
    ),
}  # fmt: skip
"""The lists of this room by where they leave, below the event."""
