"""What the template of the attendance list gets: plain strings in Indonesian, the language of the archive."""

from collections.abc import Mapping

from rakor.documents.room import row_fits
from rakor.documents.rules import Approval, Arranged, ListHead, ListKind, ListRow, nip_line, phone_line
from rakor.registrations.rules import Mode
from rakor.web import times
from rakor.web.times import Language

TEMPLATE = "attendance_list.typ"
LOGO = "logo"
HEADINGS = ("No.", "Nama", "NIP", "Jabatan", "Instansi", "No. HP", "Tanda tangan")
TITLES: Mapping[ListKind, str] = {
    ListKind.PARTICIPANTS: "DAFTAR HADIR PESERTA",
    ListKind.SPEAKERS: "DAFTAR HADIR NARASUMBER",
    ListKind.COMMITTEE: "DAFTAR HADIR PANITIA",
}


def list_content(head: ListHead, arranged: Arranged) -> dict[str, object]:
    """Return the content of ``attendance_list.typ``; every value is a string, a number, a list or None."""
    title, day = TITLES[head.kind], day_words(head)
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
        "head": list(HEADINGS),
        "rows": [_line(number, row, head.zone) for number, row in enumerate(arranged.rows, start=1)],
        "empty": "Belum ada nama pada daftar ini.",
        "footer": f"{head.event_short_title or head.event_title} · {day}",
        "page_words": ["Halaman", "dari"],
        "mark": "Data contoh" if head.demo else "",
        "approval": approval_words(head.approval) if head.approval else None,
    }


def list_images(head: ListHead) -> dict[str, bytes]:
    """Return the images the list opens, by name."""
    return {LOGO: head.logo} if head.logo else {}


def head_facts(head: ListHead, arranged: Arranged) -> list[tuple[str, str]]:
    """Return the facts above the table: label and text, those that are known."""
    facts = [
        ("Kegiatan", head.event_title),
        ("Hari, tanggal", day_words(head)),
        ("Waktu, sesi", ", ".join(filter(None, (span_words(head), head.session)))),
    ]
    if head.venue:
        facts.append(("Tempat", head.venue))
    facts.append(("Provinsi" if head.province else "Jumlah", _presence(head, arranged)))
    return facts


def _presence(head: ListHead, arranged: Arranged) -> str:
    """Say who came, in seats, with people without a seat apart: never one number for both.

    Where nobody has been marked yet only the size is said: "hadir 0" would be a claim about a list still to be signed.
    """
    counts, at = arranged.counts, times.clock_zone(head.counted_at, head.zone, Language.ID)
    parts = [head.province] if head.province else []
    marked = counts.heads_present > 0
    if counts.seats:
        parts.append(_share(counts.seats_present, counts.seats, "kursi", marked=marked))
    if counts.loose or not counts.seats:
        unit = "orang tanpa kursi" if counts.seats else "orang"
        parts.append(_share(counts.loose_present, counts.loose, unit, marked=marked))
    return f"{', '.join(parts)} ({at})"


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


def _line(number: int, row: ListRow, zone: str) -> dict[str, object]:
    """One line; who followed online has nothing to sign, who came signs beside the time."""
    cells = [str(number), row.shown_name, nip_line(row.nip), row.post, row.office or "-", phone_line(row.phone)]
    signs = not (row.present and row.mode is Mode.ONLINE)
    mark = {"signs": signs, "words": mark_words(row, zone)}
    return {"number": number, "cells": cells, "mark": mark, "grows": not row_fits(cells)}


def approval_words(approval: Approval, *, heading: str = "Mengetahui,") -> dict[str, str]:
    """Return who stands under a paper, as the template writes it."""
    return {
        "place_date": "",
        "heading": heading,
        "post": approval.post,
        "name": approval.name,
        "number": f"NIP {nip_line(approval.nip)}" if approval.nip else "",
    }
