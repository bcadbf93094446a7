"""Random histories of quota pools on both databases: used never over size, the waiting list in its order."""

import tempfile
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

from bench._hall import SECRET
from bench._histories import STEPS, History
from rakor import clock, config, upgrade
from rakor.app import create_app
from rakor.db import db, transaction
from rakor.offices.models import Institution
from tools import postgres

WHAT = "2,000 random histories of register, cancel, promote, resize, borrow: used ≤ size, the queue keeps its order"
HISTORIES, FEW = 2_000, 120
A_COMMIT = 20


def run(quick: bool) -> dict[str, Any]:
    """Play the histories on SQLite and PostgreSQL; ``quick``: fewer of them."""
    count = FEW if quick else HISTORIES
    figures: dict[str, Any] = {"histories": count, "steps": count * STEPS}
    with tempfile.TemporaryDirectory() as folder:
        figures["sqlite"] = _play(Path(folder), f"sqlite:///{folder}/rakor.sqlite3", count)
    with tempfile.TemporaryDirectory() as folder, postgres.server(durable=True) as running:
        figures["postgresql"] = _play(Path(folder), postgres.create_database(running, "histories"), count)
    broken = [figures[name]["broken"] for name in ("sqlite", "postgresql")]
    return {"ok": broken == [0, 0], **figures, "limits": {"broken": 0}}


def _play(folder: Path, url: str, count: int) -> dict[str, Any]:
    app = create_app(config.Config(instance=folder, database_url=url, secret=SECRET, base_url="http://127.0.0.1"))
    broken: list[str] = []
    started = time.monotonic()
    with app.app_context():
        upgrade.upgrade()
        with transaction(unaudited="bench"):
            home = Institution(id=uuid4(), name="Contoh", short_name="Contoh", created_at=clock.now())
            db.session.add(home)
        for first in range(0, count, A_COMMIT):
            with transaction(unaudited="bench"):
                for seed in range(first, min(first + A_COMMIT, count)):
                    broken += History(seed).play(home.id)
                    db.session.expunge_all()
        db.session.remove()
        db.engine.dispose()
    return {"broken": len(broken), "first_broken": broken[:1], "s": round(time.monotonic() - started, 1)}
