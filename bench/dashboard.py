"""The summary of an event with 3,836 seats and 120,000 facts: counted anew, and from its snapshot."""

import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import event as sqlalchemy_event
from sqlalchemy import insert

from rakor import clock, config
from rakor.accounts import routes as accounts_routes
from rakor.accounts import store as accounts
from rakor.app import create_app
from rakor.attendance.models import Checkpoint, FactRow, PresenceRow
from rakor.attendance.rules.words import Direction, Kind, Source, Verdict
from rakor.db import Base, db, transaction
from rakor.events.models import Event, EventDay, EventRole
from rakor.events.rules import EventKind, EventMode, Stage
from rakor.minutes import preparation_view
from rakor.offices import rules as offices
from rakor.offices.models import Institution, Office
from rakor.regions import rules as regions
from rakor.registrations.models import Registration, RegistrationSource
from rakor.registrations.rules import Mode, RegistrationState
from rakor.reports import summary
from rakor.seats.models import Holding, Seat, SeatAnswer

WHAT = "summary page with 3,836 seats and 120,000 facts: fresh, from its snapshot, and its number of queries"
AT = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
NOW = AT + timedelta(minutes=55)
FRESH_MS, SNAPSHOT_MS = 300, 30


def run(quick: bool) -> dict[str, Any]:
    """Build the world and time the page through the whole application; ``quick`` times fewer rounds."""
    with tempfile.TemporaryDirectory() as folder:
        app, event_id, token = build(Path(folder), seats_per_office=7, facts=120_000)
        small, small_id, small_token = build(Path(folder) / "small", seats_per_office=1, facts=1_000)
        with clock.freeze(NOW, everywhere=True):
            few = count_queries(small, small_id, small_token)
            queries = count_queries(app, event_id, token)
            fresh = [timed(app, event_id, token, forget=True) for _ in range(3 if quick else 12)]
            kept = [timed(app, event_id, token, forget=False) for _ in range(10 if quick else 40)]
    figures = {
        "seats": 548 * 7,
        "facts": 120_000,
        "fresh_ms_p50": round(statistics.median(fresh), 1),
        "fresh_ms_max": round(max(fresh), 1),
        "snapshot_ms_p50": round(statistics.median(kept), 1),
        "queries": queries,
        "queries_small_event": few,
        "limits": {"fresh_ms": FRESH_MS, "snapshot_ms": SNAPSHOT_MS},
    }
    good = statistics.median(fresh) < FRESH_MS and statistics.median(kept) < SNAPSHOT_MS and queries == few
    return {"ok": good} | figures


def timed(app: Flask, event_id: UUID, token: str, *, forget: bool) -> float:
    """Return the milliseconds of one summary page."""
    if forget:
        summary.forget()
        preparation_view.forget()
    client = app.test_client()
    with app.app_context():
        client.set_cookie(accounts_routes.cookie_name(), token, domain="localhost")
    started = time.perf_counter()
    answer = client.get(f"/events/{event_id}")
    took = (time.perf_counter() - started) * 1000
    assert answer.status_code == 200, answer.status_code
    return took


@contextmanager
def counted(app: Flask) -> Iterator[list[str]]:
    """Collect the statements that the application sends."""
    seen: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    with app.app_context():
        engine = db.engine
    sqlalchemy_event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        sqlalchemy_event.remove(engine, "before_cursor_execute", note)


def count_queries(app: Flask, event_id: UUID, token: str) -> int:
    """Return how many statements a fresh summary page costs."""
    with counted(app) as seen:
        timed(app, event_id, token, forget=True)
    return sum(not statement.startswith(("BEGIN", "PRAGMA")) for statement in seen)


def build(folder: Path, *, seats_per_office: int, facts: int) -> tuple[Flask, UUID, str]:
    """Make an application with one event of 548 offices, everybody confirmed, two thirds present."""
    folder.mkdir(exist_ok=True)
    settings = config.Config(
        instance=folder,
        database_url=f"sqlite:///{folder / 'bench.sqlite3'}",
        secret=bytes(32),
        base_url="http://localhost",
    )
    app = create_app(settings)
    with app.app_context():
        Base.metadata.create_all(db.engine)
        with transaction(unaudited="benchmark world"):
            event_id = _fill(seats_per_office, facts)
            user = accounts.create_user("bench@contoh.test", "Bench Contoh", "x" * 20, now=AT, is_admin=True)
            db.session.flush()
            token = accounts.start_session(user.id, now=NOW)
    return app, event_id, token


def _fill(seats_per_office: int, facts: int) -> UUID:
    institution = Institution(id=uuid4(), name="KPU Contoh", short_name="KPU", created_at=AT)
    event = Event(
        id=uuid4(), slug="bench", institution_id=institution.id, organizer="KPU Contoh", kind=EventKind.RAKORNAS,
        title="Rakornas", short_title="Rakornas", mode=EventMode.HYBRID, zone="Asia/Jakarta",
        starts_on=date(2026, 11, 24), ends_on=date(2026, 11, 26), regions_as_of=date(2021, 10, 27),
        stage=Stage.PUBLISHED, created_at=AT, updated_at=AT,
    )  # fmt: skip
    days = [EventDay(id=uuid4(), event_id=event.id, held_on=date(2026, 11, 24 + n), number=n + 1) for n in range(3)]
    spots = [
        Checkpoint(id=uuid4(), event_id=event.id, day_id=day.id, name=f"Hari {day.number}", created_at=AT)
        for day in days
    ]
    roles = [EventRole(id=uuid4(), event_id=event.id, name=f"Peran {n}", position=n) for n in range(seats_per_office)]
    for related in ([institution], [event], days, spots, roles):
        db.session.add_all(related)
        db.session.flush()
    office_rows = _offices(institution.id)
    db.session.execute(insert(Office), office_rows)
    people = _people(event.id, office_rows, roles)
    db.session.execute(insert(Registration), [p["registration"] for p in people])
    db.session.execute(insert(Seat), [p["seat"] for p in people])
    db.session.execute(insert(Holding), [p["holding"] for p in people])
    present = [p["registration"]["id"] for n, p in enumerate(people) if n % 3]
    db.session.execute(
        insert(PresenceRow), [_presence(event.id, who, s.id, n) for s in spots for n, who in enumerate(present)]
    )
    rows = [_fact(event.id, present[n % len(present)], spots[n % 3].id, n) for n in range(facts)]
    db.session.execute(insert(FactRow), rows)
    return event.id


def _offices(institution_id: UUID) -> list[dict[str, Any]]:
    known, as_of = regions.reference(), date(2021, 10, 27)
    rows = []
    for pattern in offices.KPU:
        drafts = offices.expand(pattern, known, as_of)
        assert isinstance(drafts, tuple)
        rows += [
            {
                "id": uuid4(), "institution_id": institution_id, "code": d.code, "level": d.level, "name": d.name,
                "short_name": d.short_name, "province_code": d.province_code, "regency_code": d.regency_code,
                "zone": d.zone, "sort_key": d.sort_key,
            }
            for d in drafts
            if d.level is not offices.OfficeLevel.NATIONAL
        ]  # fmt: skip
    return rows


def _people(event_id: UUID, rows: list[dict[str, Any]], roles: list[EventRole]) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    for office in rows:
        for role in roles:
            registration_id, seat_id = uuid4(), uuid4()
            made.append({
                "registration": {
                    "id": registration_id, "event_id": event_id, "source": RegistrationSource.SEAT,
                    "state": RegistrationState.CONFIRMED, "mode": Mode.ONLINE if len(made) % 5 < 3 else Mode.ONSITE,
                    "name": f"Orang {len(made)} Contoh", "role_id": role.id, "office_id": office["id"],
                    "created_at": AT, "updated_at": AT, "confirmed_at": AT,
                },
                "seat": {
                    "id": seat_id, "event_id": event_id, "office_id": office["id"], "role_id": role.id, "number": 1,
                    "modes": ["onsite", "online"], "answer": SeatAnswer.CONFIRMED, "answered_at": AT, "invited_at": AT,
                },
                "holding": {
                    "id": uuid4(), "event_id": event_id, "seat_id": seat_id, "registration_id": registration_id,
                    "started_at": AT,
                },
            })  # fmt: skip
    return made


def _presence(event_id: UUID, who: UUID, checkpoint_id: UUID, n: int) -> dict[str, Any]:
    return {
        "event_id": event_id, "registration_id": who, "checkpoint_id": checkpoint_id, "present": True, "inside": True,
        "first_in_at": AT + timedelta(seconds=n), "first_source": Source.DESK_SCAN, "fact_count": 1,
        "duplicate_count": 0, "intervals": [], "change_seq": n,
    }  # fmt: skip


def _fact(event_id: UUID, who: UUID, checkpoint_id: UUID, n: int) -> dict[str, Any]:
    return {
        "scan_id": uuid4(), "event_id": event_id, "kind": Kind.TICKET, "source": Source.DESK_SCAN,
        "direction": Direction.IN, "registration_id": who, "checkpoint_id": checkpoint_id, "device_seq": n,
        "in_roster": True, "wall_at": AT + timedelta(seconds=n % 3600), "roster_seq": 0, "override": False,
        "shown": Verdict.IN, "digest": bytes(16), "received_at": AT, "change_seq": n, "place": "Meja 1",
    }  # fmt: skip
