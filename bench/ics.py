"""Calendars of events and people made up to hurt, lived through their changes and read by three strangers' parsers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from bench._calendars import ZONES, contents, names
from rakor.calendar.rules import (
    Attendee,
    Content,
    Entry,
    Kept,
    Movement,
    content_hash,
    invitation,
    keep,
    plain,
    web_address,
)
from rakor.calendar.store import uid_of
from tools.strangers import Seen, readings

WHAT = "2,000 events and people made up to hurt, each through its life: three strangers' parsers agree"
PEOPLE, QUICK = 2000, 250
HOST = Attendee("Sekretariat Contoh, \"Bagian Umum\"; ✉", "rakor@contoh.test")
LONGEST_LINE = 75
OURS = {
    "SUMMARY", "DTSTART", "DTEND", "DTSTAMP", "UID", "SEQUENCE", "ATTENDEE", "CONFERENCE", "DESCRIPTION",
    "LAST-MODIFIED", "LOCATION", "ORGANIZER", "STATUS", "TRANSP", "URL",
}  # fmt: skip


@dataclass(frozen=True)
class Said:
    """One invitation as it goes out, with what it means."""

    entry: Entry
    guest: Attendee
    content: bytes


def run(quick: bool, *, fault: str = "") -> dict[str, Any]:
    """Write, read and compare; ``fault`` breaks one thing, for the test that this can fail."""
    told = list(_lives(Random(5545), QUICK if quick else PEOPLE, fault))
    broken_lines = sum(_broken_lines(one.content) for one in told)
    injected = sum(_injected_lines(one.content) for one in told)
    disagreeing = [
        f"{parser}: {difference}"
        for one, seen in zip(told, readings(one.content for one in told), strict=True)
        for parser, reading in seen.items()
        if (difference := _difference(one, reading))
    ]
    numbers, uids = _histories(told)
    resent = sum(invitation(one.entry, HOST, one.guest) != one.content for one in told)
    zones = len({one.entry.content.zone for one in told})
    ok = not (broken_lines or injected or disagreeing or numbers or uids or resent) and zones == len(ZONES)
    return {
        "ok": ok,
        "people": QUICK if quick else PEOPLE,
        "invitations": len(told),
        "parsers": 3,
        "readings_that_differ": len(disagreeing),
        "lines_broken_or_too_long": broken_lines,
        "injected_lines": injected,
        "numbers_that_do_not_rise": numbers,
        "uids_that_changed": uids,
        "resent_with_other_bytes": resent,
        "zones": zones,
        "limits": {"each": 0, "octets_a_line": LONGEST_LINE},
        **({"first": disagreeing[0][:300]} if disagreeing else {}),
    }


def _lives(chance: Random, people: int, fault: str) -> Iterator[Said]:
    """Each person is invited, told of a change or two, sometimes lost, sometimes back."""
    for number in range(people):
        guest, subject = Attendee(names(chance), f"orang{number}@contoh.test"), UUID(int=chance.getrandbits(128))
        uid = uid_of(UUID(int=chance.getrandbits(128)), subject, "rakor.contoh.test")
        kept: dict[UUID, Kept] = {}
        content = contents(chance)
        for turn in range(chance.randint(1, 4)):
            wanted = {} if turn == 2 and chance.random() < 0.5 else {subject: content_hash(content)}
            for move in keep(wanted, kept).values():
                sequence = 0 if fault == "sequence" else move.sequence
                cancelled = move.movement is Movement.CANCELLED
                moment = datetime(2026, 11, 1, tzinfo=UTC) + timedelta(days=number % 20, minutes=turn)
                entry = Entry(uid + str(turn) * (fault == "uid"), content, moment, sequence, cancelled)
                yield Said(entry, guest, _broken(invitation(entry, HOST, guest), fault))
                kept[subject] = Kept(move.sequence, move.content_hash, cancelled)
            content = contents(chance) if wanted and chance.random() < 0.8 else content


def _broken(made: bytes, fault: str) -> bytes:
    if fault == "unfolded":
        return made.replace(b"\r\n ", b"")
    return made.replace(b"SUMMARY:", b"SUMMARY:x\r\nATTENDEE:mailto:y@y\r\nX-Y:") if fault == "injected" else made


def _broken_lines(made: bytes) -> int:
    """Count the lines that are too long, cut a letter in two, or hold a line end that is none."""
    wrong = 0
    for line in made.split(b"\r\n"):
        try:
            text = line.decode()
        except UnicodeDecodeError:
            wrong += 1
            continue
        wrong += len(line) > LONGEST_LINE or len(text.splitlines()) > 1 or "\r" in text
    return wrong


def _injected_lines(made: bytes) -> int:
    """Count the properties of the entry that are not ours, or stand there twice."""
    entry = made.replace(b"\r\n ", b"").split(b"BEGIN:VEVENT\r\n", 1)[1].rsplit(b"END:VEVENT", 1)[0]
    lines = entry.split(b"BEGIN:VALARM", 1)[0].split(b"\r\n")[:-1]
    found = [re.split(rb"[:;]", line, maxsplit=1)[0].decode() for line in lines]
    return sum(name not in OURS for name in found) + len(found) - len(set(found))


def _difference(said: Said, reading: Seen) -> str:
    """Return what a parser saw otherwise than it was meant; empty where it agrees."""
    if "trouble" in reading:
        return str(reading["trouble"])
    if len(reading["events"]) != 1:
        return f"{len(reading['events'])} events"
    meant, seen = _meant(said), {"method": reading["method"], **reading["events"][0]}
    seen["end"] = None if meant["end"] is None and seen["end"] == seen["start"] else seen["end"]  # RFC 5545 §3.6.1
    wrong = [name for name in meant if (seen.get(name) or None) != (meant[name] or None)]
    return f"{wrong[0]}: {seen.get(wrong[0])!r} instead of {meant[wrong[0]]!r}" if wrong else ""


def _meant(said: Said) -> Seen:
    entry, content = said.entry, said.entry.content
    join, page = web_address(content.join_url), web_address(content.page_url)
    start, end = _times(content)
    return {
        "method": "CANCEL" if entry.cancelled else "REQUEST",
        "uid": entry.uid,
        "sequence": entry.sequence,
        "summary": plain(content.title),
        "description": plain(content.description, lines=True),
        "location": plain(content.place) or join,
        "status": "CANCELLED" if entry.cancelled else "CONFIRMED",
        "url": join or page,
        "conference": join,
        "start": start,
        "end": end,
        "stamp": round(entry.changed_at.timestamp() * 1000),
        "organizer": f"mailto:{HOST.address}",
        "attendee": f"mailto:{said.guest.address}",
        "attendeeName": plain(said.guest.name).translate(str.maketrans("\"^;", "'',")),
        "alarms": 0 if entry.cancelled else len(content.alarms),
    }


def _times(content: Content) -> tuple[int | str, int | str | None]:
    if content.starts_at is None:
        return content.first_on.isoformat(), (content.last_on + timedelta(days=1)).isoformat()
    ends_at = content.ends_at
    return round(content.starts_at.timestamp() * 1000), round(ends_at.timestamp() * 1000) if ends_at else None


def _histories(told: list[Said]) -> tuple[int, int]:
    """Count the numbers that do not rise, and the UIDs beyond one for each person."""
    last: dict[str, tuple[int, str]] = {}
    numbers = uids = 0
    for one in told:
        before = last.get(one.guest.address)
        if before is not None:
            numbers += one.entry.sequence <= before[0]
            uids += one.entry.uid != before[1]
        last[one.guest.address] = (one.entry.sequence, one.entry.uid)
    return numbers, uids


