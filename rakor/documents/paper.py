"""What the template of the attendance list gets: plain strings in Indonesian, the language of the archive."""

from collections import Counter
from collections.abc import Mapping

from rakor.documents.room import row_fits
from rakor.documents.rules import Approval, Arranged, ListHead, ListKind, ListRow, Variant, nip_line, phone_line
from rakor.documents.strokes import on_paper
from rakor.qr import qr_png
from rakor.registrations.rules import Mode
from rakor.web import times
from rakor.web.times import Language

TEMPLATE = "attendance_list.typ"
SHORT_TYPED = 36
LOGO, CHECK = "logo", "check"
SIGNED = ("Tanda tangan", 58)
FULL = (("No.", 11, 1), ("Nama", 46, 2), ("NIP", 42, 1), ("Jabatan", 42, 2), ("Instansi", 43, 2), ("No. HP", 31, 1))
COLUMNS: Mapping[Variant, tuple[tuple[str, int, int], ...]] = {
    Variant.BLANK: FULL,
    Variant.FILLED: FULL,
    Variant.PUBLIC: (
        ("No.", 11, 1), ("Nama", 84, 2), ("Jabatan", 76, 2), ("Instansi", 76, 2), ("Kehadiran", 26, 1)
    ),
    Variant.RECEIPT: (("No.", 11, 1), ("Nama", 74, 2), ("Instansi", 70, 2), ("Uraian, jumlah", 60, 2)),
}  # fmt: skip
"""The columns of each kind beside the signature's: heading, width in millimetres, lines in a row."""
TITLES: Mapping[ListKind, str] = {
    ListKind.PARTICIPANTS: "PESERTA",
    ListKind.SPEAKERS: "NARASUMBER DAN MODERATOR",
    ListKind.COMMITTEE: "PANITIA",
}


def title_of(head: ListHead) -> str:
    """Return what stands above a list: "DAFTAR HADIR PESERTA"."""
    return f"{'DAFTAR TANDA TERIMA' if head.variant is Variant.RECEIPT else 'DAFTAR HADIR'} {TITLES[head.kind]}"


def list_content(head: ListHead, arranged: Arranged, *, first: int = 1) -> dict[str, object]:
    """Return the content of ``attendance_list.typ``; every value is a string, a number, a list or None.

    ``first`` is the number of the first line, where the list is one part of a longer one.
    """
    title, day = title_of(head), day_words(head)
    signs = head.variant is not Variant.PUBLIC
    return {
        "document_title": f"{title.capitalize()}: {head.event_title}, {day}",
        "author": [head.letterhead[0]] if head.letterhead else [],
        "keywords": ["daftar hadir", head.event_title],
        "letterhead": {
            "lines": list(head.letterhead),
            "logo": LOGO if head.logo else "",
            "logo_alt": f"Logo {head.letterhead[0]}" if head.letterhead else "Logo",
        },
        "title": title,
        "facts": [list(fact) for fact in head_facts(head, arranged)],
        "head": [column[0] for column in COLUMNS[head.variant]] + ([SIGNED[0]] if signs else []),
        "widths": [column[1] for column in COLUMNS[head.variant]] + ([SIGNED[1]] if signs else []),
        "rows": [_line(number, row, head) for number, row in enumerate(arranged.rows, start=first)],
        "empty": "Belum ada nama pada daftar ini.",
        "footer": f"{head.event_short_title or head.event_title} · {day}",
        "page_words": ["Halaman", "dari"],
        "mark": "Data contoh" if head.demo else "",
        "approval": approval_words(head.approval) if head.approval else None,
        "check": check_words(head) if head.check_url else None,
    }


def list_images(head: ListHead) -> dict[str, bytes]:
    """Return the images the list opens, by name."""
    check = {CHECK: qr_png(head.check_url, scale=6)} if head.check_url else {}
    return ({LOGO: head.logo} if head.logo else {}) | check


def check_words(head: ListHead) -> dict[str, str]:
    """Return what stands beside the code that leads to the ledger's own word on this paper."""
    at = times.clock_zone(head.counted_at, head.zone, Language.ID)
    made = f"Dibuat {times.date_long(times.local_day(head.counted_at, head.zone), Language.ID)}, {at}."
    short = " ".join(head.fingerprint[place : place + 4] for place in range(0, 16, 4))
    return {
        "image": CHECK,
        "alt": f"Kode QR untuk memeriksa daftar ini: {head.check_url}",
        "words": f"Pindai untuk memeriksa apakah buku kehadiran masih sama. {made}",
        "number": f"Sidik {short}",
    }


def head_facts(head: ListHead, arranged: Arranged) -> list[tuple[str, str]]:
    """Return the facts above the table: label and text, those that are known."""
    facts = [
        ("Kegiatan", head.event_title),
        ("Hari, tanggal", day_words(head)),
        ("Waktu, sesi", ", ".join(filter(None, (span_words(head), head.session)))),
    ]
    if head.venue:
        facts.append(("Tempat", head.venue))
    where = "Instansi" if head.office else "Provinsi" if head.province else "Jumlah"
    facts.append((where, _presence(head, arranged)))
    if head.version:
        facts.append(("Versi", head.version))
    if head.part[1] > 1:
        facts.append(("Bagian", f"{head.part[0]} dari {head.part[1]}"))
    return facts


def _presence(head: ListHead, arranged: Arranged) -> str:
    """Say who came, in seats, with people without a seat apart: never one number for both.

    Where nobody has been marked yet only the size is said: "hadir 0" would be a claim about a list still to be signed.
    """
    counts, at = arranged.counts, times.clock_zone(head.counted_at, head.zone, Language.ID)
    parts = [head.office or head.province] if head.office or head.province else []
    if head.variant is Variant.RECEIPT:
        return ", ".join([*parts, f"{times.number(len(arranged.rows), Language.ID)} orang"])
    marked = counts.heads_present > 0
    if counts.seats:
        parts.append(_share(counts.seats_present, counts.seats, "kursi", marked=marked))
    if counts.loose or not counts.seats:
        unit = "orang tanpa kursi" if counts.seats else "orang"
        parts.append(_share(counts.loose_present, counts.loose, unit, marked=marked))
    if head.variant is not Variant.PUBLIC:  # why somebody was absent is nobody's business outside
        parts += [f"{word.lower()} {number}" for word, number in _excused(arranged).items()]
    return f"{', '.join(parts)} ({at})"


def _excused(arranged: Arranged) -> Counter[str]:
    return Counter(row.excuse for row in arranged.rows if row.excuse)


def _share(part: int, whole: int, unit: str, *, marked: bool) -> str:
    size = f"{times.number(whole, Language.ID)} {unit}"
    return f"hadir {times.number(part, Language.ID)} dari {size}" if marked else size


def day_words(head: ListHead) -> str:
    """Return the day as papers write it: "Selasa, 24 November 2026"."""
    return times.date_long(head.day, Language.ID)


def span_words(head: ListHead) -> str:
    """Return "08.00–10.00 WIB", "08.00 WIB–selesai", or "waktu tidak tercatat" where no time is known."""
    words = times.span(head.starts_at, head.ends_at, head.zone, Language.ID)
    return f"{words}–selesai" if head.starts_at and not head.ends_at else words


def mark_words(row: ListRow, zone: str) -> str:
    """Return what the signature cell says of a present person: "Zoom, 07.56 WIB"; empty when not present."""
    if not row.present:
        return ""
    means = row.means or ("Daring" if row.mode is Mode.ONLINE else "Hadir")
    return f"{means}, {times.clock_zone(row.present_at, zone, Language.ID)}"


def _line(number: int, row: ListRow, head: ListHead) -> dict[str, object]:
    cells = cells_of(number, row, head.variant)
    columns = [(width, lines) for _heading, width, lines in COLUMNS[head.variant]]
    mark = None if head.variant is Variant.PUBLIC else _mark(row, head)
    grows = not row_fits(cells, columns) or len(row.typed) > SHORT_TYPED
    return {"number": number, "cells": cells, "mark": mark, "grows": grows}


def cells_of(number: int, row: ListRow, variant: Variant) -> list[str]:
    """Return the cells of a line beside the signature's."""
    if variant is Variant.PUBLIC:
        came = "Daring" if row.mode is Mode.ONLINE else "Luring"
        return [str(number), row.shown_name, row.post, row.office or "-", came]
    if variant is Variant.RECEIPT:
        return [str(number), row.shown_name, row.office or "-", ""]
    return [str(number), row.shown_name, nip_line(row.nip), row.post, row.office or "-", phone_line(row.phone)]


def _mark(row: ListRow, head: ListHead) -> dict[str, object]:
    """What the signature's cell holds: the signature with the time; else a line to sign on, where there is to sign.

    Who followed online has nothing to sign with ink, who came signs beside the time. Who did not come signs on a blank
    list alone, because it may be printed before.
    """
    drawn: dict[str, object] = {"strokes": on_paper(row.strokes) if row.strokes else [], "typed": row.typed}
    if head.variant is Variant.RECEIPT:
        return {"strokes": [], "typed": "", "signs": True, "words": ""}
    if row.signed:
        at = times.clock_zone(row.present_at, head.zone, Language.ID)
        return drawn | {"signs": False, "words": f"Daring, {at}" if row.mode is Mode.ONLINE else at}
    signs = row.mode is not Mode.ONLINE if row.present else head.variant is Variant.BLANK
    absent = row.excuse or ("" if head.variant is Variant.BLANK else "–")
    return drawn | {"signs": signs, "words": mark_words(row, head.zone) if row.present else absent}


def approval_words(approval: Approval, *, heading: str = "Mengetahui,") -> dict[str, str]:
    """Return who stands under a paper, as the template writes it."""
    return {
        "place_date": "",
        "heading": heading,
        "post": approval.post,
        "name": approval.name,
        "number": f"NIP {nip_line(approval.nip)}" if approval.nip else "",
    }
