"""Made-up people, without app or database."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from rakor.agenda.rules import AgendaKind
from rakor.demo import names
from rakor.demo.frames import Item, within_day
from rakor.demo.live import Clockwork, _programme


def test_everybody_is_made_up_and_most_differ() -> None:
    chance = Random("test")
    people = [names.person(chance, island) for island in names.SECOND for _ in range(100)]
    assert all(name.endswith(" Contoh") for _, name, _ in people)
    assert len({name for _, name, _ in people}) > 500
    assert {len(name.split()) for _, name, _ in people} >= {2, 3, 4}


def test_numbers_are_mobile_and_nobodys() -> None:
    assert names.phone(7) == "+6281200000007"


@pytest.mark.parametrize("hour", range(24))
def test_a_session_runs_at_every_hour_of_the_day(hour: int) -> None:
    now = datetime(2026, 11, 24, hour, 37, tzinfo=UTC)
    local = now + timedelta(hours=7)
    minutes = local.hour * 60 + local.minute
    today = [item for item in _programme(Clockwork.of(now).base) if item.day == 2]
    assert any((item.start or 0) <= minutes < (item.end or 0) and item.attendance for item in today)
    assert all(0 <= (item.start or 0) < 24 * 60 for item in today)


def test_what_does_not_fit_into_the_day_is_left_out() -> None:
    late = Item(2, "Larut", AgendaKind.OTHER, 24 * 60 + 10, 25 * 60)
    unknown = Item(2, "Tanpa jam", AgendaKind.OTHER)
    assert within_day([late, unknown]) == [unknown]
