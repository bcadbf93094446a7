"""The doors' lists as they leave as workbooks: numbers, desks, guests, places, and what waits for a coordinator."""

from collections.abc import Iterator

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from rakor import clock
from rakor.accounts.rules import DESKS, EDITORS, EVERYBODY, REGISTRARS
from rakor.attendance.rules.words import Direction
from rakor.attendance.store import checkpoints
from rakor.checkin import coordination, coordination_waiting, desk_lines, live, walkins
from rakor.checkin.coordination import Case, Mark
from rakor.checkin.coordination_rules import Matter
from rakor.checkin.coordination_words import HOLDS, MATTERS
from rakor.checkin.place_form import BOTH, KINDS, WAYS
from rakor.checkin.routes.live import QUEUES
from rakor.checkin.routes.pages import STATES
from rakor.events.listings import Listed, Listing
from rakor.events.models import Event
from rakor.sheets import Cell, Column
from rakor.web.locale import when, when_known

MOST_CASES = 2_000
"""Of one matter; each comes with every scan of its person there."""


def _door_places(event: Event, _whole: bool) -> Listed:
    columns = [
        Column(_("Tempat"), 40),
        Column(_("Sudah masuk"), 12, is_count=True),
        Column(_("Di dalam"), 12, is_count=True),
        Column(_("Per menit"), 12, is_count=True),
        Column(_("Antrean (perkiraan)"), 20),
    ]
    lines: list[list[Cell]] = [
        [one.name, one.entered, one.inside, round(one.pace.per_minute, 1), str(QUEUES[one.pace.queue][0])]
        for one in live.count(event, clock.now()).places
    ]
    return Listed(columns, lines)


def _door_desks(event: Event, _whole: bool) -> Listed:
    columns = [
        Column(_("Meja"), 30),
        Column(_("Tempat"), 36),
        Column(_("Sudah masuk"), 12, is_count=True),
        Column(_("Per menit"), 12, is_count=True),
        Column(_("Antrean (perkiraan)"), 20),
        Column(_("Terakhir terhubung"), 28),
        Column(_("Belum terkirim"), 12, is_count=True),
    ]
    lines: list[list[Cell]] = [
        [one.name, one.place, one.entered, round(one.pace.per_minute, 1),
         str(QUEUES[one.pace.queue][0]) if one.alive else _("Tidak aktif"),
         when_known(one.last_seen_at, event.zone), one.waiting_count]
        for one in live.count(event, clock.now()).desks
    ]  # fmt: skip
    return Listed(columns, lines)


def _desks(event: Event, _whole: bool) -> Listed:
    columns = [
        Column(_("Meja"), 30),
        Column(_("Tempat"), 36),
        Column(_("Petugas"), 30),
        Column(_("Keadaan"), 24),
        Column(_("Meja bantuan"), 12),
        Column(_("Terakhir terhubung"), 28),
        Column(_("Belum terkirim"), 12, is_count=True),
        Column(_("Nomor hilang"), 12, is_count=True),
        Column(_("Jam ponsel meleset (menit)"), 14, is_count=True),
    ]
    lines: list[list[Cell]] = [
        [one.name, one.place, one.operator, str(STATES[one.state][0]), _("ya") if one.is_help_desk else "",
         when_known(one.last_seen_at, event.zone), one.waiting_count, one.gap_count,
         int(one.skew.total_seconds() // 60) if one.skewed else 0]
        for one in desk_lines.lines(event.id, clock.now())
    ]  # fmt: skip
    return Listed(columns, lines)


def _guests(event: Event, _whole: bool) -> Listed:
    columns = [
        Column(_("Nama"), 34),
        Column(_("Instansi"), 34),
        Column(_("Jabatan"), 28),
        Column(_("Alasan"), 40),
        Column(_("Ditulis"), 28),
        Column(_("Meja"), 24),
        Column(_("Tempat"), 30),
    ]
    lines: list[list[Cell]] = [
        [*(one.lines or (_("Nama tidak terbaca"), "", "", "")), when(one.at, event.zone), one.place, one.checkpoint]
        for one in walkins.waiting(event.id)
    ]
    return Listed(columns, lines)


def _places(event: Event, _whole: bool) -> Listed:
    columns = [
        Column(_("Hari"), 36),
        Column(_("Tempat absen"), 40),
        Column(_("Yang dicatat"), 20),
        Column(_("Arah"), 20),
        Column(_("Dihitung di"), 40),
    ]
    found = checkpoints.checkpoints(event.id)
    names = {one.id: one.name for one in found}
    days = {one.day_id: one.name for one in checkpoints.places(event.id) if one.item_id is None}
    lines: list[list[Cell]] = [
        [days.get(one.day_id, ""), one.name, str(KINDS[one.kind]), str(WAYS[one.direction or BOTH]),
         names[one.merged_into_id] if one.merged_into_id else ""]
        for one in found
    ]  # fmt: skip
    return Listed(columns, lines)


def _waiting(event: Event, _whole: bool) -> Listed:
    """What waits for a coordinator, a line for each scan; of one matter, or of all."""
    asked = request.args.get("matter", "")
    matters = [Matter(asked)] if asked in set(Matter) else list(Matter)
    columns = [
        Column(_("Hal"), 32),
        Column(_("Nama atau kode"), 34),
        Column(_("Peran"), 28),
        Column(_("Kantor"), 36),
        Column(_("Tempat"), 30),
        Column(_("Dihitung hadir"), 12),
        Column(_("Waktu"), 28),
        Column(_("Meja"), 24),
        Column(_("Arah"), 12),
        Column(_("Pindaian"), 22),
        Column(_("Alasan"), 40),
    ]
    lines: list[list[Cell]] = [[str(MATTERS[one]), *line] for one in matters for line in _of(event, one)]
    return Listed(columns, lines, [str(MATTERS[matters[0]])] if asked else [])


def _of(event: Event, matter: Matter) -> Iterator[list[Cell]]:
    if matter is Matter.UNKNOWN:
        for code in coordination_waiting.unknown_codes(event.id, limit=MOST_CASES):
            counted = _("%(n)s pindaian", n=code.count)
            yield [code.ref.hex()[:8], "", "", "", "", when(code.first_at, event.zone), code.desk, "", counted, ""]
    elif matter is Matter.HELD:
        for lot in coordination_waiting.lots(event.id):
            counted = _("%(n)s catatan", n=lot.count)
            since, why = when(lot.first_at, event.zone), str(HOLDS[lot.hold])
            yield ["", "", "", "", "", since, lot.device or _("ponsel tidak dikenal"), "", counted, why]
    else:
        for case in coordination.cases(event.id, matter, 0, MOST_CASES):
            for mark in case.marks:
                yield _mark(case, mark, event.zone)


def _mark(case: Case, mark: Mark, zone: str) -> list[Cell]:
    here = _("ya") if case.presence.present else _("tidak")
    way = _("keluar") if mark.direction == Direction.OUT else _("masuk")
    said = when(mark.at, zone) + (f" ({_('waktu perkiraan')})" if mark.uncertain else "")
    stands = (
        _("Dibatalkan") if mark.voided
        else _("Ditolak") if mark.refused
        else _("Ganda") if mark.duplicate
        else _("Dihitung")
    )  # fmt: skip
    who = case.who
    return [who.name, who.role, who.office, case.place, here, said, mark.desk or _("panitia"), way, stands, mark.reason]


LISTINGS = {
    "door/places": Listing("door_places", "pintu-tempat", _l("Pintu per tempat"), "door.show", EVERYBODY, _door_places),
    "door/desks": Listing("door_desks", "pintu-meja", _l("Pintu per meja"), "door.show", EVERYBODY, _door_desks),
    "desks": Listing("desks", "meja", _l("Meja"), "checkin.show_desks", DESKS, _desks),
    "walk-ins": Listing(
        "guests", "tamu", _l("Tamu tanpa undangan"), "checkin.show_walk_ins", REGISTRARS, _guests
    ),
    "checkpoints": Listing(
        "checkpoints", "tempat-absen", _l("Tempat absen"), "checkin.show_places", EDITORS, _places
    ),
    "coordination": Listing(
        "waiting_scans", "koordinator", _l("Yang perlu dilihat koordinator"), "coordination.show", REGISTRARS, _waiting,
        ("matter",), words={"matter": MATTERS},
    ),
}  # fmt: skip
"""The lists of this room by where they leave, below the event."""
