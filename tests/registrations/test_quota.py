"""Places, the window of registration, and the moves between states."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rakor.registrations.rules.quota import Placement, Window, place, registration_open
from rakor.registrations.rules.states import HOLDS_PLACE, LEADS_TO, Act, Refusal, RegistrationState, can

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
S = RegistrationState


@pytest.mark.parametrize(
    ("size", "used", "waiting_list", "placement"),
    [
        (None, 10_000, False, Placement.REGISTERED),
        (40, 0, False, Placement.REGISTERED),
        (40, 39, False, Placement.REGISTERED),
        (40, 40, False, Placement.FULL),
        (40, 40, True, Placement.WAITING),
        (40, 41, True, Placement.WAITING),
        (0, 0, False, Placement.FULL),
        (0, 0, True, Placement.WAITING),
    ],
)
def test_places(size: int | None, used: int, waiting_list: bool, placement: Placement) -> None:
    assert place(size, used, waiting_list) is placement


@given(size=st.integers(0, 50), comers=st.integers(0, 120), waiting_list=st.booleans())
def test_one_after_another_fills_exactly_the_places(size: int, comers: int, waiting_list: bool) -> None:
    used = 0
    for _ in range(comers):
        used += place(size, used, waiting_list) is Placement.REGISTERED
    assert used == min(size, comers)


@pytest.mark.parametrize(
    ("opens_at", "closes_at", "window"),
    [
        (None, None, Window.OPEN),
        (NOW, None, Window.OPEN),
        (NOW + HOUR, None, Window.NOT_YET),
        (None, NOW, Window.CLOSED),
        (None, NOW + HOUR, Window.OPEN),
        (NOW - HOUR, NOW + HOUR, Window.OPEN),
        (NOW + HOUR, NOW - HOUR, Window.CLOSED),
    ],
)
def test_the_window(opens_at: datetime | None, closes_at: datetime | None, window: Window) -> None:
    assert registration_open(NOW, opens_at, closes_at) is window


MOVES = {
    (S.APPLIED, Act.APPROVE): S.REGISTERED,
    (S.APPLIED, Act.QUEUE): S.WAITING,
    (S.APPLIED, Act.CANCEL): S.CANCELLED,
    (S.APPLIED, Act.REJECT): S.REJECTED,
    (S.WAITING, Act.REJECT): S.REJECTED,
    (S.WAITING, Act.PROMOTE): S.REGISTERED,
    (S.WAITING, Act.CANCEL): S.CANCELLED,
    (S.REGISTERED, Act.CONFIRM): S.CONFIRMED,
    (S.REGISTERED, Act.DECLINE): S.DECLINED,
    (S.REGISTERED, Act.CANCEL): S.CANCELLED,
    (S.CONFIRMED, Act.DECLINE): S.DECLINED,
    (S.CONFIRMED, Act.WITHDRAW): S.REGISTERED,
    (S.CONFIRMED, Act.CANCEL): S.CANCELLED,
    (S.DECLINED, Act.CONFIRM): S.CONFIRMED,
    (S.DECLINED, Act.CANCEL): S.CANCELLED,
    (S.CANCELLED, Act.RESTORE): S.REGISTERED,
}


@pytest.mark.parametrize("state", S)
@pytest.mark.parametrize("act", Act)
def test_the_whole_table_of_moves(state: RegistrationState, act: Act) -> None:
    if (state, act) in MOVES:
        assert can(state, act) is MOVES[state, act]
    else:
        assert isinstance(can(state, act), Refusal)


@pytest.mark.parametrize(
    ("state", "act", "refusal"),
    [
        (S.CONFIRMED, Act.CONFIRM, Refusal.ALREADY),
        (S.CANCELLED, Act.CANCEL, Refusal.ALREADY),
        (S.APPLIED, Act.CONFIRM, Refusal.NOT_APPROVED),
        (S.WAITING, Act.CONFIRM, Refusal.ON_WAITING_LIST),
        (S.CANCELLED, Act.CONFIRM, Refusal.CANCELLED),
        (S.CONFIRMED, Act.APPROVE, Refusal.NOT_APPLIED),
        (S.CONFIRMED, Act.PROMOTE, Refusal.NOT_WAITING),
        (S.REGISTERED, Act.WITHDRAW, Refusal.NOT_CONFIRMED),
        (S.REGISTERED, Act.RESTORE, Refusal.NOT_CANCELLED),
    ],
)
def test_refusals_say_why(state: RegistrationState, act: Act, refusal: Refusal) -> None:
    assert can(state, act) is refusal


def test_only_the_registered_and_the_confirmed_hold_a_place() -> None:
    assert {S.REGISTERED, S.CONFIRMED} == HOLDS_PLACE
    assert set(LEADS_TO) == set(Act)
