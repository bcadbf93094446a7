"""The rundown as a workbook: one sheet a day, the columns of domain.md §2.8; and the words for what is wrong in one."""

from collections.abc import Sequence
from datetime import datetime

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from rakor import sheets
from rakor.agenda import telling, words
from rakor.agenda.people import written
from rakor.agenda.rules import AgendaKind
from rakor.agenda.rules.rundown import RowProblem
from rakor.agenda.rules.views import ItemView
from rakor.events.models import Event, EventDay
from rakor.sheets import Column, Sheet
from rakor.web import times
from rakor.web.times import Language

ID = Language.ID
TROUBLES: dict[RowProblem, LazyString] = {
    RowProblem.NO_HEADING: _l("Tidak ada baris judul dengan kolom Waktu dan Acara."),
    RowProblem.NO_TITLE: _l("Acara kosong."),
    RowProblem.UNKNOWN_DAY: _l("Hari ini bukan hari kegiatan."),
    RowProblem.BAD_TIME: _l("Waktu tidak terbaca. Tulis seperti 08.00–09.30."),
    RowProblem.TOO_LONG: _l("Teks terlalu panjang."),
}
REFUSED = _l("Berkas tidak dapat dibaca. Pakai XLSX atau CSV, paling besar 10 MB.")


def kinds() -> dict[str, AgendaKind]:
    """Return the kinds by the words that a workbook uses for them."""
    return {str(word).casefold(): kind for kind, word in words.KINDS.items()} | {
        spoken.casefold(): kind for kind, spoken in SPOKEN.items()
    }


SPOKEN: dict[AgendaKind, str] = {
    AgendaKind.REGISTRATION: "Registrasi ulang",
    AgendaKind.CEREMONY: "Pembukaan",
    AgendaKind.REPORT: "Laporan",
    AgendaKind.REMARKS: "Sambutan",
    AgendaKind.DIRECTIVE: "Arahan",
    AgendaKind.SESSION: "Sesi",
    AgendaKind.PANEL: "Diskusi panel",
    AgendaKind.BREAKOUT: "Diskusi kelompok",
    AgendaKind.QNA: "Tanya jawab",
    AgendaKind.BREAK: "Istirahat, salat, makan",
    AgendaKind.AWARDS: "Penghargaan",
    AgendaKind.CLOSING: "Penutupan",
    AgendaKind.OTHER: "Mata acara lain",
}


def columns(event: Event) -> list[Column]:
    """Return the columns; beside the event's time the other zones where people follow from afar."""
    at = datetime.combine(event.starts_on, datetime.min.time()).astimezone()
    letters = [times.zone_letters(zone, at) for zone in telling.zones(event)]
    return [
        Column("No", 5),
        Column("Hari/Tanggal", 26),
        *(Column(f"Waktu ({one})", 18) for one in letters),
        Column("Acara", 48),
        Column("Narasumber/Pengisi", 44),
        Column("Moderator", 30),
        Column("PJ", 18),
        Column("Keterangan", 26),
        Column("Ruang", 20),
        Column("Topik", 30),
        Column("Jenis", 20, choices=tuple(SPOKEN.values())),
        Column("Untuk", 24),
    ]


def row(number: int, item: ItemView, event: Event) -> list[str]:
    """Return one line of the rundown."""
    spans = [times.plain(times.span(item.starts_at, item.ends_at, zone, ID)) for zone in telling.zones(event)]
    return [
        str(number),
        times.plain(times.date_long(item.held_on, ID)),
        *(spans if item.starts_at else [""] * len(spans)),
        item.title,
        written(item.speakers),
        written(item.moderators),
        item.in_charge,
        item.note,
        item.room,
        item.topic,
        SPOKEN[item.kind],
        item.for_whom,
    ]


def workbook(event: Event, days: Sequence[EventDay], items: Sequence[ItemView], *, made_at: datetime) -> bytes:
    """Return the rundown, one sheet a day."""
    found = [
        Sheet(
            f"Hari {day.number}",
            columns(event),
            [row(n, item, event) for n, item in enumerate((i for i in items if i.day_id == day.id), 1)],
            notes=(f"SUSUNAN ACARA {event.title.upper()}", times.plain(times.date_long(day.held_on, ID))),
        )
        for day in days
    ]
    return sheets.write_book(found, made_at=made_at)
