"""Seats, answers, letters of assignment and what the rules would change, as they leave as workbooks."""

from collections.abc import Iterable, Sequence

from flask_babel import gettext as _

from rakor.events.listings import Listed
from rakor.events.models import Event
from rakor.registrations.words import MODES
from rakor.seats import invitation_view, store
from rakor.seats.office_listings import chosen_offices, province_name
from rakor.seats.store import SeatLine
from rakor.seats.store.exceptions import exceptions
from rakor.seats.words import look_of
from rakor.sheets import Cell, Column
from rakor.web.locale import when_known


def seats(event: Event, _whole: bool) -> Listed:
    """The seats of the offices that the links' filters leave, with their answers."""
    rows, narrowed = chosen_offices(event)
    codes = {row.office_id: row.code for row in rows}
    columns = [
        Column(_("Kode"), 8),
        Column(_("Provinsi"), 20),
        Column(_("Kantor"), 36),
        Column(_("Kursi"), 26),
        Column(_("Wajib"), 8),
        Column(_("Jawaban"), 16),
        Column(_("Nama"), 34),
        Column(_("Mewakili"), 10),
        Column(_("Cara mengikuti"), 14),
        Column(_("Alasan"), 34),
        Column(_("Dijawab"), 26),
    ]
    lines = [_seat_line(line, codes[line.office_id], event.zone) for line in _seats_of(event, codes)]
    return Listed(columns, lines, narrowed)


def _seats_of(event: Event, office_ids: Iterable[object]) -> list[SeatLine]:
    wanted_ids = set(office_ids)
    return [line for line in store.seats_with_holders(event.id) if line.office_id in wanted_ids]


def _seat_line(line: SeatLine, code: str, zone: str) -> list[Cell]:
    return [
        code,
        province_name(line.province_code),
        line.office,
        line.label,
        _("ya") if line.required else "",
        str(look_of(line.answer, line.mode).word),
        line.name,
        _("ya") if line.on_behalf else "",
        str(MODES[line.mode]) if line.mode else "",
        line.reason,
        when_known(line.answered_at, zone),
    ]


def assignments(event: Event, _whole: bool) -> Listed:
    """The letters of assignment."""
    columns = [
        Column(_("Kode"), 8),
        Column(_("Kantor"), 40),
        Column(_("Untuk"), 34),
        Column(_("Nomor surat tugas"), 26),
        Column(_("Tanggal surat"), 16),
        Column(_("Diterima"), 26),
    ]
    lines: list[list[Cell]] = [
        [code, office, name or _("seluruh orang kantor ini"), row.number, row.dated_on.isoformat(),
         when_known(row.uploaded_at, event.zone)]
        for row, code, office, name in store.every_assignment(event.id)
    ]  # fmt: skip
    return Listed(columns, lines)


def all_exceptions(event: Event, _whole: bool) -> Listed:
    """Offices that the rules invite otherwise."""
    columns = [
        Column(_("Kantor"), 40),
        Column(_("Peran"), 26),
        Column(_("Jumlah kursi"), 10, is_count=True),
        Column(_("Cara mengikuti"), 22),
        Column(_("Wajib"), 8),
        Column(_("Alasan"), 50),
    ]
    lines: list[list[Cell]] = [
        [one.office, one.role, one.quota, _modes(one.modes), _("ya") if one.required else "", one.reason]
        for one in exceptions(event.id)
    ]
    return Listed(columns, lines)


def preview(event: Event, _whole: bool) -> Listed:
    """How many seats the rules give each province."""
    columns = [Column(_("Provinsi"), 30), Column(_("Kursi menurut aturan"), 14, is_count=True)]
    found = invitation_view.counted(event).provinces
    return Listed(columns, [[province_name(code), seats] for code, seats in found])


def changes(event: Event, _whole: bool) -> Listed:
    """What the next "Buat undangan" does to seats that are there, and those that wait for a decision."""
    columns = [
        Column(_("Provinsi"), 20),
        Column(_("Kantor"), 40),
        Column(_("Kursi"), 26),
        Column(_("Yang terjadi"), 34),
        Column(_("Nama"), 34),
        Column(_("Cara mengikuti"), 20),
    ]
    lines: list[list[Cell]] = [
        [province_name(line.province_code), line.office, line.label, str(word), line.name,
         str(MODES[line.mode]) if line.mode else ""]
        for word, line in invitation_view.touched(event)
    ]  # fmt: skip
    return Listed(columns, lines)


def _modes(modes: Sequence[object]) -> str:
    return ", ".join(str(MODES[mode]) for mode in MODES if mode in modes)
