"""A meeting of three days, forty items and thousands of people with addresses, whose calendars are up to date."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import delete, insert, select

from bench._serving import ROOT
from rakor import audit, clock, config, outbox, upgrade
from rakor.accounts import store as accounts
from rakor.accounts.rules import Role
from rakor.agenda import store as agenda
from rakor.agenda.rules import AgendaKind
from rakor.agenda.store import ItemDraft, PersonDraft
from rakor.app import create_app
from rakor.calendar import jobs
from rakor.db import db, transaction
from rakor.events import links
from rakor.events.models import Event, EventChannel, EventDay, Grant, LinkPurpose
from rakor.events.rules import ChannelKind, EventKind, EventMode, Stage
from rakor.offices.models import Institution
from rakor.registrations import store as registrations
from rakor.registrations.models import Registration, RegistrationSource
from rakor.registrations.rules import Mode, RegistrationState

DAYS, ITEMS, SLUG = 3, 40, "undangan"
PROVINCES = ("31", "73", "93")


@dataclass(frozen=True)
class Invited:
    """The meeting: its application, ids, a session that can be moved, everybody, and the organiser's cookie."""

    app: Flask
    settings: config.Config
    event_id: UUID
    moved_id: UUID
    day_id: UUID
    people: list[UUID]
    session: str

    def move(self, minute: int) -> str:
        """Move the session in the draft; returns its new time as pages say it."""
        with self.app.app_context(), transaction():
            starts_at = _at(self.first_on, 1, 13, minute)
            draft = _item(self.day_id, 0, starts_at)
            agenda.change(self.event_id, self.moved_id, draft, now=clock.now())
        return f"13.{minute:02}"

    @property
    def first_on(self) -> date:
        """Tomorrow, where the event is held."""
        return clock.today("Asia/Jakarta") + timedelta(days=1)


def build(folder: Path, port: int, people: int, *, smtp_url: str = "") -> Invited:
    """Make it all in a fresh SQLite database; only what leads to everybody's mail waits in the outbox afterwards."""
    folder.mkdir(parents=True, exist_ok=True)
    url = f"sqlite:///{folder / 'rakor.sqlite3'}"
    settings = config.Config(
        instance=folder, database_url=url, secret=config.instance_secret(folder),
        base_url=f"http://127.0.0.1:{port}", smtp_url=smtp_url,
    )  # fmt: skip
    app = create_app(settings)
    with app.app_context():
        upgrade.upgrade()
        event_id = uuid4()
        with transaction() as session:
            audit.record("bench.invited")
            event = _event(event_id)
            for row in event:
                session.add(row)
                session.flush()
            user_id = accounts.create_user("sari@contoh.test", "Sari Contoh", "kata sandi panjang", now=clock.now()).id
            session.flush()
            ends_on = date(2099, 1, 1)
            made_at = clock.now()
            session.add(Grant(event_id=event_id, user_id=user_id, role=Role.OWNER, created_at=made_at, ends_on=ends_on))
            days = [row.id for row in event if isinstance(row, EventDay)]
            moved_id = _programme(event_id, days)
            ids = [uuid4() for _ in range(people)]
            session.execute(insert(Registration), [_person(event_id, who, n) for n, who in enumerate(ids)])
            links.make_links(event_id, LinkPurpose.PERSON, ids, now=clock.now())
            agenda.publish(event_id, by=None, now=clock.now())
            token = accounts.start_session(user_id, now=clock.now())
        _follow(event_id)
    return Invited(app, settings, event_id, moved_id, days[1], ids, token)


def _follow(event_id: UUID) -> None:
    """Bring everybody's calendar up to date, without a worker: each turn leaves the job of the next.

    The programme was made item by item, and each left a job to follow it; once is enough.
    """
    with transaction(unaudited="benchmark") as session:
        session.execute(delete(outbox.Job))
    jobs.follow_event({"event_id": str(event_id)}, lambda _done, _total: None)
    query = select(outbox.Job).where(outbox.Job.name == jobs.FOLLOW).limit(1)
    while (turn := db.session.scalar(query)) is not None:
        payload, known = dict(turn.payload), turn.id
        jobs.follow_some(payload, lambda _done, _total: None)
        with transaction(unaudited="benchmark") as session:
            session.execute(delete(outbox.Job).where(outbox.Job.id == known))


def forget_jobs(world: Invited) -> None:
    """Empty the outbox."""
    with world.app.app_context(), transaction(unaudited="benchmark") as session:
        session.execute(delete(outbox.Job))


def _event(event_id: UUID) -> list[Any]:
    first = clock.today("Asia/Jakarta") + timedelta(days=1)
    now = clock.now()
    institution = Institution(id=uuid4(), name="Kementerian Contoh", short_name="Contoh", created_at=now)
    event = Event(
        id=event_id, slug=SLUG, institution_id=institution.id, organizer="Kementerian Contoh", kind=EventKind.RAKORNAS,
        title="Rapat Koordinasi Nasional Contoh", short_title="Rakornas Contoh", mode=EventMode.HYBRID,
        zone="Asia/Jakarta", starts_on=first, ends_on=first + timedelta(days=DAYS - 1), regions_as_of=first,
        venue="Hotel Contoh", city="Bogor", stage=Stage.PUBLISHED, created_at=now, updated_at=now,
    )  # fmt: skip
    days = [EventDay(id=uuid4(), event_id=event_id, held_on=first + timedelta(days=n), number=n + 1)
            for n in range(DAYS)]  # fmt: skip
    room = EventChannel(event_id=event_id, kind=ChannelKind.ZOOM, label="Zoom", url="https://zoom.example/j/1?pwd=x")
    return [institution, event, *days, room]


def _programme(event_id: UUID, days: list[UUID]) -> UUID:
    """Forty items with sixty speakers; returns the one that is moved: 13.00 on the second day."""
    first = clock.today("Asia/Jakarta") + timedelta(days=1)
    made = []
    for n in range(ITEMS):
        day = n % DAYS
        draft = _item(days[day], n, _at(first, day, 7 + n // DAYS, 0))
        made.append(agenda.add(event_id, draft, now=clock.now()))
    return made[1 + DAYS * 6]


def _item(day_id: UUID, number: int, starts_at: datetime) -> ItemDraft:
    speakers = tuple(PersonDraft(f"Narasumber {(number * 3 + n) % 60} Contoh", "Kepala") for n in range(3))
    return ItemDraft(
        day_id=day_id, kind=AgendaKind.SESSION, title=f"Sesi {number}: Standar layanan informasi",
        starts_at=starts_at, ends_at=starts_at + timedelta(minutes=45), room="Ruang Melati", speakers=speakers,
    )  # fmt: skip


def _at(first: date, day: int, hour: int, minute: int) -> datetime:
    start = datetime(first.year, first.month, first.day, tzinfo=UTC) + timedelta(days=day)
    return start + timedelta(hours=hour - 7, minutes=minute)


def _person(event_id: UUID, who: UUID, number: int) -> dict[str, Any]:
    now, address = clock.now(), f"peserta{number}@contoh.test"
    return {
        "id": who, "event_id": event_id, "source": RegistrationSource.OPEN, "state": RegistrationState.CONFIRMED,
        "mode": Mode.ONLINE if number % 3 else Mode.ONSITE, "name": f"Peserta {number} Contoh",
        "province_code": PROVINCES[number % 3], "email": address, "email_index": registrations.email_index(address),
        "created_at": now, "updated_at": now, "confirmed_at": now,
    }  # fmt: skip


@contextmanager
def working(settings: config.Config) -> Iterator[None]:
    """Run one worker, and stop it afterwards."""
    environment = {
        "RAKOR_INSTANCE": str(settings.instance), "RAKOR_BASE_URL": settings.base_url,
        "RAKOR_SMTP_URL": settings.smtp_url, "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-m", "rakor.cli", "worker"], cwd=ROOT, env={**os.environ, **environment},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)
