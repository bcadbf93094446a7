""" "Buat undangan": the matrix of 2021 expanded into 2,740 seats, on both databases, then again."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import func, select

from rakor import audit
from rakor.app import create_app
from rakor.config import Config
from rakor.db import Base, db, transaction
from rakor.events import store as events
from rakor.events.models import AccessLink, Event, LinkPurpose
from rakor.events.rules import EventKind, EventMode, Stage
from rakor.offices import store as offices
from rakor.offices.models import Institution
from rakor.offices.rules import KPU, OfficeDraft, expand
from rakor.regions.rules import reference
from rakor.registrations.rules import Mode
from rakor.seats import store
from rakor.seats.models import Seat
from rakor.seats.rules import ReadySet
from tools import postgres

WHAT = '"Buat undangan", 2,740 seats in one transaction: < 3 s, again < 1 s and nothing twice'
SEATS, OFFICES, PROVINCES, FIRST_S, AGAIN_S = 2740, 548, 34, 3.0, 1.0
AT = datetime(2021, 10, 18, 2, 0, tzinfo=UTC)
AS_OF = date(2021, 10, 27)


def run(quick: bool) -> dict[str, Any]:
    """Expand twice, on SQLite with full synchronisation and on a durable PostgreSQL (SQLite alone when quick)."""
    figures = _measure("sqlite")
    if not quick:
        figures |= _measure("postgresql")
    times = [value for name, value in figures.items() if name.endswith("first_s")]
    again = [value for name, value in figures.items() if name.endswith("again_s")]
    right = all(value == SEATS for name, value in figures.items() if name.endswith("_seats"))
    return {
        "ok": right and max(times) < FIRST_S and max(again) < AGAIN_S,
        **figures,
        "compared_with": f"{SEATS} seats, links of {OFFICES} offices and {PROVINCES} provinces, "
        f"first < {FIRST_S} s, again < {AGAIN_S} s",
    }


@contextmanager
def _database(kind: str, folder: Path) -> Iterator[str]:
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'rakor.sqlite3'}"
        return
    with postgres.server(durable=True) as server:
        yield postgres.create_database(server, "seats")


def _measure(kind: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder, _database(kind, Path(folder)) as url:
        app = create_app(Config(instance=Path(folder), database_url=url, secret=bytes(32), testing=True))
        with app.app_context():
            Base.metadata.create_all(db.engine)
            event_id = _prepare()
            first, again = _make(event_id), _make(event_id)
            seats = db.session.scalar(select(func.count()).select_from(Seat))
            purposes = select(AccessLink.purpose, func.count()).group_by(AccessLink.purpose)
            links = dict(db.session.execute(purposes).tuples().all())
            db.session.remove()
            db.engine.dispose()
    assert links == {LinkPurpose.OFFICE: OFFICES, LinkPurpose.PROVINCE: PROVINCES}, f"{links}"
    return {f"{kind}_first_s": round(first, 3), f"{kind}_again_s": round(again, 3), f"{kind}_seats": seats}


def _prepare() -> Any:
    event = Event(
        id=uuid4(), slug="rakornas", institution_id=uuid4(), organizer="Komisi Contoh", kind=EventKind.RAKORNAS,
        title="Rapat Koordinasi Nasional", short_title="Rakornas", mode=EventMode.HYBRID, zone="Asia/Jakarta",
        starts_on=AS_OF, ends_on=date(2021, 10, 29), regions_as_of=AS_OF, stage=Stage.PUBLISHED, created_at=AT,
        updated_at=AT,
    )  # fmt: skip
    with transaction() as session:
        session.add(Institution(id=event.institution_id, name="Komisi Contoh", short_name="KC", created_at=AT))
        session.flush()
        session.add(event)
        session.flush()
        drafts: list[OfficeDraft] = []
        for pattern in KPU:
            made = expand(pattern, reference(), AS_OF)
            assert isinstance(made, tuple)
            drafts += made
        offices.add_offices(event.id, event.institution_id, drafts)
        store.take_ready(event, ReadySet.COMMISSION, (Mode.ONSITE, Mode.ONLINE))
        audit.record("bench.seats", event_id=event.id)
    return event.id


def _make(event_id: Any) -> float:
    started = time.perf_counter()
    with transaction():
        event = events.locked_event(event_id)
        store.apply_expansion(event_id, store.expansion(event), now=AT)
    return time.perf_counter() - started
