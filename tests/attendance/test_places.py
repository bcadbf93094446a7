"""Checkpoints: what an organiser makes, what became of a session, and the close of what was left open."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from rakor import clock, outbox
from rakor.accounts.rules import Role
from rakor.agenda.models import AgendaItem
from rakor.attendance.models import Checkpoint, FactRow, PresenceRow
from rakor.attendance.rules.words import PlaceKind, Source
from rakor.attendance.store import checkpoints, made, merging
from rakor.checkin import live, packed, roster
from rakor.checkin import store as devices
from rakor.db import db, transaction
from rakor.events import store as events
from rakor.events.models import EventDay
from rakor.reports import store as reports
from tests import cast, make
from tests.checkin.hall import Hall, open_hall
from tests.conftest import MOMENT

ENDS = MOMENT + timedelta(hours=2)


@pytest.fixture
def hall(app: Flask, people: cast.Cast, moment: datetime) -> Iterator[Hall]:
    with app.app_context():
        found = open_hall(app)
        with transaction(unaudited="a test"):
            make.grant(found.event_id, people.users["sari"], Role.OWNER)
        yield found


def session(hall: Hall, ends_at: datetime = ENDS) -> Checkpoint:
    """A session on the programme that takes attendance, with its checkpoint."""
    with transaction(unaudited="a test"):
        day = db.session.scalars(select(EventDay).where(EventDay.event_id == hall.event_id)).first()
        assert day is not None
        item = make.item(
            hall.event_id, day.id, starts_at=MOMENT - timedelta(hours=1), ends_at=ends_at, takes_attendance=True
        )
        found = checkpoints.ensure(hall.event_id, now=clock.now())
        return next(one for one in found if one.item_id == item.id)


def row(hall: Hall, person: Any, place: UUID) -> PresenceRow | None:
    db.session.rollback()
    return db.session.get(PresenceRow, (hall.event_id, person.id, place))


def test_an_item_with_marks_goes_once_its_scans_count_elsewhere(hall: Hall, people: cast.Cast) -> None:
    """Seen red: with every checkpoint in the way, a merged session could not be taken off the agenda."""
    place, desk, who = session(hall), hall.desk(), hall.person()
    desk.send(desk.clock(), desk.record(ref=hall.ref(who), checkpoint=str(place.id)))
    sari, base = people.browser("sari"), f"/events/{hall.event_id}"
    removal = f"{base}/agenda/items/{place.item_id}/removal"
    offered = sari.post(removal)
    assert offered.location == f"{base}/checkpoints?item={place.item_id}"
    page = sari.get(offered.location).text
    assert "Pilih tempat hitungannya" in page
    assert f"/checkpoints/{place.id}/merge" in page
    sari.post(f"{base}/checkpoints/{place.id}/merge", data={"into": str(hall.checkpoint.id)})
    assert sari.post(removal).location.startswith(f"{base}/agenda")
    there = row(hall, who, hall.checkpoint.id)
    assert there is not None
    assert there.present
    assert db.session.get_one(AgendaItem, place.item_id).removed_at is not None
    sari.post(f"{base}/checkpoints/{place.id}/merge", data={"into": ""})
    back = row(hall, who, place.id)
    assert back is not None
    assert back.present, "the merge can be taken back, whatever became of the item"


def run_jobs() -> None:
    while outbox.run_next():
        pass


def test_who_is_inside_when_a_session_ends_goes_out_by_itself(hall: Hall) -> None:
    place, desk = session(hall), hall.desk()
    stays, leaves, late = hall.person("Ani Contoh"), hall.person("Budi Contoh"), hall.person("Citra Contoh")
    at = {"checkpoint": str(place.id)}
    desk.send(desk.clock(), *(desk.record(ref=hall.ref(one), **at) for one in (stays, leaves)))
    offline = hall.desk("Meja 2")
    early = [offline.clock(), offline.record(ref=hall.ref(late), **at)]
    with clock.freeze(MOMENT + timedelta(hours=1), everywhere=True):
        desk.send(desk.record(ref=hall.ref(leaves), direction="out", **at))
        run_jobs()
        assert row(hall, stays, place.id).inside  # type: ignore[union-attr]
    with clock.freeze(ENDS + timedelta(seconds=1), everywhere=True):
        run_jobs()
        offline.send(*early)  # it was off line until now
    found = row(hall, stays, place.id)
    assert found is not None
    assert (found.inside, found.flags, found.last_out_at) == (False, "auto", ENDS)
    assert row(hall, leaves, place.id).flags == ""  # type: ignore[union-attr]
    assert row(hall, late, place.id).inside  # type: ignore[union-attr]
    with clock.freeze(ENDS + timedelta(hours=26), everywhere=True):
        run_jobs()
        run_jobs()
    assert row(hall, late, place.id).last_out_at == ENDS  # type: ignore[union-attr]
    autos = select(func.count()).select_from(FactRow).where(FactRow.source == Source.AUTO)
    assert db.session.scalar(autos) == 2
    with clock.freeze(ENDS + timedelta(hours=27), everywhere=True):  # a desk that saw her go comes back
        record = offline.record(ref=hall.ref(stays), direction="out", **at)
        gone = ENDS + timedelta(minutes=10)
        moved = round((gone - clock.now()).total_seconds() * 1000)
        offline.send(record | {"t_wall": record["t_wall"] + moved, "t_mono": record["t_mono"] + moved + 10_000_000})
    found = row(hall, stays, place.id)
    assert found is not None
    assert not found.inside
    assert "orphan_out" not in found.flags


def test_a_session_that_moved_is_closed_at_its_new_end(hall: Hall) -> None:
    place, desk, person = session(hall), hall.desk(), hall.person()
    desk.send(desk.clock(), desk.record(ref=hall.ref(person), checkpoint=str(place.id)))
    later = ENDS + timedelta(hours=3)
    with transaction(unaudited="a test"):
        db.session.get_one(AgendaItem, place.item_id).ends_at = later
    with clock.freeze(ENDS + timedelta(minutes=1), everywhere=True):
        run_jobs()
        assert row(hall, person, place.id).inside  # type: ignore[union-attr]
    with clock.freeze(later + timedelta(minutes=1), everywhere=True):
        run_jobs()
    assert row(hall, person, place.id).last_out_at == later  # type: ignore[union-attr]


def test_a_merged_session_counts_where_it_went_and_back_again(hall: Hall) -> None:
    place, desk = session(hall), hall.desk()
    both, one = hall.person("Ani Contoh"), hall.person("Budi Contoh")
    hours = str(hall.checkpoint.id)
    desk.send(desk.clock(), desk.record(ref=hall.ref(both), checkpoint=hours))
    with clock.freeze(MOMENT + timedelta(minutes=5), everywhere=True):
        desk.send(*(desk.record(ref=hall.ref(who), checkpoint=str(place.id)) for who in (both, one)))
    before = roster.version(hall.event_id)[0]
    with transaction(unaudited="a test"):
        assert merging.merge(hall.event_id, place.id, hall.checkpoint.id, now=clock.now())
        assert not merging.merge(hall.event_id, hall.checkpoint.id, place.id, now=clock.now())
    there = row(hall, both, hall.checkpoint.id)
    assert there is not None
    assert (there.present, there.duplicate_count) == (True, 1)
    assert row(hall, one, hall.checkpoint.id).present  # type: ignore[union-attr]
    assert not row(hall, one, place.id).present  # type: ignore[union-attr]
    told = {change.ref for change in roster.changes(hall.event_id, before, 500) if change.checkpoint == str(place.id)}
    assert {hall.ref(one), hall.ref(both)} <= told  # a desk that still stands there follows
    assert set(roster.comings(hall.event_id, place.id)) == {both.id, one.id}
    rows = packed.unpack(packed.packed(hall.event_id, place.id).content)[1]
    assert {bytes(line[0]).hex() for line in rows if line[1] & packed.PRESENT} == {hall.ref(both), hall.ref(one)}
    with transaction(unaudited="a test"):
        assert merging.part(hall.event_id, place.id)
    assert not row(hall, one, hall.checkpoint.id).present  # type: ignore[union-attr]
    assert row(hall, one, place.id).present  # type: ignore[union-attr]


def test_a_meal_is_no_presence_of_the_day(hall: Hall) -> None:
    desk, person = hall.desk(), hall.person()
    with transaction(unaudited="a test"):
        draft = made.Draft(PlaceKind.MEAL, hall.checkpoint.day_id, "Makan siang", None)
        meal = made.make(hall.event_id, draft, now=clock.now())
        assert meal.direction == "in"
        meal_id = meal.id
    desk.send(desk.clock(), desk.record(ref=hall.ref(person), checkpoint=str(meal_id)))
    assert row(hall, person, meal_id).present  # type: ignore[union-attr]
    event = events.event(hall.event_id)
    assert event is not None
    assert live.count(event, clock.now()).present == 0
    assert meal_id not in {spot.id for spot in reports.spots(hall.event_id)}
    assert "Makan siang" in {place.name for place in made.choices(hall.event_id)}


def test_an_organiser_makes_checkpoints_and_a_desk_serves_several(hall: Hall, people: cast.Cast) -> None:
    sari = people.browser("sari")
    base = f"/events/{hall.event_id}"
    day = str(hall.checkpoint.day_id)
    page = sari.post(f"{base}/checkpoints", data={"kind": "kit", "day": day, "name": "Seminar kit", "way": "both"})
    assert page.status_code == 303
    assert (
        sari.post(f"{base}/checkpoints", data={"kind": "kit", "day": day, "name": "", "way": "both"}).status_code == 422
    )
    kit = next(one for one in checkpoints.checkpoints(hall.event_id) if one.name == "Seminar kit")
    assert "Seminar kit" in sari.get(f"{base}/checkpoints").text
    shown = sari.get(f"{base}/checkpoints/{kit.id}").text
    assert "Sesi batal atau digabung" in shown
    assert sari.post(f"{base}/checkpoints/{kit.id}", data={"name": "Tas dan buku", "way": "in"}).status_code == 303
    merged = sari.post(f"{base}/checkpoints/{kit.id}/merge", data={"into": str(hall.checkpoint.id)})
    assert merged.status_code == 303
    assert sari.post(f"{base}/checkpoints/{kit.id}/merge", data={"into": ""}).status_code == 303
    form = {"name": "Meja 7", "place": day, "also": [str(kit.id)], "until": "2026-11-24T18:00"}
    assert sari.post(f"{base}/desks", data=form | {"until": "2020-01-01T08:00"}).status_code == 422
    assert sari.post(f"{base}/desks", data=form).status_code == 303
    [device] = [one for one, _place in devices.devices(hall.event_id) if one.name == "Meja 7"]
    assert device.also == [str(kit.id)]
    assert device.expires_at == datetime.fromisoformat("2026-11-24T11:00+00:00")
    desk_page = sari.get(f"/desk/{hall.event_id}")
    assert "Tas dan buku" in desk_page.text
    own = sari.get(f"/scan/v1/roster?checkpoint={kit.id}")
    assert packed.unpack(own.data)[0]["checkpoint"] == str(kit.id)
    other = next(one for one in checkpoints.checkpoints(hall.event_id) if one.id not in (kit.id, device.checkpoint_id))
    assert sari.get(f"/scan/v1/roster?checkpoint={other.id}").status_code == 403
