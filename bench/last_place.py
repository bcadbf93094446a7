"""The last place: a hundred posts at one moment, half of them double clicks of one person; one gets it, none fails."""

import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import func, select

from bench._door import FULL, GOT_IT, Sender, form_of, set_size
from bench._hall import Hall, build, environment
from bench._serving import free_port, serving
from rakor.app import create_app
from rakor.db import db
from rakor.events.quota import QuotaPool
from rakor.registrations.models import Registration
from rakor.registrations.rules import RegistrationState
from tools import postgres

WHAT = "100 parallel posts for the last place, half double clicks of one person: one place, one person once, no error"
SENDERS, CLICKS = 100, 50
ROUNDS, FEW = 50, 5


def run(quick: bool) -> dict[str, Any]:
    """Race for one place, each round a new one: SQLite under 4 workers, PostgreSQL behind 3 servers."""
    rounds = FEW if quick else ROUNDS
    figures: dict[str, Any] = {"senders": SENDERS, "double_clicks": CLICKS, "rounds": rounds}
    with tempfile.TemporaryDirectory() as folder:
        figures["sqlite_4_workers"] = _database(Path(folder), f"sqlite:///{folder}/rakor.sqlite3", rounds, (4,))
    with tempfile.TemporaryDirectory() as folder, postgres.server(durable=True) as running:
        url = postgres.create_database(running, "last_place")
        figures["postgresql_3_servers"] = _database(Path(folder), url, rounds, (1, 1, 1))
    held = [figures["sqlite_4_workers"]["ok"], figures["postgresql_3_servers"]["ok"]]
    return {"ok": all(held), **figures, "limits": {"places_a_round": 1, "registrations_a_person": 1, "errors": 0}}


def _database(folder: Path, url: str, rounds: int, servers: Sequence[int]) -> dict[str, Any]:
    ports = [free_port() for _ in servers]
    hall = build(folder / "hall", url, ports[0], 1, 0)
    answers: list[Counter[str]] = []
    seconds: list[float] = []
    with ExitStack() as running:
        for port, workers in zip(ports, servers, strict=True):
            running.enter_context(serving(["rakor.cli", "web"], environment(hall), port, workers=workers))
        for number in range(rounds):
            set_size(hall, number + 1)
            started = time.monotonic()
            answers.append(_race(ports, number))
            seconds.append(time.monotonic() - started)
    return _judged(hall, answers, seconds)


def _judged(hall: Hall, answers: list[Counter[str]], seconds: list[float]) -> dict[str, Any]:
    """One winner a round: a stranger, or the one person, whose every click is then answered alike."""
    fair = all(found in ({GOT_IT: 1, FULL: SENDERS - 1}, {GOT_IT: CLICKS, FULL: SENDERS - CLICKS}) for found in answers)
    with create_app(hall.settings).app_context():
        query = select(func.count(), func.count(func.distinct(Registration.name)))
        made, people = db.session.execute(query.where(Registration.state == RegistrationState.REGISTERED)).one()
        used = db.session.scalar(select(func.sum(QuotaPool.used)))
    whole: Counter[str] = sum(answers, Counter())
    errors = sum(count for answer, count in whole.items() if answer not in (GOT_IT, FULL))
    rounds = len(answers)
    return {
        "ok": fair and made == people == used == rounds and errors == 0,
        "places": made,
        "errors": errors,
        "won_by_the_clicker": sum(found[GOT_IT] == CLICKS for found in answers),
        "odd_rounds": [dict(found) for found in answers if found[GOT_IT] not in (1, CLICKS)][:3],
        "round_s": round(sorted(seconds)[rounds // 2], 2),
    }


def _race(ports: Sequence[int], number: int) -> Counter[str]:
    """Let every sender go at the same moment; returns how many got which answer."""
    gate, found = threading.Barrier(SENDERS), list[str]()
    key = str(uuid4())

    def sending(sender: int) -> Callable[[], None]:
        clicks = sender < CLICKS
        form = form_of(number * SENDERS + (0 if clicks else sender), key if clicks else "")
        browser = Sender(ports[sender % len(ports)], number)

        def send() -> None:
            gate.wait()
            found.append(browser.post(form))

        return send

    threads = [threading.Thread(target=sending(sender)) for sender in range(SENDERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(found)
