"""A pytest plugin for the whole run: files that take long are begun first, so that nobody waits for one at the end."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from itertools import islice
from typing import TypeVar

import pytest

Test = TypeVar("Test")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deal the files that are marked ``long`` out to the workers."""
    workers = int(getattr(config, "workerinput", {}).get("workercount", 1))
    items[:] = dealt(items, lambda one: one.path if one.get_closest_marker("long") else None, workers)


def dealt(tests: Sequence[Test], long_file: Callable[[Test], Hashable | None], workers: int) -> list[Test]:
    """Return all ``tests`` so that each worker's share begins with long files (``long_file``; None: a short one).

    A share is what xdist's ``worksteal`` gives a worker at first: as many tests as any other, in one piece.
    """
    files: defaultdict[Hashable, list[Test]] = defaultdict(list)
    for test in tests:
        files[long_file(test)].append(test)
    short, hands = iter(files.pop(None, [])), [list[Test]() for _ in range(workers)]
    for number, file in enumerate(files.values()):
        hands[number % workers] += file
    found: list[Test] = []
    for number, hand in enumerate(hands):
        share = (len(tests) - len(found)) // (workers - number)
        found += [*hand, *islice(short, max(0, share - len(hand)))]
    return [*found, *short]
