"""A Zoom report of thousands of rows against thousands of seats, on a made-up truth: fast, most found, none wrong."""

import csv
import random
import time
from collections import Counter
from datetime import datetime, timedelta
from io import StringIO
from typing import Any
from uuid import UUID, uuid4

from rakor.offices.rules import KPU, expand
from rakor.regions.rules import reference
from rakor.seats.rules.office_names import KnownOffice, OfficeFinder
from rakor.sheets import Refused, read_table
from rakor.sources.rules.zoom_matching import Found, Match, Matcher, Somebody
from rakor.sources.rules.zoom_people import Attendee, attendees
from rakor.sources.rules.zoom_report import Report, read_report

WHAT = "Zoom report of 5,000 rows with reconnects against 3,836 seats: seconds, share found, wrong without a question"
ROWS, SEATS, FEW_ROWS, FEW_SEATS = 5000, 3836, 1200, 900
LIMIT_S, LEAST_SHARE, SEED = 10.0, 0.95, 20_261_130
FIRST = ("Agus", "Bambang", "Citra", "Dewi", "Eko", "Fitri", "Gita", "Hadi", "Indah", "Joko", "Kartika",
         "Lukman", "Maya", "Nur", "Oki", "Putri", "Ratna", "Slamet", "Tuti", "Umar", "Wahyu", "Yanti")  # fmt: skip
LAST = ("Santoso", "Wijaya", "Lestari", "Pratama", "Hidayat", "Sari", "Nugroho", "Rahayu", "Setiawan", "Utami",
        "Kusuma", "Siregar", "Wenda", "Tabuni", "Manurung", "Lubis", "Pattiasina", "Rumbiak", "Handayani")  # fmt: skip
ROLES = 7
START = datetime(2026, 11, 24, 8, 0)  # noqa: DTZ001 - a report names no zone
Truth = dict[str, UUID | None]


def run(quick: bool) -> dict[str, Any]:
    """Read, merge and match; then once more with a matcher that takes any likely name, which must be seen."""
    luck = random.Random(SEED)
    rows, seats = (FEW_ROWS, FEW_SEATS) if quick else (ROWS, SEATS)
    offices, people = everybody(luck, seats)
    content, truth, matchable = written(luck, offices, people, rows)
    began = time.perf_counter()
    found = matched(content, Matcher(people, OfficeFinder(offices)))
    took = time.perf_counter() - began
    figures = weighed(found, truth, matchable)
    guessed = weighed([(one, _guess(match)) for one, match in found], truth, matchable)
    good = took < LIMIT_S and figures["share_found"] >= LEAST_SHARE and figures["wrong_without_question"] == 0
    return {
        "ok": good and guessed["wrong_without_question"] > 0,
        "rows": rows,
        "seats": len(people),
        "s": round(took, 2),
        **figures,
        "bites": {"a likely name is taken without asking": guessed["wrong_without_question"]},
        "limits": {"s": LIMIT_S, "share_found": LEAST_SHARE, "wrong_without_question": 0},
        "seed": SEED,
    }


def everybody(luck: random.Random, seats: int) -> tuple[list[KnownOffice], list[Somebody]]:
    """Make the commission's offices and seven people for each in turn; names come again, here and in other offices."""
    drafts = [one for pattern in KPU[1:] for one in _expanded(pattern)]
    offices = [
        KnownOffice(uuid4(), one.code, one.name, one.short_name, one.level, one.province_code, one.regency_code)
        for one in drafts
    ]
    people = []
    for number in range(seats):
        name = " ".join((luck.choice(FIRST), luck.choice(FIRST), luck.choice(LAST)))
        email = f"orang{number}@example.com" if luck.random() < 0.6 else ""
        people.append(Somebody(uuid4(), name, email, offices[number // ROLES % len(offices)].id))
    return offices, people


def _expanded(pattern: Any) -> tuple[Any, ...]:
    found = expand(pattern, reference())
    assert isinstance(found, tuple)
    return found


def written(
    luck: random.Random, offices: list[KnownOffice], people: list[Somebody], rows: int
) -> tuple[bytes, Truth, set[str]]:
    """Write a report with reconnects, the truth by shown name (whose it is), and which names can be found at all."""
    out, truth, matchable = StringIO(), Truth(), set[str]()
    sheet = csv.writer(out)
    sheet.writerow(["Name (Original Name)", "User Email", "Join Time", "Leave Time", "Duration (Minutes)", "Guest"])
    names = {one.id: one.short_name for one in offices}
    codes = {one.id: one.code for one in offices}
    same = Counter((one.office_id, one.name) for one in people)
    everyone, strangers, count = iter(luck.sample(people, len(people))), 0, 0
    while count < rows:
        kind = luck.random()
        one = next(everyone, None)
        if one is None or kind < 0.08:
            strangers += 1
            shown, email = _stranger(luck, strangers, people, names), ""
            truth[shown] = None
        else:
            shown, email = _shown(luck, one, names, codes)
            truth[shown] = one.id
            if email or same[one.office_id, one.name] == 1:
                matchable.add(shown)
        joined = START + timedelta(seconds=luck.randrange(3600))
        for _part in range(luck.choice((1, 1, 2, 3))):
            left = joined + timedelta(seconds=luck.randrange(60, 7200))
            minutes = int((left - joined).total_seconds() // 60)
            times = (at.strftime("%m/%d/%Y %I:%M:%S %p") for at in (joined, left))
            sheet.writerow([shown, email, *times, minutes, "Yes"])
            joined = left + timedelta(seconds=luck.randrange(-600, 900))
            count += 1
    return out.getvalue().encode(), truth, matchable


def _shown(luck: random.Random, one: Somebody, names: dict[UUID, str], codes: dict[UUID, str]) -> tuple[str, str]:
    """Return what somebody shows: office and name in many ways, one in thirty misspelt; some come by address alone."""
    office = names[one.office_id] if one.office_id else ""
    code = codes[one.office_id] if one.office_id else ""
    if one.email and luck.random() < 0.4:
        return f"{one.name.split()[0]} {one.id.hex[:4]}", one.email
    short = office.replace("Kabupaten", luck.choice(("Kab.", "KAB", "Kab", "Kabupaten")))
    dotted = f"{code[:2]}.{code[2:]}" if len(code) == 4 else code
    name = one.name[:-2] + one.name[-1] if luck.random() < 1 / 30 else one.name
    shown = luck.choice((
        f"{short}_{name}", f"{short.upper()}_{name.upper()}", f"Dr. {name}, S.H., M.H. - {short}",
        f"{dotted} {name}", f"{short} - {name} (Galaxy A52)", f"{name} | {short}",
    ))  # fmt: skip
    return shown, ""


def _stranger(luck: random.Random, number: int, people: list[Somebody], names: dict[UUID, str]) -> str:
    """Return somebody who is nobody of the event: a device, a screen, a visitor, a name nearly the same."""
    office, other = luck.choice(list(names.values())), luck.choice(people)
    own = names[other.office_id] if other.office_id else office
    return luck.choice((
        f"iPhone {number}", f"Galaxy A{number}", f"{office} (Ruang {number})", f"{office}_Tamu {_letters(number)}",
        f"{own}_{other.name.split()[0]} {other.name.split()[-1]}", f"{other.name} {_letters(number)}",
    ))  # fmt: skip


def _letters(number: int) -> str:
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))


def matched(content: bytes, matcher: Matcher) -> list[tuple[Attendee, Match]]:
    """Read a report as the worker does, in a child process, and match everybody."""
    table = read_table(content)
    assert not isinstance(table, Refused)
    report = read_report([cells for _number, cells in table.rows])
    assert isinstance(report, Report)
    return [(one, matcher.match(one)) for one in attendees(report.stays)]


def _guess(match: Match) -> Match:
    return Match(Found.NAME, match.choices[0]) if match.choices else match


def weighed(found: list[tuple[Attendee, Match]], truth: Truth, matchable: set[str]) -> dict[str, Any]:
    """Weigh what was found against the truth."""
    right = wrong = questions = 0
    reachable = [pair for pair in found if not matchable.isdisjoint(pair[0].names)]
    for one, match in found:
        whose = next((truth[name] for name in one.names if truth.get(name)), None)
        questions += match.found is Found.QUESTION
        if match.person_id is not None and match.person_id != whose:
            wrong += 1
    for one, match in reachable:
        right += match.person_id is not None and match.person_id in {truth.get(name) for name in one.names}
    return {
        "participants": len(found),
        "matchable": len(reachable),
        "share_found": round(right / len(reachable), 4),
        "questions": questions,
        "wrong_without_question": wrong,
    }
