"""What the template of minutes gets: plain strings in Indonesian, the language of the archive (domain.md §2.9)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from rakor.documents.paper import list_content, list_images
from rakor.documents.rules import Arranged, ListHead, nip_line
from rakor.minutes.rules.content import Content, Head, Presence, Signer
from rakor.minutes.rules.words import NoteKind
from rakor.web import times
from rakor.web.times import Language

TEMPLATE = "minutes.typ"
LOGO = "logo"
MISSING = "belum diisi"
KINDS: Mapping[NoteKind, str] = {
    NoteKind.OPENING: "Pembukaan",
    NoteKind.DISCUSSION: "Pembahasan",
    NoteKind.QUESTION: "Pertanyaan",
    NoteKind.ANSWER: "Jawaban",
    NoteKind.NOTE: "Catatan",
    NoteKind.CLOSING: "Penutup",
}
TALK = (NoteKind.DISCUSSION, NoteKind.QUESTION, NoteKind.ANSWER, NoteKind.NOTE)
COLUMNS = (("No.", 11), ("Nama", 78), ("Jabatan", 64), ("Instansi", 62), ("Tanda tangan", 58))
"""The attendance list as an annex: without NIP and telephone, which the list for the treasurer has."""
KEPT_CELLS = (0, 1, 3, 4)


@dataclass(frozen=True)
class Picture:
    """A photo as it is annexed: its file's plain name, JPEG bytes, the caption, and what is to be seen."""

    name: str
    content: bytes
    caption: str
    alt: str


@dataclass(frozen=True)
class Sheet:
    """All that stands on the paper of minutes. ``standing`` says which version, or that it is a draft."""

    content: Content
    head: ListHead
    arranged: Arranged
    standing: str
    with_list: bool = True
    pictures: Sequence[Picture] = ()


def minutes_content(sheet: Sheet) -> dict[str, object]:
    """Return the content of ``minutes.typ``; every value is a string, a number, a list or None."""
    head, letterhead = sheet.content.head, sheet.head.letterhead
    day = times.date_long(head.held_on, Language.ID)
    return {
        "document_title": f"Notula: {head.session}, {head.meeting}, {day}",
        "author": [letterhead[0]] if letterhead else [],
        "keywords": ["notula", head.meeting],
        "letterhead": {
            "lines": list(letterhead),
            "logo": LOGO if sheet.head.logo else "",
            "logo_alt": f"Logo {letterhead[0]}" if letterhead else "Logo",
        },
        "title": "NOTULA",
        "standing": sheet.standing,
        "facts": [list(fact) for fact in facts(head)],
        "sections": _sections(sheet.content),
        "signers": [_signer("Notulis", head.taker), _signer("Pimpinan", head.chair)],
        "annexes": _annexes(sheet),
        "attendance": _attendance(sheet) if sheet.with_list else None,
        "photos": _photos(sheet.pictures) if sheet.pictures else None,
        "footer": f"Notula {head.session.partition(':')[0][:40]} · {day}",
        "page_words": ["Halaman", "dari"],
        "mark": "Data contoh" if sheet.head.demo else "",
    }


def minutes_images(sheet: Sheet) -> dict[str, bytes]:
    """Return the images the paper opens, by name."""
    return list_images(replace(sheet.head, check_url="")) | {one.name: one.content for one in sheet.pictures}


def facts(head: Head) -> list[tuple[str, str]]:
    """Return what stands above the minutes: label and text."""
    return [
        ("Rapat", head.meeting),
        ("Sesi", head.session),
        ("Hari, tanggal", times.date_long(head.held_on, Language.ID)),
        ("Waktu", times.span(head.opened_at, head.closed_at, head.zone, Language.ID)),
        ("Tempat", head.place or MISSING),
        ("Agenda", head.agenda),
        ("Pimpinan", _named(head.chair)),
        ("Sekretaris", _named(head.secretary)),
        ("Notulis", _named(head.taker)),
        ("Peserta", presence_words(head.presence, head.zone) if head.presence else MISSING),
    ]


def _named(signer: Signer) -> str:
    return ", ".join(filter(None, (signer.name, signer.post))) or MISSING


def presence_words(presence: Presence, zone: str) -> str:
    """Say who came by the ledger, seats and people without one apart, with the time of the count."""
    def share(part: int, whole: int, unit: str) -> str:
        return f"{times.number(part, Language.ID)} dari {times.number(whole, Language.ID)} {unit}"

    parts = [share(presence.seats_present, presence.seats, "kursi")] if presence.seats else []
    if presence.loose or not presence.seats:
        unit = "orang tanpa kursi" if presence.seats else "orang"
        parts.append(share(presence.loose_present, presence.loose, unit))
    at = times.clock_zone(presence.counted_at, zone, Language.ID)
    day = times.date_long(times.local_day(presence.counted_at, zone), Language.ID)
    return f"hadir {', '.join(parts)} (dihitung {day}, {at}); daftar hadir terlampir"


def _sections(content: Content) -> list[dict[str, object]]:
    def part(title: str, kinds: Sequence[NoteKind], closing: str = "") -> dict[str, object]:
        told = [line for line in content.lines if line.kind in kinds]
        notes = [
            {
                "kind": KINDS[line.kind] if line.kind in TALK else "",
                "speaker": line.speaker, "post": line.post, "text": line.text,
            }
            for line in told
        ]  # fmt: skip
        return {"title": title, "notes": notes, "conclusions": [], "closing": closing, "empty": MISSING}

    sections = [part("Pembukaan", [NoteKind.OPENING], _opened(content.head)), part("Pembahasan", TALK)]
    if content.conclusions:
        told = [{"number": str(one.number), "kind": one.kind, "text": one.text} for one in content.conclusions]
        sections.append(part("Kesimpulan", []) | {"conclusions": told})
    return [*sections, part("Penutup", [NoteKind.CLOSING], _closed(content.head))]


def _opened(head: Head) -> str:
    return f"Rapat dibuka pukul {_at(head.opened_at, head)}." if head.opened_at else ""


def _closed(head: Head) -> str:
    return f"Rapat ditutup pukul {_at(head.closed_at, head)}." if head.closed_at else ""


def _at(moment: datetime, head: Head) -> str:
    return times.clock_zone(moment, head.zone, Language.ID)


def _signer(heading: str, signer: Signer) -> dict[str, object]:
    lines = [signer.rank, f"NIP {nip_line(signer.nip)}" if signer.nip else ""]
    return {
        "heading": f"{heading},", "post": signer.post, "name": signer.name or "…………………………",
        "lines": [line for line in lines if line],
    }  # fmt: skip


def _annexes(sheet: Sheet) -> list[str]:
    lists = "Daftar hadir" if sheet.with_list else "Daftar hadir, berkas tersendiri"
    photos = [f"Dokumentasi, {len(sheet.pictures)} foto"] if sheet.pictures else []
    return [lists, *photos]


def _attendance(sheet: Sheet) -> dict[str, object]:
    told = list_content(sheet.head, sheet.arranged)
    rows = told["rows"]
    assert isinstance(rows, list)
    kept = [row | {"cells": [row["cells"][place] for place in KEPT_CELLS]} for row in rows]
    names = [name for name, _width in COLUMNS]
    return told | {"rows": kept, "head": names, "widths": [width for _name, width in COLUMNS], "check": None}


def _photos(pictures: Sequence[Picture]) -> dict[str, object]:
    told = [{"image": one.name, "alt": one.alt or one.caption, "caption": one.caption} for one in pictures]
    return {"title": "DOKUMENTASI", "pictures": told}
