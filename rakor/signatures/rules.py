"""A signature as strokes: what a phone may send, how much of it is kept, and what counts as none. Pure."""

import re
from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise
from math import hypot

WIDTH, HEIGHT = 600, 200
"""The field in which every phone draws, whatever its screen measures."""
MOST_BYTES, MOST_STROKES, MOST_POINTS = 40_000, 60, 4_000
KEPT_POINTS = 400
LEAST_INK = 60.0
SLACK = 1.2
POINT = re.compile(r"([0-9]{1,3}),([0-9]{1,3})")
Point = tuple[int, int]
Strokes = Sequence[Sequence[Point]]


class SignedVia(StrEnum):
    """Where somebody signed: on the own page, on the office's phone in the room, or at the desk."""

    OWN = "own"
    ROOM = "room"
    DESK = "desk"


class Problem(StrEnum):
    """Why what was sent is no signature."""

    EMPTY = "empty"
    BROKEN = "broken"
    TOO_LONG = "too_long"
    TOO_SMALL = "too_small"


def read_strokes(words: str) -> list[list[Point]] | Problem:
    """Return the strokes of "x,y x,y;x,y …", or why they are none; nothing outside of the field is taken."""
    if not words:
        return Problem.EMPTY
    if len(words) > MOST_BYTES:
        return Problem.TOO_LONG
    pieces = [stroke.split(" ") for stroke in words.split(";")]
    if len(pieces) > MOST_STROKES or sum(map(len, pieces)) > MOST_POINTS:
        return Problem.TOO_LONG
    strokes = [[_point(word) for word in stroke] for stroke in pieces]
    whole = [[point for point in stroke if point is not None] for stroke in strokes]
    if whole != strokes:
        return Problem.BROKEN
    return whole if ink(whole) >= LEAST_INK else Problem.TOO_SMALL


def _point(word: str) -> Point | None:
    found = POINT.fullmatch(word)
    if found is None:
        return None
    x, y = int(found[1]), int(found[2])
    return (x, y) if x <= WIDTH and y <= HEIGHT else None


def ink(strokes: Strokes) -> float:
    """Return how long a line was drawn, in units of the field."""
    return sum(hypot(b[0] - a[0], b[1] - a[1]) for stroke in strokes for a, b in pairwise(stroke))


def written(strokes: Strokes) -> str:
    """Return strokes as they are sent and kept."""
    return ";".join(" ".join(f"{x},{y}" for x, y in stroke) for stroke in strokes)


def parted(words: str) -> list[list[Point]]:
    """Return the strokes of what was kept."""
    pairs = [[point.split(",") for point in stroke.split(" ")] for stroke in words.split(";")]
    return [[(int(x), int(y)) for x, y in stroke] for stroke in pairs]


def thinned(strokes: Strokes, most: int = KEPT_POINTS, slack: float = SLACK) -> list[list[Point]]:
    """Return the same line with as few points as show it: none is further away than ``slack``.

    A shaky hand is drawn coarser, never cut off, until ``most`` points are enough.
    """
    while True:
        found = [_thin(stroke, slack) for stroke in strokes]
        if sum(map(len, found)) <= max(most, 2 * len(found)):
            return found
        slack *= 1.6


def _thin(stroke: Sequence[Point], slack: float) -> list[Point]:
    """Keep the ends and whatever lies further than ``slack`` from the chord between two kept points."""
    kept, open_spans = {0, len(stroke) - 1}, [(0, len(stroke) - 1)]
    while open_spans:
        first, last = open_spans.pop()
        away = [(_distance(stroke[at], stroke[first], stroke[last]), at) for at in range(first + 1, last)]
        furthest, at = max(away, default=(0.0, 0))
        if furthest > slack:
            kept.add(at)
            open_spans += [(first, at), (at, last)]
    return [stroke[at] for at in sorted(kept)]


def _distance(point: Point, start: Point, end: Point) -> float:
    across, down = end[0] - start[0], end[1] - start[1]
    length = hypot(across, down)
    if length == 0:
        return hypot(point[0] - start[0], point[1] - start[1])
    return abs(across * (start[1] - point[1]) - (start[0] - point[0]) * down) / length
