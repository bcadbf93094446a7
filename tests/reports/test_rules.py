"""Shares, levels, focus and arrivals, without app or database."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from rakor.reports.rules import Came, Count, Spot, arrivals, focus, level, scale, share

NINE = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)


def spot(n: int, *, day: date = TODAY, session: bool = False, marked: int = 0, starts: datetime = NINE) -> Spot:
    ends = starts + timedelta(hours=2)
    return Spot(
        UUID(int=n), day, UUID(int=100 + n) if session else None, *((starts, ends) if session else (None, None)), marked
    )


def test_a_share_reaches_100_only_when_complete() -> None:
    assert share(199, 200) == 99
    assert share(200, 200) == 100
    assert share(0, 0) is None


def test_levels_of_the_map() -> None:
    assert [level(n) for n in (None, 0, 49, 50, 64, 65, 79, 80, 99, 100)] == [0, 0, 0, 1, 1, 2, 2, 3, 3, 4]


def test_before_anybody_came_there_is_no_focus() -> None:
    assert focus([spot(1), spot(2, session=True)], NINE, TODAY) is None


def test_the_running_session_is_in_focus_once_it_takes_presence() -> None:
    day, session = spot(1, marked=50), spot(2, session=True, marked=3)
    found = focus([day, session], NINE + timedelta(minutes=5), TODAY)
    assert found is not None
    assert (found.item_id, found.checkpoint_ids) == (session.item_id, (session.id,))


def test_a_session_nobody_scans_leaves_the_day_in_focus() -> None:
    day, session = spot(1, marked=50), spot(2, session=True, marked=0)
    found = focus([day, session], NINE + timedelta(minutes=5), TODAY)
    assert found is not None
    assert found.item_id is None
    assert set(found.checkpoint_ids) == {day.id, session.id}


def test_after_the_event_its_last_day_stays_in_focus() -> None:
    days = [spot(n, day=TODAY + timedelta(days=n), marked=n) for n in range(3)]
    found = focus(days, NINE + timedelta(days=30), TODAY + timedelta(days=30))
    assert found is not None
    assert found.held_on == TODAY + timedelta(days=2)


@given(st.lists(st.tuples(st.integers(0, 60 * 24 * 3), st.booleans()), max_size=300))
def test_arrivals_lose_nobody_and_stay_drawable(minutes: list[tuple[int, bool]]) -> None:
    found = arrivals([Came(NINE + timedelta(minutes=m), not online, seated=True, people=1) for m, online in minutes])
    if found is None:
        assert not minutes
        return
    assert sum(found.onsite) + sum(found.online) == len(minutes)
    assert len(found.onsite) == len(found.online) <= 48


@given(st.integers(0, 10**6))
def test_the_scale_reaches_over_the_highest(highest: int) -> None:
    ticks = scale(highest)
    assert ticks[0] == 0
    assert ticks[-1] >= highest
    assert ticks[-1] <= max(3, highest * 3)


def test_counts_add_up() -> None:
    total = Count(5, 3, 1, 2) + Count(5, 0, 0, 0)
    assert (total.invited, total.silent, total.present) == (10, 6, 2)
