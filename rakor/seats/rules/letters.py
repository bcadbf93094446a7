"""What a letter of invitation says about itself, and how far the links that go with it are; pure."""

import re
import zlib
from enum import StrEnum

LONGEST_NUMBER = 60
MOST_LETTER_BYTES = 10 * 1024 * 1024


class LetterNature(StrEnum):
    """The nature (sifat) of a letter."""

    ORDINARY = "ordinary"
    IMPORTANT = "important"
    URGENT = "urgent"
    CONFIDENTIAL = "confidential"


class PdfProblem(StrEnum):
    """Why a file cannot be the signed letter."""

    EMPTY = "empty"
    TOO_HEAVY = "too_heavy"
    NOT_A_PDF = "not_a_pdf"
    LOCKED = "locked"
    """Encrypted: offices could not open it."""
    ACTIVE = "active"
    """It carries a script, or starts something when it is opened."""


ACTIVE = re.compile(rb"/(JavaScript|JS|Launch|RichMedia|XFA)(?![A-Za-z0-9])")
LOCK = re.compile(rb"/Encrypt(?![A-Za-z0-9])")
STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
MOST_UNPACKED = 4 * 1024 * 1024


def judge_pdf(content: bytes) -> PdfProblem | None:
    """Judge a file by its content, never by its name: a whole PDF, not locked, with nothing that runs.

    The header may stand within the first 1,024 bytes and the end mark within the last 2,048 (as readers take it).
    """
    if not content:
        return PdfProblem.EMPTY
    if len(content) > MOST_LETTER_BYTES:
        return PdfProblem.TOO_HEAVY
    if b"%PDF-" not in content[:1024] or b"%%EOF" not in content[-2048:]:
        return PdfProblem.NOT_A_PDF
    said = STREAM.sub(b"", content)  # pictures hold any bytes by chance; names stand outside of streams
    if LOCK.search(said):
        return PdfProblem.LOCKED
    return PdfProblem.ACTIVE if ACTIVE.search(said) or ACTIVE.search(_packed_objects(content)) else None


def _packed_objects(content: bytes) -> bytes:
    """Return the objects that newer PDFs pack into streams; what cannot be unpacked says nothing."""
    found = []
    for stream in STREAM.finditer(content):
        if b"/ObjStm" in content[max(0, stream.start() - 300) : stream.start()]:
            try:
                found.append(zlib.decompressobj().decompress(stream.group(1), MOST_UNPACKED))
            except zlib.error:
                continue
    return b"\n".join(found)
