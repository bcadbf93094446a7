"""What a phone may send as a signature, and how much of it is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rakor.signatures.rules import (
    HEIGHT,
    KEPT_POINTS,
    MOST_POINTS,
    MOST_STROKES,
    WIDTH,
    Problem,
    ink,
    read_strokes,
    thinned,
    written,
)

LINE = "10,10 200,150"
points = st.tuples(st.integers(0, WIDTH), st.integers(0, HEIGHT))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", Problem.EMPTY),
        (LINE, [[(10, 10), (200, 150)]]),
        (f"{LINE};5,5", [[(10, 10), (200, 150)], [(5, 5)]]),
        ("10,10 11,11", Problem.TOO_SMALL),
        ("601,10 5,5", Problem.BROKEN),
        ("10,201 5,5", Problem.BROKEN),
        ("-1,5 9,9", Problem.BROKEN),
        ("1,5  9,9", Problem.BROKEN),
        ("1,٣ 200,150", Problem.BROKEN),
        (";".join([LINE] * (MOST_STROKES + 1)), Problem.TOO_LONG),
        (" ".join(["1,1"] * (MOST_POINTS + 1)), Problem.TOO_LONG),
        ("9" * 50_000, Problem.TOO_LONG),
        ("<svg onload=alert(1)>", Problem.BROKEN),
    ],
)
def test_only_strokes_inside_of_the_field_are_taken(words: str, found: object) -> None:
    assert read_strokes(words) == found


@given(st.lists(st.lists(points, min_size=1, max_size=60), min_size=1, max_size=12))
def test_what_is_kept_is_the_same_line_with_fewer_points(strokes: list[list[tuple[int, int]]]) -> None:
    kept = thinned(strokes)
    assert [(stroke[0], stroke[-1]) for stroke in kept] == [(stroke[0], stroke[-1]) for stroke in strokes]
    assert sum(map(len, kept)) <= KEPT_POINTS
    assert all(set(fewer) <= set(all_of) for fewer, all_of in zip(kept, strokes, strict=True))
    assert ink(kept) <= ink(strokes) + 1e-6
    again = read_strokes(written(kept))
    assert again in (kept, Problem.TOO_SMALL)
