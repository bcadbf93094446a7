"""A hall: an event with thousands of tickets, desks with their cookies, and what a desk scans."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import insert

from bench._load import post
from rakor import audit, clock, config, upgrade
from rakor.app import create_app
from rakor.attendance.store import checkpoints
from rakor.checkin import store
from rakor.checkin.routes import cookie_name
from rakor.db import transaction
from rakor.events.models import Event, EventDay
from rakor.events.rules import EventKind, EventMode, Stage
from rakor.offices.models import Institution
from rakor.registrations import tickets
from rakor.registrations.models import Registration, RegistrationSource, Ticket
from rakor.registrations.rules import Mode, RegistrationState

SECRET = bytes(32)


@dataclass(frozen=True)
class Hall:
    """What the clients need: the checkpoint, the cookie of every desk, the look-up keys of all tickets."""

    settings: config.Config
    checkpoint_id: UUID
    cookies: list[str]
    refs: list[str]


def environment(hall: Hall, **more: str) -> dict[str, str]:
    """Return the variables under which a server serves the hall."""
    return {
        "RAKOR_INSTANCE": str(hall.settings.instance),
        "RAKOR_DATABASE_URL": hall.settings.database_url,
        "RAKOR_BASE_URL": hall.settings.base_url,
        **more,
    }


def build(folder: Path, url: str, port: int, people: int, desks: int) -> Hall:
    """Make the event in a fresh database; everybody's ticket is good and nobody is in."""
    keep_secret(folder)
    settings = config.Config(instance=folder, database_url=url, secret=SECRET, base_url=f"http://127.0.0.1:{port}")
    app = create_app(settings)
    with app.app_context():
        upgrade.upgrade()
        event_id, now = uuid4(), clock.now()
        with transaction() as session:
            audit.record("bench.hall")
            for row in _event(event_id, clock.today("Asia/Jakarta")):
                session.add(row)
                session.flush()
            persons = [uuid4() for _ in range(people)]
            session.execute(insert(Registration), [_person(event_id, who, n) for n, who in enumerate(persons)])
            refs = [tickets.ref_of(event_id, who, 0) for who in persons]
            session.execute(
                insert(Ticket), [_ticket(event_id, who, ref) for who, ref in zip(persons, refs, strict=True)]
            )
            place = checkpoints.ensure(event_id, now=now)[0]
            cookies = [_desk(app, event_id, place.id, n) for n in range(desks)]
    return Hall(settings, place.id, cookies, [ref.hex() for ref in refs])


def keep_secret(folder: Path) -> None:
    """Give an instance the secret of the drills: a server that makes its own opens none of our tickets' lines."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "secret.key").write_text(SECRET.hex())


def _event(event_id: UUID, today: date) -> list[Any]:
    institution = Institution(id=uuid4(), name="Kementerian Contoh", short_name="Contoh", created_at=clock.now())
    event = Event(
        id=event_id,
        slug="bench",
        institution_id=institution.id,
        organizer="Kementerian Contoh",
        kind=EventKind.RAKORNAS,
        title="Rakornas Contoh",
        short_title="Rakornas Contoh",
        mode=EventMode.ONSITE,
        zone="Asia/Jakarta",
        starts_on=today,
        ends_on=today + timedelta(days=1),
        regions_as_of=today,
        stage=Stage.PUBLISHED,
        created_at=clock.now(),
        updated_at=clock.now(),
    )
    return [institution, event, EventDay(event_id=event_id, held_on=today, number=1)]


def _person(event_id: UUID, who: UUID, number: int) -> dict[str, Any]:
    now = clock.now()
    return {
        "id": who,
        "event_id": event_id,
        "source": RegistrationSource.OPEN,
        "state": RegistrationState.CONFIRMED,
        "mode": Mode.ONSITE,
        "name": f"Peserta {number} Contoh",
        "created_at": now,
        "updated_at": now,
    }


def _ticket(event_id: UUID, who: UUID, ref: bytes) -> dict[str, Any]:
    return {"ref": ref, "event_id": event_id, "registration_id": who, "epoch": 0, "issued_at": clock.now()}


def _desk(app: Flask, event_id: UUID, place_id: UUID, number: int) -> str:
    ends = clock.now() + timedelta(days=1)
    _device, token = store.enrol(event_id, None, f"Meja {number}", place_id, now=clock.now(), expires_at=ends)
    return f"{cookie_name()}={token}"


@dataclass
class Scanner:
    """One desk's record maker; its segment never met the server, so its first record is a clock."""

    hall: Hall
    cookie: str
    seq: int = 0
    segment: str = ""

    def record(self, ref: str) -> dict[str, Any]:
        """Make the next scan."""
        self.seq += 1
        now = round(clock.now().timestamp() * 1000)
        self.segment = self.segment or str(uuid4())
        base = {"scan_id": str(_uuid7(now)), "device_seq": self.seq, "t_wall": now, "t_mono": now % 10**8}
        if self.seq == 1:
            return base | {"segment": self.segment, "kind": "clock", "server_time": now, "rtt": 10}
        return base | {
            "segment": self.segment,
            "kind": "ticket",
            "checkpoint": str(self.hall.checkpoint_id),
            "ref": ref,
            "roster_seq": 0,
        }

    def request(self, refs: Sequence[str], *, close: bool) -> bytes:
        """Return the bytes of one batch."""
        records = [self.record(ref) for ref in refs]
        return post(
            "/scan/v1/batches", {"records": records, "changes": 0}, self.hall.settings, self.cookie, close=close
        )


def _uuid7(millis: int) -> UUID:
    """Return an id as devices make them: in the order of time (RFC 9562, version 7)."""
    chance = uuid4().int & ((1 << 76) - 1)
    low = chance & ((1 << 62) - 1)
    return UUID(int=millis << 80 | 7 << 76 | (chance >> 64) << 64 | 2 << 62 | low)
