"""What a desk alone decides: the named cases, and the vectors that the browser's rules are held to as well."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from rakor.attendance.rules.facts import Fact
from rakor.attendance.rules.words import Direction, Kind, Verdict
from rakor.checkin.rules import Known, decide
from tests.checkin import make_decide_vectors

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
EARLIER = NOW - timedelta(minutes=20)
DESK, REF = UUID(int=7), b"r" * 12


def scan(number: int, at: datetime = EARLIER, **values: object) -> Fact:
    return Fact(UUID(int=100 + number), Kind.TICKET, at, device_id=DESK, device_seq=number, ref=REF, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("known", "own", "verdict"),
    [
        (Known(REF), [], Verdict.IN),
        (Known(REF, first_in_at=EARLIER), [], Verdict.ALREADY),
        (Known(REF, first_in_at=EARLIER, last_out_at=NOW - timedelta(minutes=5)), [], Verdict.IN),
        (Known(REF), [scan(1)], Verdict.ALREADY),
        (Known(REF), [scan(1), Fact(UUID(int=9), Kind.VOID, NOW, target_id=UUID(int=101))], Verdict.IN),
        (Known(REF, first_in_at=EARLIER), [scan(1, NOW, direction=Direction.OUT)], Verdict.IN),
        (Known(REF, revoked=True), [], Verdict.REVOKED),
        (Known(REF, revoked=True, replaced=True), [scan(1)], Verdict.OLD_CARD),
        (None, [], Verdict.CHECK),
        (None, [scan(1)], Verdict.ALREADY),
    ],
)
def test_a_desk_alone(known: Known | None, own: list[Fact], verdict: Verdict) -> None:
    assert decide(known, own, scan(90, NOW)) is verdict


def test_the_committed_vectors_are_what_the_rules_say(tmp_path: Path) -> None:
    make_decide_vectors.main(tmp_path)
    committed = Path(make_decide_vectors.__file__).with_name("decide_vectors.json")
    assert (tmp_path / "decide_vectors.json").read_bytes() == committed.read_bytes()
