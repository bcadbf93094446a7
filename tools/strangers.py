"""What strangers' parsers see in our calendars: icalendar (Python), ical.js and node-ical (JavaScript)."""

import json
import os
import subprocess
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from icalendar import Calendar

from tools import node

ROOT = Path(__file__).resolve().parent.parent
Seen = dict[str, Any]


def readings(files: Iterable[bytes]) -> list[dict[str, Seen]]:
    """Return for each file what each parser saw: ``method`` and ``events``, or ``trouble``.

    Moments are milliseconds since 1970 in UTC, a day without a time is its ISO date.
    """
    listed = list(files)
    asked = json.dumps([content.decode() for content in listed])
    done = subprocess.run(
        [node.program(), "tools/strangers.mjs"],
        cwd=ROOT, input=asked, capture_output=True, text=True, check=False, timeout=300,
        env={**os.environ, "TZ": "UTC", "NODE_NO_WARNINGS": "1"},
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"tools/strangers.mjs: {done.stderr[-500:]} (python -m tools.assets --dev installs it)")
    beside: list[dict[str, Seen]] = json.loads(done.stdout)
    return [{"icalendar": by_icalendar(content), **seen} for content, seen in zip(listed, beside, strict=True)]


def by_icalendar(content: bytes) -> Seen:
    """Return what the Python parser sees."""
    try:
        calendar = Calendar.from_ical(content)
    except ValueError as trouble:
        return {"trouble": str(trouble)}
    return {"method": str(calendar["method"]), "events": [_event(event) for event in calendar.events]}


def _event(event: Any) -> Seen:
    names = ("uid", "summary", "description", "location", "status", "url", "conference", "organizer", "attendee")
    words: Seen = {name: str(event[name]) if name in event else None for name in names}
    ends = {"start": "dtstart", "end": "dtend", "stamp": "dtstamp"}
    moments = {name: _at(event[line].dt) if line in event else None for name, line in ends.items()}
    return {
        **words,
        **moments,
        "sequence": int(event["sequence"]),
        "attendeeName": _named(event.get("attendee")),
        "alarms": sum(part.name == "VALARM" for part in event.subcomponents),
    }


def _named(who: Any) -> str | None:
    """Return the name of the one attendee; of several, that there are several."""
    return "several" if isinstance(who, list) else str(who.params["CN"]) if who is not None else None


def _at(value: date | datetime) -> int | str:
    return round(value.astimezone(UTC).timestamp() * 1000) if isinstance(value, datetime) else value.isoformat()
