"""The directory of a workbook, looked at before anything is unpacked (security.md T10)."""

import zipfile

from rakor.sheets.reading import Refused
from rakor.sheets.rows import RefusedFile

MOST_PARTS, MOST_RATIO, SMALL = 2_000, 100, 1 << 20
MOST_UNPACKED = 1 << 30
ENCRYPTED = 0x1
NEEDED = ("[content_types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels")


def check_parts(book: zipfile.ZipFile, size: int) -> None:
    """Raise RefusedFile for a zip that is no workbook, is locked, carries macros, or lies about what it holds."""
    parts = book.infolist()
    names = [part.filename.lower().lstrip("/") for part in parts]
    if len(parts) > MOST_PARTS or any(_swollen(part) for part in parts):
        raise RefusedFile(Refused.SWOLLEN)
    if sum(part.file_size for part in parts) > MOST_UNPACKED or sum(part.compress_size for part in parts) > size:
        # more than the file's own bytes: parts that lie over each other, the other kind of bomb
        raise RefusedFile(Refused.SWOLLEN)
    if len(set(names)) != len(names):
        # two readers would see two different books
        raise RefusedFile(Refused.BROKEN)
    if any(part.flag_bits & ENCRYPTED for part in parts):
        raise RefusedFile(Refused.ENCRYPTED)
    if not set(NEEDED) <= set(names):
        raise RefusedFile(Refused.NOT_A_TABLE)
    if any("vbaproject" in name or "macrosheets/" in name for name in names):
        raise RefusedFile(Refused.MACRO)


def _swollen(part: zipfile.ZipInfo) -> bool:
    return part.file_size > SMALL and part.file_size > MOST_RATIO * max(part.compress_size, 1)
