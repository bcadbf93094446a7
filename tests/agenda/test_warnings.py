"""What is odd about a programme: each warning where it belongs and nowhere else. Without app or database."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from rakor.agenda.rules import AgendaKind, Visibility
from rakor.agenda.rules.views import ItemView, PersonView, RoleView
from rakor.agenda.rules.warnings import Expected, WarningKind, warnings
from tests.agenda.test_board import PLENARY, SMALL, ZONE, item

RATNA = PersonView(UUID(int=1), "Dr. Ratna Contoh, M.Si.", "", "", "")
NUR = PersonView(UUID(int=2), "Nur Contoh", "", "", "")
KABAG = RoleView(UUID(int=71), "Kepala Bagian")
SIZES = {PLENARY: 800, SMALL: 120}
FRIDAY = {"held_on": date(2026, 11, 27)}


def kinds(items: list[ItemView], expected: Expected | None = None) -> list[WarningKind]:
    return [one.kind for one in warnings(items, SIZES, expected or Expected(), ZONE)]


def test_a_room_and_a_person_in_two_items_at_once() -> None:
    pair = [item(1, 8, 9, speakers=(RATNA,), moderators=(NUR,)), item(2, 8.5, 10, moderators=(RATNA,))]
    found = warnings(pair, SIZES, Expected(), ZONE)
    assert [(one.kind, one.what) for one in found] == [(WarningKind.ROOM, ""), (WarningKind.SPEAKER, RATNA.name)]
    assert {(one.begins, one.ends) for one in found} == {(pair[1].starts_at, pair[0].ends_at)}


def test_a_room_is_too_small_for_those_who_are_meant() -> None:
    coming = Expected(164, {KABAG.id: 121})
    assert kinds([item(1, 8, 9, SMALL)], coming) == [WarningKind.TOO_SMALL]
    assert kinds([item(1, 8, 9, SMALL, roles=(KABAG,))], coming) == [WarningKind.TOO_SMALL]
    assert kinds([item(1, 8, 9, SMALL, roles=(KABAG,))], Expected(164, {KABAG.id: 120})) == []
    assert kinds([item(1, 8, 9, PLENARY, capacity=100)], coming) == [WarningKind.TOO_SMALL]


def test_nobody_is_expected_where_only_organisers_meet() -> None:
    assert kinds([item(1, 8, 9, SMALL, visibility=Visibility.ORGANIZERS)], Expected(164)) == []


def test_people_who_are_divided_between_rooms_are_not_counted_twice() -> None:
    assert kinds([item(1, 8, 9, SMALL), item(2, 8, 9, PLENARY)], Expected(164)) == []


def test_an_item_after_midnight_is_outside_its_day() -> None:
    assert kinds([item(1, 23, 25)]) == [WarningKind.OUTSIDE_DAY]
    assert kinds([item(1, 8, 9, held_on=date(2026, 11, 25))]) == [WarningKind.OUTSIDE_DAY]


@pytest.mark.parametrize(
    ("spans", "warned"),
    [
        ([(8, 12), (13, 15)], False),
        ([(8, 13.5)], True),
        ([(8, 12.5), (13, 15)], False),
        ([(8, 12.75), (12.75, 15)], True),
        ([(8, 11)], False),
        ([(14, 17.5)], True),
        ([(13, 16), (16.25, 18)], False),
    ],
)
def test_a_programme_leaves_time_to_pray(spans: list[tuple[float, float]], warned: bool) -> None:
    items = [item(n, first, last) for n, (first, last) in enumerate(spans, 1)]
    assert (WarningKind.NO_PRAYER in kinds(items)) is warned


def test_on_friday_the_pause_is_longer_and_a_pause_that_is_announced_counts() -> None:
    week = timedelta(days=3)

    def on_friday(one: ItemView) -> ItemView:
        assert one.starts_at
        assert one.ends_at
        return replace(one, starts_at=one.starts_at + week, ends_at=one.ends_at + week, **FRIDAY)

    short = [on_friday(item(1, 8, 12)), on_friday(item(2, 12.75, 14))]
    assert kinds(short) == [WarningKind.NO_PRAYER]
    assert kinds([*short[:1], on_friday(item(2, 13, 14))]) == []
    running = [on_friday(item(1, 8, 14)), on_friday(item(2, 11.5, 13, SMALL, kind=AgendaKind.BREAK))]
    assert kinds(running) == []


def test_what_only_organisers_see_keeps_nobody_from_praying() -> None:
    assert kinds([item(1, 8, 14, visibility=Visibility.ORGANIZERS)]) == []


def test_a_session_with_a_speaker_wants_a_moderator() -> None:
    assert kinds([item(1, 8, 9, speakers=(RATNA,))]) == [WarningKind.NO_MODERATOR]
    assert kinds([item(1, 8, 9, speakers=(RATNA,), kind=AgendaKind.REMARKS)]) == []
