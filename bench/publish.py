"""One change of the programme that touches everybody: the organiser's answer, the pages, and what waits for whom."""

import http.client
import math
import tempfile
import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from bench._invited import SLUG, Invited, build, forget_jobs, working
from bench._serving import free_port, serving
from rakor import clock, outbox
from rakor.accounts import routes as accounts_routes
from rakor.agenda.models import AgendaVersion
from rakor.calendar.models import CalendarEntry
from rakor.db import db, transaction
from rakor.events import links
from rakor.events.models import LinkPurpose
from rakor.messages import store as messages
from rakor.messages.models import Message
from rakor.messages.rules import Kind

WHAT = "publish a change that touches 2,740 people: the answer, the pages, calendars and mails that wait"
PEOPLE, QUICK = 2740, 300
ANSWER_MS, PAGES_S = 500.0, 10.0


def run(quick: bool, *, fault: str = "") -> dict[str, Any]:
    """Publish once; ``fault="no worker"`` leaves the jobs alone, for the test that this can fail."""
    people = QUICK if quick else PEOPLE
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        world = build(Path(folder) / "instance", port, people)
        forget_jobs(world)
        _tell_one(world)
        said = world.move(37)
        environment = {"RAKOR_INSTANCE": str(world.settings.instance), "RAKOR_BASE_URL": world.settings.base_url}
        with serving(["rakor.cli", "web"], environment, port):
            client = Browser(port, _cookie(world))
            answered_ms = _publish(world, client)
            began = time.monotonic()
            together = _queued_with_it(world)
            with nullcontext() if fault == "no worker" else working(world.settings):
                pages_s = max(_seconds_until(began, seen) for seen in _pages(world, client, said))
                patience = 5 if fault else 120 + people / 10
                queued_s = _seconds_until(began, lambda: _mails(world) == people, patience)
        once, numbered = _mails_of_each(world), _entries_at(world, 1)
    told = together and once and numbered == people and queued_s < math.inf
    ok = answered_ms < ANSWER_MS and pages_s < PAGES_S and told
    return {
        "ok": ok,
        "people": people,
        "answered_ms": round(answered_ms, 1),
        "pages_s": round(pages_s, 2) if pages_s < math.inf else "never",
        "job_in_the_same_transaction": together,
        "calendars_changed": numbered,
        "one_mail_each": once,
        "all_mails_queued_s": round(queued_s, 1) if queued_s < math.inf else "never",
        "limits": {"answered_ms": ANSWER_MS, "pages_s": PAGES_S},
    }


def _tell_one(world: Invited) -> None:
    """Somebody was written to, so the programme changes by publishing alone."""
    with world.app.app_context(), transaction(unaudited="benchmark"):
        messages.write(world.event_id, Kind.CONFIRMATION, world.people[0], "bench", now=clock.now())


@dataclass(frozen=True)
class Browser:
    """The organiser's browser."""

    port: int
    cookie: str

    def ask(self, method: str, path: str) -> tuple[int, str, str]:
        """Return status, place to go on to, and text."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": self.cookie, "Origin": f"http://127.0.0.1:{self.port}"}
        try:
            connection.request(method, path, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.getheader("Location") or "", answer.read().decode()
        finally:
            connection.close()


def _cookie(world: Invited) -> str:
    with world.app.app_context():
        return f"{accounts_routes.cookie_name()}={world.session}"


def _publish(world: Invited, client: Browser) -> float:
    status, _place, _text = client.ask("GET", f"/events/{world.event_id}/agenda/publication")
    assert status == 200, status
    started = time.perf_counter()
    status, place, _text = client.ask("POST", f"/events/{world.event_id}/agenda/versions")
    took = (time.perf_counter() - started) * 1000
    assert (status, place.rsplit("/", 1)[-1]) == (303, "2"), (status, place)
    return took


def _queued_with_it(world: Invited) -> bool:
    """True where the version and the job that leads to calendars and mails are both there; no worker ran yet."""
    with world.app.app_context():
        version = db.session.get(AgendaVersion, (world.event_id, 2))
        jobs = db.session.scalars(select(outbox.Job).where(outbox.Job.name == "agenda.published")).all()
        found = [job for job in jobs if job.payload.get("version") == "2"]
        db.session.remove()
        return version is not None and len(found) == 1


def _pages(world: Invited, client: Browser, said: str) -> list[Callable[[], bool]]:
    """Questions: does the public page, a person's page, its calendar show the new time?"""
    with world.app.app_context():
        own = links.path_of(world.event_id, LinkPurpose.PERSON, world.people[0])
    second_day = world.first_on + timedelta(days=1)
    asked = {f"/e/{SLUG}?day={second_day}": said, f"{own}/agenda": said, f"{own}/calendar.ics": said.replace(".", "")}

    def shows(path: str, words: str) -> Callable[[], bool]:
        return lambda: words in client.ask("GET", path)[2]

    return [shows(path, words) for path, words in asked.items()]


def _seconds_until(began: float, seen: Callable[[], bool], patience: float = 30.0) -> float:
    """Return the seconds since ``began`` when something was seen; without end where it was not in time."""
    while time.monotonic() - began < patience:
        if seen():
            return time.monotonic() - began
        time.sleep(0.05)
    return math.inf


def _mails(world: Invited) -> int:
    with world.app.app_context():
        query = select(func.count()).select_from(Message).where(Message.kind == Kind.CALENDAR)
        found = db.session.scalar(query) or 0
        db.session.remove()
        return found


def _mails_of_each(world: Invited) -> bool:
    with world.app.app_context():
        query = select(Message.recipient_id, func.count()).where(Message.kind == Kind.CALENDAR)
        counts = dict(db.session.execute(query.group_by(Message.recipient_id)).tuples().all())
        return set(counts) == set(world.people) and set(counts.values()) == {1}


def _entries_at(world: Invited, sequence: int) -> int:
    with world.app.app_context():
        query = select(func.count()).select_from(CalendarEntry).where(
            CalendarEntry.subject_id == world.event_id, CalendarEntry.sequence == sequence
        )
        return db.session.scalar(query) or 0
