"""Petrus, who follows from Papua with a seat of his office, and his phone."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from rakor.agenda.rules import Visibility
from rakor.db import db, transaction
from rakor.events import store as events
from rakor.events.models import EventChannel
from rakor.events.rules import ChannelKind
from rakor.registrations import store
from rakor.registrations.models import Registration, RegistrationSource
from rakor.registrations.rules import Mode, PersonName, RegistrationState
from rakor.registrations.store import Draft
from rakor.seats.models import SeatAnswer
from tests import make
from tests.conftest import MOMENT, Client

ZOOM, NOTE = "https://zoom.contoh.test/j/rahasia", "Kode sandi 2026"


@dataclass
class Petrus:
    """A person of Papua Selatan who follows the event by Zoom, on the seat of a Kepala Bidang."""

    app: Flask
    event_id: UUID
    id: UUID
    seat_id: UUID
    path: str

    def row(self) -> Registration:
        found = store.registration(self.event_id, self.id)
        assert found is not None
        return found

    def change(self, **values: object) -> None:
        with self.app.app_context(), transaction(unaudited="test"):
            for name, value in values.items():
                setattr(self.row(), name, value)


@pytest.fixture
def petrus(app: Flask) -> Petrus:
    app.test_client_class = Client
    with app.app_context(), transaction(unaudited="test"):
        institution = make.institution()
        event = make.event(institution.id)
        office = make.office(institution.id, code="93", name="Kantor Provinsi Papua Selatan", province_code="93")
        role = make.role(event.id, "Kepala Bidang Layanan Informasi")
        seat = make.seat(event.id, office.id, role.id, answer=SeatAnswer.CONFIRMED, answered_at=MOMENT)
        draft = Draft(
            PersonName.parse("Petrus Contoh, S.Sos."), Mode.ONLINE, RegistrationState.CONFIRMED,
            RegistrationSource.SEAT, role_id=role.id, office_id=office.id, phone="+6281200000147",
        )
        person = store.create(event.id, draft, now=MOMENT)
        make.holding(seat, person)
        day = events.days(event.id)[1]
        make.item(event.id, day.id)
        make.item(event.id, day.id, title="Rehat", session_number=None,
                  starts_at=datetime(2026, 11, 24, 3, 0, tzinfo=UTC), ends_at=datetime(2026, 11, 24, 3, 30, tzinfo=UTC))
        make.item(event.id, day.id, title="Rapat panitia", visibility=Visibility.ORGANIZERS)
        for kind, label, url, public in (
            (ChannelKind.ZOOM, "Zoom", ZOOM, False),
            (ChannelKind.YOUTUBE, "YouTube", "https://youtube.contoh.test/live", True),
        ):
            db.session.add(EventChannel(event_id=event.id, kind=kind, label=label, url=url, is_public=public,
                                        capacity=1000, note=NOTE if kind is ChannelKind.ZOOM else ""))
        return Petrus(app, event.id, person.id, seat.id, store.person_path(event.id, person.id))


@pytest.fixture
def phone(app: Flask, petrus: Petrus) -> FlaskClient:
    return app.test_client()
