"""The public agenda of a large event: what it asks of the database, how long it takes, how many it serves a second."""

import statistics
import tempfile
import time
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from flask import Flask
from sqlalchemy import event as watching

from bench._hall import SECRET
from bench._load import push
from bench._serving import free_port, serving
from bench.public import get
from rakor import audit, clock, config, upgrade
from rakor.agenda import store
from rakor.agenda.rules import AgendaKind
from rakor.agenda.rules.views import ItemDraft, PersonDraft
from rakor.app import create_app
from rakor.db import db, transaction
from rakor.events.models import Event, EventDay
from rakor.events.rules import EventKind, EventMode, Stage
from rakor.offices.models import Institution
from rakor.portal import cache

WHAT = "public agenda of 3 days, 40 items, 60 speakers: queries, ms, requests a second drawn anew and from its cache"
DAYS, ITEMS, SPEAKERS = 3, 40, 60
QUERIES, MILLISECONDS, DRAWN, KEPT = 8, 60, 80, 400
CLIENTS = 16
ZONE = "Asia/Jakarta"
FRAME = ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA")


def run(quick: bool) -> dict[str, Any]:
    """Make the event, ask for its page here and from a server of two workers; ``quick`` pushes for a shorter time."""
    seconds = 3 if quick else 10
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        settings = config.Config(
            instance=Path(folder), database_url=f"sqlite:///{folder}/rakor.sqlite3", secret=SECRET,
            base_url=f"http://127.0.0.1:{port}",
        )  # fmt: skip
        app = create_app(settings)
        path = f"/e/{build(app)}"
        queries, milliseconds, names = ask(app, path, 10 if quick else 40)
        environment = {"RAKOR_INSTANCE": folder, "RAKOR_BASE_URL": settings.base_url}
        with serving(["rakor.cli", "web"], environment, port):
            kept = push(port, [lambda: get(path, port)] * CLIENTS, seconds, keep_alive=True)
            anew = push(port, asking_anew(path, port), seconds, keep_alive=True)  # the templates are read
    holds = queries <= QUERIES and milliseconds < MILLISECONDS and not (anew.errors or kept.errors)
    return {
        "ok": holds and names == SPEAKERS and anew.per_second >= DRAWN and kept.per_second >= KEPT,
        "queries": queries,
        "drawn_ms": milliseconds,
        "drawn_per_s": anew.per_second,
        "kept_per_s": kept.per_second,
        "kept_p99_ms": kept.p99_ms,
        "speakers_shown": names,
        "limits": {"queries": QUERIES, "drawn_ms": MILLISECONDS, "drawn_per_s": DRAWN, "kept_per_s": KEPT},
        "compared_with": "drawn: every request asks another question, so no kept page serves it; median of one process",
    }


def build(app: Flask) -> str:
    """Make the event with its published agenda; returns its address."""
    with app.app_context():
        upgrade.upgrade()
        now, today = clock.now(), clock.today(ZONE)
        with transaction() as session:
            audit.record("bench.agenda")
            institution = Institution(id=uuid4(), name="Kementerian Contoh", short_name="Contoh", created_at=now)
            event = _event(institution.id, today)
            days = [EventDay(event_id=event.id, held_on=today + timedelta(n), number=n + 1) for n in range(DAYS)]
            for row in (institution, event, *days):
                session.add(row)
                session.flush()
            store.add_all(event.id, [_item(n, days[n % DAYS]) for n in range(ITEMS)], now=now)
        return event.slug


def _event(institution_id: UUID, today: date) -> Event:
    return Event(
        id=uuid4(), slug="bench", institution_id=institution_id, organizer="Kementerian Contoh",
        kind=EventKind.RAKORNAS, title="Rakornas Contoh", short_title="Rakornas Contoh", mode=EventMode.HYBRID,
        zone=ZONE, starts_on=today, ends_on=today + timedelta(days=DAYS - 1), regions_as_of=today,
        stage=Stage.PUBLISHED, created_at=clock.now(), updated_at=clock.now(),
    )  # fmt: skip


def _item(number: int, day: EventDay) -> ItemDraft:
    starts = datetime.combine(day.held_on, clock_time(7 + number // DAYS, 0), ZoneInfo(ZONE))
    mine = range(number, SPEAKERS, ITEMS)
    people = tuple(PersonDraft(f"Dr. Narasumber {n} Contoh, M.Si.", "Direktur", "Kementerian Contoh") for n in mine)
    return ItemDraft(
        day_id=day.id, kind=AgendaKind.SESSION, title=f"Sesi {number + 1}: Layanan informasi di daerah",
        topic="Standar, tenggat, dan keberatan", room=f"Ruang {number % 4}", starts_at=starts,
        ends_at=starts + timedelta(minutes=50), speakers=people,
    )  # fmt: skip


def ask(app: Flask, path: str, times: int) -> tuple[int, float, int]:
    """Return the queries of a page, its median milliseconds, and how many speakers it names."""
    seen: list[str] = []
    with app.app_context():
        watching.listen(db.engine, "before_cursor_execute", lambda *given: seen.append(str(given[2])))
    browser, took, text = app.test_client(), [], ""
    browser.get(path)
    for _turn in range(times):
        cache.forget()
        seen.clear()
        began = time.perf_counter()
        text = browser.get(path).text
        took.append(1000 * (time.perf_counter() - began))
    queries = sum(not statement.lstrip().upper().startswith(FRAME) for statement in seen)
    names = sum(f"Narasumber {n} Contoh" in text for n in range(SPEAKERS))
    return queries, round(statistics.median(took), 1), names


def asking_anew(page: str, port: int) -> list[Any]:
    """Return makers of requests that each differ, so that every page is drawn."""

    def maker(number: int) -> Any:
        asked = iter(range(number, 10**9, CLIENTS))
        return lambda: get(f"{page}?n={next(asked)}", port)

    return [maker(number) for number in range(CLIENTS)]
