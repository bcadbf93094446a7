"""The list's rows, read from the database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import event as sa_event

from rakor.agenda.models import AgendaSpeaker, Speaker
from rakor.agenda.rules import SpeakerPart
from rakor.attendance.models import Checkpoint, PresenceRow
from rakor.attendance.rules.words import Source
from rakor.db import db, transaction
from rakor.documents import store
from rakor.documents.rules import Arranged, Choice, ListKind, arrange
from rakor.events import store as events
from rakor.events.models import Event, EventIdentity
from rakor.events.rules import RoleGroup
from rakor.offices.rules import OfficeLevel
from rakor.registrations.models import Registration
from rakor.registrations.rules import Mode, RegistrationState
from rakor.seats.models import Seat
from tests import make

AT = datetime(2026, 11, 24, 0, 56, tzinfo=UTC)


@dataclass
class Hall:
    """An event with two offices, two roles, and checkpoints for a day and for a session."""

    event: Event
    days: list[UUID]
    item_id: UUID
    offices: list[UUID]
    roles: list[UUID]
    day_point: UUID
    session_point: UUID

    def sit(self, office: int, role: int, name: str, *, on_behalf: bool = False, **fields: object) -> Registration:
        seat = make.seat(self.event.id, self.offices[office], self.roles[role])
        person = make.registration(self.event.id, name=name, back_title="", office_id=self.offices[office], **fields)
        make.holding(seat, person, on_behalf=on_behalf)
        return person

    def mark(self, person: Registration, point: UUID, at: datetime | None, source: Source, place: str = "",
             *, intervals: Sequence[Mapping[str, object]] = ()) -> None:  # fmt: skip
        make._add(
            PresenceRow(
                event_id=self.event.id,
                registration_id=person.id,
                checkpoint_id=point,
                present=True,
                inside=True,
                first_in_at=at,
                first_source=source,
                first_place=place,
                fact_count=1,
                duplicate_count=0,
                intervals=list(intervals),
                change_seq=1,
            )
        )

    def listed(
        self, kind: ListKind = ListKind.PARTICIPANTS, item: bool = False, province: str | None = None
    ) -> Arranged:
        choice = Choice(kind, self.days[1], self.item_id if item else None, province)
        rows, open_count = store.list_rows(self.event, choice)
        return arrange(rows, open_seat_count=open_count)


@pytest.fixture
def hall(app: Flask) -> Hall:
    with app.app_context(), transaction(unaudited="test"):
        return furnished()


def furnished() -> Hall:
    institution = make.institution()
    found = make.event(institution.id)
    days = [day.id for day in events.days(found.id)]
    item = make.item(found.id, days[1])
    province = make.office(
        institution.id, code="93", level=OfficeLevel.PROVINCE, short_name="Provinsi Papua Selatan", regency_code=None,
        sort_key="93.00",
    )  # fmt: skip
    regency = make.office(institution.id)
    roles = [make.role(found.id, name, position=n).id for n, name in enumerate(("Ketua", "Sekretaris"))]
    points = [
        make._add(Checkpoint(event_id=found.id, day_id=days[1], item_id=item_id, name="x", created_at=make.AT)).id
        for item_id in (None, item.id)
    ]
    return Hall(found, days, item.id, [province.id, regency.id], roles, points[0], points[1])


def names(listed: Arranged) -> list[str]:
    return [row.name for row in listed.rows]


def test_protocol_order_and_open_seats(app: Flask, hall: Hall) -> None:
    with app.app_context(), transaction(unaudited="test"):
        hall.sit(1, 0, "Ketua Asmat Contoh")
        hall.sit(0, 1, "Sekretaris Provinsi Contoh", nip="198609262015051001", phone="+6281200000101")
        hall.sit(0, 0, "Ketua Provinsi Contoh")
        make.seat(hall.event.id, hall.offices[1], hall.roles[1])
        make.registration(hall.event.id, name="Tamu Contoh", post="Wartawan", institution="Kantor Berita Contoh")
        listed = hall.listed()
    assert names(listed) == ["Ketua Provinsi Contoh", "Sekretaris Provinsi Contoh", "Ketua Asmat Contoh", "Tamu Contoh"]
    assert (listed.counts.seats, listed.counts.loose) == (4, 1)
    assert listed.rows[1].nip == "198609262015051001"
    assert listed.rows[1].phone == "+6281200000101"
    assert (listed.rows[3].post, listed.rows[3].office) == ("Wartawan", "Kantor Berita Contoh")


def test_a_day_is_the_union_of_its_checkpoints_and_a_session_its_own(app: Flask, hall: Hall) -> None:
    with app.app_context(), transaction(unaudited="test"):
        early, late, only = (
            hall.sit(n % 2, n // 2, f"{word} Contoh") for n, word in enumerate(("Ani", "Budi", "Citra"))
        )
        hall.mark(early, hall.day_point, AT, Source.DESK_SCAN, "Meja 3")
        hall.mark(early, hall.session_point, AT + timedelta(hours=1), Source.ZOOM)
        hall.mark(late, hall.session_point, AT, Source.ZOOM)
        whole, session = hall.listed(), hall.listed(item=True)
        other_day = store.list_rows(hall.event, Choice(ListKind.PARTICIPANTS, hall.days[0]))[0]
    seen = {row.name: (row.present, row.means, row.mode) for row in whole.rows}
    assert seen["Ani Contoh"] == (True, "Meja 3", Mode.ONSITE)
    assert seen["Budi Contoh"] == (True, "Zoom", Mode.ONLINE)
    assert seen["Citra Contoh"][0] is False
    assert {row.name: row.means for row in session.rows if row.present} == {"Ani Contoh": "Zoom", "Budi Contoh": "Zoom"}
    assert whole.counts.seats_present == 2
    assert not any(row.present for row in other_day)
    assert only.id


def test_who_will_not_come_is_left_out_unless_seen(app: Flask, hall: Hall) -> None:
    with app.app_context(), transaction(unaudited="test"):
        hall.sit(0, 0, "Batal Contoh", state=RegistrationState.DECLINED)
        came = hall.sit(0, 1, "Datang Juga Contoh", state=RegistrationState.DECLINED)
        make.registration(hall.event.id, name="Menunggu Contoh", state=RegistrationState.WAITING)
        hall.mark(came, hall.day_point, AT, Source.DESK_SCAN)
        listed = hall.listed()
    assert names(listed) == ["Datang Juga Contoh"]
    assert listed.counts.seats == 2


def test_a_withdrawn_seat_is_no_seat_any_more(app: Flask, hall: Hall) -> None:
    with app.app_context(), transaction(unaudited="test"):
        person = hall.sit(0, 0, "Ani Contoh")
        db.session.query(Seat).filter_by(office_id=hall.offices[0]).one().withdrawn_at = make.AT
        db.session.flush()
        listed = hall.listed()
    assert (listed.counts.seats, listed.counts.loose) == (0, 1)
    assert listed.rows[0].person == str(person.id)


def test_a_deputy_stands_for_the_post(app: Flask, hall: Hall) -> None:
    with app.app_context(), transaction(unaudited="test"):
        hall.sit(0, 0, "Wakil Contoh", on_behalf=True, post="Sekretaris", acting="plh")
        listed = hall.listed()
    assert listed.rows[0].post == "Plh. Sekretaris, mewakili Ketua"


def test_a_province_is_that_of_the_day_of_the_event(app: Flask, hall: Hall) -> None:
    with app.app_context(), transaction(unaudited="test"):
        hall.sit(1, 0, "Orang Asmat Contoh")
        make.registration(hall.event.id, name="Orang Semarang Contoh", province_code="33", regency_code="3374")
        today = names(hall.listed(province="93")), names(hall.listed(province="91")), names(hall.listed(province="33"))
        hall.event.regions_as_of = date(2021, 10, 27)
        then = names(hall.listed(province="91"))
        with db.session.no_autoflush:
            assert hall.listed(province="33").counts.seats == 0
    assert today == (["Orang Asmat Contoh"], [], ["Orang Semarang Contoh"])
    assert then == ["Orang Asmat Contoh"]


def test_speakers_and_committee_have_their_own_lists(app: Flask, hall: Hall) -> None:
    with app.app_context(), transaction(unaudited="test"):
        crew = make.role(hall.event.id, "Panitia", position=9, group=RoleGroup.COMMITTEE)
        make.registration(hall.event.id, name="Rina Contoh", role_id=crew.id)
        speaker = make._add(
            Speaker(event_id=hall.event.id, name="Prof. Dewi Contoh", post="Guru Besar", organization="U")
        )
        absent = make._add(Speaker(event_id=hall.event.id, name="Hari Lain Contoh"))
        part = {"event_id": hall.event.id, "item_id": hall.item_id, "part": SpeakerPart.SPEAKER}
        make._add(AgendaSpeaker(**part, speaker_id=speaker.id))
        lists = {kind: names(hall.listed(kind)) for kind in ListKind}
    assert lists == {
        ListKind.PARTICIPANTS: [],
        ListKind.SPEAKERS: ["Prof. Dewi Contoh"],
        ListKind.COMMITTEE: ["Rina Contoh"],
    }
    assert absent.id


def test_a_merged_checkpoint_is_read_where_its_facts_went(app: Flask, hall: Hall) -> None:
    with app.app_context(), transaction(unaudited="test"):
        person = hall.sit(0, 0, "Ani Contoh")
        other = make._add(
            Checkpoint(event_id=hall.event.id, day_id=hall.days[2], item_id=None, name="y", created_at=make.AT)
        )
        db.session.get(Checkpoint, hall.session_point).merged_into_id = other.id
        hall.mark(person, other.id, AT, Source.DESK_SCAN)
        assert hall.listed(item=True).rows[0].present


def test_another_event_is_not_read(app: Flask, hall: Hall) -> None:
    with app.app_context(), transaction(unaudited="test"):
        foreign = furnished()
        foreign.sit(0, 0, "Orang Lain Contoh")
        assert names(hall.listed()) == []


def test_one_row_costs_as_many_statements_as_three(app: Flask, hall: Hall) -> None:
    statements: list[str] = []

    def count() -> int:
        statements.clear()
        hall.listed()
        store.list_head(hall.event, Choice(ListKind.PARTICIPANTS, hall.days[1], hall.item_id), counted_at=AT)
        return len(statements)

    with app.app_context(), transaction(unaudited="test"):
        hall.sit(0, 0, "Ani Contoh")
        sa_event.listen(db.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
        one = count()
        hall.sit(0, 1, "Budi Contoh")
        make.registration(hall.event.id, name="Citra Contoh")
        db.session.flush()
        assert count() == one
    assert one <= 12  # three of them read the draft of an event that has no version yet


def test_head_says_what_is_known(app: Flask, hall: Hall) -> None:
    with app.app_context(), transaction(unaudited="test"):
        make._add(
            EventIdentity(
                event_id=hall.event.id,
                letterhead="KEMENTERIAN CONTOH\nJalan Contoh 1",
                signatory_name="Dewi Contoh",
                signatory_post="Ketua Panitia",
                signatory_nip="197808082003122008",
            )
        )
        head = store.list_head(
            hall.event, Choice(ListKind.PARTICIPANTS, hall.days[1], hall.item_id, "93"), counted_at=AT
        )
        whole = store.list_head(hall.event, Choice(ListKind.PARTICIPANTS, hall.days[0]), counted_at=AT)
        with pytest.raises(LookupError):
            store.list_head(hall.event, Choice(ListKind.PARTICIPANTS, uuid4()), counted_at=AT)
    assert head.letterhead == ("KEMENTERIAN CONTOH", "Jalan Contoh 1")
    assert head.province == "Papua Selatan"
    assert head.session.startswith("Sesi 2")
    assert head.venue == "Hotel Contoh, Bogor"
    assert head.approval
    assert head.approval.nip == "197808082003122008"
    assert (whole.session, whole.starts_at) == ("", None)


def test_holdings_are_found_by_their_index(lite: Flask) -> None:
    asked: list[tuple[str, object]] = []

    def note(*args: object) -> None:
        asked.append((str(args[2]), args[3]))

    with lite.app_context(), transaction(unaudited="test") as session:
        found = furnished()
        sa_event.listen(db.engine, "before_cursor_execute", note)
        found.listed()
        sa_event.remove(db.engine, "before_cursor_execute", note)
        statement, values = next(one for one in asked if "JOIN holding" in one[0])
        plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
    assert any("ix_holding_registration" in row[3] for row in plan), plan
