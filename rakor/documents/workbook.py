"""The attendance list as a workbook, in Indonesian like the paper."""

from rakor.documents.paper import COLUMNS, SIGNED, cells_of, head_facts, title_of
from rakor.documents.rules import Arranged, ListHead, ListRow, Variant
from rakor.registrations.rules import Mode, numbers, phones
from rakor.sheets import Cell, Column, write_table
from rakor.web import times
from rakor.web.times import Language


def list_workbook(head: ListHead, arranged: Arranged, *, whole: bool) -> bytes:
    """Return the XLSX of a list: the same rows in the same order; NIP and phone are text, masked unless ``whole``."""
    facts = [f"{label}: {times.plain(words)}" for label, words in head_facts(head, arranged)]
    title = title_of(head)
    notes = [title, *facts, *(["Data contoh"] if head.demo else [])]
    if head.variant in (Variant.PUBLIC, Variant.RECEIPT):
        columns, lines = _plain(head, arranged)
    else:
        columns = _columns(head)
        lines = [_line(number, row, head.zone, whole) for number, row in enumerate(arranged.rows, start=1)]
    return write_table(title.capitalize()[:31], columns, lines, notes=notes, made_at=head.counted_at)


def _columns(head: ListHead) -> list[Column]:
    return [
        Column("No.", 6, is_count=True),
        Column("Nama", 34),
        Column("NIP", 21),
        Column("Jabatan", 28),
        Column("Instansi", 34),
        Column("No. HP", 17),
        Column("Hadir", 8),
        Column(f"Waktu ({times.zone_letters(head.zone, head.counted_at)})", 11),
        Column("Cara", 18),
    ]


def _plain(head: ListHead, arranged: Arranged) -> tuple[list[Column], list[tuple[Cell, ...]]]:
    """The lists without numbers of people: the columns of the paper."""
    names = [column[0] for column in COLUMNS[head.variant]] + ([SIGNED[0]] if head.variant is Variant.RECEIPT else [])
    columns = [Column(names[0], 6, is_count=True), *(Column(name, 30) for name in names[1:])]
    lines: list[tuple[Cell, ...]] = [
        (number, *cells_of(number, row, head.variant)[1:], *([""] if head.variant is Variant.RECEIPT else []))
        for number, row in enumerate(arranged.rows, start=1)
    ]
    return columns, lines


def _line(number: int, row: ListRow, zone: str, whole: bool) -> tuple[Cell, ...]:
    came = times.clock(row.present_at, zone, Language.ID) if row.present else ""
    means = row.means or ("Daring" if row.mode is Mode.ONLINE else "Luring")
    present = "ya" if row.present else row.excuse.lower() or "belum"
    nip, phone = (row.nip, row.phone) if whole else (numbers.masked(row.nip), _masked(row.phone))
    shown = (row.shown_name, nip or "-", row.post, row.office or "-", phone or "-")
    return (number, *shown, present, came, means if row.present else "")


def _masked(phone: str) -> str:
    return phones.masked(phone) if phone else ""
