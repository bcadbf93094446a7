"""What a file is, told by its content alone, part by part: nothing is unpacked beyond what is announced and bounded."""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import IO

from rakor.agenda.material_pdf import judge_pdf
from rakor.agenda.material_rules import MaterialKind, MaterialProblem

MOST_ENTRIES = 2_000
MOST_DIRECTORY = 1024 * 1024
MOST_RATIO = 100
MOST_UNPACKED = 400 * 1024 * 1024
BLOCK = 64 * 1024
KEPT = 4096
UNREADABLE = (zipfile.BadZipFile, zlib.error, struct.error, OSError, ValueError, RuntimeError, EOFError)
END_OF_ZIP = struct.Struct("<4s4H2LH")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAIN_PARTS = {
    b"presentationml.presentation.main+xml": (MaterialKind.PPTX, "ppt/presentation.xml"),
    b"presentationml.slideshow.main+xml": (MaterialKind.PPSX, "ppt/presentation.xml"),
    b"wordprocessingml.document.main+xml": (MaterialKind.DOCX, "word/document.xml"),
    b"spreadsheetml.sheet.main+xml": (MaterialKind.XLSX, "xl/workbook.xml"),
}
ODP = b"application/vnd.oasis.opendocument.presentation"
PROGRAMS = re.compile(
    r"(^|/)(vbaProject\.bin|vbaData\.xml|vbaProjectSignature\.bin|activeX|macrosheets|Basic|Scripts)(/|$)"
    r"|\.(exe|dll|com|scr|bat|cmd|ps1|vbs|js|jse|wsf|hta|lnk|jar|msi|reg|xlsm|xlam|docm|dotm|pptm|ppam|ppsm|html?)$",
    re.IGNORECASE,
)
WIDE = "_VBA_PROJECT".encode("utf-16-le"), "\x01Ole10Native".encode("utf-16-le")
IN_WORDS = re.compile(
    rb"<!ENTITY|<\x00!\x00E\x00N|DDEAUTO|<(\w+:)?ddeLink|macroEnabled|manifest:encryption-data"
    rb"|<[^<>]{0,2000}/(oleObject|attachedTemplate|frame|subDocument)[\"'][^<>]{0,2000}TargetMode=[\"']External"
    rb"|<[^<>]{0,2000}TargetMode=[\"']External[^<>]{0,2000}/(oleObject|attachedTemplate|frame|subDocument)[\"']"
)
IN_PARTS = re.compile(b"vbaProject\\.bin|" + b"|".join(map(re.escape, WIDE)))


def judge(file: IO[bytes]) -> MaterialKind | MaterialProblem:
    """Return what a file is, or why it is not taken. A picture is still to be drawn anew by the caller."""
    file.seek(0)
    head = file.read(16)
    if head.startswith(b"%PDF-"):
        return judge_pdf(file)
    if head.startswith(b"PK\x03\x04"):
        return _judge_zip(file)
    if head.startswith(b"\xff\xd8\xff"):
        return MaterialKind.JPG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return MaterialKind.PNG
    return _judge_ole(file) if head.startswith(OLE) else MaterialProblem.UNKNOWN


def _judge_ole(file: IO[bytes]) -> MaterialProblem:
    """A locked document of today is packed like one of before 2007."""
    file.seek(0)
    locked = "EncryptedPackage".encode("utf-16-le") in file.read(1 << 20)
    return MaterialProblem.LOCKED if locked else MaterialProblem.OLD


def _judge_zip(file: IO[bytes]) -> MaterialKind | MaterialProblem:
    if not _ends_as_it_begins(file):
        return MaterialProblem.BROKEN
    try:
        with zipfile.ZipFile(file) as packed:
            entries = packed.infolist()
            return _badly_packed(entries, file.seek(0, 2)) or _looked_through(packed, entries)
    except UNREADABLE:
        return MaterialProblem.BROKEN


def _ends_as_it_begins(file: IO[bytes]) -> bool:
    """True where the file is one zip from its first byte to its last, with a directory of bounded size."""
    size = file.seek(0, 2)
    file.seek(max(0, size - END_OF_ZIP.size - 0xFFFF))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < END_OF_ZIP.size:
        return False
    _, _, _, _, count, directory, offset, note = END_OF_ZIP.unpack_from(tail, at)
    end = size - len(tail) + at
    whole: bool = at + END_OF_ZIP.size + note == len(tail) and offset + directory == end
    bounded: bool = count <= MOST_ENTRIES and directory <= MOST_DIRECTORY
    return whole and bounded


def _badly_packed(entries: list[zipfile.ZipInfo], size: int) -> MaterialProblem | None:
    """Judge by what the directory announces, before anything is unpacked."""
    names = [entry.filename.casefold() for entry in entries]
    if len(entries) > MOST_ENTRIES or len(set(names)) < len(names) or any(map(_outside, names)):
        return MaterialProblem.BROKEN
    if any(entry.flag_bits & 1 for entry in entries):
        return MaterialProblem.LOCKED
    if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
        return MaterialProblem.BROKEN
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MOST_UNPACKED or unpacked > size * MOST_RATIO or _overlapping(entries):
        return MaterialProblem.SWOLLEN
    return MaterialProblem.MACRO if any(PROGRAMS.search(entry.filename) for entry in entries) else None


def _outside(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return name.startswith("/") or ".." in parts or "\\" in name or "\x00" in name or ":" in name


def _overlapping(entries: list[zipfile.ZipInfo]) -> bool:
    """Two entries of the same bytes: how a small zip swells."""
    end = 0
    for entry in sorted(entries, key=lambda one: one.header_offset):
        if entry.header_offset < end:
            return True
        end = entry.header_offset + 30 + entry.compress_size
    return False


def _looked_through(packed: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> MaterialKind | MaterialProblem:
    kind = _kind(packed, {entry.filename for entry in entries})
    if isinstance(kind, MaterialProblem):
        return kind
    for entry in entries:
        with packed.open(entry) as part:  # to its end: its checksum is what says that it arrived whole
            found = _search(_blocks(part), IN_WORDS if entry.filename.endswith((".xml", ".rels")) else IN_PARTS)
        if found is not None:
            return MaterialProblem.LOCKED if b"encryption-data" in found else MaterialProblem.MACRO
    return kind


def _kind(packed: zipfile.ZipFile, names: set[str]) -> MaterialKind | MaterialProblem:
    if "mimetype" in names:
        with packed.open("mimetype") as part:
            said = part.read(len(ODP) + 1)
        return MaterialKind.ODP if said == ODP and "content.xml" in names else MaterialProblem.UNKNOWN
    if "[Content_Types].xml" not in names:
        return MaterialProblem.UNKNOWN
    with packed.open("[Content_Types].xml") as part:
        types = part.read(MOST_DIRECTORY).replace(b"\x00", b"")
    if b"macroEnabled" in types:
        return MaterialProblem.MACRO
    found = [kind for mark, (kind, main) in MAIN_PARTS.items() if mark in types and main in names]
    return found[0] if len(found) == 1 else MaterialProblem.UNKNOWN


def _blocks(part: IO[bytes]) -> Iterator[bytes]:
    while block := part.read(BLOCK):
        yield block


def _search(blocks: Iterable[bytes], wanted: re.Pattern[bytes]) -> bytes | None:
    """Return the first find; all blocks are read, and a find may lie across two of them."""
    found, before = None, b""
    for block in blocks:
        if found is None and (match := wanted.search(before + block)):
            found = match[0]
        before = block[-KEPT:] if found is None else b""
    return found
