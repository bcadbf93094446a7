"""A Zoom report over HTTP and by the worker: story O6, in the zone that was said, and once."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from sqlalchemy import func, select

from rakor import outbox
from rakor.attendance.models import Checkpoint, FactRow, PresenceRow
from rakor.attendance.rules.words import Source
from rakor.db import db, transaction
from rakor.events import store as events
from rakor.sources.rules.zoom_matching import Found
from rakor.sources.zoom_models import ZoomAttendee, ZoomReport
from tests import make
from tests.books import rows_of
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("moment")
# in WIT: 10.00 there is 08.00 WIB, when the morning's session begins
REPORT = """\
Topic,ID,Host name,Host email,Start time,End time,Participants,Duration (minutes)
Rapat contoh,810 0000 0003,Panitia,panitia@example.com,11/24/2026 09:30:00 AM,11/24/2026 05:00:00 PM,9,450

Name (original name),Email,Join time,Leave time,Duration (minutes),Guest,Recording disclaimer response,In waiting room
Panitia,panitia@example.com,11/24/2026 09:30:00 AM,11/24/2026 05:00:00 PM,450,No,,No
Kantor Kabupaten Asmat_Agus Contoh,,11/24/2026 09:40:00 AM,11/24/2026 09:58:00 AM,18,Yes,,Yes
Kantor Kabupaten Asmat_Agus Contoh,,11/24/2026 09:58:00 AM,11/24/2026 10:40:00 AM,42,Yes,,No
Kantor Kabupaten Asmat_Agus Contoh (Galaxy A52),,11/24/2026 10:30:00 AM,11/24/2026 11:30:00 AM,60,Yes,,No
Bela Contoh,bela@example.com,11/24/2026 03:10:00 PM,11/24/2026 05:20:00 PM,130,Yes,,No
Galaxy A7,bela@example.com,11/24/2026 11:55:00 AM,11/24/2026 12:30:00 PM,35,Yes,,No
Cici Contoh,,11/24/2026 10:00:00 AM,11/24/2026 12:00:00 PM,120,Yes,,No
Kantor Kabupaten Asmat (ruang rapat),,11/24/2026 10:00:00 AM,11/24/2026 12:00:00 PM,120,Yes,,No
iPhone,,11/24/2026 10:00:00 AM,11/24/2026 12:00:00 PM,120,Yes,,No
"""


def work(people: Cast) -> None:
    with people.app.app_context():
        while outbox.run_next():
            pass


def present(people: Cast) -> dict[tuple[str, str], int]:
    """Who is present where, with the seconds of their stays."""
    names = {one: name for name, one in people.seats.items()}
    with people.app.app_context():
        query = select(PresenceRow, Checkpoint.name).join(Checkpoint, Checkpoint.id == PresenceRow.checkpoint_id)
        found = {}
        for row, place in db.session.execute(query.where(PresenceRow.present)):
            stays = [(datetime.fromisoformat(str(one["start_at"])), one["end_at"]) for one in row.intervals]
            spent = sum((datetime.fromisoformat(str(end)) - start).total_seconds() for start, end in stays if end)
            assert row.first_source is Source.ZOOM
            found[names[row.registration_id], place] = round(spent / 60)
        return found


@pytest.fixture
def hall(people: Cast) -> Cast:
    with people.app.app_context(), transaction(unaudited="test"):
        office = make.office(people.institution_id)
        seats = {
            "agus": make.registration(people.event_id, name="Agus Contoh", office_id=office.id).id,
            "bela": make.registration(people.event_id, name="Bela Contoh", email="bela@example.com").id,
            "cici": make.registration(people.event_id, name="Cici Contoh").id,
        }
        day = events.days(people.event_id)[1].id
        for title, first, last in (("Sesi pagi", 1, 3), ("Sesi siang", 6, 8)):
            hours = (datetime(2026, 11, 24, hour, tzinfo=UTC) for hour in (first, last))
            starts_at, ends_at = hours
            make.item(people.event_id, day, title=title, starts_at=starts_at, ends_at=ends_at, takes_attendance=True)
    object.__setattr__(people, "seats", seats)
    object.__setattr__(people, "day", str(day))
    return people


def test_o6_a_report_becomes_presence_and_a_second_one_changes_nothing(hall: Cast) -> None:
    sari, base = hall.browser("sari"), f"/events/{hall.event_id}/zoom"

    def send(content: str = REPORT) -> str:
        data = {"day": hall.day, "zone": "Asia/Jayapura", "least": "15", "paper": (BytesIO(content.encode()), "z.csv")}
        answer = sari.post(base, data=data)
        assert answer.status_code == 303, answer.text
        work(hall)
        return str(answer.location)

    wrong = sari.post(base, data={"day": hall.day, "zone": "Asia/Jayapura", "least": "0"})
    assert (wrong.status_code, "Pilih berkasnya dahulu" in wrong.text) == (422, True)
    page = send()
    shown = sari.get(page).text
    assert "2 orang dikenali" in shown
    assert "1 baris tuan rumah, 1 baris ruang tunggu" in shown
    assert "“Cici Contoh”: siapa ini?" in shown
    assert present(hall) == {}, "nothing before it is saved"
    out = rows_of(sari.post(f"{page}/sheets?found=question"))
    assert [row[0] for row in out] == ["Nama di Zoom", "Cici Contoh"]
    assert len(rows_of(sari.post(f"{page}/sheets"))) == 6
    with hall.app.app_context():
        counted = dict(db.session.execute(select(ZoomAttendee.found, func.count()).group_by(ZoomAttendee.found)).all())
        kinds = {Found.EMAIL: 1, Found.NAME: 1, Found.QUESTION: 1, Found.ROOM: 1, Found.NOBODY: 1}
        assert counted == kinds
        number = db.session.scalar(select(ZoomAttendee.number).where(ZoomAttendee.found == Found.QUESTION))
        assert db.session.scalars(select(ZoomReport.file_id)).all() == [None], "the file goes once it is read"
    assert [sari.post(f"{page}/saving").status_code for _again in range(2)] == [303, 303]
    work(hall)
    first = {("agus", "Sesi pagi"): 90, ("bela", "Sesi siang"): 110}
    assert present(hall) == first, "overlaps count once, what is outside is cut, five minutes are a glance"
    assert sari.post(f"{page}/answers", data={"number": number, "choice": str(hall.seats["agus"])}).status_code == 303
    assert sari.post(f"{page}/answers", data={"number": number, "choice": str(hall.seats["cici"])}).status_code == 303
    sari.post(f"{page}/saving")
    work(hall)
    everybody = first | {("cici", "Sesi pagi"): 120}
    assert present(hall) == everybody
    with hall.app.app_context():
        before = db.session.scalar(select(func.count()).select_from(FactRow))
    assert send() == page, "the same file is the report that is there"
    again = send(REPORT + "\n")
    sari.post(f"{again}/saving")
    work(hall)
    assert present(hall) == everybody
    with hall.app.app_context():
        assert db.session.scalar(select(func.count()).select_from(FactRow)) == before
    refused = send("Nama,NIP\nAgus,1\n")
    assert "Baris judul tidak ditemukan" in sari.get(refused).text
    assert sari.post(f"{refused}/removal").location == base
    assert hall.browser("rina").get(page).status_code == 403
