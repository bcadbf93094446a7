"""The same person is found by an index of phone or e-mail, however large the event; so is the end of the queue."""

import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import insert, text

from rakor.db import db, table_of, transaction
from rakor.registrations import offers, store
from rakor.registrations.models import Registration, RegistrationSource
from rakor.registrations.rules import Mode, PersonName, RegistrationState
from rakor.registrations.store import Draft
from tests import make
from tests.cast import Cast
from tests.counting import noted

BOTH = ("ix_registration_email", "ix_registration_phone")
INDEXES = {"same_person": BOTH, "reached_by": BOTH, "queue": ("ix_registration_queue",)}
PHONE, EMAIL = "+6281200000147", "kantor@contoh.id"


def draft(**changes: Any) -> Draft:
    values: dict[str, Any] = {
        "name": PersonName("", "Yosepina Contoh", ""),
        "mode": Mode.ONLINE,
        "state": RegistrationState.APPLIED,
        "source": RegistrationSource.OPEN,
    }
    return Draft(**values | changes)


def crowd(event_id: UUID) -> None:
    """A thousand people, each with an own number: a small table would tempt PostgreSQL to read it all."""
    with transaction(unaudited="test") as session:
        one = make.registration(event_id)
        columns = [column for column in table_of(Registration).columns if column.name not in {"id", "phone_index"}]
        row = {column.name: getattr(one, column.name) for column in columns}
        own = [{"id": uuid4(), "phone_index": n.to_bytes(16), "email_index": n.to_bytes(16)} for n in range(1000)]
        session.execute(insert(Registration), [{**row, **each, "queue_number": n} for n, each in enumerate(own)])


def plan(statement: str, event_id: UUID) -> str:
    """How the database answers a statement, its values unknown."""
    unknown = statement.replace("?", "NULL")
    unknown = unknown.replace("%(of_event)s", f"'{event_id}'::uuid")
    unknown = re.sub(r"%\(event_id_\d\)s", f"'{event_id}'::uuid", unknown)
    unknown = re.sub(r"%\(\w+\)s", "'x'::bytea", unknown).replace("::UUID", "").replace("::BYTEA", "")
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("ANALYZE registration"))
        return str(db.session.execute(text(f"EXPLAIN {unknown}")).all())
    return str(db.session.execute(text(f"EXPLAIN QUERY PLAN {unknown}")).all())


@pytest.mark.parametrize("what", INDEXES)
def test_each_question_goes_by_its_index(app: Flask, people: Cast, what: str) -> None:
    with app.app_context():
        crowd(people.event_id)
        with noted(db.engine) as seen, transaction(unaudited="reads"):
            if what == "queue":
                offers.next_queue_number(people.event_id)
            elif what == "reached_by":
                store.reached_by(people.event_id, [b"x", b"y"])
            else:
                store.same_person(people.event_id, draft(phone=PHONE, email=EMAIL))
        statement = next(one for one in seen if "FROM registration" in one)
        found = plan(statement, people.event_id)
        db.session.rollback()
    for index in INDEXES[what]:
        assert index in found, found
    assert "ix_registration_state" not in found
    assert "(event_id=?)" not in found


def test_same_person_is_the_oldest_living_one_of_the_name(app: Flask, people: Cast) -> None:
    by_phone = {"phone": PHONE, "phone_index": store.phone_index}
    with app.app_context():
        with transaction(unaudited="test"):
            index = by_phone["phone_index"](PHONE)  # type: ignore[operator]
            mail = store.email_index(EMAIL)
            gone = person(people.event_id, state=RegistrationState.CANCELLED, phone_index=index)
            second = person(people.event_id, email_index=mail, created_at=make.AT.replace(day=3))
            first = person(people.event_id, phone_index=index, created_at=make.AT.replace(day=2))
            person(people.event_id, name="Orang Lain Contoh", phone_index=index)
        assert store.same_person(people.event_id, draft(phone=PHONE, email=EMAIL)) == first
        assert store.same_person(people.event_id, draft(email="KANTOR@contoh.id")) == second
        assert store.same_person(people.event_id, draft(phone="+6281200000148")) is None
        assert store.same_person(people.event_id, draft()) is None
        reached = [row.id for row in store.reached_by(people.event_id, [index, None])]
        assert gone not in reached
        assert first in reached
        assert store.reached_by(people.event_id, [None]) == []


def person(event_id: UUID, **values: Any) -> UUID:
    found: UUID = make.registration(event_id, **{"name": "Yosepina Contoh"} | values).id
    return found
