"""Fonts for paper: Typst reads TTF, the packages ship WOFF2 in pieces; pieces of one weight are joined."""

import logging
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from fontTools.merge import Merger
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

VARIABLE = "@fontsource-variable/plus-jakarta-sans/files/plus-jakarta-sans-{piece}-wght-normal.woff2"
STATIC = "@fontsource/{family}/files/{family}-{piece}-{weight}-normal.woff2"
TEXT_WEIGHTS = (400, 700, 800)
# Behind the text font: names in any script that people of the archipelago write. One file per script and weight.
FALLBACKS = {
    "noto-sans": ("latin", "latin-ext", "vietnamese", "cyrillic"),
    "noto-sans-arabic": ("arabic",),
    "noto-sans-balinese": ("balinese",),
    "noto-sans-javanese": ("javanese",),
}


def sources(node_modules: Path) -> list[Path]:
    """Every WOFF2 file that goes into the paper fonts."""
    text = [node_modules / VARIABLE.format(piece=piece) for piece in ("latin", "latin-ext")]
    return text + [path for _, pieces in _fallbacks(node_modules) for path in pieces]


def convert(node_modules: Path, target: Path) -> list[str]:
    """Write the TTFs into `target`; returns their file names."""
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    target.mkdir(parents=True, exist_ok=True)
    written = []
    for weight in TEXT_WEIGHTS:
        pieces = [_instance(node_modules / VARIABLE.format(piece=piece), weight) for piece in ("latin", "latin-ext")]
        written.append(_save(_joined(pieces), target / f"plus-jakarta-sans-{weight}.ttf"))
    for name, paths in _fallbacks(node_modules):
        written.append(_save(_joined([_plain(path) for path in paths]), target / f"{name}.ttf"))
    return written


def _fallbacks(node_modules: Path) -> Iterator[tuple[str, list[Path]]]:
    for family, pieces in FALLBACKS.items():
        for weight in (400, 700):
            paths = [node_modules / STATIC.format(family=family, piece=piece, weight=weight) for piece in pieces]
            yield f"{family}-{weight}", paths


def _instance(path: Path, weight: int) -> TTFont:
    font = instancer.instantiateVariableFont(_plain(path), {"wght": weight})
    assert isinstance(font, TTFont)
    return font


def _plain(path: Path) -> TTFont:
    font = TTFont(path)
    font.flavor = None
    return font


def _joined(pieces: list[TTFont]) -> TTFont:
    if len(pieces) == 1:
        return pieces[0]
    buffers = []
    for piece in pieces:
        buffer = BytesIO()
        piece.save(buffer)
        buffer.seek(0)
        buffers.append(buffer)
    return Merger().merge(buffers)


def _save(font: TTFont, path: Path) -> str:
    half = path.with_suffix(".part")
    font.save(half)
    half.replace(path)
    return path.name
