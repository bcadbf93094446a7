"""What must be typed to say "I am here", and how long a code lives; no app, no database."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rakor.attendance.rules.words import Source
from rakor.sources.rules import saying

KEY = b"k" * 32
START = datetime(2026, 11, 24, 1, 55, tzinfo=UTC)  # the beginning of a step
SHOWN = saying.code(KEY, saying.step_of(START))


@pytest.mark.parametrize(
    ("seconds", "taken"), [(0, True), (29, True), (30, True), (44, True), (45, False), (60, False), (-1, False)]
)
def test_a_code_lives_for_its_step_and_a_few_seconds(seconds: int, taken: bool) -> None:
    found = saying.way_in(SHOWN, "", KEY, START + timedelta(seconds=seconds))
    assert found is (Source.SELF_SCAN if taken else None)


@given(st.integers(min_value=0, max_value=2**40), st.integers(min_value=60, max_value=10_000))
def test_a_photo_is_worthless_a_minute_later(begin: int, later: int) -> None:
    taken_at = datetime.fromtimestamp(begin % 4_000_000_000, tz=UTC)
    step = saying.step_of(taken_at)
    when = taken_at + timedelta(seconds=later)
    shown_again = saying.code(KEY, step) in (saying.code(KEY, saying.step_of(when) - back) for back in (0, 1))
    assert shown_again or saying.way_in(saying.code(KEY, step), "", KEY, when) is None


def test_the_word_is_taken_as_people_type_it_and_nothing_else_is() -> None:
    for typed in ("MELAYANI", " melayani ", "Me-la.yani"):
        assert saying.way_in(typed, "Melayani", KEY, START) is Source.CODE_WORD
    for typed in ("", "   ", "melayan", "melayani2", "１２３", "é"):
        assert saying.way_in(typed, "MELAYANI", KEY, START) is None
    assert saying.way_in("", "", KEY, START) is None, "no word was set, and nothing was typed"
    assert saying.way_in(f"{SHOWN[:3]} {SHOWN[3:]}", "MELAYANI", KEY, START) is Source.SELF_SCAN
    assert saying.way_in(SHOWN, "", b"x" * 32, START) is None, "another opening's code"


def test_codes_are_six_figures_and_a_word_is_no_code() -> None:
    assert all(len(saying.code(KEY, step)) == 6 and saying.code(KEY, step).isdecimal() for step in range(2000))
    assert len({saying.code(KEY, step) for step in range(2000)}) > 1990
    assert saying.sayable("MELAYANI")
    assert not any(saying.sayable(word) for word in ("", "123456", "abc", "!!! !"))


def test_pressing_twice_states_the_same_fact() -> None:
    opening, other, person = uuid4(), uuid4(), uuid4()
    assert saying.fact_id(opening, person) == saying.fact_id(opening, person)
    assert len({saying.fact_id(opening, person), saying.fact_id(other, person), saying.fact_id(opening, other)}) == 3
