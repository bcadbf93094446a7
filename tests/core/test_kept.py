"""A value that may be a moment old is made once, whoever asks."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Event
from time import monotonic

import pytest

from rakor.kept import Kept

NOW = datetime(2026, 11, 24, tzinfo=UTC)
FRESH = timedelta(seconds=5)


def test_what_was_made_lately_is_shown_and_then_made_anew() -> None:
    kept, made = Kept[str, int](FRESH), iter(range(9))
    at = {seconds: kept.get("a", NOW + timedelta(seconds=seconds), lambda: next(made)) for seconds in (0, 4, 5, 9, 11)}
    assert at == {0: 0, 4: 0, 5: 1, 9: 1, 11: 2}
    assert kept.get("a", NOW, lambda: next(made)) == 3  # the clock went back: what is kept lies in the future
    assert kept.get("b", NOW, lambda: next(made)) == 4
    kept.forget()
    assert kept.get("a", NOW, lambda: next(made)) == 5


def test_many_who_ask_at_once_wait_for_one() -> None:
    kept, go, calls = Kept[str, int](FRESH), Event(), []

    def slow() -> int:
        go.wait(10)
        calls.append(monotonic())
        return len(calls)

    with ThreadPoolExecutor(8) as together:
        waiting = [together.submit(kept.get, "a", NOW, slow) for _ in range(8)]
        assert kept.get("b", NOW, lambda: 7) == 7  # another key waits for nobody
        go.set()
        assert {one.result(10) for one in waiting} == {1}
    assert len(calls) == 1


def test_what_fails_is_not_kept_and_the_oldest_go() -> None:
    kept = Kept[int, int](FRESH, most=2)
    with pytest.raises(ZeroDivisionError):
        kept.get(0, NOW, lambda: 1 // 0)
    assert kept.get(0, NOW, lambda: 10) == 10
    for key in (1, 2):
        kept.get(key, NOW, lambda: 11)
    assert kept.get(0, NOW, lambda: 12) == 12
    assert kept.get(2, NOW, lambda: 13) == 11
