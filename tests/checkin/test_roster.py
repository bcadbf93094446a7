"""The roster: packed once, small, unreadable without the tickets, and followed by changes."""

import json
from base64 import b64decode
from collections.abc import Callable
from functools import partial
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update

from rakor import clock, codes
from rakor.checkin import packed, roster, sealing, store
from rakor.checkin.packed import INSIDE, PRESENT, REPLACED, REVOKED
from rakor.checkin.roster import Line
from rakor.db import db, transaction
from rakor.events.models import Event
from rakor.lean import lean
from rakor.registrations.models import Registration
from rakor.registrations.tickets import ticket_key
from tests.checkin.hall import Desk, Hall, open_hall


def download(desk: Desk) -> tuple[dict[str, Any], dict[str, tuple[Any, ...]], bytes]:
    answer = desk.client.get("/scan/v1/roster")
    assert answer.status_code == 200
    header, rows, heap = packed.unpack(answer.data)
    return header, {row[0].hex(): row for row in rows}, heap


def secret(hall: Hall, person: Registration) -> bytes:
    return codes.ticket_secret(ticket_key(hall.event_id), person.id, person.epoch)


def test_the_roster_has_every_ticket_and_who_came_in(hall: Hall) -> None:
    desk, away = hall.desk("Meja 3"), hall.person()
    inside, outside = hall.person("Ada Contoh"), hall.person("Budi Contoh")
    old = hall.ref(away)
    away = hall.reissue(away.id)
    desk.send(desk.record(ref=hall.ref(inside)))
    desk.send(desk.record(ref=hall.ref(outside)), desk.record(ref=hall.ref(outside), direction="out"))
    header, rows, heap = download(desk)
    assert (header["event"], header["count"]) == (str(hall.event_id), 4)
    assert header["change_seq"] == desk.send(changes=0)["change_seq"]
    assert rows[old][1] == REVOKED | REPLACED
    assert rows[old][5] > 0
    assert rows[hall.ref(away)][1] == 0
    assert rows[hall.ref(inside)][1] == PRESENT | INSIDE
    assert header["places"][rows[hall.ref(inside)][2]] == "Meja 3"
    assert rows[hall.ref(outside)][1] == PRESENT
    offset, length = rows[hall.ref(inside)][8:]
    line = heap[offset : offset + length]
    assert sealing.unseal(secret(hall, inside), line) == ["Ada Contoh, S.E.", 0, 0, "", 0]
    assert header["words"] == [""]
    with pytest.raises(InvalidTag):
        sealing.unseal(secret(hall, outside), line)
    assert rows[old][9] == 0


def readable(hall: Hall) -> set[str]:
    """What of a person somebody reads who has the roster alone."""
    person = hall.person("Wulan Rahasia Contoh")
    content = hall.desk().client.get("/scan/v1/roster").data
    ids = {"id": str(person.id).encode(), "number": person.id.bytes, "ticket": secret(hall, person)}
    return {what for what, text in ({"name": b"Rahasia"} | ids).items() if text in content}


def test_nobody_is_readable_in_it(lite_hall: Hall) -> None:
    assert not readable(lite_hall)


NOT_SEALED: dict[str, Callable[..., bytes]] = {
    "name": lambda seal, _secret, line: bytes(12) + json.dumps(line).encode(),
    "ticket": lambda seal, secret, line: seal(secret, line) + secret,
}


@pytest.mark.parametrize("told", NOT_SEALED)
def test_i12_bites_where_lines_are_not_sealed_or_carry_their_key(lite_hall: Hall, told: str) -> None:
    with patch.object(sealing, "seal", partial(NOT_SEALED[told], sealing.seal)):
        assert readable(lite_hall) == {told}


def test_changes_bring_the_sealed_line_of_a_new_ticket_and_who_came(hall: Hall) -> None:
    desk, before = hall.desk("Meja 2"), hall.person()
    start = download(desk)[0]["change_seq"]
    with transaction(unaudited="a test"):
        row = db.session.get_one(Registration, before.id)
        row.name, row.change_seq = "Ganti Contoh", start + 1
    desk.send(desk.record(ref=hall.ref(before)), changes=0)
    said = desk.client.get(f"/scan/v1/changes?since={start}").get_json()
    issued = next(one for one in said["changes"] if one["checkpoint"] is None)
    came = next(one for one in said["changes"] if one["checkpoint"] == str(hall.checkpoint.id))
    line = sealing.unseal(secret(hall, before), b64decode(issued["sealed"]))
    assert line[0] == "Ganti Contoh, S.E."
    assert (came["ref"], came["inside"], came["place"]) == (hall.ref(before), True, "Meja 2")
    assert "Ganti" not in json.dumps(said)
    last = said["changes"][-1]["change_seq"]
    assert desk.client.get(f"/scan/v1/changes?since={last}").get_json()["changes"] == []


def test_what_is_new_is_found_without_going_through_everybody(lite_hall: Hall) -> None:
    """A desk asks with every scan: of an event of 20,000 a look at all of them cost ten times the scan."""
    with lite_hall.app.app_context():
        connection = db.session.connection()
        raw = connection.connection.driver_connection
        assert raw is not None
        for statement in (roster._TICKETS, roster._CAME):
            ready = statement._for(lean(connection))
            values = ready.parameters({"event": lite_hall.event_id, "after": 0, "most": 10})
            plan = " · ".join(row[3] for row in raw.execute(f"EXPLAIN QUERY PLAN {ready.sql}", values))
            assert "AUTOMATIC" not in plan, plan
            for table in ("ticket", "registration", "presence"):
                assert f"SCAN {table}" not in plan, plan
            assert "change_seq>?" in plan, plan


@pytest.mark.parametrize("since", ["", "-1", "x", "1" * 16, "٣"])
def test_changes_since_nonsense(lite_hall: Hall, since: str) -> None:
    assert lite_hall.desk().client.get("/scan/v1/changes", query_string={"since": since}).status_code == 400


def test_the_packed_roster_is_made_once_and_answered_by_its_tag(lite_hall: Hall) -> None:
    desk, _ = lite_hall.desk(), lite_hall.person()
    first = desk.client.get("/scan/v1/roster")
    lite_hall.desk("Meja 2").client.get("/scan/v1/roster")
    desk.send(desk.record(ref=lite_hall.ref(lite_hall.person("Baru Contoh"))))
    again = desk.client.get("/scan/v1/roster")
    assert again.data == first.data  # what is new comes with the changes
    same = desk.client.get("/scan/v1/roster", headers={"If-None-Match": first.headers["ETag"]})
    assert (same.status_code, same.data) == (304, b"")
    with transaction(unaudited="a test"):
        db.session.execute(update(Event).values(change_seq=Event.change_seq + packed.REUSED + 1))
    fresh = desk.client.get("/scan/v1/roster")
    assert packed.unpack(fresh.data)[0]["count"] == 2


def test_a_revoked_or_finished_device_gets_no_roster(hall: Hall) -> None:
    desk = hall.desk()
    with transaction():
        store.revoke(hall.event_id, desk.id, now=clock.now())
    assert desk.client.get("/scan/v1/roster").status_code == 403
    assert desk.client.get("/scan/v1/changes?since=0").status_code == 403


def test_a_device_of_one_event_sees_no_ticket_of_another(lite_hall: Hall) -> None:
    other = open_hall(lite_hall.app)
    foreign, own = other.person("Rahasia Contoh"), lite_hall.person()
    desk = lite_hall.desk()
    assert set(download(desk)[1]) == {lite_hall.ref(own)}
    said = desk.client.get("/scan/v1/changes?since=0").get_json()["changes"]
    assert other.ref(foreign) not in {one["ref"] for one in said}


@given(st.lists(st.text(max_size=300), min_size=3, max_size=3))
def test_a_line_is_read_again_and_changed_lines_share_no_nonce(line: list[str]) -> None:
    key = b"s" * 11 + b"\x40"
    sealed = sealing.seal(key, line)
    assert sealing.seal(key, line) == sealed
    read = sealing.unseal(key, sealed)
    assert [whole.startswith(str(part)) for whole, part in zip(line, read, strict=True)] == [True] * 3
    other = sealing.seal(key, [*line[:2], line[2][:200] + "x"])
    assert other[:12] != sealed[:12] or other == sealed


def test_ten_thousand_tickets_are_small() -> None:
    names: list[str | int] = ["Dr. Muhammad Nurhidayatullah Contoh, S.Sos., M.Si.", 5, 513]
    sealed = sealing.seal(b"k" * 11 + b"\0", names)
    lines = [Line(uuid4().bytes[:12], uuid4(), 1, 1, None, False, sealed) for _ in range(10_000)]
    assert len(packed.pack({"change_seq": 1}, lines, {})) < 1_500_000


def test_the_numbers_of_the_roster_are_followed_from_any_point(hall: Hall) -> None:
    desk = hall.desk()
    people = [hall.person(f"Orang {number} Contoh") for number in range(4)]
    for one in people:
        desk.send(desk.record(ref=hall.ref(one)))
    whole = roster.changes(hall.event_id, 0, 500)
    followed, cursor = [], 0
    while step := roster.changes(hall.event_id, cursor, 2):
        followed += step
        cursor = step[-1].change_seq
    assert [one.change_seq for one in followed] == [one.change_seq for one in whole]
