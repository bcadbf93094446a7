"""Calendar files and invitations, read back by a parser."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from rakor.calendar.rules import Attendee, Content, Entry, calendar_file, content_of, invitation, web_address

AT = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
STAMP = datetime(2026, 11, 23, tzinfo=UTC)
DAY = date(2026, 11, 24)
SESSION = Content(
    "Sesi 2", DAY, DAY, "Asia/Jakarta", AT, AT + timedelta(hours=2), place="Hotel Contoh, Bogor", alarms=(60,)
)
ITEM = Entry("7@rakor.example", SESSION, STAMP)
JOIN = "https://zoom.example/j/1?pwd=a;b,c"
HOST, GUEST = Attendee("Kementerian Contoh", "rakor@contoh.test"), Attendee("Agustina Contoh", "agustina@contoh.test")


def saying(**changes: object) -> Entry:
    return replace(ITEM, content=replace(SESSION, **changes))  # type: ignore[arg-type]


def written(*entries: Entry) -> bytes:
    return calendar_file("Rakornas Contoh", entries, zone="Asia/Jakarta")


def read(*entries: Entry) -> Calendar:
    return parsed(written(*entries))


def parsed(made: bytes) -> Calendar:
    calendar = Calendar.from_ical(made)
    assert isinstance(calendar, Calendar)
    return calendar


def asked(entry: Entry = ITEM, guest: Attendee = GUEST) -> Calendar:
    return parsed(invitation(entry, HOST, guest))


@pytest.mark.parametrize(
    ("zone", "hour", "letters"),
    [("Asia/Jakarta", 8, "WIB"), ("Asia/Makassar", 9, "WITA"), ("Asia/Jayapura", 10, "WIT")],
)
def test_a_session_is_said_in_the_zone_of_the_event(zone: str, hour: int, letters: str) -> None:
    calendar = read(saying(zone=zone))
    event = calendar.events[0]
    assert event["dtstart"].params["TZID"] == zone
    assert event.start.hour == hour
    assert event.start.astimezone(UTC) == AT
    assert event.end.astimezone(UTC) == AT + timedelta(hours=2)
    [zone_part] = calendar.timezones
    assert zone_part["tzid"] == zone
    assert zone_part.subcomponents[0]["tzname"] == letters


def test_an_entry_says_its_uid_its_number_and_its_moment() -> None:
    event = read(replace(ITEM, sequence=3)).events[0]
    assert (event["uid"], event["sequence"], event["dtstamp"].dt) == ("7@rakor.example", 3, STAMP)


def test_the_same_values_give_the_same_bytes() -> None:
    assert written(ITEM) == written(ITEM)
    assert invitation(ITEM, HOST, GUEST) == invitation(ITEM, HOST, GUEST)


def test_a_file_to_take_away_is_published() -> None:
    assert read(ITEM)["method"] == "PUBLISH"
    assert "attendee" not in read(ITEM).events[0]
    assert "refresh-interval" not in read(ITEM)
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT1H" in calendar_file("x", [ITEM], zone="Asia/Jakarta", feed=True)


def test_an_invitation_asks_one_person_who_has_said_yes() -> None:
    calendar = asked()
    [event] = calendar.events
    assert calendar["method"] == "REQUEST"
    assert event["organizer"] == "mailto:rakor@contoh.test"
    assert event["organizer"].params["CN"] == "Kementerian Contoh"
    assert event["attendee"] == "mailto:agustina@contoh.test"
    told = {name: event["attendee"].params[name] for name in ("PARTSTAT", "RSVP", "ROLE")}
    assert told == {"PARTSTAT": "ACCEPTED", "RSVP": "FALSE", "ROLE": "REQ-PARTICIPANT"}
    [alarm] = [part for part in event.subcomponents if part.name == "VALARM"]
    assert (alarm["action"], alarm["trigger"].dt) == ("DISPLAY", timedelta(hours=-1))
    assert [zone["tzid"] for zone in calendar.timezones] == ["Asia/Jakarta"]


def test_an_invitation_taken_back_cancels_the_same_uid() -> None:
    calendar = asked(replace(ITEM, sequence=2, cancelled=True))
    [event] = calendar.events
    assert calendar["method"] == "CANCEL"
    assert (event["uid"], event["sequence"], event["status"]) == ("7@rakor.example", 2, "CANCELLED")
    assert {"organizer", "attendee", "dtstamp", "dtstart"} <= {name.lower() for name in event}
    assert not [part for part in event.subcomponents if part.name == "VALARM"]


def test_an_item_without_time_lasts_all_day() -> None:
    calendar = read(saying(starts_at=None, ends_at=None, last_on=date(2026, 11, 25)))
    event = calendar.events[0]
    assert event["dtstart"].dt == date(2026, 11, 24)
    assert event["dtend"].dt == date(2026, 11, 26)
    assert not calendar.timezones


def test_a_session_with_an_unknown_end_has_none() -> None:
    assert "dtend" not in read(saying(ends_at=None)).events[0]


def test_the_join_link_is_there_only_when_given() -> None:
    assert "CONFERENCE" not in written(ITEM).decode()
    online = read(saying(place="", join_url=JOIN)).events[0]
    assert str(online["conference"]) == JOIN
    assert str(online["location"]) == JOIN
    assert str(online["url"]) == JOIN
    onsite = read(saying(join_url=JOIN)).events[0]
    assert str(onsite["location"]) == "Hotel Contoh, Bogor"


def test_a_content_comes_back_from_its_json() -> None:
    for content in (SESSION, replace(SESSION, starts_at=None, ends_at=None, description="a\n\u2028b")):
        assert content_of(content.as_json()) == content


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
    assert b"CONFERENCE" not in written(saying(join_url=bad))


hostile = st.text(st.characters(codec=None), max_size=200) | st.sampled_from(
    ["a\r\nATTENDEE:mailto:x@y", "a\nEND:VEVENT", "a\x85BEGIN:VALARM", "a\u2028b", '"; \\n,', "\ud800", "x" * 190 + "é"]
)


@given(hostile, hostile, hostile, hostile)
def test_no_text_gets_out_of_its_line(title: str, place: str, description: str, name: str) -> None:
    entry = saying(title=title, place=place, description=description, alarms=())
    made = invitation(entry, HOST, Attendee(name, f"a@b.test{name}"))
    lines = made.decode().split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    assert made.decode().replace("\r\n", "\n").splitlines() == lines[:-1]
    calendar = parsed(made)
    assert [part.name for part in calendar.subcomponents] == ["VTIMEZONE", "VEVENT"]
    allowed = {"UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "SUMMARY", "STATUS", "DTSTART", "DTEND", "LOCATION"}
    assert set(calendar.events[0].keys()) <= allowed | {"DESCRIPTION", "ORGANIZER", "ATTENDEE"}
    assert calendar.events[0].start.astimezone(ZoneInfo("UTC")) == AT


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=120))
def test_titles_come_back(title: str) -> None:
    assert read(saying(title=title)).events[0]["summary"] == title.strip().replace("\\", "/")
