"""From what was sent to what may be kept: written sealed, judged by its content, pictures drawn anew."""

import io
from dataclasses import dataclass
from hashlib import sha256
from typing import IO
from uuid import UUID, uuid4

from rakor import files, segments
from rakor.agenda import pictures
from rakor.agenda.material_checks import judge
from rakor.agenda.material_rules import MOST_BYTES, PICTURES, MaterialKind, MaterialProblem
from rakor.segments import Reader

BLOCK = 1024 * 1024


@dataclass(frozen=True)
class Arrived:
    """A file that was judged and lies sealed on the disk, not yet kept."""

    file_id: UUID
    kind: MaterialKind
    byte_count: int
    digest: bytes


def take_in(stream: IO[bytes]) -> Arrived | MaterialProblem:
    """Write a stream to the disk and judge it; what is refused is gone."""
    file_id = uuid4()
    size, digest = segments.write(files.part_of(file_id), file_id, stream, MOST_BYTES)
    found = MaterialProblem.TOO_HEAVY if size > MOST_BYTES else judged(file_id, size, digest)
    if isinstance(found, MaterialProblem) or found.file_id != file_id:
        files.drop_part(file_id)
    return MaterialProblem.NOTHING if size == 0 else found


def judged(file_id: UUID, byte_count: int, digest: bytes) -> Arrived | MaterialProblem:
    """Judge a file that has arrived: it is what ``digest`` (SHA-256) says, and of a kind that is taken."""
    try:
        with io.BufferedReader(Reader(files.part_of(file_id), file_id, byte_count)) as file:
            if _digest(file) != digest:
                return MaterialProblem.CHANGED
            kind = judge(file)
            if kind in PICTURES:
                return _drawn_anew(file, MaterialKind(kind))
    except segments.DamagedFileError:
        return MaterialProblem.BROKEN
    return kind if isinstance(kind, MaterialProblem) else Arrived(file_id, kind, byte_count, digest)


def _digest(file: IO[bytes]) -> bytes:
    found = sha256()
    while block := file.read(BLOCK):
        found.update(block)
    return found.digest()


def _drawn_anew(file: IO[bytes], kind: MaterialKind) -> Arrived | MaterialProblem:
    """The new picture gets a file of its own: what arrived stays as it is until it is dropped."""
    drawn = pictures.redrawn(file, kind)
    if isinstance(drawn, MaterialProblem):
        return drawn
    file_id = uuid4()
    size, digest = segments.write(files.part_of(file_id), file_id, io.BytesIO(drawn), MOST_BYTES)
    if size > MOST_BYTES:
        files.drop_part(file_id)
        return MaterialProblem.TOO_HEAVY
    return Arrived(file_id, kind, size, digest)
