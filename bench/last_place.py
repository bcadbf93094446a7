"""The last place of an open event: parallel posts over HTTP, exactly one gets it, the rest read "penuh", none fails."""

import http.client
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from sqlalchemy import func, select, update

from bench._hall import THREADS, WORKERS, Hall, build, free_port, serving
from rakor.app import create_app
from rakor.db import db, transaction
from rakor.events.models import Event
from rakor.registrations.models import Registration
from rakor.registrations.rules import RegistrationState
from tools import postgres

WHAT = "parallel posts for the last place: one gets it, the rest read penuh, none sees a 500"
SENDERS = 100


def run(quick: bool) -> dict[str, Any]:
    """Race for one place on SQLite and, unless ``quick``, on PostgreSQL; every round is a new last place."""
    rounds = 1 if quick else 5
    figures: dict[str, Any] = {"senders": SENDERS, "rounds": rounds, "server": f"gthread {WORKERS}×{THREADS}"}
    with tempfile.TemporaryDirectory() as folder:
        figures["sqlite"] = _database(Path(folder), lambda name: f"sqlite:///{folder}/{name}.sqlite3", rounds)
    if not quick:
        with tempfile.TemporaryDirectory() as folder, postgres.server(durable=True) as running:
            figures["postgresql"] = _database(
                Path(folder), lambda name: postgres.create_database(running, name), rounds
            )
    held = [figures[name]["ok"] for name in ("sqlite", "postgresql") if name in figures]
    return {"ok": all(held), **figures, "limits": {"winners_a_round": 1, "failures": 0}}


def _database(folder: Path, url: Callable[[str], str], rounds: int) -> dict[str, Any]:
    port = free_port()
    hall = build(folder / "hall", url("rakor"), port, 1, 0)
    environment = {
        "RAKOR_INSTANCE": str(hall.settings.instance),
        "RAKOR_DATABASE_URL": hall.settings.database_url,
        "RAKOR_BASE_URL": hall.settings.base_url,
    }
    answers: list[Counter[str]] = []
    seconds: list[float] = []
    with serving(["rakor.cli", "web"], environment, port):
        for number in range(rounds):
            _open_one_place(hall, number + 1)
            started = time.monotonic()
            answers.append(_race(port, number))
            seconds.append(time.monotonic() - started)
    good = all(found == {"got it": 1, "penuh": SENDERS - 1} for found in answers)
    stored = _stored(hall)
    return {
        "ok": good and stored == rounds,
        "answers": [dict(found) for found in answers],
        "registered": stored,
        "round_s": round(sorted(seconds)[len(seconds) // 2], 2),
    }


def _open_one_place(hall: Hall, capacity: int) -> None:
    with create_app(hall.settings).app_context(), transaction(unaudited="bench") as session:
        session.execute(update(Event).values(open_registration=True, capacity=capacity))


def _stored(hall: Hall) -> int:
    held = select(func.count()).where(Registration.state == RegistrationState.REGISTERED)
    with create_app(hall.settings).app_context():
        return db.session.scalar(held) or 0


def _race(port: int, number: int) -> Counter[str]:
    """Let every sender go at the same moment; returns how many got which answer."""
    gate, found = threading.Barrier(SENDERS), list[str]()

    def send(sender: int) -> None:
        form = _form(number * SENDERS + sender)
        gate.wait()
        found.append(_post(port, form))

    threads = [threading.Thread(target=send, args=(sender,)) for sender in range(SENDERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(found)


def _post(port: int, form: bytes) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://127.0.0.1:{port}"}
    connection.request("POST", "/e/bench/registration", form, headers)
    answer = connection.getresponse()
    page = answer.read().decode()
    connection.close()
    if answer.status == 303 and (answer.getheader("Location") or "").startswith("/p/"):
        return "got it"
    return "penuh" if answer.status == 409 and "Penuh" in page else str(answer.status)


def _form(number: int) -> bytes:
    fields = {
        "idempotency_key": str(uuid4()),
        "name": f"Orang {number} Contoh",
        "post": "Staf",
        "province": "33",
        "regency": "3374",
        "institution": "Dinas Contoh",
        "phone": f"0812 0000 {1000 + number}",
        "email": "",
        "mode": "onsite",
        "consent": "y",
    }
    return urlencode(fields).encode()
