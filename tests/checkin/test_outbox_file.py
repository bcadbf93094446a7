"""A desk's outbox that arrives as a file: sealed to the event, by the same function as a batch, twice is once."""

import json
from io import BytesIO

from sqlalchemy import func, select

from rakor import clock
from rakor.accounts.rules import Role
from rakor.attendance.models import FactRow, PresenceRow
from rakor.checkin import envelope, store
from rakor.checkin.exported import WHAT, Taken, take
from rakor.db import db, transaction
from tests import make
from tests.cast import Cast
from tests.checkin.hall import Desk, Hall, open_hall


def file_of(hall: Hall, desk: Desk, count: int, **said: object) -> bytes:
    records = [desk.record(ref=hall.ref(hall.person(f"Orang {number} Contoh"))) for number in range(count)]
    text = json.dumps({"what": WHAT, "device": str(desk.id), "records": records} | said)
    return envelope.seal(envelope.public_key(hall.event_id), text)


def test_a_file_enters_like_its_batches_and_twice_is_once(hall: Hall) -> None:
    desk = hall.desk()
    content = file_of(hall, desk, 3)
    assert b"Contoh" not in content
    assert [take(hall.event_id, content) for _ in range(2)] == [Taken(3, 0)] * 2
    db.session.close()
    assert db.session.scalar(select(func.count()).select_from(FactRow)) == 3
    assert db.session.scalar(select(func.count()).where(PresenceRow.present)) == 3


def test_a_file_of_a_revoked_desk_waits_and_a_foreign_one_changes_nothing(hall: Hall) -> None:
    desk, other = hall.desk(), open_hall(hall.app)
    content = file_of(hall, desk, 1)
    assert take(other.event_id, content) is None
    assert take(hall.event_id, content[:-1] + b"x") is None
    assert take(hall.event_id, file_of(hall, desk, 1, device="nobody")) is None
    assert take(hall.event_id, file_of(hall, desk, 1, what="something else")) is None
    with transaction():
        store.revoke(hall.event_id, desk.id, now=clock.now())
    assert take(hall.event_id, content) == Taken(0, 1)


def test_the_coordinator_enters_a_file(hall: Hall, people: Cast) -> None:
    with transaction(unaudited="a test"):
        make.grant(hall.event_id, people.users["sari"], Role.OWNER)
    sari, desk = people.browser("sari"), hall.desk()
    address = f"/events/{hall.event_id}/coordination"
    assert "Berkas dari meja tanpa jaringan" in sari.get(address).text
    for content, said in ((file_of(hall, desk, 2), "2 catatan ada di server"), (b"nothing", "Tidak ada yang berubah")):
        sent = {"file": (BytesIO(content), "meja.sealed")}
        answer = sari.post(f"{address}/outbox", data=sent, follow_redirects=True)
        assert said in answer.text
