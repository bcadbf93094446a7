"""The attendance list as a workbook, in Indonesian like the paper."""

from rakor.documents.paper import TITLES, head_facts
from rakor.documents.rules import Arranged, ListHead, ListRow
from rakor.registrations.rules import Mode
from rakor.sheets import Cell, Column, write_table
from rakor.web import times
from rakor.web.times import Language


def list_workbook(head: ListHead, arranged: Arranged) -> bytes:
    """Return the XLSX of a list: the same rows in the same order; NIP and phone are text."""
    facts = [f"{label}: {times.plain(words)}" for label, words in head_facts(head, arranged)]
    notes = [TITLES[head.kind], *facts, *(["Data contoh"] if head.demo else [])]
    columns = (
        Column("No.", 6, is_count=True),
        Column("Nama", 34),
        Column("NIP", 21),
        Column("Jabatan", 28),
        Column("Instansi", 34),
        Column("No. HP", 17),
        Column("Hadir", 8),
        Column(f"Waktu ({times.zone_letters(head.zone, head.counted_at)})", 11),
        Column("Cara", 18),
    )
    lines = [_line(number, row, head.zone) for number, row in enumerate(arranged.rows, start=1)]
    return write_table(TITLES[head.kind].capitalize(), columns, lines, notes=notes, made_at=head.counted_at)


def _line(number: int, row: ListRow, zone: str) -> tuple[Cell, ...]:
    came = times.clock(row.present_at, zone, Language.ID) if row.present else ""
    means = row.means or ("Daring" if row.mode is Mode.ONLINE else "Luring")
    present = "ya" if row.present else "belum"
    shown = (row.shown_name, row.nip or "-", row.post, row.office or "-", row.phone or "-")
    return (number, *shown, present, came, means if row.present else "")
