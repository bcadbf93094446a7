"""What the stories of setting an event up share."""

from uuid import UUID, uuid4

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from rakor.events import store
from rakor.events.models import Event
from tests.cast import Cast

START = {
    "kind": "bimtek",
    "title": "Bimtek Pengelola Informasi 2026",
    "institution": "new",
    "institution_name": "Dinas Contoh",
    "starts_on": "2026-12-03",
    "ends_on": "",
    "zone": "Asia/Makassar",
    "mode": "onsite",
    "venue": "Aula Contoh",
    "city": "Makassar",
    "entry": "open",
    "capacity": "40",
}
GRANT = {"email": "Baru@Contoh.test", "name": "Baru Contoh", "role": "desk", "ends_on": "2099-12-25"}


def start(browser: FlaskClient, **more: str) -> TestResponse:
    return browser.post("/events", data=START | {"idempotency_key": str(uuid4())} | more)


def event_of(people: Cast, event_id: UUID) -> Event:
    with people.app.app_context():
        found = store.event(event_id)
        assert found is not None
        return found
