"""Who of the same office is missing: the number without network and without names, the names online and on record."""

import struct
from base64 import b64decode
from datetime import timedelta

from sqlalchemy import select

from rakor import clock
from rakor.audit import AuditEntry
from rakor.checkin.packed import packed, unpack
from rakor.checkin.routes.people import LIMIT
from rakor.db import db, transaction
from rakor.registrations.rules import Mode
from tests import make
from tests.checkin.hall import Hall

OFFICES = (("9304", "KPU Kabupaten Asmat"), ("8171", "KPU Kota Ambon"))


def test_the_missing_of_an_office_are_named_online_and_the_asking_is_logged(hall: Hall) -> None:
    with transaction(unaudited="a test"):
        one, two = (make.office(hall.institution_id, code=c, short_name=n).id for c, n in OFFICES)
    names = ("Agustina Contoh", "Bima Contoh", "Citra Contoh", "Dewi Contoh")
    first, second, third, other = [
        hall.person(name, office_id=office) for name, office in zip(names, (one, one, one, two), strict=True)
    ]
    desk = hall.desk()
    refs = [hall.ref(person) for person in (first, second, third, other)]
    desk.send(desk.record(ref=refs[0]), desk.record(ref=refs[1]))
    found = desk.client.get(f"/scan/v1/colleagues?ref={refs[0]}").get_json()["people"]
    assert [(person["name"], person["ref"]) for person in found] == [("Citra Contoh, S.E.", refs[2])]
    ticked = desk.record(kind="manual", ref=refs[2], reason="rekan sekantor, hadir bersama")
    assert desk.verdicts(ticked) == ["in"]
    assert desk.client.get(f"/scan/v1/colleagues?ref={refs[0]}").get_json()["people"] == []
    assert desk.client.get("/scan/v1/colleagues?ref=zz").status_code == 400
    asked = select(AuditEntry).where(AuditEntry.action == "scan.colleagues").order_by(AuditEntry.number)
    logged = db.session.scalars(asked).all()
    assert [entry.detail["count"] for entry in logged] == [1, 0]


def test_asking_for_colleagues_is_limited(lite_hall: Hall) -> None:
    desk, ref = lite_hall.desk(), lite_hall.ref(lite_hall.person())
    said = [desk.client.get(f"/scan/v1/colleagues?ref={ref}").status_code for _ in range(LIMIT + 1)]
    assert (said[0], said[-2], said[-1]) == (200, 200, 429)
    with clock.freeze(clock.now() + timedelta(minutes=6), everywhere=True):
        assert desk.client.get(f"/scan/v1/colleagues?ref={ref}").status_code == 200


def test_the_roster_numbers_offices_and_names_none(hall: Hall) -> None:
    with transaction(unaudited="a test"):
        one, two = (make.office(hall.institution_id, code=c, short_name=n).id for c, n in OFFICES)
    hall.desk()
    people = [hall.person(f"Orang {n} Contoh", office_id=office) for n, office in enumerate((one, two, one, None))]
    header, rows, _ = unpack(packed(hall.event_id, hall.checkpoint.id).content)
    numbers = struct.unpack(f">{len(rows)}H", b64decode(header["offices"]))
    of = {row[0].hex(): number for row, number in zip(rows, numbers, strict=True)}
    first, second, third, nowhere = (of[hall.ref(person)] for person in people)
    assert first == third != second
    assert nowhere == 0 not in (first, second)


def test_who_follows_online_is_missing_at_no_door(lite_hall: Hall) -> None:
    """The number without network and the names with it are of the same people."""
    with transaction(unaudited="a test"):
        office = make.office(lite_hall.institution_id).id
    desk = lite_hall.desk()
    here, far = (lite_hall.person(f"{mode} Contoh", office_id=office, mode=mode) for mode in (Mode.ONSITE, Mode.ONLINE))
    header, rows, _ = unpack(packed(lite_hall.event_id, lite_hall.checkpoint.id).content)
    numbers = struct.unpack(f">{len(rows)}H", b64decode(header["offices"]))
    of = {row[0].hex(): number for row, number in zip(rows, numbers, strict=True)}
    assert of[lite_hall.ref(far)] == 0 != of[lite_hall.ref(here)]
    assert desk.client.get(f"/scan/v1/colleagues?ref={lite_hall.ref(here)}").get_json()["people"] == []
