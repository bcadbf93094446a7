"""Calendar files, read back by a parser."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from rakor.calendar.rules import Entry, calendar_file, web_address

AT = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
STAMP = datetime(2026, 11, 23, tzinfo=UTC)
ITEM = Entry(
    UUID(int=7),
    "Sesi 2",
    date(2026, 11, 24),
    date(2026, 11, 24),
    AT,
    AT + timedelta(hours=2),
    place="Hotel Contoh, Bogor",
)
JOIN = "https://zoom.example/j/1?pwd=a;b,c"


def written(*entries: Entry, zone: str = "Asia/Jakarta") -> bytes:
    return calendar_file("Rakornas Contoh", entries, zone=zone, host="rakor.example", stamped_at=STAMP)


def read(*entries: Entry, zone: str = "Asia/Jakarta") -> Calendar:
    parsed = Calendar.from_ical(written(*entries, zone=zone))
    assert isinstance(parsed, Calendar)
    return parsed


@pytest.mark.parametrize(
    ("zone", "hour", "letters"),
    [("Asia/Jakarta", 8, "WIB"), ("Asia/Makassar", 9, "WITA"), ("Asia/Jayapura", 10, "WIT")],
)
def test_a_session_is_said_in_the_zone_of_the_event(zone: str, hour: int, letters: str) -> None:
    calendar = read(ITEM, zone=zone)
    event = calendar.events[0]
    assert event["dtstart"].params["TZID"] == zone
    assert event.start.hour == hour
    assert event.start.astimezone(UTC) == AT
    assert event.end.astimezone(UTC) == AT + timedelta(hours=2)
    [zone_part] = calendar.timezones
    assert zone_part["tzid"] == zone
    assert zone_part.subcomponents[0]["tzname"] == letters


def test_the_same_item_keeps_its_uid_and_counts_its_changes() -> None:
    first, second = read(ITEM).events[0], read(replace(ITEM, title="Sesi dua", sequence=3)).events[0]
    assert first["uid"] == second["uid"] == f"{UUID(int=7)}@rakor.example"
    assert (first["sequence"], second["sequence"]) == (0, 3)
    assert first["dtstamp"].dt == STAMP


def test_the_same_values_give_the_same_bytes() -> None:
    assert written(ITEM) == written(ITEM)


def test_a_file_to_take_away_is_published() -> None:
    assert read(ITEM)["method"] == "PUBLISH"
    assert "attendee" not in read(ITEM).events[0]


def test_an_item_without_time_lasts_all_day() -> None:
    calendar = read(replace(ITEM, starts_at=None, ends_at=None, last_on=date(2026, 11, 25)))
    event = calendar.events[0]
    assert event["dtstart"].dt == date(2026, 11, 24)
    assert event["dtend"].dt == date(2026, 11, 26)
    assert not calendar.timezones


def test_a_session_with_an_unknown_end_has_none() -> None:
    assert "dtend" not in read(replace(ITEM, ends_at=None)).events[0]


def test_the_join_link_is_there_only_when_given() -> None:
    without = written(ITEM).decode()
    assert "CONFERENCE" not in without
    online = read(replace(ITEM, place="", join_url=JOIN)).events[0]
    assert str(online["conference"]) == JOIN
    assert str(online["location"]) == JOIN
    assert str(online["url"]) == JOIN
    onsite = read(replace(ITEM, join_url=JOIN)).events[0]
    assert str(onsite["location"]) == "Hotel Contoh, Bogor"


def test_a_cancelled_item_says_so() -> None:
    assert read(replace(ITEM, cancelled=True)).events[0]["status"] == "CANCELLED"


@pytest.mark.parametrize(
    "bad",
    [
        "javascript:alert(1)",
        "https://a.b\r\nATTENDEE:mailto:x@y",
        "https://a b",
        "https://",
        "ftp://a.b",
        "https://[",
        "",
    ],
)
def test_only_web_addresses_get_into_a_file(bad: str) -> None:
    assert web_address(bad) == ""
    assert b"CONFERENCE" not in written(replace(ITEM, join_url=bad))


hostile = st.text(st.characters(codec=None), max_size=200) | st.sampled_from(
    ["a\r\nATTENDEE:mailto:x@y", "a\nEND:VEVENT", "a\x85BEGIN:VALARM", "a\u2028b", '"; \\n,', "\ud800", "x" * 190 + "é"]
)


@given(hostile, hostile, hostile)
def test_no_text_gets_out_of_its_line(title: str, place: str, description: str) -> None:
    made = written(replace(ITEM, title=title, place=place, description=description))
    lines = made.decode().split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    assert made.decode().replace("\r\n", "\n").splitlines() == lines[:-1]
    calendar = Calendar.from_ical(made)
    assert [part.name for part in calendar.subcomponents] == ["VTIMEZONE", "VEVENT"]
    allowed = {"UID", "DTSTAMP", "SEQUENCE", "SUMMARY", "STATUS", "DTSTART", "DTEND", "LOCATION", "DESCRIPTION"}
    assert set(calendar.events[0].keys()) <= allowed
    assert calendar.events[0].start.astimezone(ZoneInfo("UTC")) == AT


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=120))
def test_titles_come_back(title: str) -> None:
    # icalendar's reader takes "\\N" for a line break even where its backslash was escaped (RFC 5545 §3.3.11)
    title = title.replace("\\", "/")
    assert read(replace(ITEM, title=title)).events[0]["summary"] == title.strip()
