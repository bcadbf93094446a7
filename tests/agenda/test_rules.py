"""Times, now and next, clashes: without app or database."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rakor.agenda.rules import Clash, ClashKind, ItemProblem, Slot, check_times, clashes, now_and_next

EIGHT = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
DAY = date(2026, 11, 24)


@dataclass(frozen=True)
class Item:
    starts_at: datetime | None
    ends_at: datetime | None


def hours(first: float, last: float) -> Item:
    return Item(EIGHT + timedelta(hours=first), EIGHT + timedelta(hours=last))


def slot(n: int, first: float, last: float, room: int | None = None, people: tuple[int, ...] = ()) -> Slot:
    at = hours(first, last)
    assert at.starts_at
    assert at.ends_at
    return Slot(
        UUID(int=n),
        at.starts_at,
        at.ends_at,
        UUID(int=room) if room else None,
        frozenset(UUID(int=p) for p in people),
    )


@pytest.mark.parametrize(
    ("starts", "ends", "problem"),
    [
        (None, None, None),
        (EIGHT, EIGHT + timedelta(hours=1), None),
        (EIGHT, None, ItemProblem.ONLY_ONE_TIME),
        (EIGHT, EIGHT, ItemProblem.ENDS_BEFORE_START),
        (EIGHT + timedelta(days=1), EIGHT + timedelta(days=1, hours=1), ItemProblem.OUTSIDE_DAY),
    ],
)
def test_times_must_make_sense(starts: datetime | None, ends: datetime | None, problem: ItemProblem | None) -> None:
    assert check_times(DAY, starts, ends) is problem


def test_an_end_belongs_to_what_comes_next() -> None:
    first, second, unknown = hours(0, 1), hours(1, 2), Item(None, None)
    now, coming = now_and_next([second, unknown, first], EIGHT + timedelta(hours=1))
    assert (now, coming) == ([second], [])


def test_a_room_and_a_person_clash_and_neighbours_do_not() -> None:
    found = clashes([slot(1, 0, 2, 9, (5,)), slot(2, 1, 3, 9, (5,)), slot(3, 3, 4, 9, (5,))])
    assert set(found) == {
        Clash(ClashKind.ROOM, UUID(int=1), UUID(int=2)),
        Clash(ClashKind.SPEAKER, UUID(int=1), UUID(int=2)),
    }


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 5), st.integers(1, 3)), max_size=12))
def test_every_overlap_in_a_room_is_found(rows: list[tuple[int, int, int]]) -> None:
    slots = [slot(n + 1, a, a + length, room) for n, (a, length, room) in enumerate(rows)]
    found = {frozenset((c.first, c.second)) for c in clashes(slots)}
    expected = {
        frozenset((x.item_id, y.item_id))
        for x in slots
        for y in slots
        if x is not y and x.room_id == y.room_id and x.starts_at < y.ends_at and y.starts_at < x.ends_at
    }
    assert found == expected
