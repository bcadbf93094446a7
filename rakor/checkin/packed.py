"""The first roster of a device: every ticket of its event in one download, small and unreadable without the tickets.

Layout, big endian: ``RKR1``, the length of a JSON header, the header, one row of 38 bytes for every ticket in the order
of the refs, then the sealed lines, at the rows' offsets. It is made at most once for every ``REUSED`` changes: what
changed since comes with the changes.
"""

import json
import struct
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any
from uuid import UUID

from rakor.checkin import roster
from rakor.checkin.answers import base64_of
from rakor.checkin.roster import Coming, Line
from rakor.checkin.wire import MAX_CHANGES

MAGIC = b"RKR1"
ROW = struct.Struct(">12sBBHIIIIIH")
REVOKED, REPLACED, PRESENT, INSIDE = 1, 2, 4, 8
PLACES = 255
MOST_OFFICES = 65_535
REUSED = MAX_CHANGES
KEPT = 16

Key = tuple[UUID, UUID, UUID]


@dataclass(frozen=True)
class Packed:
    """A packed roster: the number of changes that it holds, and its bytes."""

    version: int
    content: bytes


_kept: OrderedDict[Key, Packed] = OrderedDict()
_mutex = Lock()
_making: dict[Key, Lock] = {}


def packed(event_id: UUID, checkpoint_id: UUID) -> Packed:
    """Return the roster of an event for a device at a checkpoint, made anew when it is too old; never in a turn."""
    version, epoch = roster.version(event_id)
    key = (event_id, checkpoint_id, epoch)
    with _mutex:
        making = _making.setdefault(key, Lock())
    with making:  # fifty devices that come back at once wait for one
        found = _kept.get(key)
        if found is None or not 0 <= version - found.version <= REUSED:
            lines, words = roster.lines(event_id)
            header = {"event": str(event_id), "checkpoint": str(checkpoint_id), "server_epoch": str(epoch)}
            said = header | {"change_seq": version, "words": words}
            found = Packed(version, pack(said, lines, roster.comings(event_id, checkpoint_id)))
            _keep(key, found)
    return found


def _keep(key: Key, made: Packed) -> None:
    with _mutex:
        _kept[key] = made
        _kept.move_to_end(key)
        while len(_kept) > KEPT:
            old, _ = _kept.popitem(last=False)
            _making.pop(old, None)


def pack(header: dict[str, Any], lines: Iterable[Line], comings: dict[UUID, Coming]) -> bytes:
    """Return the packed roster of ``lines``, with who came in by ``comings`` (by registration)."""
    ordered = sorted(lines, key=lambda line: line.ref)
    places = _places(comings.values())
    rows, heap, offset = [], [], 0
    for line in ordered:
        coming = comings.get(line.registration_id)
        rows.append(_row(line, coming, places, offset))
        heap.append(line.sealed)
        offset += len(line.sealed)
    told = {"count": len(rows), "places": list(places), "offices": _offices(ordered)}
    said = json.dumps(header | told, separators=(",", ":")).encode()
    return b"".join([MAGIC, len(said).to_bytes(4, "big"), said, *rows, *heap])


def _offices(ordered: Sequence[Line]) -> str:
    """Number the offices in the order of the rows, two bytes each, in base64; 0 is none. No name comes with them."""
    number: dict[str, int] = {"": 0}
    numbers = [number.setdefault(line.office, min(len(number), MOST_OFFICES)) for line in ordered]
    return base64_of(struct.pack(f">{len(numbers)}H", *numbers))


def _places(comings: Iterable[Coming]) -> dict[str, int]:
    """Number the desks from 1; the first is nowhere."""
    names = sorted({coming.place for coming in comings} - {""})
    return {name: number for number, name in enumerate(["", *names[: PLACES - 1]])}


def _row(line: Line, coming: Coming | None, places: dict[str, int], offset: int) -> bytes:
    flags = (REVOKED if line.revoked_seq is not None else 0) | (REPLACED if line.replaced else 0)
    if coming is None or coming.first_in_at is None:
        return ROW.pack(
            line.ref, flags, 0, line.epoch, line.change_seq, line.revoked_seq or 0, 0, 0, offset, len(line.sealed)
        )
    flags |= PRESENT | (INSIDE if coming.inside else 0)
    times = _seconds(coming.first_in_at), _seconds(coming.last_out_at)
    seq = max(line.change_seq, coming.change_seq)
    place = places.get(coming.place, 0)
    return ROW.pack(line.ref, flags, place, line.epoch, seq, line.revoked_seq or 0, *times, offset, len(line.sealed))


def _seconds(at: datetime | None) -> int:
    return int(at.timestamp()) if at is not None else 0


def unpack(content: bytes) -> tuple[dict[str, Any], Sequence[tuple[Any, ...]], bytes]:
    """Return header, rows (as ``ROW`` says) and the sealed lines of a packed roster; ValueError if it is none."""
    if content[:4] != MAGIC:
        raise ValueError("no roster")
    start = 8 + int.from_bytes(content[4:8], "big")
    header = json.loads(content[8:start])
    end = start + header["count"] * ROW.size
    return header, list(ROW.iter_unpack(content[start:end])), content[end:]
