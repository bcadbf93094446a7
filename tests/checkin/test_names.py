"""Mode daftar: one desk keeps the names under a passphrase of its own; and what a device learns of itself."""

import json
import zlib
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import select

from rakor import clock
from rakor.audit import AuditEntry
from rakor.checkin import names, store
from rakor.checkin.models import Device
from rakor.db import db, transaction
from tests.checkin.hall import Desk, Hall


def device(hall: Hall, desk: Desk) -> Device:
    found = store.device(hall.event_id, desk.id)
    assert found is not None
    return found


def turn(hall: Hall, desk: Desk, *, on: bool = True) -> str:
    """Turn the mode on or off; returns the passphrase."""
    with transaction():
        names.turn(device(hall, desk), on=on, now=clock.now())
    store._remembered.clear()
    return names.passphrase(device(hall, desk)) or ""


def opened(content: bytes, passphrase: str, desk: Desk) -> dict[str, Any]:
    key = names.key_of(passphrase, desk.id)
    found: dict[str, Any] = json.loads(zlib.decompress(AESGCM(key).decrypt(content[:12], content[12:], None)))
    return found


def test_the_names_open_under_the_passphrase_of_this_desk_alone(hall: Hall) -> None:
    desk, other = hall.desk(), hall.desk("Meja 2")
    person, gone = hall.person("Wulan Rahasia Contoh"), hall.person("Ganti Contoh")
    old, new = hall.ref(gone), hall.ref(hall.reissue(gone.id))
    passphrase = turn(hall, desk)
    content = desk.client.get("/scan/v1/names").data
    assert b"Rahasia" not in content
    people = {one[0]: one for one in opened(content, passphrase, desk)["people"]}
    assert set(people) == {hall.ref(person), new}
    assert old not in people
    assert people[hall.ref(person)][1] == "Wulan Rahasia Contoh, S.E."
    assert other.client.get("/scan/v1/names").status_code == 404
    with pytest.raises(InvalidTag):
        opened(content, turn(hall, other), desk)
    actions = set(db.session.scalars(select(AuditEntry.action)))
    assert {"device.names.on", "scan.names"} <= actions


def test_every_answer_says_since_when_and_the_mode_ends(hall: Hall) -> None:
    desk = hall.desk()
    assert desk.send()["names"] is None
    first = turn(hall, desk)
    since = desk.send()["names"]
    assert since == round(clock.now().timestamp() * 1000)
    turn(hall, desk, on=False)
    assert desk.send()["names"] is None
    assert desk.client.get("/scan/v1/names").status_code == 404
    with clock.freeze(clock.now().replace(minute=59), everywhere=True):
        assert turn(hall, desk) != first


def test_no_number_of_anybody_is_listed(lite_hall: Hall) -> None:
    desk = lite_hall.desk()
    lite_hall.person("Ada Contoh", phone="+6281200000147", nip="198001012005011001")
    passphrase = turn(lite_hall, desk)
    said = json.dumps(opened(desk.client.get("/scan/v1/names").data, passphrase, desk))
    assert "81200000147" not in said
    assert "198001012005011001" not in said
    assert "Ada Contoh" in said


def test_a_revoked_desk_gets_no_names(hall: Hall) -> None:
    desk = hall.desk()
    turn(hall, desk)
    with transaction():
        store.revoke(hall.event_id, desk.id, now=clock.now())
    assert desk.client.get("/scan/v1/names").status_code == 403
    assert desk.client.get("/scan/v1/desk").status_code == 403


def test_a_device_is_told_what_it_is(hall: Hall) -> None:
    desk = hall.desk("Meja 5")
    said = desk.client.get("/scan/v1/desk").get_json()
    assert (said["device"], said["name"], said["event"]) == (str(desk.id), "Meja 5", str(hall.event_id))
    assert [one["id"] for one in said["posts"]] == [str(desk.checkpoint_id)]
    assert (said["posts"][0]["way"], said["admission"], said["names"]) == (None, "open", None)
    assert said["expires_at"] > said["server_time"]
    assert len(said["seal_key"]) == 88
