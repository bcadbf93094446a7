"""Every property over random histories, and every property shown to bite: each seeded fault is caught."""

import json
import random
from datetime import timedelta
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rakor.attendance.rules import reducer
from tests.attendance import histories, make_reducer_vectors, properties

HERE = Path(__file__).parent
SOURCE = Path(reducer.__file__).read_text(encoding="utf-8")

MUTANTS = {
    "arrival order decides": ("_collapsed(sorted(marks))", "_collapsed(marks)"),
    "a ruling does not touch its target": (
        "ids = {fact.target_id for fact in fresh if fact.target_id is not None}",
        "ids = set()",
    ),
    "a mark does not touch itself": (
        "keys = _keys((fact for fact in fresh if fact.kind in MARKS), tickets, aliases)",
        "keys = set()",
    ),
    "a clock touches nothing": (
        "clocked = {fact.device_id for fact in fresh if fact.kind is Kind.CLOCK}",
        "clocked = set()",
    ),
    "a clock does not touch what its rulings rule": (
        "ids |= {f.target_id for f in everything if f.device_id in clocked and f.target_id is not None}",
        "pass",
    ),
    "the first void or restore stays": ("max(last.get(fact.target_id, word), word)", "last.get(fact.target_id, word)"),
    "a restore never wins": ("Kind.VOID if word[1] else Kind.RESTORE", "Kind.VOID"),
    "stale by one too few": ("fact.roster_seq < ticket.revoked_seq", "fact.roster_seq + 1 < ticket.revoked_seq"),
    "stale by one too many": ("fact.roster_seq < ticket.revoked_seq", "fact.roster_seq <= ticket.revoked_seq"),
    "an override needs no name": ("    if fact.override:", "    if True:"),
    "an uncertain time vindicates": ("and not moment.uncertain and moment.at", "and moment.at"),
    "a duplicate closes the stay": ("duplicates.append(mark.scan_id)", "intervals.pop()"),
    "every in opens a stay": ("Direction.IN and inside:", "Direction.IN and False:"),
    "merged people stay apart": ("groups[named(person, alias),", "groups[person,"),
    "merged sessions stay apart": ("named(fact.checkpoint_id, alias)].append", "fact.checkpoint_id].append"),
    "rulings read the device's clock raw": ("word = (clocks.moment(fact).at,", "word = (fact.wall_at,"),
    "marks read the device's clock raw": ("moment = clocks.moment(fact)", "moment = Moment(fact.wall_at)"),
    "double beeps count": ("mark.at - before.at <= DOUBLE_BEEP", "False"),
    "two desks are never suspected": ("right.at - left.at <= TOO_CLOSE", "False"),
    "strict lets everybody in": (
        "admission is not Admission.STRICT, flags | {Flag.STALE}",
        "True, flags | {Flag.STALE}",
    ),
}


def days(count: int) -> list[tuple[histories.History, random.Random]]:
    sizes = (None, 30)  # long days too, for faults that need several facts to meet
    return [(histories.history(random.Random(seed), sizes[seed % 2]), random.Random(seed)) for seed in range(count)]


@settings(max_examples=300, deadline=timedelta(seconds=2))
@given(st.integers(min_value=0, max_value=2**64))
def test_every_property_holds_for_every_history(seed: int) -> None:
    for check in properties.PROPERTIES:
        check(reducer, histories.history(random.Random(seed)), random.Random(seed))


def answers_differ(module: ModuleType) -> bool:
    """True where the module answers one of the committed histories otherwise than the real one did."""
    committed = json.loads((HERE / "reducer_vectors.json").read_text(encoding="ascii"))
    rng = random.Random(20261124)
    for vector in committed:
        day = histories.history(rng)
        found = module.reduce_all(day.facts, day.tickets, day.admission, day.aliases)
        answer = {f"{who} {where}": histories.presence_json(one) for (who, where), one in found.items()}
        if answer != vector["presences"]:
            return True
    return False


def test_the_committed_histories_give_their_known_answers(tmp_path: Path) -> None:
    assert not answers_differ(reducer)
    make_reducer_vectors.main(tmp_path)
    assert (tmp_path / "reducer_vectors.json").read_bytes() == (HERE / "reducer_vectors.json").read_bytes()


@pytest.mark.parametrize("fault", MUTANTS)
def test_a_seeded_fault_is_caught(fault: str) -> None:
    good, bad = MUTANTS[fault]
    assert SOURCE.count(good) == 1, "the mutant no longer fits the source"
    mutant = ModuleType("mutant")
    exec(compile(SOURCE.replace(good, bad), "mutant", "exec"), mutant.__dict__)
    assert answers_differ(mutant) or any(
        _fails(check, mutant, day, rng) for day, rng in days(400) for check in properties.PROPERTIES
    )


def _fails(check: object, mutant: ModuleType, day: histories.History, rng: random.Random) -> bool:
    try:
        check(mutant, day, rng)  # type: ignore[operator]
    except (AssertionError, LookupError):
        return True
    return False
