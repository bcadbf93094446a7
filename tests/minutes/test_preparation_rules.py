"""Rules of the preparation: which steps, on which day, where they stand."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rakor.events.rules import EventKind
from rakor.minutes.preparation_words import PAGES, SAID, TITLES
from rakor.minutes.rules.preparation import (
    KEYS,
    Anchor,
    Occasion,
    Own,
    Planned,
    State,
    Tally,
    counted_from,
    plan,
    pressing,
    workday_before,
)

FIRST, LAST = date(2026, 11, 23), date(2026, 11, 25)
RAKORNAS = Occasion(EventKind.RAKORNAS, FIRST, LAST, online=True)


def steps(occasion: Occasion = RAKORNAS, *owns: Own, **tallies: Tally) -> dict[str, Planned]:
    return {step.key: step for step in plan(occasion, owns, tallies)}


def test_dates_are_counted_back_from_the_first_day_and_on_from_the_last() -> None:
    found = steps()
    assert found["terms"].due_on == date(2026, 10, 24)
    assert found["invitations"].due_on == date(2026, 11, 9)
    assert found["rehearsal"].due_on == date(2026, 11, 22)
    assert found["lists"].due_on == LAST
    assert found["report"].due_on == date(2026, 12, 9)


@pytest.mark.parametrize("kind", EventKind)
def test_every_kind_of_event_has_a_list_that_begins_before_it_and_ends_after_it(kind: EventKind) -> None:
    ordered = plan(replace(RAKORNAS, kind=kind), (), {})
    assert [step.due_on for step in ordered] == sorted(step.due_on for step in ordered)
    assert ordered[0].due_on < FIRST
    assert ordered[-1].due_on > LAST
    assert len({step.key for step in ordered}) == len(ordered)


def test_the_list_fits_the_event() -> None:
    online = steps(replace(RAKORNAS, onsite=False))
    assert "links" in online
    assert not {"venue", "rooms", "badges", "rehearsal"} & set(online)
    assert "links" not in steps(replace(RAKORNAS, online=False))
    assert "rooms" not in steps(replace(RAKORNAS, ends_on=FIRST))
    webinar = steps(Occasion(EventKind.SEMINAR, FIRST, FIRST, onsite=False, online=True, invited=False))
    assert "places" in webinar
    assert not {"letter", "invitations", "names", "assignments"} & set(webinar)


def test_offices_answer_until_the_event_says_so() -> None:
    assert steps(replace(RAKORNAS, answer_by=date(2026, 11, 16)))["answers"].due_on == date(2026, 11, 16)
    late = steps(replace(RAKORNAS, answer_by=date(2026, 11, 25)))
    assert late["answers"].due_on == FIRST


def test_the_data_ticks_a_step_only_when_nothing_lacks() -> None:
    assert not steps(invitations=Tally(548, 552))["invitations"].is_done
    assert steps(invitations=Tally(552, 552))["invitations"].is_done
    assert not steps(invitations=Tally(0, 0))["invitations"].is_done
    assert not steps(rehearsal=Tally(10, 0))["rehearsal"].is_done


def test_a_hand_ticks_what_the_data_cannot_say() -> None:
    own = Own(uuid4(), "rooms", is_done=True)
    assert steps(RAKORNAS, own)["rooms"].state(LAST) is State.DONE


def test_late_today_and_coming_are_judged_by_the_events_own_day() -> None:
    step = steps()["invitations"]
    day = step.due_on
    states = [step.state(day + timedelta(days=n)) for n in (-1, 0, 1)]
    assert states == [State.COMING, State.TODAY, State.LATE]


def test_what_presses_is_late_or_due_and_neither_done_nor_dropped() -> None:
    done, dropped = Own(uuid4(), "terms", is_done=True), Own(uuid4(), "decree", is_dropped=True)
    found = plan(RAKORNAS, [done, dropped], {})
    keys = [step.key for step in pressing(found, date(2026, 10, 26))]
    assert keys == ["team", "venue"]


def test_an_own_step_and_a_changed_one_keep_their_place_by_days() -> None:
    own = Own(uuid4(), None, "Pesan spanduk", Anchor.FIRST, -3)
    moved = Own(uuid4(), "badges", "Cetak kartu dan tali", Anchor.FIRST, -4)
    here = steps(RAKORNAS, own, moved)
    assert here[str(own.id)].due_on == date(2026, 11, 20)
    assert (here["badges"].title, here["badges"].due_on) == ("Cetak kartu dan tali", date(2026, 11, 19))
    later = replace(RAKORNAS, starts_on=FIRST + timedelta(days=7), ends_on=LAST + timedelta(days=7))
    assert steps(later, own, moved)["badges"].due_on == date(2026, 11, 26)


def test_what_somebody_changed_stays_when_the_event_would_not_bring_it_any_more() -> None:
    own = Own(uuid4(), "badges", assignee_id=uuid4())
    assert "badges" in steps(replace(RAKORNAS, onsite=False), own)


@given(st.integers(-500, 500))
def test_a_typed_date_comes_back_as_that_date(apart: int) -> None:
    due_on = FIRST + timedelta(days=apart)
    found = counted_from(RAKORNAS, due_on)
    if found is None:
        assert abs(apart) > 398
        return
    own = Own(uuid4(), None, "Langkah", *found)
    assert steps(RAKORNAS, own)[str(own.id)].due_on == due_on


def test_a_weekend_names_the_friday_before_it() -> None:
    friday = date(2026, 11, 20)
    assert workday_before(friday) is None
    assert workday_before(friday + timedelta(days=1)) == friday
    assert workday_before(friday + timedelta(days=2)) == friday
    assert workday_before(friday + timedelta(days=3)) is None


def test_every_ready_made_step_has_its_words() -> None:
    assert set(TITLES) == set(KEYS) == set(PAGES)
    assert set(SAID) <= set(KEYS)
