"""Group commit: everybody's work is done once, after a commit, and one's failure is nobody else's."""

import threading
import time
from collections.abc import Sequence
from typing import Any

import pytest
from flask import Flask

from rakor.checkin.turns import Turns
from rakor.db import db
from rakor.lean import Lean
from tests.checkin.hall import Hall


def at_once(app: Flask, works: Sequence[Any]) -> list[Any]:
    """Run every piece of work in a thread of its own, with an app context, and return results and errors in order."""
    results: list[Any] = [None] * len(works)
    gate = threading.Barrier(len(works))

    def run(place: int, work: Any) -> None:
        with app.app_context():
            gate.wait()
            try:
                results[place] = work()
            except Exception as error:
                results[place] = error
            db.session.remove()

    threads = [threading.Thread(target=run, args=(place, work)) for place, work in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def test_who_holds_the_turn_takes_all_that_wait(lite: Flask) -> None:
    groups: list[int] = []

    def act(_lean: Lean, works: Sequence[int]) -> list[int]:
        groups.append(len(works))
        time.sleep(0.02)
        return [work * 2 for work in works]

    turns: Turns[int, int] = Turns(act, weight=lambda _: 1, limit=100)
    assert at_once(lite, [lambda n=n: turns.submit(n) for n in range(20)]) == [n * 2 for n in range(20)]
    assert sum(groups) == 20
    assert len(groups) < 15


def test_a_group_is_bounded_and_a_heavy_piece_still_fits(lite: Flask) -> None:
    groups: list[list[int]] = []

    def act(_lean: Lean, works: Sequence[int]) -> list[int]:
        groups.append(list(works))
        time.sleep(0.02)
        return list(works)

    turns: Turns[int, int] = Turns(act, weight=lambda work: work, limit=10)
    at_once(lite, [lambda n=n: turns.submit(n) for n in (4, 4, 4, 4, 25)])
    assert all(sum(group) <= 10 or len(group) == 1 for group in groups)


def test_one_broken_piece_breaks_nobody_else(lite: Flask) -> None:
    def act(_lean: Lean, works: Sequence[int]) -> list[int]:
        time.sleep(0.02)
        if 7 in works:
            raise ValueError("seven")
        return list(works)

    turns: Turns[int, int] = Turns(act, weight=lambda _: 1, limit=100)
    results = at_once(lite, [lambda n=n: turns.submit(n) for n in range(12)])
    assert isinstance(results[7], ValueError)
    assert [found for n, found in enumerate(results) if n != 7] == [n for n in range(12) if n != 7]


def test_the_line_goes_on_after_a_failure(lite: Flask) -> None:
    def act(_lean: Lean, works: Sequence[int]) -> list[int]:
        raise ValueError("always")

    turns: Turns[int, int] = Turns(act, weight=lambda _: 1, limit=100)
    with lite.app_context():
        for _ in range(3):
            with pytest.raises(ValueError):
                turns.submit(1)


def test_of_simultaneous_scans_of_one_ticket_exactly_one_is_in(hall: Hall) -> None:
    """I7, on both databases, with eight desks at once."""
    for round_number in range(5):
        person = hall.person(f"Orang {round_number} Contoh")
        desks = [hall.desk(f"Meja {round_number}.{n}") for n in range(8)]
        scans = [(desk, desk.record(ref=hall.ref(person))) for desk in desks]
        sends = [lambda one=one: one[0].send(one[1])["records"][0]["verdict"] for one in scans]
        verdicts = at_once(hall.app, sends)
        assert sorted(verdicts) == ["already"] * 7 + ["in"]


def test_numbers_of_changes_have_no_gap_under_writers(hall: Hall) -> None:
    """I13: a reader that follows the numbers while sixteen desks write misses nothing."""
    people = [hall.person(f"Orang {n} Contoh") for n in range(48)]
    desks = [hall.desk(f"Meja {n}") for n in range(16)]
    reader = hall.desk("Pembaca")
    start = reader.send()["change_seq"]
    seen: dict[str, int] = {}

    def write(place: int) -> None:
        for person in people[place * 3 : place * 3 + 3]:
            desks[place].send(desks[place].record(ref=hall.ref(person)))

    def read() -> None:
        cursor, deadline = start, time.monotonic() + 30
        while len(seen) < len(people) and time.monotonic() < deadline:
            for change in reader.send(roster_seq=cursor, changes=5)["changes"]:
                assert change["change_seq"] > cursor
                seen[change["ref"]] = cursor = change["change_seq"]

    results = at_once(hall.app, [*(lambda n=n: write(n) for n in range(16)), read])
    assert not [found for found in results if found is not None]
    assert set(seen) == {hall.ref(person) for person in people}
