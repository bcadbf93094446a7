"""Zoom reports by their rules: three styles of headings, reconnects, and whose seat it was. No app, no database."""

import csv
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rakor.offices.rules import OfficeLevel
from rakor.seats.rules.office_names import KnownOffice, OfficeFinder
from rakor.sources.rules.zoom_facts import Session, facts_of
from rakor.sources.rules.zoom_matching import Found, Matcher, Somebody
from rakor.sources.rules.zoom_people import Attendee, attendees, merged
from rakor.sources.rules.zoom_report import Report, ReportProblem, read_report

SAMPLES = Path(__file__).parent / "zoom"
KAB, KOTA, SALATIGA, ACEH, SITARO = (uuid4() for _ in range(5))


def office(key, code, short):
    level = OfficeLevel.REGENCY if len(code) == 4 else OfficeLevel.PROVINCE
    return KnownOffice(key, code, short, short, level, code[:2], code if len(code) == 4 else None)


FINDER = OfficeFinder([
    office(KAB, "3322", "KPU Kabupaten Semarang"), office(KOTA, "3374", "KPU Kota Semarang"),
    office(SALATIGA, "3373", "KPU Kota Salatiga"), office(ACEH, "11", "KIP Aceh"),
    office(SITARO, "7109", "KPU Kabupaten Kepulauan Siau Tagulandang Biaro"),
])  # fmt: skip
PEOPLE = {
    "satu": Somebody(uuid4(), "Contoh Satu", "satu@example.com", KAB),
    "dua": Somebody(uuid4(), "Contoh Dua", "", KOTA),
    "tiga": Somebody(uuid4(), "Contoh Tiga", "", ACEH),
    "empat": Somebody(uuid4(), "Contoh Empat", "kantor@example.com", SITARO),
    "lima": Somebody(uuid4(), "Contoh Lima", "kantor@example.com", SITARO),
}
MATCHER = Matcher(PEOPLE.values(), FINDER)


def sample(name: str) -> Report:
    with (SAMPLES / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        found = read_report(list(csv.reader(file)))
    assert isinstance(found, Report), found
    return found


def shown(*names: str, email: str = "") -> Attendee:
    return Attendee(names, email, (), 60)


def test_three_styles_of_headings_with_host_and_waiting_room_left_out() -> None:
    old, new, unique = (sample(name) for name in ("detailed", "newer", "unique"))
    assert (old.host_lines, old.waiting_lines, len(old.stays), old.has_times) == (1, 0, 8, True)
    assert (new.host_lines, new.waiting_lines, len(new.stays), new.has_times) == (1, 1, 1, True)
    assert (unique.host_lines, len(unique.stays), unique.has_times) == (1, 3, False)
    assert read_report([["Nama", "NIP"], ["Contoh", "1"]]) is ReportProblem.NO_HEADING
    assert read_report([["Name (Original Name)", "Join Time", "Leave Time"]]) is ReportProblem.NO_ROWS
    assert read_report([["Name", "Join Time", "Leave Time"], ["A", "kemarin", ""]]) is ReportProblem.TIMES


def test_reconnects_are_one_and_an_overlap_counts_once() -> None:
    found = {one.names[0]: one for one in attendees(sample("detailed").stays)}
    room = found["KPU KOTA SALATIGA (Zoom Rapat)"]
    assert (len(room.spans), room.minutes) == (2, 545), "239 and 306 minutes, 158 seconds apart"
    satu = found["KPU KAB. SEMARANG_Contoh Satu"]
    assert (len(satu.names), satu.minutes) == (2, 406), "one address, two shown names"
    assert {one.minutes for one in attendees(sample("unique").stays)} == {546, 406, 7}


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(0, 90)), max_size=12), st.randoms())
def test_merged_spans_hold_the_same_minutes_in_any_order(parts: list[tuple[int, int]], luck: object) -> None:
    start = datetime(2026, 11, 24, tzinfo=UTC)
    spans = [(start + timedelta(minutes=a), start + timedelta(minutes=a + length)) for a, length in parts]
    minutes = {minute for a, length in parts for minute in range(a, a + length)}
    mixed = list(spans)
    luck.shuffle(mixed)
    found = merged(mixed)
    assert found == merged(spans)
    assert sum((end - begin for begin, end in found), timedelta()) == timedelta(minutes=len(minutes))
    assert all(left[1] < right[0] for left, right in pairwise(found))


@pytest.mark.parametrize(
    ("who", "shown_as", "found", "person"),
    [
        ("by address", shown("Galaxy A52", email="satu@example.com"), Found.EMAIL, "satu"),
        ("office and name", shown("KPU Kota Semarang_Contoh Dua"), Found.NAME, "dua"),
        ("code and name", shown("33.74 Contoh Dua"), Found.NAME, "dua"),
        ("titles, name first", shown("Dr. Contoh Tiga, S.H., M.H. - KIP Aceh"), Found.NAME, "tiga"),
        ("alias of a region", shown("KPU KAB SITARO_Contoh Empat (Galaxy A52)"), Found.NAME, "empat"),
        ("a shared address", shown("Contoh Lima", email="kantor@example.com"), Found.NAME, "lima"),
        ("kabupaten or kota", shown("KPU Semarang_Contoh Dua"), Found.QUESTION, "dua"),
        ("a name alone", shown("Contoh Tiga"), Found.QUESTION, "tiga"),
        ("a slip of the finger", shown("KPU Kota Semarang_Contoh Duaa"), Found.QUESTION, "dua"),
        ("another office's", shown("KPU Kota Salatiga_Contoh Dua"), Found.QUESTION, "dua"),
        ("an unknown colleague", shown("KPU Kota Salatiga_Orang Lain"), Found.NOBODY, None),
        ("a room", shown("KPU KOTA SALATIGA (Zoom Rapat)"), Found.ROOM, None),
        ("a phone", shown("iPhone"), Found.NOBODY, None),
        ("nothing", shown("?"), Found.NOBODY, None),
    ],
)
def test_whose_seat_it_was(who: str, shown_as: Attendee, found: Found, person: str | None) -> None:
    answer = MATCHER.match(shown_as)
    assert answer.found is found, who
    asked = answer.choices[0] if answer.choices else None
    assert (answer.person_id or asked) == (PEOPLE[person].id if person else None), who
    assert (answer.person_id is None) == (found in (Found.QUESTION, Found.NOBODY, Found.ROOM))


def test_the_same_report_states_the_same_facts_and_a_glance_states_none() -> None:
    start = datetime(2026, 11, 24, 1, tzinfo=UTC)
    hour = timedelta(hours=1)
    sessions = [Session(uuid4(), start, start + hour), Session(uuid4(), start + hour, start + 2 * hour)]
    person = uuid4()
    spans = [(start - hour, start + hour / 2), (start + hour - timedelta(minutes=3), start + 1.1 * hour)]
    facts = facts_of(person, spans, sessions, timedelta(minutes=10))
    assert facts == facts_of(person, spans, sessions, timedelta(minutes=10))
    assert {fact.checkpoint_id for fact in facts} == {sessions[0].checkpoint_id}, "six minutes are a glance"
    assert [fact.wall_at for fact in facts] == [
        start, start + hour / 2, start + hour - timedelta(minutes=3), start + hour
    ]  # fmt: skip
    assert len({fact.scan_id for fact in facts}) == 4
