"""A hall for the tests: one event with people who have tickets, and desks that speak the wire."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from rakor import audit, clock
from rakor.attendance.models import Checkpoint, PresenceRow
from rakor.attendance.store import checkpoints
from rakor.checkin import routes, store
from rakor.db import db, transaction
from rakor.registrations import tickets
from rakor.registrations.models import Registration
from tests import make

START = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


@dataclass
class Desk:
    """A phone at a desk: it numbers its records and sends them."""

    client: FlaskClient
    id: UUID
    checkpoint_id: UUID
    seq: int = 0
    segment: UUID = field(default_factory=uuid4)

    def record(self, **values: Any) -> dict[str, Any]:
        """Make the next record; what is not given is a scan now."""
        self.seq += 1
        now = round(clock.now().timestamp() * 1000)
        base = {
            "scan_id": str(uuid4()),
            "device_seq": self.seq,
            "kind": "ticket",
            "checkpoint": str(self.checkpoint_id),
            "direction": "in",
            "t_wall": now,
            "t_mono": now % 10_000_000,
            "segment": str(self.segment),
            "roster_seq": 0,
        }
        return base | values

    def clock(self, **values: Any) -> dict[str, Any]:
        """Make a clock record: the server's time is now."""
        now = round(clock.now().timestamp() * 1000)
        return self.record(kind="clock", server_time=now, rtt=20, checkpoint=None, **values)

    def void(self, target: dict[str, Any], **values: Any) -> dict[str, Any]:
        """Make a void of an earlier record."""
        return self.record(kind="void", target=target["scan_id"], reason="salah pindai", checkpoint=None, **values)

    def send(self, *records: Any, status: int = 200, **envelope: Any) -> dict[str, Any]:
        """Send a batch and return the answer."""
        answer = self.client.post("/scan/v1/batches", json={"records": list(records), **envelope})
        assert answer.status_code == status, answer.text
        db.session.close()  # what the test read before is let go: it looks at what is there now
        found: dict[str, Any] = answer.get_json()
        return found

    def verdicts(self, *records: Any) -> list[str]:
        """Send a batch and return the verdicts."""
        return [one["verdict"] for one in self.send(*records)["records"]]


@dataclass
class Hall:
    """An event with its day's checkpoint."""

    app: Flask
    event_id: UUID
    checkpoint: Checkpoint
    institution_id: UUID

    def person(self, name: str = "Agustina Contoh", **values: Any) -> Registration:
        """Register a person with a ticket."""
        with transaction(unaudited="a test"):
            row = make.registration(self.event_id, name=name, search_key=name.lower(), **values)
            tickets.issue(row, now=START)
        return row

    def ref(self, person: Registration, epoch: int | None = None) -> str:
        """The look-up key of a person's ticket."""
        return tickets.ref_of(self.event_id, person.id, person.epoch if epoch is None else epoch).hex()

    def reissue(self, person_id: UUID) -> Registration:
        """Give a person a new ticket; the old one dies."""
        with transaction():
            row = db.session.get_one(Registration, person_id)
            tickets.reissue(row, now=clock.now())
        return row

    def desk(self, name: str = "Meja 1", **values: Any) -> Desk:
        """Enrol a phone."""
        with transaction():
            device, token = store.enrol(
                self.event_id,
                None,
                name,
                self.checkpoint.id,
                now=clock.now(),
                expires_at=clock.now() + timedelta(days=2),
            )
        client = self.app.test_client()
        client.set_cookie(routes.cookie_name(), token, domain="localhost")
        return Desk(client, device.id, self.checkpoint.id, **values)


def open_hall(app: Flask) -> Hall:
    """Make an event with its checkpoints; needs an app context."""
    with transaction():
        audit.record("test.hall")
        institution = make.institution()
        event = make.event(institution.id)
        first = checkpoints.ensure(event.id, now=START)[1]
    return Hall(app, event.id, first, institution.id)


def presence(hall: Hall, person: Any) -> PresenceRow | None:
    """Return what is kept of somebody's presence, read anew."""
    db.session.rollback()
    return db.session.scalar(select(PresenceRow).where(PresenceRow.registration_id == person.id))
