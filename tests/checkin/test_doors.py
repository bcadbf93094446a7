"""Who is let in: desks that own their tickets, strict events, what a verdict says, guessers, other days."""

from base64 import b64decode
from typing import Any

from sqlalchemy import func, select

from rakor import clock, codes
from rakor.attendance.models import FactRow
from rakor.audit import AuditEntry
from rakor.checkin import sealing, store
from rakor.db import db, transaction
from rakor.events.models import Event
from rakor.events.rules import Admission, BadgeColour
from rakor.registrations import changes
from rakor.registrations.tickets import ticket_key
from tests import make
from tests.checkin.hall import Desk, Hall, presence


def _shown(desk: Desk, ref: str) -> dict[str, Any]:
    """Scan as a phone does: whoever is sent to another desk did not come in here."""
    record = desk.record(ref=ref)
    answer = desk.send(record)
    if answer["records"][0]["verdict"] == "other_desk":
        desk.send(desk.void(record))
    return answer


def test_where_each_desk_owns_its_tickets_only_one_lets_in(hall: Hall) -> None:
    with transaction(unaudited="a test"):
        row = db.session.get_one(Event, hall.event_id)
        row.admission, row.desk_count = Admission.OWNED, 2
    desks = [hall.desk("Meja 1"), hall.desk("Meja 2")]
    people = [hall.person(f"Orang {n} Contoh") for n in range(16)]
    shown = []
    for person in people:
        answers = [_shown(desk, hall.ref(person)) for desk in desks]
        assert [answer["door"] for answer in answers] == [
            {"admission": "owned", "desk": number, "desks": 2} for number in (1, 2)
        ]
        said = [answer["records"][0] for answer in answers]
        shown.append([one["verdict"] for one in said])
        owner = int(hall.ref(person), 16) % 2 + 1
        assert said[owner - 1]["verdict"] == "in"
        assert (said[2 - owner]["verdict"], said[2 - owner]["place"]) == ("other_desk", str(owner))
    assert {tuple(one) for one in shown} == {("in", "other_desk"), ("other_desk", "in")}
    with transaction():
        store.revoke(hall.event_id, desks[0].id, now=clock.now())
    spare = hall.desk("Meja cadangan")  # the number of the one that is gone
    assert spare.send(spare.record(ref=hall.ref(people[0])))["door"]["desk"] == 1


def test_a_strict_event_lets_in_by_known_tickets_only(hall: Hall) -> None:
    with transaction(unaudited="a test"):
        db.session.get_one(Event, hall.event_id).admission = Admission.STRICT
    desk, person = hall.desk(), hall.person()
    ref = hall.ref(person)
    assert desk.verdicts(desk.record(ref="0" * 24)) == ["not_admitted"]
    assert desk.verdicts(desk.record(kind="manual", ref=ref, reason="cari nama")) == ["not_admitted"]
    row = presence(hall, person)
    assert row is not None
    assert not row.present
    assert "refused" in row.flags
    assert desk.verdicts(desk.record(ref=ref)) == ["in"]


def test_room_and_badge_colour_are_on_the_verdict(hall: Hall) -> None:
    with transaction(unaudited="a test"):
        role = make.role(hall.event_id, "Narasumber", colour=BadgeColour.BLUE)
    desk, person = hall.desk(), hall.person(role_id=role.id)
    before = desk.send()["change_seq"]
    with transaction():
        changes.place(db.session.merge(person), "Kamar 312", now=clock.now())
    answer = desk.send(desk.record(ref=hall.ref(person)), roster_seq=before)
    who = answer["records"][0]["who"]
    assert (who["role"], who["placing"], who["colour"]) == ("Narasumber", "Kamar 312", "blue")
    [line] = [change for change in answer["changes"] if change["sealed"]]
    secret = codes.ticket_secret(ticket_key(hall.event_id), person.id, 0)
    said = sealing.unseal(secret, b64decode(line["sealed"]))
    assert said == ["Agustina Contoh, S.E.", "Narasumber", "", "Kamar 312", "blue"]


def test_who_tries_many_codes_learns_nothing_more_whatever_the_server(hall: Hall) -> None:
    desk, other, person = hall.desk(), hall.desk("Meja 2"), hall.person()
    guesses = [desk.record(ref=f"{n:024x}") for n in range(10)]
    assert set(desk.verdicts(*guesses)) == {"unknown"}
    more = [desk.record(ref=f"{n:024x}") for n in range(100, 103)]
    good = desk.record(ref=hall.ref(person))
    limited = desk.client.post("/scan/v1/batches", json={"records": [*more, good]})
    assert (limited.status_code, limited.headers["Retry-After"]) == (429, "60")
    assert "unknown" not in limited.text
    db.session.close()
    assert db.session.scalar(select(func.count()).select_from(FactRow)) == 14  # kept all the same
    assert presence(hall, person).present  # type: ignore[union-attr]
    assert other.verdicts(other.record(ref="f" * 24)) == ["unknown"]
    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "scan.guessing"))
    said = [one.detail["count"] for one in entries]
    assert said == [13]
    again = desk.send(*more, good)["records"]  # what was kept is answered
    assert [one["status"] for one in again] == ["duplicate"] * 4


def test_a_time_off_the_days_is_flagged_and_counts(hall: Hall) -> None:
    desk, person = hall.desk(), hall.person()
    year = 365 * 86_400_000
    record = desk.record(ref=hall.ref(person))
    desk.send(record | {"t_wall": record["t_wall"] - year})  # its segment never met the server
    row = presence(hall, person)
    assert row is not None
    assert row.present
    assert "off_the_days" in row.flags.split()
    desk.send(desk.clock())  # now its clock is known
    row = presence(hall, person)
    assert row is not None
    assert (row.present, row.flags) == (True, "")
