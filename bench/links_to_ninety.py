"""From a matrix to nine answers in ten by links alone: an organiser makes the event in a real browser, everybody else
only ever holds a link. A sample of the offices answers in a real browser too, the mass over plain HTTP.
"""

import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from datetime import date, timedelta
from typing import Any

from bench._phones import Phone, answer_office
from bench._serving import ROOT
from bench.public import BROWSERS, demo

WHAT = "from the matrix to 90 % answered by public links alone: seats, share, seconds, errors"
SHARE = 0.9
SAMPLE, QUICK_SAMPLE = 8, 2
QUICK_PROVINCES = 3
MINUTE_S = 60.0


def run(quick: bool) -> dict[str, Any]:
    """Make the event, hand the provinces their links, and answer; ``quick`` answers for three provinces."""
    from playwright.sync_api import sync_playwright

    subprocess.run([sys.executable, "-m", "tools.assets"], cwd=ROOT, check=True, capture_output=True)
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    with demo() as (port, told), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        organiser = _phone_of(browser, port, width=1280)
        began = time.monotonic()
        event = make_event(organiser, told["logins"]["panitia"])
        prepared = time.monotonic() - began
        provinces = province_links(organiser, event)
        offices = [link for path in provinces for link in office_links(port, path)]
        wanted = _wanted(port, provinces[-QUICK_PROVINCES:]) if quick else offices[: -(-len(offices) * 92 // 100)]
        sample = wanted[:: max(1, len(wanted) // (QUICK_SAMPLE if quick else SAMPLE))]
        by_hand = [by_browser(browser, port, link) for link in sample]
        rest = [link for link in wanted if link not in set(sample)]
        seats, errors, took = _by_http(port, rest)
        answered, invited = shown_counts(organiser, event)
        browser.close()
    share = answered / invited
    expected = seats + sum(one["seats"] for one in by_hand)
    enough = answered == expected and (quick or share >= SHARE)
    return {
        "ok": enough and not errors and max(one["s"] for one in by_hand) < MINUTE_S,
        "seats": invited,
        "answered": answered,
        "share": round(share, 3),
        "offices": len(offices),
        "offices_answered": len(wanted),
        "provinces": len(provinces),
        "event_made_s": round(prepared, 1),
        "by_browser": len(by_hand),
        "by_browser_slowest_s": max(one["s"] for one in by_hand),
        "by_http_s": round(took, 1),
        "errors": dict(errors),
        "limits": {"share": SHARE, "errors": 0, "by_browser_slowest_s": MINUTE_S},
        "compared_with": "answered: as the organiser's page counts, equal to what the links have sent",
    }


def _phone_of(browser: Any, port: int, *, width: int = 360) -> Any:
    size = {"width": width, "height": 740}
    context = browser.new_context(base_url=f"http://127.0.0.1:{port}", viewport=size, locale="id-ID")
    context.set_default_timeout(30_000)
    return context.new_page()


def make_event(page: Any, login: dict[str, str]) -> str:
    """Make an event for the demo's offices as a new user does; returns the first part of its staff pages' paths."""
    page.goto("/login")
    page.get_by_label("Email").fill(login["email"])
    page.get_by_label("Kata sandi").fill(login["password"])
    page.get_by_role("button", name="Masuk").click()
    page.wait_for_url(lambda url: "/login" not in url)
    page.goto("/events/new")
    page.get_by_label("Jenis kegiatan").select_option("rakornas")
    body = page.get_by_label("Instansi penyelenggara")
    body.select_option(label=next(name for name in body.locator("option").all_inner_texts() if "kantor" in name))
    page.get_by_label("Nama kegiatan").fill("Rapat Koordinasi Lewat Tautan Contoh")
    page.get_by_label("Mulai").fill((date.today() + timedelta(days=20)).isoformat())  # noqa: DTZ011 - off a calendar
    page.get_by_role("radio", name="Luring dan daring").check()
    page.get_by_label("Tempat", exact=False).first.fill("Hotel Contoh")
    page.get_by_label(re.compile("^Kota")).fill("Bogor")
    page.get_by_role("radio", name="Kantor yang diundang").check()
    page.get_by_role("button", name="Buat kegiatan").click()
    page.get_by_role("button", name="Umumkan kegiatan").click()
    page.get_by_role("link", name="Lihat halaman umum").wait_for()
    event = re.search(r"/events/[0-9a-f-]{36}", page.url)
    assert event, page.url
    page.goto(f"{event[0]}/rules")
    page.get_by_role("button", name=re.compile("Kepala, Sekretaris")).click()
    page.get_by_role("button", name="Buat undangan").click()
    page.get_by_text("kursi dibuat").wait_for()
    return str(event[0])


def province_links(page: Any, event: str) -> list[str]:
    """The links that the organiser hands to the provinces."""
    page.goto(f"{event}/province-links")
    return list(dict.fromkeys(re.findall(r"/v/[a-z2-7]{20,}", page.content())))


def office_links(port: int, province: str) -> list[str]:
    """The links that a province passes on to its offices, from its own page."""
    _status, text, _ = Phone(port, 0).get(province)
    return list(dict.fromkeys(re.findall(r"/o/[a-z2-7]{20,}", text)))


def _wanted(port: int, provinces: list[str]) -> list[str]:
    return [link for path in provinces for link in office_links(port, path)]


def by_browser(browser: Any, port: int, link: str) -> dict[str, Any]:
    """Answer for an office on a phone, every seat by name; seconds from the touch on the link to the receipt."""
    page = _phone_of(browser, port)
    began = time.monotonic()
    page.goto(link)
    page.wait_for_function("() => document.querySelector('form#answer[data-ready]') !== null")
    page.get_by_label(re.compile("^Nomor WhatsApp Anda")).fill("0812 0000 0147")
    seats = page.locator("li[data-seat]:has(div.seat)")
    count = seats.count()
    for place in range(count):
        seats.nth(place).get_by_label("Nama", exact=True).fill(f"Orang {'ABCDE'[place]} Contoh")
        seats.nth(place).locator("input[value=online]").check()
    page.locator("[data-send]").click()
    page.get_by_role("heading", level=1, name="Jawaban diterima").wait_for()
    seconds = round(time.monotonic() - began, 2)
    page.context.close()
    return {"seats": count, "s": seconds}


def _by_http(port: int, links: list[str]) -> tuple[int, Counter[str], float]:
    began, seats, errors = time.monotonic(), 0, Counter[str]()
    for number, link in enumerate(links):
        said, wrong = answer_office(port, link, number)
        seats += said
        if wrong:
            errors[wrong] += 1
    return seats, errors, time.monotonic() - began


def shown_counts(page: Any, event: str) -> tuple[int, int]:
    """Seats that are answered and seats that are invited, as the organiser's page of links says."""
    page.goto(f"{event}/office-links")
    said = re.search(r"([\d.]+) dari ([\d.]+) kursi", page.get_by_role("main").inner_text())
    assert said, "the page of links counts"
    return int(said[1].replace(".", "")), int(said[2].replace(".", ""))
