"""The MC opens online presence: fifty people a second say the word on their own pages, one node on SQLite."""

import multiprocessing
import tempfile
import threading
import time
from collections import Counter
from datetime import timedelta
from http.client import HTTPConnection, HTTPException
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import func, select

from bench._hall import Hall, build, environment
from bench._serving import free_port, serving
from rakor import audit, clock
from rakor.app import create_app
from rakor.attendance.models import FactRow, PresenceRow
from rakor.db import db, transaction
from rakor.events import links
from rakor.events.models import Event, LinkPurpose
from rakor.registrations import store
from rakor.registrations.models import Registration
from rakor.sources.models import Opening

WHAT = "online presence opened by the MC, 50 submissions/s on one node with SQLite: p95, lost, doubled"
PEOPLE, PER_S, P95_MS = 2700, 50, 1000.0
FULL_S, QUICK_S, BITE_S = 300, 8, 4
CLIENTS, WORD = 48, "MELAYANI"
Answer = tuple[str, int, float, float]  # whose page, status, seconds after its time, seconds until the receipt is shown


def run(quick: bool) -> dict[str, Any]:
    """Send at a fixed pace whatever the answers take; a server that forgets one in fifty must be seen."""
    good, figures = play(["rakor.cli", "web"], QUICK_S if quick else FULL_S, 200 if quick else PEOPLE)
    fine, bitten = play(["bench._faulty", "early", "web"], BITE_S, PER_S * BITE_S)
    figures["bites"] = {"one in fifty acknowledged and not stored": bitten["lost"]}
    limits = {"p95_ms": P95_MS, "lost": 0, "doubled": 0, "errors": 0}
    return {"ok": good and not fine and bitten["lost"] > 0, **figures, "limits": limits}


def play(server: list[str], seconds: int, people: int) -> tuple[bool, dict[str, Any]]:
    """Let ``people`` say the word in turn, again and again, for the time; return whether all holds, and the figures."""
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        hall = build(Path(folder) / "hall", f"sqlite:///{folder}/rakor.sqlite3", port, people, 0)
        paths = opened(hall)
        with serving(server, environment(hall), port, threads=16):
            answers = _pushed(port, paths, seconds)
        facts, present = stored(hall)
    return judged(answers, facts, present, seconds)


def opened(hall: Hall) -> list[str]:
    """Give everybody a page of their own and open presence; return the pages' paths."""
    with create_app(hall.settings).app_context(), transaction():
        audit.record("bench.open")
        event_id = db.session.scalars(select(Event.id)).one()
        people = list(db.session.scalars(select(Registration.id)))
        now = clock.now()
        links.make_links(event_id, LinkPurpose.PERSON, people, now=now)
        ends = now + timedelta(hours=1)
        here = {"event_id": event_id, "checkpoint_id": hall.checkpoint_id}
        db.session.add(Opening(**here, word=WORD, opened_at=now, closes_at=ends))
        return [store.person_path(event_id, one) for one in people]


def stored(hall: Hall) -> tuple[int, int]:
    """Return how many facts there are, and how many people are present."""
    with create_app(hall.settings).app_context():
        facts = db.session.scalar(select(func.count()).select_from(FactRow)) or 0
        present = select(func.count()).select_from(PresenceRow).where(PresenceRow.present)
        return facts, db.session.scalar(present) or 0


def judged(answers: list[Answer], facts: int, present: int, seconds: int) -> tuple[bool, dict[str, Any]]:
    """Weigh what the pages were answered against what is stored."""
    taken = {path for path, status, _late, _shown in answers if status == 303}
    late = sorted(one[2] for one in answers)
    shown = sorted(one[3] for one in answers)
    others = Counter(str(status) for _path, status, _late, _shown in answers if status != 303)
    p50, p95 = (round(late[int(len(late) * share)] * 1000) for share in (0.5, 0.95))
    figures = {
        "per_s": round(len(answers) / seconds, 1),
        "p50_ms": p50,
        "p95_ms": p95,
        "with_receipt_p95_ms": round(shown[int(len(shown) * 0.95)] * 1000),
        "submissions": len(answers),
        "people": len(taken),
        "errors": dict(others),
        "lost": len(taken) - min(facts, present),
        "doubled": max(facts, present) - len(taken) if facts >= len(taken) else 0,
        "seconds": seconds,
    }
    good = p95 < P95_MS and not others and figures["lost"] == 0 and figures["doubled"] == 0
    return good, figures


def _pushed(port: int, paths: list[str], seconds: int) -> list[Answer]:
    """Push from a process of its own; the time of an answer counts from when it was due, so a queue is seen."""
    receiving, sending = multiprocessing.Pipe(duplex=False)
    pusher = multiprocessing.Process(target=_clients, args=(port, paths, seconds, sending))
    pusher.start()
    answers: list[Answer] = receiving.recv()
    pusher.join()
    return answers


def _clients(port: int, paths: list[str], seconds: int, sending: Any) -> None:
    numbers, answers = count(), list[Answer]()
    for path in paths[:8]:
        _ask(port, "GET", path)  # the workers have read their templates
    start_at = time.perf_counter() + 0.2

    def client() -> None:
        while (number := next(numbers)) < seconds * PER_S:
            path, due = paths[number % len(paths)], start_at + number / PER_S
            time.sleep(max(0.0, due - time.perf_counter()))
            status = _ask(port, "POST", f"{path}/presence", urlencode({"word": WORD}))
            taken = time.perf_counter() - due
            _ask(port, "GET", f"{path}/presence")
            answers.append((path, status, taken, time.perf_counter() - due))

    threads = [threading.Thread(target=client) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sending.send(answers)


def _ask(port: int, method: str, path: str, body: str | None = None) -> int:
    """Ask once, over a connection of its own as a phone does; 0 where no answer came."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Origin": f"http://127.0.0.1:{port}"}
    if body is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    except (OSError, HTTPException):
        return 0
    finally:
        connection.close()
