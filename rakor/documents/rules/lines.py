"""How a post, a NIP, a phone and a file are written."""

import re

from rakor.documents.rules.lists import ListHead, ListKind, ListRow, Variant
from rakor.documents.rules.papers import PaperFormat
from rakor.regions.rules.folding import plain

FILE_WORDS = {ListKind.PARTICIPANTS: "peserta", ListKind.SPEAKERS: "narasumber", ListKind.COMMITTEE: "panitia"}


TITLE_WORDS = {
    Variant.BLANK: "daftar hadir",
    Variant.FILLED: "daftar hadir bertanda tangan",
    Variant.PUBLIC: "daftar hadir publik",
    Variant.RECEIPT: "daftar tanda terima",
}


def post_line(row: ListRow) -> str:
    """Return the post as printed; a deputy's line says for whom ("mewakili Ketua")."""
    if not row.represents:
        return row.post or "-"
    return f"{row.post}, mewakili {row.represents}" if row.post else f"mewakili {row.represents}"


def nip_line(nip: str) -> str:
    """Return a NIP in its groups (8 6 1 3) as offices write it, anything else as it is, and "-" for none."""
    digits = re.sub(r"[\s.\-]", "", nip)
    if re.fullmatch(r"[0-9]{18}", digits):
        return f"{digits[:8]} {digits[8:14]} {digits[14]} {digits[15:]}"
    return nip.strip() or "-"


def phone_line(phone: str) -> str:
    """Return an E.164 Indonesian number as people dial it (0812 0000 0101); "-" for none."""
    local = re.sub(r"^\+?62(?=[0-9])", "0", re.sub(r"[\s\-]", "", phone))
    if not re.fullmatch(r"0[0-9]{8,13}", local):
        return phone.strip() or "-"
    return " ".join(filter(None, (local[:4], local[4:8], local[8:])))


def file_name(head: ListHead, form: PaperFormat) -> str:
    """Return "daftar-hadir-peserta-2026-11-24-papua-selatan.pdf": small ASCII letters, digits and hyphens."""
    session = plain(head.session)[:40].rstrip()
    part = f"bagian {head.part[0]}" if head.part[1] > 1 else ""
    place = plain(head.office or head.province)[:60]
    parts = (TITLE_WORDS[head.variant], FILE_WORDS[head.kind], head.day.isoformat(), session, place, part)
    words = re.sub(r"[^a-z0-9]+", "-", " ".join(parts).lower()).strip("-")
    return f"{words}.{form}"
