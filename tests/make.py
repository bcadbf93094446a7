"""Makers of rows for tests: each gives a valid row with what the test does not care about filled in.

All of them need an app context and an open ``transaction()``.
"""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID, uuid4

from rakor import audit
from rakor.accounts import store as accounts
from rakor.accounts.models import User
from rakor.accounts.rules import Role
from rakor.agenda.models import AgendaItem
from rakor.agenda.rules import AgendaKind
from rakor.db import db
from rakor.events import quota
from rakor.events.models import Event, EventDay, EventRole, Grant
from rakor.events.rules import EventKind, EventMode, Stage
from rakor.offices.models import Institution, Office
from rakor.offices.rules import OfficeLevel
from rakor.registrations.models import Registration, RegistrationSource
from rakor.registrations.rules import Mode, RegistrationState
from rakor.seats.models import Holding, Seat

AT = datetime(2026, 11, 1, 1, 0, tzinfo=UTC)
PASSWORD = "kata sandi yang panjang"


def _add(row: Any) -> Any:
    db.session.add(row)
    db.session.flush()
    return row


def user(name: str, **values: Any) -> User:
    row = {
        "id": uuid4(),
        "email": f"{name.lower()}@contoh.test",
        "name": f"{name} Contoh",
        "password_hash": _password_hash(),
        "created_at": AT,
    } | values
    audit.record("test.user")
    return _add(User(**row))


@cache
def _password_hash() -> str:
    """Hashing is slow on purpose; everybody here has the same password."""
    return accounts.HASHER.hash(PASSWORD)


def institution(**values: Any) -> Institution:
    row = {"name": "Kementerian Contoh", "short_name": "Kemencontoh", "created_at": AT} | values
    return _add(Institution(**row))


def office(institution_id: UUID, **values: Any) -> Office:
    row = {
        "institution_id": institution_id,
        "code": "9304",
        "level": OfficeLevel.REGENCY,
        "name": "Kantor Kabupaten Asmat",
        "short_name": "Kantor Kabupaten Asmat",
        "province_code": "93",
        "regency_code": "9304",
        "zone": "Asia/Jayapura",
        "sort_key": "93.04",
    }
    return _add(Office(**row | values))


def event(institution_id: UUID, **values: Any) -> Event:
    row = {
        "slug": f"acara-{uuid4().hex[:8]}",
        "institution_id": institution_id,
        "organizer": "Kementerian Contoh",
        "kind": EventKind.RAKORNAS,
        "title": "Rapat Koordinasi Nasional Pelayanan Informasi 2026",
        "short_title": "Rakornas Pelayanan Informasi 2026",
        "mode": EventMode.HYBRID,
        "zone": "Asia/Jakarta",
        "starts_on": date(2026, 11, 23),
        "ends_on": date(2026, 11, 25),
        "regions_as_of": date(2026, 11, 23),
        "venue": "Hotel Contoh",
        "city": "Bogor",
        "answer_by_at": datetime(2026, 11, 20, 10, 0, tzinfo=UTC),
        "stage": Stage.PUBLISHED,
        "published_at": AT,
        "created_at": AT,
        "updated_at": AT,
    } | values
    size = row.pop("capacity", None)
    made = _add(Event(**row))
    quota.add_rest(made.id, size)
    span = (made.ends_on - made.starts_on).days + 1
    for number in range(span):
        held_on = made.starts_on + timedelta(days=number)
        _add(EventDay(event_id=made.id, held_on=held_on, number=number + 1))
    return made


def role(event_id: UUID, name: str = "Ketua", **values: Any) -> EventRole:
    return _add(EventRole(**{"event_id": event_id, "name": name, "position": 1} | values))


def seat(event_id: UUID, office_id: UUID, role_id: UUID, **values: Any) -> Seat:
    row = {
        "event_id": event_id,
        "office_id": office_id,
        "role_id": role_id,
        "number": 1,
        "modes": ["onsite", "online"],
        "invited_at": AT,
    }
    return _add(Seat(**row | values))


def registration(event_id: UUID, **values: Any) -> Registration:
    row = {
        "event_id": event_id,
        "source": RegistrationSource.OPEN,
        "state": RegistrationState.CONFIRMED,
        "mode": Mode.ONSITE,
        "name": "Agustina Contoh",
        "back_title": "S.E.",
        "created_at": AT,
        "updated_at": AT,
        "confirmed_at": AT,
    }
    return _add(Registration(**row | values))


def holding(seat_row: Seat, registration_row: Registration, **values: Any) -> Holding:
    row = {
        "event_id": seat_row.event_id,
        "seat_id": seat_row.id,
        "registration_id": registration_row.id,
        "started_at": AT,
    }
    return _add(Holding(**row | values))


def item(event_id: UUID, day_id: UUID, **values: Any) -> AgendaItem:
    row = {
        "event_id": event_id,
        "day_id": day_id,
        "kind": AgendaKind.SESSION,
        "title": "Sesi 2: Standar layanan informasi di daerah",
        "session_number": 2,
        "starts_at": datetime(2026, 11, 24, 1, 0, tzinfo=UTC),
        "ends_at": datetime(2026, 11, 24, 3, 0, tzinfo=UTC),
        "takes_attendance": True,
        "created_at": AT,
        "updated_at": AT,
    }
    return _add(AgendaItem(**row | values))


def grant(event_id: UUID, user_id: UUID, role: Role, **values: Any) -> Grant:
    row = {"event_id": event_id, "user_id": user_id, "role": role, "created_at": AT, "ends_on": date(2099, 1, 1)}
    return _add(Grant(**row | values))
