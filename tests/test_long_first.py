"""Long files are begun first, whoever runs the tests."""

import pytest

from tools.long_first import dealt

SHORT = [f"short {number}" for number in range(20)]
LONG = ["a 1", "a 2", "b 1", "c 1"]
TESTS = [*SHORT[:7], *LONG[:2], *SHORT[7:15], *LONG[2:], *SHORT[15:]]


def file_of(test: str) -> str | None:
    return None if test.startswith("short") else test[0]


@pytest.mark.parametrize("workers", [1, 2, 3, 4, 8])
def test_every_worker_begins_with_its_own_long_files_and_no_test_is_lost(workers: int) -> None:
    found = dealt(TESTS, file_of, workers)
    assert sorted(found) == sorted(TESTS)
    assert [test for test in found if test in SHORT] == SHORT
    shares, rest = [], found
    for left in range(workers, 0, -1):  # as xdist cuts them
        shares.append(rest[: len(rest) // left])
        rest = rest[len(rest) // left :]
    begun = [[file_of(test) for test in share if file_of(test)] for share in shares]
    assert [set(files) for files in begun] == [set("abc"[number::workers]) for number in range(workers)]
    for share, files in zip(shares, begun, strict=True):
        assert all(map(file_of, share[: len(files)])), "and nothing short comes before them"


def test_without_long_files_nothing_moves() -> None:
    assert dealt(SHORT, file_of, 3) == SHORT
