"""The board of a day: lanes, what reaches across, where something could be added. Without app or database."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from rakor.agenda.rules import AgendaKind, Visibility
from rakor.agenda.rules.board import board, lounges
from rakor.agenda.rules.views import ItemView

MIDNIGHT = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)  # 00.00 WIB on the 24th
PLENARY, SMALL = UUID(int=901), UUID(int=902)
ROOMS = [(PLENARY, "Ruang Pleno", 800), (SMALL, "Ruang Cendana", 120)]
ZONE = "Asia/Jakarta"


def item(
    n: int, starts: float | None, ends: float | None = None, room: UUID | None = PLENARY, **values: Any
) -> ItemView:
    row: dict[str, Any] = {
        "id": UUID(int=n), "day_id": UUID(int=24), "held_on": date(2026, 11, 24), "kind": AgendaKind.SESSION,
        "title": f"Sesi {n}: Judul", "topic": "", "session_number": n,
        "starts_at": None if starts is None else MIDNIGHT + timedelta(hours=starts),
        "ends_at": None if ends is None else MIDNIGHT + timedelta(hours=ends),
        "room": "", "room_id": room, "visibility": Visibility.PUBLIC, "takes_attendance": False,
        "counts_for_jp": False, "audience": "", "source": "", "sequence": 0, "updated_at": MIDNIGHT,
    }  # fmt: skip
    return ItemView(**row | values)


def test_a_pause_reaches_across_and_its_room_is_no_column() -> None:
    items = [item(1, 8, 10), item(2, 10, 10.5, SMALL, kind=AgendaKind.BREAK)]
    assert lounges(items) == {SMALL}
    shown = board(items, ROOMS, ZONE, lounges(items))
    assert [(block.item.id.int, block.lane, block.starts, block.ends) for block in shown.blocks] == [
        (1, 1, 480, 600),
        (2, None, 600, 630),
    ]
    assert [column.name for column in shown.columns] == ["Ruang Pleno"]


def test_a_pause_beside_something_else_has_a_place_in_its_room() -> None:
    items = [item(1, 8, 10), item(2, 9, 9.5, SMALL, kind=AgendaKind.BREAK)]
    assert [block.lane for block in board(items, ROOMS, ZONE, lounges(items)).blocks] == [1, 2]


def test_two_items_at_once_in_one_room_stand_beside_each_other() -> None:
    shown = board([item(1, 8, 10), item(2, 9, 11), item(3, 10, 11), item(4, 8, 9, SMALL)], ROOMS, ZONE)
    assert [(column.lane, column.lanes) for column in shown.columns] == [(1, 2), (3, 1)]
    assert {block.item.id.int: block.lane for block in shown.blocks} == {1: 1, 2: 2, 3: 1, 4: 3}


def test_a_free_room_is_offered_where_another_is_busy() -> None:
    shown = board([item(1, 8, 10), item(2, 9, 9.5, SMALL)], ROOMS, ZONE)
    assert [(free.column.name, free.starts, free.ends) for free in shown.free] == [
        ("Ruang Cendana", 480, 540),
        ("Ruang Cendana", 570, 600),
    ]


def test_what_has_no_time_stands_aside_and_the_day_reaches_as_far_as_its_items() -> None:
    shown = board([item(1, None), item(2, 5.5, 6), item(3, 20, 21.25)], ROOMS, ZONE)
    assert [one.id.int for one in shown.untimed] == [1]
    assert (shown.begins, shown.ends) == (300, 1320)


@given(
    st.lists(st.tuples(st.integers(0, 90), st.integers(1, 20), st.sampled_from([PLENARY, SMALL, None])), max_size=14)
)
def test_no_two_blocks_ever_cover_each_other(rows: list[tuple[int, int, UUID | None]]) -> None:
    items = [item(n, first / 4, min(first + length, 96) / 4, room) for n, (first, length, room) in enumerate(rows, 1)]
    shown = board(items, ROOMS, ZONE)
    assert len(shown.blocks) == len(items)
    for one in shown.blocks:
        assert one.lane is not None
        assert 1 <= one.lane <= shown.lanes
        for other in shown.blocks:
            if one is not other and one.lane == other.lane:
                assert one.ends <= other.starts or other.ends <= one.starts
