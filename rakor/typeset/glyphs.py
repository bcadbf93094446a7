"""Which characters a TrueType font can draw, read from its ``cmap`` table (ISO/IEC 14496-22, formats 4 and 12).

PDF/A refuses a page with a character that no font has, and one emoji in one name must not cost the whole list.
"""

from collections.abc import Iterator
from struct import unpack_from


def covered(font: bytes) -> frozenset[int]:
    """Return the code points that ``font`` (the bytes of a TTF or OTF file) has a glyph for."""
    base = _table(font, b"cmap")
    if base is None:
        return frozenset()
    (count,) = unpack_from(">H", font, base + 2)
    found: set[int] = set()
    for index in range(count):
        (offset,) = unpack_from(">I", font, base + 4 + index * 8 + 4)
        found.update(_subtable(font, base + offset))
    return frozenset(found)


def _table(font: bytes, tag: bytes) -> int | None:
    (count,) = unpack_from(">H", font, 4)
    for index in range(count):
        name, _checksum, offset, _length = unpack_from(">4sIII", font, 12 + index * 16)
        if name == tag:
            return int(offset)
    return None


def _subtable(font: bytes, at: int) -> Iterator[int]:
    (kind,) = unpack_from(">H", font, at)
    if kind == 4:
        yield from _segments(font, at)
    elif kind == 12:
        (groups,) = unpack_from(">I", font, at + 12)
        for index in range(groups):
            first, last, _glyph = unpack_from(">III", font, at + 16 + index * 12)
            yield from range(first, last + 1)


def _segments(font: bytes, at: int) -> Iterator[int]:
    """Format 4: four parallel arrays; a segment names glyphs by a shift or through an array behind the last one."""
    (doubled,) = unpack_from(">H", font, at + 6)
    ends, starts, shifts, offsets = at + 14, at + 16 + doubled, at + 16 + 2 * doubled, at + 16 + 3 * doubled
    for step in range(0, doubled, 2):
        (last,), (first,) = unpack_from(">H", font, ends + step), unpack_from(">H", font, starts + step)
        (shift,), (offset,) = unpack_from(">H", font, shifts + step), unpack_from(">H", font, offsets + step)
        for point in range(first, min(last, 0xFFFE) + 1):
            glyph = (point + shift) & 0xFFFF
            if offset:
                (glyph,) = unpack_from(">H", font, offsets + step + offset + 2 * (point - first))
            if glyph:
                yield point
