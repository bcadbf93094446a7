"""Four senders over one queue of messages, on both databases: is any job claimed twice."""

import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from bench import _post
from rakor.app import create_app
from rakor.db import db
from rakor.messages.models import Message, MessageState
from rakor.outbox import Job, JobState
from tools import postgres

WHAT = "4 workers, 10,000 messages, both databases: jobs claimed twice, messages handled twice, messages left over"
MESSAGES, FEW, SENDERS = 10_000, 200, 4


def run(quick: bool) -> dict[str, Any]:
    """Empty the queue on SQLite and PostgreSQL; a worker that does not lock must be seen."""
    count = FEW if quick else MESSAGES
    with tempfile.TemporaryDirectory() as place:
        sqlite = _empty(Path(place), f"sqlite:///{place}/rakor.sqlite3", count)
    with tempfile.TemporaryDirectory() as place, postgres.server(durable=True) as running:
        grown = _empty(Path(place), postgres.create_database(running, "outbox"), count)
    with tempfile.TemporaryDirectory() as place:
        bites = _empty(Path(place), f"sqlite:///{place}/rakor.sqlite3", 60, "unlocked")["claimed_twice"]
    right = all(each["claimed_twice"] == each["handled_twice"] == each["left"] == 0 for each in (sqlite, grown))
    return {
        "ok": right and bites > 0, "messages": count, "workers": SENDERS, "sqlite": sqlite, "postgresql": grown,
        "bites": {"a worker that does not lock": bites}, "limits": {"claimed_twice": 0, "left": 0},
    }  # fmt: skip


def _empty(folder: Path, url: str, count: int, fault: str = "") -> dict[str, Any]:
    app = create_app(_post.settings(folder, url))
    with app.app_context():
        event_id, ids = _post.build(app, count)
        _post.queue_campaign(event_id, ids)
        db.session.remove()
        db.engine.dispose()
    started = time.monotonic()
    with _post.nursery(folder, url, "", SENDERS, fault):
        while _left(app) and time.monotonic() - started < 60 + count * 0.5:
            time.sleep(0.2)
    took = time.monotonic() - started
    claims = Counter(line for kept in folder.glob("claims.*") for line in kept.read_text(encoding="ascii").split())
    with app.app_context():
        left = db.session.scalar(select(func.count()).where(Message.state == MessageState.QUEUED)) or 0
        twice = db.session.scalar(select(func.count()).where(Message.attempts > 1)) or 0
        db.session.remove()
        db.engine.dispose()
    return {
        "claimed_twice": sum(each - 1 for each in claims.values()), "handled_twice": twice, "left": left,
        "claims": sum(claims.values()), "per_s": round(count / took, 1),
    }  # fmt: skip


def _left(app: Any) -> int:
    with app.app_context():
        return int(db.session.scalar(select(func.count()).where(Job.state != JobState.DONE)) or 0)
