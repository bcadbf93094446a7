"""Which seats there are, and what an office may answer; without app or database."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rakor.events.rules import Phase
from rakor.offices.rules import KPU, OfficeLevel
from rakor.offices.rules import expand as expand_offices
from rakor.regions.rules import reference
from rakor.registrations.rules import Mode
from rakor.seats.rules import (
    READY,
    Accepted,
    AnswerAct,
    AnswerDoor,
    ExistingSeat,
    Expansion,
    Input,
    InvitedOffice,
    Place,
    ReadySet,
    Refused,
    Rule,
    SeatAnswer,
    SeatState,
    answer_door,
    count_seats,
    expand,
    invited_on,
    judge_answer,
    protocol_key,
    seat_label,
    stamp,
)

BOTH = (Mode.ONSITE, Mode.ONLINE)
NOW = datetime(2026, 11, 19, 6, 0, tzinfo=UTC)
DEADLINE = NOW + timedelta(days=1)


def uid(number: int) -> UUID:
    return UUID(int=number)


OFFICES = tuple(
    InvitedOffice(uid(n), OfficeLevel.PROVINCE if n <= 2 else OfficeLevel.REGENCY, "93" if n % 2 else "33")
    for n in range(1, 8)
)


def kpu_offices() -> list[tuple[UUID, OfficeLevel, str | None, str | None]]:
    """Today's offices of the commission: 1 + 38 + 514."""
    numbers = count(1)
    made = []
    for pattern in KPU:
        drafts = expand_offices(pattern, reference())
        assert isinstance(drafts, tuple)
        made += [(uid(next(numbers)), d.level, d.province_code, d.regency_code) for d in drafts]
    return made


def kpu_rules() -> list[Rule]:
    return [
        Rule(level, uid(1000 + position), 1, BOTH)
        for position, role in enumerate(READY[ReadySet.COMMISSION])
        for level in role.levels
    ]


def stored(expansion: Expansion, seats: dict[UUID, ExistingSeat]) -> dict[UUID, ExistingSeat]:
    """What the store makes of an expansion."""
    made = dict(seats)
    for seat_id, modes in (*expansion.changed, *expansion.returned):
        seat = made[seat_id]
        made[seat_id] = replace(seat, place=replace(seat.place, modes=modes), withdrawn=False)
    for seat_id in expansion.removed:
        made[seat_id] = replace(made[seat_id], withdrawn=True)
    for place in expansion.added:
        seat_id = uid(10_000 + len(made))
        made[seat_id] = ExistingSeat(seat_id, place, answered=False, withdrawn=False)
    return made


class TestExpand:
    def test_an_event_of_2021_counts_34_provinces_and_2740_seats(self) -> None:
        offices = invited_on(kpu_offices(), reference(), date(2021, 10, 27))
        counts = count_seats(kpu_rules(), offices)
        found = [(level.level, level.office_count, level.per_office) for level in counts.levels]
        assert found == [(OfficeLevel.PROVINCE, 34, 5), (OfficeLevel.REGENCY, 514, 5)]
        assert counts.total == 2740 == len(expand(kpu_rules(), offices, []).added)
        provinces = dict(counts.provinces)
        assert len(provinces) == 34
        assert "93" not in provinces
        assert provinces["91"] == 5 + 5 * 29  # Papua before 2022: Asmat too

    def test_an_event_of_today_counts_38_provinces_and_2760_seats(self) -> None:
        counts = count_seats(kpu_rules(), invited_on(kpu_offices(), reference(), date(2026, 11, 23)))
        assert counts.total == 2760
        assert len(counts.provinces) == 38

    def test_twice_gives_nothing_twice(self) -> None:
        first = expand(kpu_rules(), OFFICES, [])
        again = expand(kpu_rules(), OFFICES, stored(first, {}).values())
        assert again.changes_nothing
        assert len(again.kept) == len(first.added)

    def test_a_smaller_quota_withdraws_only_what_nobody_answered(self) -> None:
        rules = [Rule(OfficeLevel.REGENCY, uid(50), 2, BOTH)]
        seats = stored(expand(rules, OFFICES[2:4], []), {})
        second = [seat for seat in seats.values() if seat.place.number == 2]
        seats[second[0].id] = replace(second[0], answered=True)
        found = expand([replace(rules[0], quota=1)], OFFICES[2:4], seats.values())
        assert found.orphaned == (second[0].id,)
        assert found.removed == (second[1].id,)

    def test_a_withdrawn_seat_comes_back_as_the_same_seat(self) -> None:
        place = Place(uid(3), uid(50), 1, (Mode.ONLINE,))
        gone = ExistingSeat(uid(99), place, answered=False, withdrawn=True)
        found = expand([Rule(OfficeLevel.REGENCY, uid(50), 1, BOTH)], OFFICES[2:3], [gone])
        assert found == Expansion(returned=((uid(99), BOTH),))


rule_sets = st.lists(
    st.builds(
        Rule,
        st.sampled_from([OfficeLevel.PROVINCE, OfficeLevel.REGENCY]),
        st.sampled_from([uid(50), uid(51)]),
        st.integers(1, 3),
        st.sampled_from([BOTH, (Mode.ONLINE,), (Mode.ONSITE,)]),
    ),
    max_size=4,
    unique_by=lambda rule: (rule.level, rule.role_id),
)


@given(st.lists(st.tuples(rule_sets, st.sets(st.integers(0, 30))), min_size=1, max_size=6))
def test_whatever_the_organiser_edits_no_answer_is_lost_and_twice_changes_nothing(
    edits: list[tuple[list[Rule], set[int]]],
) -> None:
    seats: dict[UUID, ExistingSeat] = {}
    answered: set[UUID] = set()
    for rules, answers in edits:
        seats = stored(expand(rules, OFFICES, seats.values()), seats)
        for index, seat in enumerate(list(seats.values())):
            if index in answers and not seat.withdrawn:
                seats[seat.id] = replace(seat, answered=True)
                answered.add(seat.id)
        assert expand(rules, OFFICES, seats.values()).changes_nothing
        assert all(not seats[seat_id].withdrawn for seat_id in answered)
        living = Counter(
            (s.place.office_id, s.place.role_id, s.place.number) for s in seats.values() if not s.withdrawn
        )
        assert max(living.values(), default=1) == 1
        wanted = sum(level.seat_count for level in count_seats(rules, OFFICES).levels)
        orphaned = expand(rules, OFFICES, seats.values()).orphaned
        assert len(living) == wanted + len(orphaned)


class TestOrder:
    def test_protocol_not_alphabet(self) -> None:
        seats = [("33", 2, 1), ("3301", 1, 2), ("33", 1, 1), ("3301", 1, 1)]
        assert sorted(seats, key=lambda s: protocol_key(*s)) == [
            ("33", 1, 1),
            ("33", 2, 1),
            ("3301", 1, 1),
            ("3301", 1, 2),
        ]

    def test_a_number_only_where_there_are_several(self) -> None:
        assert seat_label("Ketua", 1, 1) == "Ketua"
        assert seat_label("Anggota Divisi", 2, 4) == "Anggota Divisi 2"


OPEN = SeatState(BOTH)
TAKEN = SeatState(BOTH, SeatAnswer.CONFIRMED, "Drs. Bonifasius Contoh, M.Si.", Mode.ONLINE, "", NOW)
REFUSED = SeatState(BOTH, SeatAnswer.DECLINED, reason="sakit", answered_at=NOW)


def judge(state: SeatState, **sent: object) -> Accepted | Refused:
    given = {"seen": stamp(state)} | sent
    return judge_answer(state, DEADLINE, NOW, Input(**given))  # type: ignore[arg-type]


class TestJudge:
    def test_name_and_mode_are_enough(self) -> None:
        found = judge(OPEN, name="  Yosepina   Contoh, S.Kom. ", choice="online")
        assert isinstance(found, Accepted)
        assert (found.act, found.mode) == (AnswerAct.NAME, Mode.ONLINE)
        assert found.name is not None
        assert found.name.display() == "Yosepina Contoh, S.Kom."

    @pytest.mark.parametrize("name", ["Sukarno", "O'Brien, S.T., M.Eng.", "محمد", "ꦱꦸꦏꦂꦤꦺꦴ", "Aa", "x" * 120])
    def test_names_of_any_script_and_length(self, name: str) -> None:
        assert isinstance(judge(OPEN, name=name, choice="onsite"), Accepted)

    @pytest.mark.parametrize(
        ("sent", "reason"),
        [
            ({"name": "A", "choice": "online"}, Refused.NAME_TOO_SHORT),
            ({"name": "A" * 200, "choice": "online"}, Refused.NAME_TOO_LONG),
            ({"name": "1234", "choice": "online"}, Refused.NAME_NO_LETTER),
            ({"name": "Bo\x00ni", "choice": "online"}, Refused.NAME_CONTROL_CHARACTER),
            ({"name": "Boni\ud800", "choice": "online"}, Refused.NAME_CONTROL_CHARACTER),
            ({"name": "Boni Contoh", "choice": ""}, Refused.CHOICE_MISSING),
            ({"name": "Boni Contoh", "choice": "zoom"}, Refused.NOT_ALLOWED),
            ({"choice": "decline", "reason": "x" * 301}, Refused.REASON_TOO_LONG),
            ({"choice": "decline", "reason": "sa\x00kit"}, Refused.REASON_CONTROL_CHARACTER),
        ],
    )
    def test_what_is_refused(self, sent: dict[str, str], reason: Refused) -> None:
        assert judge(OPEN, **sent) is reason

    def test_a_mode_the_seat_does_not_allow(self) -> None:
        only_online = SeatState((Mode.ONLINE,))
        assert judge(only_online, name="Boni Contoh", choice="onsite") is Refused.NOT_ALLOWED

    @pytest.mark.parametrize(
        ("state", "sent", "act"),
        [
            (OPEN, {}, AnswerAct.NONE),
            (OPEN, {"choice": "online"}, AnswerAct.INCOMPLETE),
            (OPEN, {"choice": "decline"}, AnswerAct.DECLINE),
            (OPEN, {"choice": "decline", "name": "Boni Contoh"}, AnswerAct.DECLINE),
            (TAKEN, {"name": TAKEN.name, "choice": "online"}, AnswerAct.NONE),
            (TAKEN, {"name": TAKEN.name, "choice": "onsite"}, AnswerAct.CHANGE_MODE),
            (TAKEN, {"name": "Bonifasius Contoh, M.A.", "choice": "online"}, AnswerAct.CORRECT),
            (TAKEN, {"name": "Bonifacius Contoh", "choice": "online", "who": "same"}, AnswerAct.CORRECT),
            (TAKEN, {"name": "Bonifacius Contoh", "choice": "online"}, AnswerAct.REPLACE),
            (TAKEN, {"name": "Agustina Contoh", "choice": "online"}, AnswerAct.REPLACE),
            (TAKEN, {"name": TAKEN.name, "choice": "decline"}, AnswerAct.DECLINE),
            (REFUSED, {"choice": "decline", "reason": "sakit"}, AnswerAct.NONE),
            (REFUSED, {"choice": "decline", "reason": "dinas"}, AnswerAct.DECLINE),
            (REFUSED, {"name": "Agustina Contoh", "choice": "online"}, AnswerAct.NAME),
        ],
    )
    def test_what_an_answer_does(self, state: SeatState, sent: dict[str, object], act: AnswerAct) -> None:
        found = judge(state, **sent)
        assert isinstance(found, Accepted)
        assert found.act is act

    def test_a_mode_that_is_no_longer_offered_may_stay_but_not_be_chosen(self) -> None:
        narrowed = replace(TAKEN, modes=(Mode.ONSITE,))
        found = judge(narrowed, name=TAKEN.name, choice="online")
        assert isinstance(found, Accepted)
        assert found.act is AnswerAct.NONE
        assert judge(SeatState((Mode.ONSITE,)), name="Boni Contoh", choice="online") is Refused.NOT_ALLOWED

    def test_a_cleared_name_is_not_an_answer(self) -> None:
        assert judge(TAKEN, name=" ", choice="online") is Refused.NAME_MISSING

    def test_the_deadline_itself_is_too_late(self) -> None:
        sent = Input("Boni Contoh", "online", seen=stamp(OPEN))
        assert judge_answer(OPEN, NOW, NOW, sent) is Refused.CLOSED
        assert isinstance(judge_answer(OPEN, NOW + timedelta(microseconds=1), NOW, sent), Accepted)

    def test_a_repeat_after_the_deadline_is_still_a_success(self) -> None:
        sent = Input(TAKEN.name, "online", seen=stamp(OPEN))
        assert judge_answer(TAKEN, NOW, NOW, sent) == Accepted(AnswerAct.NONE, mode=Mode.ONLINE, name=_name())

    def test_of_two_operators_the_later_is_told(self) -> None:
        assert judge(TAKEN, name="Agustina Contoh", choice="online", seen=stamp(OPEN)) is Refused.CHANGED_MEANWHILE

    def test_every_seen_difference_makes_another_stamp(self) -> None:
        others = [
            OPEN,
            REFUSED,
            replace(TAKEN, name="Boni Contoh"),
            replace(TAKEN, mode=Mode.ONSITE),
            replace(TAKEN, answered_at=DEADLINE),
            replace(TAKEN, modes=(Mode.ONLINE,)),
        ]
        assert len({stamp(state) for state in (TAKEN, *others)}) == 7


def _name():  # type: ignore[no-untyped-def]
    found = judge(TAKEN, name=TAKEN.name, choice="online")
    assert isinstance(found, Accepted)
    return found.name


@pytest.mark.parametrize(
    ("phase", "deadline", "today", "door"),
    [
        (Phase.DRAFT, None, date(2026, 11, 19), AnswerDoor.NOT_YET),
        (Phase.CANCELLED, None, date(2026, 11, 19), AnswerDoor.CANCELLED),
        (Phase.COMING, DEADLINE, date(2026, 11, 19), AnswerDoor.OPEN),
        (Phase.COMING, NOW, date(2026, 11, 19), AnswerDoor.CLOSED),
        (Phase.RUNNING, None, date(2026, 11, 25), AnswerDoor.OPEN),
        (Phase.OVER, None, date(2026, 11, 26), AnswerDoor.CLOSED),
    ],
)
def test_when_an_office_can_answer(phase: Phase, deadline: datetime | None, today: date, door: AnswerDoor) -> None:
    assert answer_door(phase, deadline, NOW, date(2026, 11, 25), today) is door
