"""The recorded logs of three phones with wrong clocks, synced in every order and split: one list, to the byte."""

import itertools
import random
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select, update

from rakor import clock
from rakor.attendance.models import FactRow, HeldRecord, PresenceRow
from rakor.checkin.models import Device
from rakor.db import db, transaction
from rakor.documents import store as documents
from rakor.documents.rules import Choice, ListKind, arrange
from rakor.documents.workbook import list_workbook
from rakor.events import store as events
from tests.checkin.hall import Desk, Hall
from tests.conftest import MOMENT

SKEWS = (timedelta(), timedelta(minutes=-73), timedelta(hours=25))
PEOPLE, SCANS = 12, 14


def recorded(hall: Hall) -> list[tuple[Desk, list[dict[str, Any]]]]:
    """Scan at three desks for half an hour without network: same tickets, a leaving, a void, one clock record each."""
    luck = random.Random(4)
    refs = [hall.ref(hall.person(f"Orang {n:02} Contoh")) for n in range(PEOPLE)]
    logs = []
    for number, skew in enumerate(SKEWS, 1):
        desk = hall.desk(f"Meja {number}")
        log = []
        for at in sorted(luck.sample(range(1800), SCANS)):
            with clock.freeze(MOMENT + timedelta(seconds=at)):
                way = luck.choice(["in", "in", "in", "out"])
                log.append(desk.record(ref=luck.choice(refs), direction=way))
        log.append(desk.void(luck.choice(log)))
        with clock.freeze(MOMENT + timedelta(minutes=31)):
            log.append(desk.clock())
        for one in log:
            one["t_wall"] += round(skew.total_seconds() * 1000)
        logs.append((desk, log))
    return logs


def start_again(hall: Hall) -> None:
    """Forget everything that the desks sent."""
    with transaction(unaudited="a test") as session:
        for model in (FactRow, HeldRecord, PresenceRow):
            session.execute(delete(model).where(model.event_id == hall.event_id))
        session.execute(update(Device).where(Device.event_id == hall.event_id).values(ack_through=0, beyond=[]))


def exported(hall: Hall) -> bytes:
    """The day's attendance list as the organiser downloads it."""
    event = events.event(hall.event_id)
    assert event is not None
    choice = Choice(ListKind.PARTICIPANTS, hall.checkpoint.day_id)
    rows, open_seats = documents.list_rows(event, choice)
    head = documents.list_head(event, choice, counted_at=clock.now())
    book = list_workbook(head, arrange(rows, open_seat_count=open_seats))
    db.session.close()
    return book


def test_every_order_and_split_of_three_logs_makes_one_list(hall: Hall) -> None:
    logs = recorded(hall)
    later, books = MOMENT + timedelta(hours=1), []
    with clock.freeze(later, everywhere=True):
        for order in itertools.permutations(logs):
            for size in (5, 200):
                start_again(hall)
                waiting = [(desk, log[at : at + size]) for desk, log in order for at in range(0, len(log), size)]
                if size == 5:  # by turns
                    waiting.sort(key=lambda one: one[1][0]["device_seq"])
                for desk, some in waiting:
                    desk.send(*some)
                assert {desk.send()["ack_through"] for desk, _log in logs} == {SCANS + 2}
                books.append(exported(hall))
        came = select(PresenceRow).where(PresenceRow.event_id == hall.event_id, PresenceRow.present)
        assert 1 < len(db.session.scalars(came).all()) <= PEOPLE
    assert len(books) == 12
    assert len(set(books)) == 1
