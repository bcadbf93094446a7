"""The summary through HTTP, on both databases: numbers that agree, a fragment that is quiet, constant queries."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event as sqlalchemy_event

from rakor.attendance.models import Checkpoint, FactRow, PresenceRow
from rakor.attendance.rules.words import Direction, Kind, Source, Verdict
from rakor.db import db, transaction
from rakor.events.models import EventDay
from rakor.minutes import preparation_view
from rakor.offices.models import OfficeContact
from rakor.registrations.rules import Mode
from rakor.reports import rules, store, summary
from rakor.seats.models import Holding, Seat, SeatAnswer
from tests import make
from tests.cast import Cast

CAME_AT = datetime(2026, 11, 24, 0, 40, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _fresh(moment: datetime) -> None:
    summary.forget()
    preparation_view.forget()


def fill(people: Cast, offices: int = 1, present: int = 1) -> None:
    """Invite one seat per office; all confirmed, ``present`` of them present today."""
    with people.app.app_context(), transaction(unaudited="test"):
        role = make.role(people.event_id)
        day = db.session.query(EventDay).filter_by(event_id=people.event_id, number=2).one()
        spot = make._add(
            Checkpoint(event_id=people.event_id, day_id=day.id, name="Hari 2", position=2, created_at=make.AT)
        )
        for n in range(offices):
            office = make.office(
                people.institution_id,
                code=f"93{n:02}",
                name=f"Kantor {n}",
                regency_code=("9304", "9301", "9302")[n % 3],
            )
            seat = make.seat(people.event_id, office.id, role.id, answer=SeatAnswer.CONFIRMED, answered_at=make.AT)
            person = make.registration(people.event_id, name=f"Orang {n} Contoh", mode=Mode.ONLINE, office_id=office.id)
            make.holding(seat, person)
            if n < present:
                mark(people.event_id, person.id, spot.id)


def mark(
    event_id: UUID, registration_id: UUID, checkpoint_id: UUID, at: datetime = CAME_AT, source: Source = Source.LINK
) -> None:
    make._add(
        PresenceRow(
            event_id=event_id,
            registration_id=registration_id,
            checkpoint_id=checkpoint_id,
            present=True,
            inside=True,
            first_in_at=at,
            first_source=source,
            fact_count=1,
            duplicate_count=0,
            intervals=[],
            change_seq=1,
        )
    )


def page(people: Cast, path: str = "", who: str = "lena") -> str:
    answer = people.browser(who).get(f"/events/{people.event_id}{path}")
    assert answer.status_code == 200
    return answer.text


def test_an_empty_event_says_what_to_do(people: Cast) -> None:
    text = page(people)
    assert "Belum ada pindaian." in text
    assert "Belum ada kantor yang diundang" in page(people, "/coverage")


def test_three_numbers_stand_apart_each_with_its_time(people: Cast) -> None:
    fill(people, offices=3, present=2)
    text = page(people).replace("\u00a0", " ")
    assert "hadir dari 3 kursi" in text
    assert "<b>2</b> orang" in text
    assert "luring 0 orang, daring 2 orang" in text
    assert "08.55 WIB" in text


def test_one_person_on_two_seats_is_one_head(people: Cast) -> None:
    fill(people)
    with people.app.app_context(), transaction(unaudited="test"):
        from rakor.seats.models import Holding, Seat

        seat = db.session.query(Seat).filter_by(event_id=people.event_id).one()
        running = db.session.query(Holding).filter_by(event_id=people.event_id).one()
        second = make.seat(people.event_id, seat.office_id, seat.role_id, number=2, answer=SeatAnswer.CONFIRMED)
        make._add(
            Holding(
                event_id=people.event_id,
                seat_id=second.id,
                registration_id=running.registration_id,
                started_at=make.AT,
            )
        )
    text = page(people)
    assert "hadir dari 2 kursi" in text
    assert "<b>1</b> orang" in text


def test_who_came_is_counted_by_the_minute(people: Cast, moment: datetime) -> None:
    """Those within five minutes are counted to the moment, not by the minute that they came in."""
    fill(people, offices=1, present=0)
    ago = [timedelta(seconds=seconds) for seconds in (0, 5, 299, 300, 360, -1)]
    with people.app.app_context(), transaction(unaudited="test"):
        spot = db.session.query(Checkpoint).filter_by(event_id=people.event_id).one()
        seat = db.session.query(Seat).filter_by(event_id=people.event_id).one()
        comers = [make.registration(people.event_id, name=f"Orang {n} Contoh") for n in range(len(ago))]
        db.session.query(Holding).update({"ended_at": make.AT})
        make.holding(seat, comers[0])
        for person, before in zip(comers, ago, strict=True):
            mark(people.event_id, person.id, spot.id, moment - before, Source.DESK_SCAN)
    with people.app.app_context():
        found = store.arrived(people.event_id, [spot.id], moment)
    assert sum(some.people for some in found) == 6
    assert sum(some.lately for some in found) == 3
    assert rules.per_minute(found) == 0.6
    assert {some.at for some in found} == {moment - timedelta(minutes=n) for n in (0, 1, 5, 6)}
    assert [some.people for some in found if some.seated] == [1]


def test_the_fragment_is_quiet_until_something_changes(people: Cast) -> None:
    fill(people, offices=2, present=1)
    first = page(people)
    version = first.split("seen=")[1].split('"')[0]
    browser = people.browser("lena")
    assert browser.get(f"/events/{people.event_id}/live?seen={version}").status_code == 204
    with people.app.app_context(), transaction(unaudited="test"):
        spot = db.session.query(Checkpoint).filter_by(event_id=people.event_id).one()
        known = db.session.query(PresenceRow.registration_id).filter_by(event_id=people.event_id)
        other = db.session.query(make.Registration).filter(
            make.Registration.event_id == people.event_id, make.Registration.id.not_in(known)
        )
        mark(people.event_id, other.one().id, spot.id)
    summary.forget()
    answer = browser.get(f"/events/{people.event_id}/live?seen={version}")
    assert answer.status_code == 200
    assert "hadir dari 2 kursi" in answer.text


def test_a_province_opens_to_its_offices_and_a_ready_text(people: Cast) -> None:
    fill(people, offices=3, present=1)
    text = page(people, "/coverage/93")
    assert "Papua Selatan" in text
    assert "Kantor 2" in text
    assert "https://wa.me/?text=" in text


def test_who_calls_an_office_sees_the_number_and_who_reads_does_not(people: Cast) -> None:
    fill(people, offices=2, present=1)
    with people.app.app_context(), transaction(unaudited="test"):
        for (office_id,) in db.session.query(Seat.office_id).filter_by(event_id=people.event_id):
            db.session.add(OfficeContact(office_id=office_id, name="Kontak Contoh", phone="+6281234567890"))
    reads, calls = page(people, "/coverage/93"), people.browser("sari").get(f"/events/{people.event_id}/coverage/93")
    assert "•••• 7890" in reads
    assert "wa.me/6281234567890" not in reads
    assert "0812-3456-7890" in calls.text
    assert "https://wa.me/6281234567890?text=" in calls.text
    assert people.browser("lena").get(f"/events/{people.event_id}/coverage/99").status_code == 404


def test_what_a_sessions_end_closes_is_nobodys_scan(people: Cast) -> None:
    with people.app.app_context(), transaction(unaudited="test"):
        for number, (source, place) in enumerate(((Source.DESK_SCAN, "Meja 7"), (Source.AUTO, "Penutup 8"))):
            make._add(
                FactRow(
                    scan_id=uuid4(), event_id=people.event_id, kind=Kind.TICKET, source=source, place=place,
                    direction=Direction.IN, device_seq=number, in_roster=True, wall_at=make.AT, roster_seq=0,
                    override=False, shown=Verdict.IN, digest=bytes(16), received_at=make.AT, change_seq=number,
                )
            )  # fmt: skip
    summary.forget()
    text = page(people)
    assert "Meja 7" in text
    assert "Penutup 8" not in text


def test_2021_counts_by_the_map_of_its_day(people: Cast) -> None:
    """A regency of Papua Selatan counted to Papua before 2022 (domain.md §1.3)."""
    fill(people, offices=1)
    with people.app.app_context(), transaction(unaudited="test"):
        event = db.session.get(make.Event, people.event_id)
        assert event is not None
        event.regions_as_of = datetime(2021, 10, 27, tzinfo=UTC).date()
    summary.forget()
    assert people.browser("lena").get(f"/events/{people.event_id}/coverage/93").status_code == 404
    assert "Kantor 0" in page(people, "/coverage/91")


def test_the_desk_does_not_see_the_summary(people: Cast) -> None:
    assert people.browser("rina").get(f"/events/{people.event_id}").status_code == 403
    assert people.browser("joko").get(f"/events/{people.event_id}").status_code == 404


def test_one_office_and_three_cost_the_same_queries(people: Cast) -> None:
    def cost() -> int:
        seen: list[Any] = []

        def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            seen.append(statement)

        with people.app.app_context():
            engine = db.engine
        browser = people.browser("lena")
        summary.forget()
        preparation_view.forget()
        sqlalchemy_event.listen(engine, "before_cursor_execute", note)
        assert browser.get(f"/events/{people.event_id}").status_code == 200
        sqlalchemy_event.remove(engine, "before_cursor_execute", note)
        return len([s for s in seen if not s.startswith("BEGIN")])

    fill(people, offices=1)
    one = cost()
    with people.app.app_context(), transaction(unaudited="test"):
        from rakor.seats.models import Holding, Seat

        for table in (Holding, Seat, PresenceRow, Checkpoint, make.EventRole):
            db.session.query(table).filter_by(event_id=people.event_id).delete()
        db.session.query(make.Registration).filter_by(event_id=people.event_id).update({"office_id": None})
        db.session.query(make.Office).delete()
    fill(people, offices=3, present=3)
    assert cost() == one
