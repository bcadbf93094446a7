"""A PDF, judged part by part: whole, open, without anything that runs or hides another file.

The names that make one act are long enough to be looked for in every byte; what newer PDFs pack into streams of
objects is unpacked within bounds and looked through as well.
"""

import re
import zlib
from collections.abc import Iterator
from typing import IO

from rakor.agenda.material_rules import MaterialKind, MaterialProblem

BLOCK = 1024 * 1024
KEPT = 256
"""What of a block is looked at again with the next: a name may lie across two."""
MOST_STREAMS = 5_000
MOST_UNPACKED = 64 * 1024 * 1024
PIECE = 16 * 1024
AROUND = 1024


def _named(*names: str) -> re.Pattern[bytes]:
    """Match these names, each letter as itself or as the number that PDF allows for it (``/J#61vaScript``)."""
    spelled = ["".join(f"(?:{letter}|#{ord(letter):02x}|#{ord(letter):02X})" for letter in name) for name in names]
    return re.compile(f"/(?:{'|'.join(spelled)})(?![A-Za-z0-9])".encode())


ACTIVE = _named("JavaScript", "Launch", "RichMedia", "EmbeddedFile", "EmbeddedFiles", "SubmitForm", "ImportData")
PACKED_ACTIVE = _named("JS", "XFA")
LOCK, OBJECTS = _named("Encrypt"), _named("ObjStm")
STREAM = re.compile(rb"stream\r?\n")
ODD_FILTERS = re.compile(rb"ASCIIHexDecode|ASCII85Decode|/AHx|/A85|LZWDecode|RunLengthDecode|/Crypt")


def judge_pdf(file: IO[bytes]) -> MaterialKind | MaterialProblem:
    """Return PDF, or why not: it begins and ends as one, is no zip as well, is not locked, and nothing in it acts."""
    size = file.seek(0, 2)
    file.seek(max(0, size - 0x10016))
    tail = file.read()
    if b"%%EOF" not in tail[-2048:] or b"PK\x05\x06" in tail:
        return MaterialProblem.BROKEN
    acts, places = False, []
    for start, text in _blocks(file):
        if LOCK.search(text):
            return MaterialProblem.LOCKED
        acts = acts or bool(ACTIVE.search(text))
        places += [start + found.end() for found in OBJECTS.finditer(text)]
    packed = None if acts else _packed_problem(file, sorted(set(places)))
    return MaterialProblem.MACRO if acts else packed or MaterialKind.PDF


def _blocks(file: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    file.seek(0)
    before, start = b"", 0
    while block := file.read(BLOCK):
        text = before + block
        yield start, text
        before = text[-KEPT:]
        start += len(text) - len(before)


def _packed_problem(file: IO[bytes], places: list[int]) -> MaterialProblem | None:
    """Look through the streams of objects; what cannot be looked into is not taken."""
    left = MOST_UNPACKED
    if len(places) > MOST_STREAMS:
        return MaterialProblem.SWOLLEN
    for place in places:
        file.seek(max(0, place - AROUND))
        around = file.read(2 * AROUND)
        begins = STREAM.search(around, min(place, AROUND))
        if begins is None:
            continue
        if ODD_FILTERS.search(around[: begins.start()]):
            return MaterialProblem.BROKEN
        file.seek(max(0, place - AROUND) + begins.end())
        said = _unpacked(file, left)
        left -= len(said)
        if left <= 0:
            return MaterialProblem.SWOLLEN
        if ACTIVE.search(said) or PACKED_ACTIVE.search(said):
            return MaterialProblem.MACRO
    return None


def _unpacked(file: IO[bytes], most: int) -> bytes:
    """Return what a stream unpacks to, as far as it can be: an open one was looked at in its own bytes."""
    packer, said = zlib.decompressobj(), bytearray()
    try:
        while not packer.eof and len(said) < most and (piece := packer.unconsumed_tail or file.read(PIECE)):
            said += packer.decompress(piece, most - len(said))
    except zlib.error:
        return bytes(said)
    return bytes(said)
