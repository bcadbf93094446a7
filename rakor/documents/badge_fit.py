"""Words fitted into a place on a card: broken into lines, at the largest size at which all of them stand in it.

Measured here by the fonts themselves: asking Typst to measure costs more than to set the whole card.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rakor.documents.rules.badges import Place
from rakor.typeset.lettering import line_height, width

POINT_MM = 25.4 / 72
# letters are measured one after the other, the press joins some of them; and nothing shall touch the edge
CLOSE = 0.96
UNIT = 100
NAME = (30, 27, 24, 21, 19, 17, 15, 13.5, 12, 10.5, 9, 8)
OFFICE = (12, 11, 10, 9, 8, 7, 6)
POST = (11, 10, 9, 8, 7, 6)
ROLE = (17, 15, 13, 11, 9, 8, 7)
HEAD = (10, 9, 8, 7, 6)


@dataclass(frozen=True)
class Fitted:
    """Lines and the size in points at which they fit."""

    lines: tuple[str, ...]
    size: float


@lru_cache(maxsize=4096)
def fitted(words: str, place: Place, sizes: Sequence[float], weight: int) -> Fitted:
    """Return ``words`` at the first of ``sizes`` (falling) that fits with its words whole, else with words broken.

    What does not fit at the last size either is cut off.
    """
    tall = max((_height(word, weight) for word in words.split()), default=1.0)
    longest = max((_width(word, weight) for word in words.split()), default=0.0)
    rooms = [(size, place.width * CLOSE / POINT_MM / size, _lines(place, size, tall)) for size in sizes]
    for size, room, most in [one for one in rooms if longest <= one[1]] + rooms:
        lines = _broken(words, weight, room)
        if len(lines) <= most:
            return Fitted(tuple(lines), size)
    return Fitted((*lines[: most - 1], f"{lines[most - 1]}…"), size)


def _lines(place: Place, size: float, tall: float) -> int:
    return max(int(place.height / (size * POINT_MM * tall)), 1)


def _broken(words: str, weight: int, room: float) -> list[str]:
    """Break at words, and inside a word that is wider than ``room`` (in sizes of the letters)."""
    lines, line, used = list[str](), "", 0.0
    for word in words.split():
        for part in _parts(word, weight, room):
            wider = used + _width(" ", weight) + _width(part, weight)
            if line and wider <= room:
                line, used = f"{line} {part}", wider
            else:
                lines, line, used = [*lines, *([line] if line else [])], part, _width(part, weight)
    return [*lines, line] if line else lines


def _parts(word: str, weight: int, room: float) -> list[str]:
    if _width(word, weight) <= room:
        return [word]
    parts, used = [""], 0.0
    for sign in word:
        wide = _width(sign, weight)
        if parts[-1] and used + wide > room:
            parts, used = [*parts, ""], 0.0
        parts[-1], used = parts[-1] + sign, used + wide
    return parts


@lru_cache(maxsize=16384)
def _width(word: str, weight: int) -> float:
    return width(word, UNIT, weight) / UNIT


@lru_cache(maxsize=16384)
def _height(word: str, weight: int) -> float:
    return line_height(word, weight)
