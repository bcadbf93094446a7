"""The verdict at first receipt."""

from datetime import timedelta
from uuid import UUID

import pytest

from rakor.attendance.rules.facts import ABSENT, Interval, Presence
from rakor.attendance.rules.verdicts import judge
from rakor.attendance.rules.words import Direction, Kind, Verdict
from rakor.events.rules import Admission
from tests.attendance.histories import EVENT, START
from tests.attendance.test_reducer import DEAD, LIVE, scan

INSIDE = Presence((Interval(START, UUID(int=1)),))
GONE = Presence((Interval(START, UUID(int=1), end_at=START + timedelta(hours=1)),))
FOREIGN = LIVE._replace(event_id=UUID(int=0xF))


@pytest.mark.parametrize(
    ("fact", "ticket", "prior", "verdict"),
    [
        (scan(1, 0), LIVE, ABSENT, Verdict.IN),
        (scan(1, 0), LIVE, INSIDE, Verdict.ALREADY),
        (scan(1, 0), LIVE, GONE, Verdict.IN),
        (scan(1, 0, direction=Direction.OUT), LIVE, INSIDE, Verdict.OUT),
        (scan(1, 0), None, ABSENT, Verdict.UNKNOWN),
        (scan(1, 0), FOREIGN, ABSENT, Verdict.OTHER_EVENT),
        (scan(1, 0), FOREIGN._replace(revoked_seq=1), ABSENT, Verdict.OTHER_EVENT),
        (scan(1, 0), DEAD, ABSENT, Verdict.REVOKED),
        (scan(1, 0), DEAD._replace(replaced=True), ABSENT, Verdict.OLD_CARD),
        (scan(1, 0, override=True), DEAD, ABSENT, Verdict.IN),
        (scan(1, 0, kind=Kind.MANUAL), DEAD, ABSENT, Verdict.IN),
        (scan(1, 0, kind=Kind.WALK_IN, ref=None), None, ABSENT, Verdict.IN),
        (scan(1, 0, kind=Kind.VOID), LIVE, INSIDE, Verdict.RECORDED),
        (scan(1, 0, kind=Kind.CLOCK), None, ABSENT, Verdict.RECORDED),
    ],
)
def test_the_verdict_at_first_receipt(fact, ticket, prior, verdict) -> None:  # type: ignore[no-untyped-def]
    assert judge(fact, ticket, prior, EVENT) is verdict


def test_strict_asks_for_a_ticket_in_force() -> None:
    strict = Admission.STRICT
    assert judge(scan(1, 0, kind=Kind.MANUAL), LIVE, ABSENT, EVENT, strict) is Verdict.NOT_ADMITTED
    assert judge(scan(1, 0, override=True), DEAD, ABSENT, EVENT, strict) is Verdict.REVOKED
    assert judge(scan(1, 0), None, ABSENT, EVENT, strict) is Verdict.NOT_ADMITTED
    assert judge(scan(1, 0), LIVE, ABSENT, EVENT, strict) is Verdict.IN


def test_a_ticket_of_another_desk_lets_nobody_in_here() -> None:
    owned = Admission.OWNED
    assert judge(scan(1, 0), LIVE, ABSENT, EVENT, owned, elsewhere=True) is Verdict.OTHER_DESK
    assert judge(scan(1, 0), None, ABSENT, EVENT, owned, elsewhere=True) is Verdict.OTHER_DESK
    assert judge(scan(1, 0), DEAD, ABSENT, EVENT, owned, elsewhere=True) is Verdict.REVOKED
    assert judge(scan(1, 0, override=True), LIVE, ABSENT, EVENT, owned, elsewhere=True) is Verdict.IN
    assert judge(scan(1, 0, direction=Direction.OUT), LIVE, INSIDE, EVENT, owned, elsewhere=True) is Verdict.OUT
