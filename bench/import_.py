"""Ten thousand rows from the upload to the seats, by the worker's own jobs; then the same with a kill in the middle."""

import io
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from python_calamine import CalamineWorkbook
from sqlalchemy import func, insert, select, update

from bench._hall import build
from bench._serving import ROOT
from rakor import clock, config, outbox
from rakor.accounts import store as accounts
from rakor.accounts.models import User
from rakor.app import create_app
from rakor.db import db, transaction
from rakor.events.models import Event, EventRole
from rakor.imports import books
from rakor.imports.models import ImportRow
from rakor.imports.rules import ImportState, RowState
from rakor.imports.store import uploads
from rakor.offices import store as offices
from rakor.offices.models import Office
from rakor.offices.rules import KPU, PatternRefusal, expand
from rakor.outbox import Job
from rakor.regions.rules import reference
from rakor.registrations.models import Registration, RegistrationSource
from rakor.seats.models import Holding, Seat
from rakor.sheets import Column, write_table

WHAT = "10,000 rows of a sheet on their seats: upload, row report, saving; and nothing half done after kill -9"
ROWS, MOST_S, MOST_MB, DAMAGED = 10_000, 30.0, 200.0, 50
SEATS_EACH = 19


def run(quick: bool) -> dict[str, Any]:
    """Import once whole and measured, once with the worker killed while it saves."""
    count = 1_000 if quick else ROWS
    whole = _once(count, kill=False)
    killed = _once(min(count, 2_000), kill=True)
    limit = MOST_S if not quick else MOST_S / 3
    ok = whole["ok"] and killed["ok"] and whole["s"] < limit and whole["worker_mb"] < MOST_MB
    return {
        "ok": ok,
        "rows": count,
        "s": whole["s"],
        "worker_mb": whole["worker_mb"],
        "read_and_check_s": whole["check_s"],
        "save_s": whole["save_s"],
        "report_s": whole["report_s"],
        "saved": whole["saved"],
        "reported": whole["reported"],
        "after_kill": killed,
        "limits": {"s": limit, "worker_mb": MOST_MB, "after_kill": "each row once, none without its mark"},
    }


def _once(count: int, *, kill: bool) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        hall = build(Path(folder), f"sqlite:///{folder}/rakor.sqlite3", 1, 1, 0)
        app = create_app(hall.settings)
        with app.app_context():
            content = _prepare(count)
            db.session.remove()
        # a worker started before anything waits: its start is not part of an import
        return _killed(app, hall.settings, content, count) if kill else _measured(app, hall.settings, content, count)


def _measured(app: Flask, settings: config.Config, content: bytes, count: int) -> dict[str, Any]:
    worker = _worker(settings)
    try:
        _await_worker(app)
        started = time.monotonic()
        event_id, import_id = _upload(app, content)
        _await(app, event_id, import_id, ImportState.READY)
        checked = time.monotonic()
        _save(app, event_id, import_id)
        _await(app, event_id, import_id, ImportState.SAVED)
        saved = time.monotonic()
        with app.test_request_context():
            row, event = uploads.upload(event_id, import_id), db.session.get(Event, event_id)
            assert row is not None
            assert event is not None
            report, reported = books.rest(event, row, made_at=clock.now())
        ended, peak = time.monotonic(), _peak(worker.pid)
    finally:
        worker.send_signal(signal.SIGTERM)
        worker.wait(60)
    lines = len(CalamineWorkbook.from_filelike(io.BytesIO(report)).get_sheet_by_index(0).to_python())
    state = _stored(app, import_id)
    good = state["whole"] and state["saved"] == count - DAMAGED and reported == DAMAGED and lines == DAMAGED + 4
    return {
        "ok": good,
        "s": round(ended - started, 1),
        "check_s": round(checked - started, 1),
        "save_s": round(saved - checked, 1),
        "report_s": round(ended - saved, 1),
        "worker_mb": peak,
        "saved": state["saved"],
        "reported": reported,
    }


def _killed(app: Flask, settings: config.Config, content: bytes, count: int) -> dict[str, Any]:
    worker = _worker(settings)
    event_id, import_id = _upload(app, content)
    _await(app, event_id, import_id, ImportState.READY)
    _save(app, event_id, import_id)
    while not 0 < (half := _stored(app, import_id))["saved"] < count - DAMAGED:
        time.sleep(0.05)
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    half = _stored(app, import_id)
    _end_lease(app)
    worker = _worker(settings)
    try:
        _await(app, event_id, import_id, ImportState.SAVED)
    finally:
        worker.send_signal(signal.SIGTERM)
        worker.wait(60)
    end = _stored(app, import_id)
    good = half["whole"] and end["whole"] and end["saved"] == count - DAMAGED
    return {"ok": good, "rows": count, "saved_when_killed": half["saved"], "saved_in_the_end": end["saved"]}


def _prepare(count: int) -> bytes:
    """Give the event 552 offices with seats for all, and return the sheet of their people."""
    event = db.session.scalars(select(Event)).one()
    event_id, institution_id = event.id, event.institution_id
    with transaction() as session:
        for pattern in KPU:
            drafts = expand(pattern, reference())
            assert not isinstance(drafts, PatternRefusal)
            offices.add_offices(event_id, institution_id, drafts)
        role = EventRole(id=uuid4(), event_id=event_id, name="Anggota", position=1)
        session.add(role)
        session.flush()
        found = session.execute(select(Office.id, Office.short_name).where(Office.institution_id == institution_id))
        named = [(office_id, name) for office_id, name in found]
        session.execute(insert(Seat), [_seat(event_id, one, role.id, n) for one, _ in named for n in range(SEATS_EACH)])
        accounts.create_user("bench@contoh.test", "Bench Contoh", "kata sandi yang panjang", now=clock.now())
    columns = [Column(name) for name in ("Nama", "Satker", "Jabatan", "NIP", "No. HP", "Email", "Moda")]
    return write_table("Peserta", columns, _people(count, [name for _, name in named]))


def _seat(event_id: UUID, office_id: UUID, role_id: UUID, number: int) -> dict[str, Any]:
    return {"id": uuid4(), "event_id": event_id, "office_id": office_id, "role_id": role_id, "number": number + 1,
            "modes": ["onsite", "online"], "invited_at": clock.now()}  # fmt: skip


def _people(count: int, names: list[str]) -> Iterator[tuple[str, ...]]:
    for number in range(count):
        born = f"{1968 + number % 25}{1 + number // 25 % 12:02}{1 + number // 300 % 28:02}"
        nip = "1.98E+17" if number < DAMAGED else f"{born}2015051{1 + number // 8_400:03}"
        office = names[number % len(names)].replace("Kabupaten", "Kab.")
        yield (f"Dr. Orang{number} Contoh, S.E.", office, "Anggota", nip, f"0812{number:08}", f"o{number}@contoh.id",
               "Luring")  # fmt: skip


def _worker(settings: config.Config) -> "subprocess.Popen[bytes]":
    chosen = {"RAKOR_INSTANCE": str(settings.instance), "RAKOR_DATABASE_URL": settings.database_url}
    (settings.instance / "secret.key").write_text(settings.secret.hex(), encoding="ascii")
    command, quiet = [sys.executable, "-m", "rakor.cli", "worker"], subprocess.DEVNULL
    return subprocess.Popen(command, cwd=ROOT, env={**os.environ, **chosen}, stdout=quiet, stderr=quiet)


def _upload(app: Flask, content: bytes) -> tuple[UUID, UUID]:
    with app.app_context(), transaction():
        event_id = db.session.scalars(select(Event.id)).one()
        user_id = db.session.scalars(select(User.id)).one()
        row = uploads.take_in(event_id, user_id, "peserta.xlsx", content, now=clock.now())
        return event_id, row.id


def _await_worker(app: Flask) -> None:
    """Wait until the worker has started and done a job that finds nothing to do."""
    with app.app_context(), transaction(unaudited="a job that finds nothing to do"):
        nobody = {"event_id": str(uuid4()), "import_id": str(uuid4())}
        job_id = outbox.enqueue("imports.expire", nobody)
    for _ in range(600):
        with app.app_context():
            state = db.session.scalar(select(Job.state).where(Job.id == job_id))
            db.session.remove()
        if state is outbox.JobState.DONE:
            return
        time.sleep(0.1)
    raise RuntimeError("the worker did not start")


def _save(app: Flask, event_id: UUID, import_id: UUID) -> None:
    with app.app_context(), transaction():
        row = uploads.upload(event_id, import_id, locked=True)
        assert row is not None
        uploads.begin(row, ImportState.SAVING, "imports.save", "import.save_begin")


def _await(app: Flask, event_id: UUID, import_id: UUID, state: ImportState, patience: float = 300) -> None:
    until = time.monotonic() + patience
    while time.monotonic() < until:
        with app.app_context():
            row = uploads.upload(event_id, import_id)
            found = row.state if row else None
            db.session.remove()
        if found is state:
            return
        if found is ImportState.REFUSED:
            break
        time.sleep(0.1)
    raise RuntimeError(f"the import stands at {found}, not at {state}")


def _end_lease(app: Flask) -> None:
    """Do not wait the two minutes after which another worker takes a dead one's job."""
    with app.app_context(), transaction(unaudited="a drill's clock"):
        past = clock.now() - timedelta(seconds=1)
        db.session.execute(update(Job).where(Job.leased_until.is_not(None)).values(leased_until=past))


def _stored(app: Flask, import_id: UUID) -> dict[str, Any]:
    """How many are saved, and whether people, holdings and marks are the same ones, each once."""
    with app.app_context():
        marked = list(
            db.session.scalars(
                select(ImportRow.registration_id).where(
                    ImportRow.import_id == import_id, ImportRow.state == RowState.SAVED
                )
            )
        )
        seated = select(Registration.id).where(Registration.source == RegistrationSource.SEAT)
        people = set(db.session.scalars(seated))
        held = list(db.session.scalars(select(Holding.registration_id)))
        taken = db.session.scalar(select(func.count()).select_from(Seat).where(Seat.answer.is_not(None))) or 0
        db.session.remove()
    once = len(marked) == len(set(marked)) == len(people) == len(held) == taken
    return {"saved": len(marked), "whole": once and set(marked) == people == set(held)}


def _peak(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return round(int(line.split()[1]) / 1024, 1)
