"""Subscribed calendars: an address of their own, taken back and made anew, asked again for nothing."""

import re

from rakor.events.models import LinkPurpose
from rakor.registrations.rules import Mode
from tests.calendar.conftest import Programme, read, titles


def feed_of(programme: Programme, home: str) -> str:
    """Make the feed on the page and return its path."""
    browser = programme.client
    assert "webcal://" not in browser.get(f"{home}/feed").text
    assert browser.post(f"{home}/feed").status_code == 303
    page = browser.get(f"{home}/feed").text
    found = re.search(r'href="webcal://localhost(/c/[a-z2-7]{26}/rakor\.ics)"', page)
    assert found, page
    return found[1]


def test_a_feed_has_the_sessions_and_an_address_of_its_own(programme: Programme) -> None:
    me = programme.person(mode=Mode.ONLINE, province_code="93")
    path = feed_of(programme, me)
    answer = programme.client.get(path)
    calendar = read(answer)
    assert titles(calendar) == ["Sesi public", "Sesi participants"]
    assert "waktu Anda" in str(calendar.events[0]["description"])
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT1H" in answer.data
    assert me.split("/")[-1] not in answer.text.replace("\r\n ", "")
    again = programme.client.get(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    programme.change(programme.public, title="Sesi baru", sequence=1)
    changed = programme.client.get(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert titles(read(changed))[0] == "Sesi baru"


def test_a_feed_is_taken_back_and_a_new_address_kills_the_old(programme: Programme) -> None:
    me = programme.person()
    first = feed_of(programme, me)
    assert programme.client.post(f"{me}/feed/revocation").status_code == 303
    assert programme.client.get(first).status_code == 404
    assert programme.client.post(f"{me}/feed/revocation").status_code == 303
    second = feed_of(programme, me)
    assert first != second
    assert programme.client.get(first).status_code == 404
    assert programme.client.get(second).status_code == 200
    assert programme.client.post(f"{me}/feed").status_code == 303
    assert programme.client.get(second).status_code == 404


def test_a_speaker_has_a_feed_that_rings(programme: Programme) -> None:
    home = f"/s/{programme.link(LinkPurpose.SPEAKER, programme.speaker)}"
    calendar = read(programme.client.get(feed_of(programme, home)))
    assert titles(calendar) == ["Sesi public", "Sesi participants"]
    assert all(part.name == "VALARM" for event in calendar.events for part in event.subcomponents)
    assert all(event.subcomponents for event in calendar.events)


def test_an_own_item_rings_and_the_whole_calendar_does_not(programme: Programme) -> None:
    me = programme.person()
    [single] = read(programme.client.get(f"{me}/items/{programme.public}.ics")).events
    assert [part.name for part in single.subcomponents] == ["VALARM"]
    assert not any(event.subcomponents for event in read(programme.client.get(f"{me}/calendar.ics")).events)


def test_the_public_feed_is_asked_again_for_nothing(programme: Programme) -> None:
    url = f"/e/{programme.people.slug}/calendar.ics"
    first = programme.client.get(url)
    assert programme.client.get(url, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
