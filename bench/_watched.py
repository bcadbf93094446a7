"""The door while everybody watches: desks that scan twenty times a second, dashboards that ask every five seconds."""

import http.client
import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bench._desks import percentile
from bench._hall import Hall, Scanner, build, environment
from bench._serving import free_port, serving
from rakor import clock
from rakor.accounts import routes as accounts_routes
from rakor.accounts import store as accounts
from rakor.app import create_app
from rakor.db import db, transaction
from rakor.events.models import Event

DESKS, PER_S, DASHBOARDS, EVERY_S, POLLERS = 20, 20, 200, 5.0, 8
P95_MS, WARM_S = 60.0, 2.0
SEEN = re.compile(r"seen=([^\"&]+)\"")


@dataclass
class Asker:
    """One connection that stays open; what it asks is timed by who asks."""

    hall: Hall
    cookie: str
    connection: http.client.HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection(self.hall.settings.base_url.removeprefix("http://"), timeout=30)

    def ask(self, method: str, path: str, body: Any = None) -> tuple[int, bytes]:
        """Return status and body; 0 where no answer came."""
        headers = {"Origin": self.hall.settings.base_url, "Cookie": self.cookie, "Content-Type": "application/json"}
        content = None if body is None else json.dumps(body, separators=(",", ":"))
        with suppress(OSError, http.client.HTTPException):
            self.connection.request(method, path, content, headers)
            answer = self.connection.getresponse()
            return answer.status, answer.read()
        self.connection.close()
        return 0, b""


@dataclass
class Watch:
    """What was seen: milliseconds of every scan and poll after the warm-up, what was refused, changes that flowed."""

    scans: list[float] = field(default_factory=list)
    polls: list[float] = field(default_factory=list)
    moved: int = 0
    changes: int = 0
    errors: list[str] = field(default_factory=list)


def watched(folder: Path, url: str, people: int, seconds: float, server: list[str]) -> tuple[bool, dict[str, Any]]:
    """Scan at a steady pace while the dashboards poll; whether p95 holds and nothing was refused, with the figures."""
    port = free_port()
    hall = build(folder / "hall", url, port, people, DESKS)
    event_id, viewer = _viewer(hall)
    pages = [f"/events/{event_id}/live", f"/events/{event_id}/door/numbers"]
    seen = Watch()
    with serving(server, environment(hall), port), _together() as begin:
        until = time.monotonic() + WARM_S + seconds
        for number in range(POLLERS):
            begin(_poll, Asker(hall, viewer), pages, range(number, DASHBOARDS, POLLERS), until, seconds, seen)
        for number, cookie in enumerate(hall.cookies):
            desk, refs = Scanner(hall, cookie), hall.refs[number::DESKS]
            begin(_scan, Asker(hall, cookie), desk, refs, number, until, seconds, seen)
    figures: dict[str, Any] = {
        "dashboards": DASHBOARDS, "polls": len(seen.polls), "polls_that_brought_news": seen.moved,
        "poll_p95_ms": percentile(seen.polls, 0.95), "scans": len(seen.scans), "changes_taken": seen.changes,
        "scan_p50_ms": percentile(seen.scans, 0.5), "scan_p95_ms": percentile(seen.scans, 0.95),
        "scan_p99_ms": percentile(seen.scans, 0.99), "errors": len(seen.errors), "first_error": seen.errors[:1],
    }  # fmt: skip
    enough = len(seen.scans) >= 0.9 * PER_S * seconds and len(seen.polls) >= 0.7 * DASHBOARDS / EVERY_S * seconds
    news = seen.moved > 0 and seen.changes > 0
    return figures["scan_p95_ms"] < P95_MS and enough and news and not seen.errors, figures


@contextmanager
def _together() -> Iterator[Callable[..., None]]:
    """Give a function that begins work in a thread of its own; all of it is over at the end."""
    threads: list[threading.Thread] = []

    def begin(work: Callable[..., None], *given: Any) -> None:
        threads.append(threading.Thread(target=work, args=given))
        threads[-1].start()

    yield begin
    for thread in threads:
        thread.join()


def _viewer(hall: Hall) -> tuple[str, str]:
    """Return the event's id, and the cookie of somebody who may see its numbers."""
    with create_app(hall.settings).app_context():
        with transaction(unaudited="bench") as session:
            event_id = session.scalars(select(Event.id)).one()
            user = accounts.create_user("lihat@contoh.test", "Lihat Contoh", "x" * 20, now=clock.now(), is_admin=True)
            session.flush()
            token = accounts.start_session(user.id, now=clock.now())
        name = accounts_routes.cookie_name()
        db.engine.dispose()
    return str(event_id), f"{name}={token}"


def _scan(
    asker: Asker, desk: Scanner, refs: list[str], number: int, until: float, seconds: float, seen: Watch
) -> None:
    """Take the roster, then scan once in a second, each desk at its own moment; take the changes with the answers."""
    status, _roster = asker.ask("GET", "/scan/v1/roster")
    if status != 200:
        seen.errors.append(f"roster {status}")
    at, seq = time.monotonic() + number / PER_S, 0
    for ref in ["", *refs]:
        time.sleep(max(0.0, at - time.monotonic()))
        at += DESKS / PER_S
        began = time.monotonic()
        if began > until:
            return
        body = {"records": [desk.record(ref)], "changes": 500, "roster_seq": seq}
        status, said = asker.ask("POST", "/scan/v1/batches", body)
        if status != 200:
            seen.errors.append(f"scan {status} {said[:80]!r}")
            continue
        found = json.loads(said)
        seq = found["changes"][-1]["change_seq"] if found["changes"] else found["change_seq"]
        seen.changes += len(found["changes"])
        if began > until - seconds:
            seen.scans.append((time.monotonic() - began) * 1000)


def _poll(asker: Asker, pages: list[str], numbers: range, until: float, seconds: float, seen: Watch) -> None:
    """Ask for every dashboard of these once in five seconds, with what it has seen."""
    had = dict.fromkeys(numbers, "")
    begun = time.monotonic()
    for turn in range(10**6):
        number = numbers[turn % len(numbers)]
        time.sleep(max(0.0, begun + turn * EVERY_S / len(numbers) - time.monotonic()))
        began = time.monotonic()
        if began > until:
            return
        status, said = asker.ask("GET", f"{pages[number % len(pages)]}?seen={had[number]}")
        if status not in (200, 204):
            seen.errors.append(f"poll {status} {said[:80]!r}")
        if status == 200 and (found := SEEN.search(said.decode())):
            had[number] = found[1]
        if began > until - seconds:
            seen.moved += status == 200
            seen.polls.append((time.monotonic() - began) * 1000)
