"""Presence per session against the event's threshold, and who came another way than registered."""

import re
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from rakor.attendance.rules.words import Direction, Source
from rakor.attendance.store import checkpoints
from rakor.attendance.store.own import enter_own
from rakor.db import transaction
from rakor.events import store as events
from rakor.registrations.rules import Mode
from rakor.sources.rules import together
from rakor.sources.rules.enough import Threshold, came_online, is_enough, minutes_in
from rakor.sources.rules.zoom_facts import Session, facts_of, stated
from tests import make
from tests.cast import Cast
from tests.conftest import MOMENT

STARTS, HOUR = datetime(2026, 11, 24, 0, 0, tzinfo=UTC), timedelta(hours=1)
ZOOM, WORD, DESK = Source.ZOOM, Source.CODE_WORD, Source.DESK_SCAN


def stay(start: int, end: int | None) -> dict[str, str | bool | None]:
    said = {"start_at": (STARTS + timedelta(minutes=start)).isoformat(), "auto": False}
    return said | {"end_at": None if end is None else (STARTS + timedelta(minutes=end)).isoformat()}


def test_minutes_are_those_of_the_session() -> None:
    assert minutes_in([stay(-30, 20), stay(10, 30), stay(55, 90)], STARTS, STARTS + HOUR) == 35
    assert minutes_in([stay(40, None)], STARTS, STARTS + HOUR) == 20, "an open stay lasts to the end"
    assert minutes_in([stay(70, None)], STARTS, STARTS + HOUR) == 0


@pytest.mark.parametrize(
    ("minutes", "sources", "limit", "enough"),
    [
        (1, {ZOOM}, Threshold(), True),
        (29, {ZOOM}, Threshold(minutes=30), False),
        (30, {ZOOM}, Threshold(minutes=30), True),
        (60, {ZOOM}, Threshold(minutes=90), True),  # no session asks for more than itself
        (44, {ZOOM, DESK}, Threshold(share=75), False),
        (45, {ZOOM}, Threshold(share=75), True),
        (45, {ZOOM}, Threshold(minutes=50, share=75), False),
        (1, {ZOOM, WORD}, Threshold(minutes=50, share=75), True),  # stated, not measured
    ],
)
def test_what_is_long_enough(minutes: int, sources: set[Source], limit: Threshold, enough: bool) -> None:
    assert is_enough(minutes, sources, HOUR, limit) is enough


def test_who_came_online() -> None:
    assert came_online({ZOOM, Source.AUTO})
    assert not came_online({ZOOM, DESK}), "whom a desk has seen was there"
    assert not came_online({Source.MANUAL})


@pytest.mark.usefixtures("moment")
def test_the_page_counts_by_the_threshold_that_the_event_sets(people: Cast) -> None:
    with people.app.app_context(), transaction(unaudited="test"):
        short, long, ticked = (
            make.registration(people.event_id, name=f"{name} Contoh", mode=mode).id
            for name, mode in (("Sebentar", Mode.ONLINE), ("Lama", Mode.ONSITE), ("Bersama", Mode.ONLINE))
        )
        day = events.days(people.event_id)[1].id
        item = make.item(people.event_id, day, starts_at=STARTS, ends_at=STARTS + HOUR, takes_attendance=True)
        rows = checkpoints.ensure(people.event_id, now=MOMENT)
        place: UUID = next(row.id for row in rows if row.item_id == item.id)
        session = Session(place, STARTS, STARTS + HOUR)
        facts = [
            *facts_of(short, [(STARTS, STARTS + HOUR / 4)], [session], timedelta(minutes=1)),
            *facts_of(long, [(STARTS - HOUR, STARTS + HOUR)], [session], timedelta(minutes=1)),
            together.tick(ticked, place, STARTS + HOUR * 0.9),
            stated(ticked, place, STARTS + HOUR, Direction.OUT),
        ]
        enter_own(people.event_id, facts, "", now=MOMENT)
    sari, base = people.browser("sari"), f"/events/{people.event_id}/presence/sessions"

    def numbers() -> list[str]:
        return re.findall(r"<td[^>]*>([\d.]+)</td>", sari.get(base).text)

    assert numbers() == ["3", "1"], "present, and on site as registered but online"
    assert "Lama Contoh" in sari.get(base).text
    assert sari.post(base, data={"minutes": "0", "share": "101"}).status_code == 422
    assert [sari.post(base, data={"share": "50"}).status_code for _again in range(2)] == [303, 303]
    assert numbers() == ["3", "2", "1", "1"]
    assert sari.post(base, data={"minutes": "", "share": ""}).status_code == 303
    assert numbers() == ["3", "1"]
    assert people.browser("rina").get(base).status_code == 403
