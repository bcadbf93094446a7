"""500 random days over the real store, both databases (I1, I2, I3, I6, I8), and each seeded fault is caught; two more
through the desk's own modules, a bad line and a server.

The full 10,000: ``python -m bench histories``. The mutants are ``bench.histories.FAULTS``.
"""

from pathlib import Path

import pytest

from bench import _clients, _mutants, histories
from bench._days import Day

pytestmark = pytest.mark.long
SEEDS = {"sqlite": range(7000, 7450), "postgresql": range(7450, 7500)}


@pytest.mark.parametrize("database", SEEDS)
def test_every_day_ends_in_what_the_set_of_facts_says(database: str, tmp_path: Path) -> None:
    with histories.on_a_database(database, tmp_path):
        wrong = {seed: told for seed in SEEDS[database] if (told := Day(seed).play())}
    assert not wrong


def test_every_seeded_fault_is_caught(tmp_path: Path) -> None:
    with histories.on_a_database("sqlite", tmp_path):
        for name, fault in histories.FAULTS.items():
            assert any(histories.caught(fault, seed) for seed in range(7000, 7060)), name


def test_days_through_the_desks_own_modules_end_alike_and_a_forgetful_one_is_caught(tmp_path: Path) -> None:
    with _clients.place(f"sqlite:///{tmp_path}/days.sqlite3", tmp_path) as held:
        assert list(held.play((histories.RESTORED, histories.FIRST))) == [[], []]
        assert any(held.play((histories.RESTORED,), _mutants.FORGETS))
