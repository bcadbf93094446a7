"""Calendars as people meet them: story P2, and what P1 and P7 of domain.md §6.2 say to a calendar."""

import re
from urllib.parse import quote

from icalendar import Calendar
from playwright.sync_api import expect

from tests.e2e.acting import answer_for_office, log_in
from tests.e2e.conftest import DESK, Site, Walk
from tests.e2e.walker import Walker

OWN_TIME = re.compile(r"\d\d\.\d\d–\d\d\.\d\d WIB \(\d\d\.\d\d–\d\d\.\d\d WIT waktu Anda\)")


def office_in_the_east(walk: Walk, site: Site, offices: list[str]) -> str:
    """Take the link of a silent office whose clock is two hours ahead of the event's."""
    walker = walk(size=DESK)
    log_in(walker, *site.login("panitia"))
    for province in ("93", "91", "94", "95", "81", "82"):
        page = walker.go(f"/events/{site.live_id}/office-links?silent=1&province={province}").page
        for link in re.findall(r"/o/[a-z2-7]{20,}", page.get_by_role("main").inner_html()):
            if link in offices:
                offices.remove(link)
                return str(link)
    raise AssertionError("every office of the east has answered")


def gives_an_address(walker: Walker, own: str, address: str) -> None:
    """Leave an address on the page of one's own data."""
    page = walker.go(f"{own}/data").page
    page.get_by_label(re.compile("^Email")).fill(address)
    page.get_by_role("button", name="Simpan kontak").click()
    expect(page.get_by_text("Kontak Anda tersimpan.")).to_be_visible()


def told(walk: Walk, site: Site, event: str, name: str, count: int) -> list[Calendar]:
    """What the outbox holds for somebody's calendar, newest first; waits until there are ``count``."""
    walker = walk(size=DESK)
    log_in(walker, *site.login("panitia"))
    page = walker.page
    row = page.get_by_role("row").filter(has_text=name).filter(has_text="Undangan kalender")
    for _turn in range(60):
        walker.go(f"/events/{event}/outbox?kind=calendar&q={quote(name)}")
        if row.count() >= count:
            break
        page.wait_for_timeout(500)
    expect(row).to_have_count(count)
    places = [link.get_attribute("href") for link in row.get_by_role("link").all()]
    return [taken(walker, f"{place}/calendar.ics") for place in dict.fromkeys(places)]


def taken(walker: Walker, path: str | None) -> Calendar:
    """Fetch a calendar as the browser would, and read it."""
    answer = walker.page.request.get(f"{walker.base_url}{path}")
    assert answer.status == 200, answer.status
    found = Calendar.from_ical(answer.body())
    assert isinstance(found, Calendar)
    return found


def test_p2_my_time_in_every_calendar(walk: Walk, site: Site, offices: list[str]) -> None:
    """She follows from the east: page, file, feed and invitation say her time beside the event's; a feed has an end."""
    name = "Yosepina Kalender Contoh"
    walker = walk(zone="Asia/Jayapura")
    [own] = answer_for_office(walker, office_in_the_east(walk, site, offices), [name])
    page = walker.go(f"{own}/agenda").page
    expect(page.get_by_text(re.compile(r"\d\d\.\d\d.+WIT \(\d\d\.\d\d.+WIB\)")).first).to_be_visible()
    file = taken(walker, f"{own}/calendar.ics")
    assert any(OWN_TIME.search(event["description"]) for event in file.events)

    page.get_by_role("link", name="Langganan kalender").click()
    walker.look_around()
    page.get_by_role("button", name="Buat alamat langganan").click()
    webcal = page.get_by_role("link", name="Langganan kalender", exact=True).get_attribute("href") or ""
    assert webcal.startswith("webcal://")
    walker.look_around()
    feed = "/" + webcal.split("/", 3)[3]
    assert own.split("/")[-1] not in feed
    asked = taken(walker, feed)
    assert {event["uid"] for event in asked.events} <= {event["uid"] for event in file.events}
    assert any(OWN_TIME.search(event["description"]) for event in asked.events)

    gives_an_address(walker, own, "yosepina.kalender@contoh.test")
    [invitation] = told(walk, site, site.live_id, name, 1)
    [event] = invitation.events
    assert invitation["method"] == "REQUEST"
    assert event["attendee"] == "mailto:yosepina.kalender@contoh.test"
    assert OWN_TIME.search(event["description"])

    walker.go(f"{own}/feed")
    page.get_by_role("button", name="Ya, cabut langganan").click()
    expect(page.get_by_role("button", name="Buat alamat langganan")).to_be_visible()
    assert page.request.get(f"{walker.base_url}{feed}").status == 404


def test_p1_and_p7_a_named_person_adds_an_address_and_the_right_title(
    walk: Walk, site: Site, offices: list[str]
) -> None:
    """Named by the office without an address she has the file; with one she is invited, under the corrected name."""
    walker = walk(zone="Asia/Jayapura")
    [own] = answer_for_office(walker, offices.pop(), ["Debora Undangan Contoh"])
    before = taken(walker, f"{own}/calendar.ics")
    assert before.events
    page = walker.go(f"{own}/name").page
    page.get_by_label(re.compile("^Nama")).first.fill("Debora Undangan Contoh, S.Sos.")
    page.get_by_role("button", name=re.compile("^Simpan")).click()
    gives_an_address(walker, own, "debora.undangan@contoh.test")
    [invitation] = told(walk, site, site.live_id, "Debora Undangan", 1)
    [event] = invitation.events
    assert event["attendee"] == "mailto:debora.undangan@contoh.test"
    assert event["attendee"].params["CN"] == "Debora Undangan Contoh, S.Sos."
    assert event["conference"]
