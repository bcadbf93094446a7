"""The recorded logs of three phones with wrong clocks, synced in every order and split: one list, to the byte."""

import itertools
import random
from datetime import timedelta
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import delete, select, update

from rakor import audit, clock, outbox
from rakor.accounts.rules import Role
from rakor.attendance.models import FactRow, HeldRecord, PresenceRow
from rakor.checkin.models import Device
from rakor.db import db, transaction
from tests import cast, make
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


def exported(hall: Hall, sari: FlaskClient) -> bytes:
    """The day's attendance list as the organiser asks for it, the worker makes it and the organiser downloads it."""
    asked = {"kind": "participants", "occasion": str(hall.checkpoint.day_id), "variant": "filled", "office": "all"}
    asked |= {"province": "all", "format": "xlsx", "whole": "y"}
    page = sari.post(f"/events/{hall.event_id}/documents", data=asked | {"reason": "Lampiran SPJ rombongan"}).location
    with audit.acting(audit.SYSTEM):
        while outbox.run_next():
            pass
    book = sari.get(f"{page}/file")
    assert book.status_code == 200
    db.session.close()
    return book.data


def test_every_order_and_split_of_three_logs_makes_one_list(hall: Hall, people: cast.Cast) -> None:
    """Through HTTP and the real export, on both databases. Seen red: with earlier facts forgotten."""
    with transaction(unaudited="a test"):
        make.grant(hall.event_id, people.users["sari"], Role.OWNER)
    logs = recorded(hall)
    later, books = MOMENT + timedelta(hours=1), []
    with clock.freeze(later, everywhere=True):
        sari = people.browser("sari")
        for order in itertools.permutations(logs):
            for size in (5, 200):
                start_again(hall)
                waiting = [(desk, log[at : at + size]) for desk, log in order for at in range(0, len(log), size)]
                if size == 5:  # by turns
                    waiting.sort(key=lambda one: one[1][0]["device_seq"])
                for desk, some in waiting:
                    desk.send(*some)
                assert {desk.send()["ack_through"] for desk, _log in logs} == {SCANS + 2}
                books.append(exported(hall, sari))
        came = select(PresenceRow).where(PresenceRow.event_id == hall.event_id, PresenceRow.present)
        assert 1 < len(db.session.scalars(came).all()) <= PEOPLE
    assert len(books) == 12
    assert len(set(books)) == 1
