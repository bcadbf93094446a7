"""Which seats there are, and in which order; without app or database."""

from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import count
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from rakor.offices.rules import KPU, OfficeLevel
from rakor.offices.rules import expand as expand_offices
from rakor.regions.rules import reference
from rakor.registrations.rules import Mode
from rakor.seats.rules import (
    READY,
    ExistingSeat,
    Expansion,
    InvitedOffice,
    Place,
    ReadySet,
    Rule,
    count_seats,
    expand,
    invited_on,
    protocol_key,
    seat_label,
)

BOTH = (Mode.ONSITE, Mode.ONLINE)


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
