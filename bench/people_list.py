"""The organiser's list of more than 10,000 people: any filter, any page, and the number of its queries."""

import statistics
import tempfile
import time
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import bindparam, insert, select, update

from bench import dashboard
from rakor import clock
from rakor.accounts import routes as accounts_routes
from rakor.db import db, table_of, transaction
from rakor.demo.names import person
from rakor.events.models import EventRole
from rakor.offices.models import Office
from rakor.registrations import answers
from rakor.registrations.answers import FieldWish
from rakor.registrations.field_models import FormAnswer
from rakor.registrations.models import Registration, RegistrationSource
from rakor.registrations.rules import Mode, RegistrationState, search_key
from rakor.registrations.rules.fields import FieldKind, FieldPurpose
from rakor.registrations.rules.work import Employment

SERVICES = (None, Employment.PNS, Employment.PPPK, Employment.COMMISSIONER)
NIP = "198609262015051001"
WHAT = "list of 10,412 people: any filter, any page, on the server; its number of queries"
LIMIT_MS = 200
ASKED = (
    "", "page=3", "page=208", "q=ketua", "q=asm", "q=Dr.+Ahmad,+M.Si.", "q=zzz", "q=kota+semarang&state=confirmed",
    "state=registered", "state=waiting", "mode=online", "mode=onsite&page=40", "province=33", "province=93&mode=online",
    "source=seat&page=100", "missing=phone", "missing=email&province=11", "q=a&state=confirmed&mode=online&page=2",
    "missing=answers", "missing=answers&province=33&page=2", "missing=nip", "missing=employment&mode=online",
)  # fmt: skip


def run(quick: bool) -> dict[str, Any]:
    """Ask every question several times; the slowest question's median counts."""
    with tempfile.TemporaryDirectory() as folder, clock.freeze(dashboard.NOW, everywhere=True):
        large = _world(Path(folder) / "large", 19)
        small = _world(Path(folder) / "small", 1)
        queries = {len(_queries(world, question)) for world in (large, small) for question in ASKED}
        taken = {question: _median(large, question, 3 if quick else 9) for question in ASKED}
    slowest = max(taken, key=lambda question: taken[question])
    figures = {
        "people": 548 * 19,
        "questions": len(ASKED),
        "slowest_ms_p50": round(taken[slowest], 1),
        "slowest": slowest,
        "median_ms": round(statistics.median(taken.values()), 1),
        "queries": sorted(queries),
        "limits": {"ms": LIMIT_MS},
    }
    return {"ok": taken[slowest] < LIMIT_MS and len(queries) == 1} | figures


World = tuple[Flask, UUID, str]


def _world(folder: Path, per_office: int) -> World:
    app, event_id, token = dashboard.build(folder, seats_per_office=per_office, facts=10)
    with app.app_context(), transaction(unaudited="benchmark world") as session:
        offices = {row.id: row for row in session.execute(select(table_of(Office)))}
        roles = {row.id: row.name for row in session.execute(select(table_of(EventRole)))}
        luck, states = Random(1), [*RegistrationState]
        rows = []
        for n, one in enumerate(session.execute(select(table_of(Registration))).all()):
            office = offices[one.office_id]
            front, name, back = person(luck, "java")
            rows.append({
                "who": one.id, "name": name[:110], "front_title": front, "back_title": back,
                "search_key": search_key(name, roles[one.role_id], office.name, office.short_name)[:600],
                "province_code": office.province_code, "regency_code": office.regency_code,
                "state": RegistrationState.CONFIRMED if n % 3 else states[n % len(states)],
                "mode": Mode.ONLINE if n % 2 else Mode.ONSITE,
                "source": RegistrationSource.OPEN if n % 2 else one.source,
                "employment": SERVICES[n % len(SERVICES)], "nip": None if n % 5 else NIP,
                "phone": f"+62812{n:08}" if n % 4 else None, "phone_index": n.to_bytes(16, "big") if n % 4 else None,
            })  # fmt: skip
        table = table_of(Registration)
        values: dict[str, Any] = {name: bindparam(name) for name in rows[0] if name != "who"}
        session.connection().execute(update(table).where(table.c.id == bindparam("who")).values(values), rows)
        _ask_and_answer(event_id, [row["who"] for row in rows])
    return app, event_id, token


def _ask_and_answer(event_id: UUID, people: list[UUID]) -> None:
    """Three questions of which two must be answered; two people of three have answered, every second of them half."""
    asked = [
        answers.add(event_id, FieldWish(FieldKind.TEXT, label, "", required, (), None, "", FieldPurpose.LOGISTICS),
                    now=dashboard.NOW)
        for label, required in (("Ukuran kaus", True), ("Tanggal kedatangan", True), ("Catatan", False))
    ]  # fmt: skip
    told = [
        {"registration_id": who, "field_id": field.id, "event_id": event_id, "value": "L", "answered_at": dashboard.NOW}
        for n, who in enumerate(people) if n % 3
        for field in asked[: 1 + n % 2]
    ]  # fmt: skip
    db.session.execute(insert(FormAnswer), told)


def _ask(world: World, question: str) -> float:
    """Return the milliseconds of one page, drawn by the whole application."""
    app, event_id, token = world
    client = app.test_client()
    with app.app_context():
        client.set_cookie(accounts_routes.cookie_name(), token, domain="localhost")
    started = time.perf_counter()
    answer = client.get(f"/events/{event_id}/people?{question}")
    took = (time.perf_counter() - started) * 1000
    assert answer.status_code == 200, (question, answer.status_code)
    return took


def _queries(world: World, question: str) -> list[str]:
    _ask(world, question)
    with dashboard.counted(world[0]) as seen:
        _ask(world, question)
    return [one for one in seen if not one.startswith(("BEGIN", "PRAGMA"))]


def _median(world: World, question: str, rounds: int) -> float:
    with world[0].app_context():
        db.session.remove()
    return statistics.median(_ask(world, question) for _ in range(rounds))
