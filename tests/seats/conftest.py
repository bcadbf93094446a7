"""An event of three offices and five seats each, thirty hours before its deadline."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from flask import Flask

from rakor import clock
from rakor.db import db, transaction
from rakor.events import links
from rakor.events import store as events
from rakor.events.models import LinkPurpose
from rakor.offices.rules import OfficeLevel
from rakor.registrations.rules import Mode
from rakor.seats import store
from rakor.seats.rules import ReadySet
from tests import cast, make

DEADLINE = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)  # 17.00 WIB, 19.00 WIT
BEFORE = DEADLINE - timedelta(hours=28, minutes=2)


@dataclass(frozen=True)
class Invited:
    """The event, its offices by name, and the page of Asmat."""

    people: cast.Cast
    event_id: UUID
    offices: dict[str, UUID]
    page: str


@pytest.fixture
def before_deadline() -> Iterator[datetime]:
    with clock.freeze(BEFORE, everywhere=True):
        yield BEFORE


@pytest.fixture
def invited(app: Flask, people: cast.Cast, before_deadline: datetime) -> Invited:
    return invite(app, people)


def invite(app: Flask, people: cast.Cast) -> Invited:
    with app.app_context(), transaction(unaudited="test"):
        event = events.locked_event(people.event_id)
        body = people.institution_id
        papua = make.office(
            body, code="93", level=OfficeLevel.PROVINCE, regency_code=None, sort_key="93",
            name="Kantor Provinsi Papua Selatan", short_name="Kantor Provinsi Papua Selatan",
        )  # fmt: skip
        asmat = make.office(body, sort_key="939304")
        mappi = make.office(
            body, code="9303", regency_code="9303", sort_key="939303",
            name="Kantor Kabupaten Mappi", short_name="Kantor Kabupaten Mappi",
        )  # fmt: skip
        store.take_ready(event, ReadySet.OFFICE, (Mode.ONSITE, Mode.ONLINE))
        db.session.flush()
        store.apply_expansion(event.id, store.expansion(event), now=BEFORE)
        ids = {"papua": papua.id, "asmat": asmat.id, "mappi": mappi.id}
        page = links.path_of(event.id, LinkPurpose.OFFICE, asmat.id)
    return Invited(people, people.event_id, ids, page)
