"""A restored backup that is half an hour old: the phones reconnect, offer again what they keep, and fill the hole."""

import os
import random
import subprocess
import sys
import tempfile
import time
from contextlib import nullcontext
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from bench._desks import Phone, account
from bench._hall import SECRET, Hall, build, environment
from bench._serving import ROOT, free_port, serving
from rakor.app import create_app
from rakor.checkin.models import ServerEpoch
from rakor.db import db, transaction
from tools import postgres

WHAT = "restore of a 30-minute-old backup: phones offer again what they keep; acknowledged scans missing or double"
PHONES = 8
SEED = 20261124


def run(quick: bool) -> dict[str, Any]:
    """Drill on both databases (``quick``: SQLite); the fault (a restore under the old epoch) must be seen."""
    scans = 400 if quick else 4000
    figures: dict[str, Any] = {"seed": SEED, "phones": PHONES, "scans": scans}
    good = True
    for name in ("sqlite",) if quick else ("sqlite", "postgresql"):
        with postgres.server(durable=True) if name == "postgresql" else nullcontext(None) as running:
            with tempfile.TemporaryDirectory() as folder:
                url = postgres.create_database(running, "drill") if running else f"sqlite:///{folder}/hall/rakor.sqlite3"
                fits, figures[name] = drill(Path(folder), url, scans, fault=False)
            good &= fits
    with tempfile.TemporaryDirectory() as folder:
        fits, seen = drill(Path(folder), f"sqlite:///{folder}/hall/rakor.sqlite3", 200, fault=True)
    figures["bites"] = {"restore under the old epoch": {"lost": seen["lost"]}}
    return {"ok": good and not fits, **figures}


def drill(folder: Path, url: str, scans: int, *, fault: bool) -> tuple[bool, dict[str, Any]]:
    """Scan, save, scan on, lose the server, restore, reconnect; count."""
    rng, port = random.Random(SEED), free_port()
    hall = build(folder / "hall", url, port, scans + scans // 4, PHONES)
    (hall.settings.instance / "secret.key").write_text(SECRET.hex())
    (hall.settings.instance / "secret.key").chmod(0o600)
    phones = [Phone(hall, cookie, [port]) for cookie in hall.cookies]
    before, meanwhile = hall.refs[: scans // 2], hall.refs[scans // 2 : scans]
    with serving(["rakor.cli", "web"], environment(hall), port):
        _scan(phones, before, rng, minutes_ago=60)
        rakor(hall, "backup", str(folder / "backups"))
        _scan(phones, meanwhile, rng, minutes_ago=15)
    epoch = _epoch(hall)
    began = time.monotonic()
    rakor(hall, "restore", str(next((folder / "backups").glob("*.tar.gz"))), "--replace")
    took = time.monotonic() - began
    at_restore = account(hall, phones).lost
    if fault:
        _set_epoch(hall, epoch)
    with serving(["rakor.cli", "web"], environment(hall), port):
        _scan(phones, hall.refs[scans:], rng, minutes_ago=0)  # the hall goes on
        drained = all(phone.drain(60) for phone in phones)
    found = account(hall, phones)
    good = drained and found.good and found.acknowledged >= len(hall.refs) and at_restore > 0 and took <= 300
    return good, {"hole_before_reconnect": at_restore, "restore_s": round(took, 1), **found.figures()}


def _scan(phones: list[Phone], refs: list[str], rng: random.Random, *, minutes_ago: float) -> None:
    """Everybody is scanned at some desk, one in ten at two; all is acknowledged in the end."""
    for ref in refs:
        for phone in rng.sample(phones, 2 if rng.random() < 0.1 else 1):
            phone.scan(ref, minutes_ago=minutes_ago)
        if rng.random() < 0.05:
            rng.choice(phones).sync()
    if not all(phone.drain(60) for phone in phones):
        raise RuntimeError("the phones were not drained")


def rakor(hall: Hall, *words: str) -> None:
    """Run one command of the installation to its end."""
    done = subprocess.run(
        [sys.executable, "-m", "rakor.cli", *words],
        cwd=ROOT,
        env={**os.environ, **environment(hall), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-500:])


def _epoch(hall: Hall) -> UUID:
    with create_app(hall.settings).app_context():
        found = db.session.scalars(select(ServerEpoch.epoch)).one()
        db.session.remove()
        db.engine.dispose()
    return found


def _set_epoch(hall: Hall, epoch: UUID) -> None:
    with create_app(hall.settings).app_context():
        with transaction(unaudited="the drill's fault") as session:
            session.execute(update(ServerEpoch).values(epoch=epoch))
        db.session.remove()
        db.engine.dispose()
