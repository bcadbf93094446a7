"""Whom a follow-up is for, what sending it again changes, when a row is late, and how rows add up."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rakor.minutes.rules.conclusions import (
    ConclusionProblem,
    Direction,
    Standing,
    change_problem,
    is_approved,
    neighbour,
)
from rakor.minutes.rules.evidence import host_of
from rakor.minutes.rules.follow_ups import (
    LEADS,
    MOST_EVIDENCE,
    AnswerProblem,
    Assignee,
    Candidate,
    Chosen,
    Known,
    Status,
    answer_problem,
    expand,
    is_late,
    meant,
    reminds_on,
)
from rakor.minutes.rules.roll_up import Measure, Tally, tally
from rakor.offices.rules import OfficeLevel

ROLE = uuid4()
CENTRE = Candidate(uuid4(), OfficeLevel.NATIONAL, None)
PAPUA = Candidate(uuid4(), OfficeLevel.PROVINCE, "93", frozenset({ROLE}))
ASMAT = Candidate(uuid4(), OfficeLevel.REGENCY, "93")
BLORA = Candidate(uuid4(), OfficeLevel.REGENCY, "33", frozenset({ROLE}))
EVERY = (CENTRE, PAPUA, ASMAT, BLORA)
DUE = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        (Chosen(Assignee.REGENCIES), [ASMAT, BLORA]),
        (Chosen(Assignee.PROVINCES), [PAPUA]),
        (Chosen(Assignee.BOTH), [PAPUA, ASMAT, BLORA]),
        (Chosen(Assignee.PROVINCE, province_code="93"), [PAPUA, ASMAT]),
        (Chosen(Assignee.PROVINCE_REGENCIES, province_code="93"), [ASMAT]),
        (Chosen(Assignee.ROLE, role_id=ROLE), [PAPUA, BLORA]),
        (Chosen(Assignee.OFFICE, office_id=CENTRE.id), [CENTRE]),
        (Chosen(Assignee.PERSON, office_id=BLORA.id), [BLORA]),
    ],
)
def test_a_class_is_its_offices(chosen: Chosen, expected: list[Candidate]) -> None:
    assert meant(chosen, EVERY) == [one.id for one in expected]


def test_a_person_of_no_office_has_one_row() -> None:
    first = expand(meant(Chosen(Assignee.PERSON), EVERY), ())
    assert (first.added, first.offices) == ((None,), [])
    assert not expand([None], [Known(uuid4(), None, False)]).added


POOL = [uuid4() for _ in range(8)]


@given(st.lists(st.sampled_from(POOL)), st.lists(st.sampled_from(POOL), unique=True), st.sets(st.sampled_from(POOL)))
def test_sending_again_adds_what_is_missing_and_takes_no_answer_back(
    wanted: list[UUID], there: list[UUID], answered: set[UUID]
) -> None:
    known = [Known(uuid4(), office, office in answered) for office in there]
    found = expand(wanted, known)
    assert len(found.added) == len(set(found.added))
    assert {one.office_id for one in known if one.id in found.removed} == set(there) - set(wanted) - answered
    left = [one for one in known if one.id not in found.removed]
    after = [*left, *(Known(uuid4(), office, False) for office in found.added)]
    again = expand(wanted, after)
    assert (again.added, again.removed) == ((), ()), "twice changes nothing twice"
    assert answered & set(there) <= {one.office_id for one in after}


def test_the_due_day_itself_is_not_late() -> None:
    assert [is_late(Status.OPEN, DUE, DUE + timedelta(days=n)) for n in (-1, 0, 1)] == [False, False, True]
    assert not is_late(Status.DONE, DUE, DUE + timedelta(days=9))


def test_each_reminder_says_something_only_in_its_own_days() -> None:
    def said(days_left: int) -> list[int]:
        return [lead for lead in LEADS if reminds_on(DUE, lead, DUE - timedelta(days=days_left))]

    assert (said(7), said(2), said(1), said(0), said(-1)) == ([7, 1], [7, 1], [1], [1], [])


def test_an_obstacle_is_said_in_words_and_evidence_has_an_end() -> None:
    assert answer_problem(Status.OBSTACLE, "", 0, 0) is AnswerProblem.OBSTACLE_UNSAID
    assert answer_problem(Status.OBSTACLE, "Belum ada anggaran", 0, 1) is None
    assert answer_problem(Status.DONE, "", MOST_EVIDENCE, 1) is AnswerProblem.TOO_MANY
    assert answer_problem(Status.DONE, "", MOST_EVIDENCE, 0) is None


ROW = st.builds(
    tally, st.sampled_from(Status), st.integers(0, 3), st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.just(DUE)
)


@given(st.lists(ROW))
def test_rows_add_up(rows: list[Tally]) -> None:
    whole = sum(rows, Tally())
    assert whole.whole == len(rows) == whole.open + whole.working + whole.done + whole.obstacle
    assert whole.late <= whole.whole - whole.done
    assert whole.unproven <= whole.done
    for measure in Measure:
        assert whole.of(measure) == sum(row.of(measure) for row in rows)
        if rows and measure is Measure.DONE:
            assert (whole.percent(measure) == 100) == (whole.done == whole.whole), "100 only where nobody lacks"


def test_a_map_without_rows_has_no_share() -> None:
    assert Tally().percent(Measure.DONE) is None
    assert Tally(open=3).percent(Measure.UNPROVEN) == 100, "nothing is done, so nothing lacks its proof"
    assert Tally(done=2, unproven=1).percent(Measure.UNPROVEN) == 50


def test_a_link_shows_where_it_leads() -> None:
    assert host_of("https://www.kab-asmat.contoh.test/berita/1?x=kpu.go.id") == "kab-asmat.contoh.test"


ITEM = uuid4()


def test_a_conclusion_is_approved_with_its_session_or_by_an_owner() -> None:
    of_session, whole = Standing(uuid4(), 1, ITEM, approved=True), Standing(uuid4(), 2, None, approved=True)
    assert (is_approved(of_session, ()), is_approved(of_session, {ITEM}), is_approved(whole, ())) == (False, True, True)
    assert change_problem(of_session, {ITEM}) is ConclusionProblem.LOCKED
    assert change_problem(whole, ()) is ConclusionProblem.APPROVED
    assert not is_approved(Standing(uuid4(), 3, None, approved=True, withdrawn=True), ())


def test_nothing_moves_past_a_number_that_stands_on_paper() -> None:
    first, second, third = (Standing(uuid4(), n, None) for n in (1, 2, 3))
    every = (first, second, third)
    assert neighbour(second, every, Direction.UP, ()) == first
    assert neighbour(second, every, Direction.DOWN, ()) == third
    assert neighbour(third, every, Direction.DOWN, ()) is ConclusionProblem.AT_END
    locked = Standing(first.id, 1, ITEM)
    assert neighbour(second, (locked, second, third), Direction.UP, {ITEM}) is ConclusionProblem.LOCKED
    gone = Standing(second.id, 2, None, withdrawn=True)
    assert neighbour(third, (first, gone, third), Direction.UP, ()) == first, "a withdrawn one is passed over"
