"""One move of a registration from state to state, and the note that tells later rooms."""

from datetime import datetime

from rakor import audit, outbox
from rakor.db import db
from rakor.events import store as events
from rakor.registrations.models import Registration
from rakor.registrations.rules import RegistrationState


def move(row: Registration, state: RegistrationState, action: str, now: datetime) -> None:
    """Set the state, number the change for the desks, and record the act."""
    row.state = state
    touch(row, now)
    db.session.flush()
    audit.record(action, event_id=row.event_id, object_kind="registration", object_id=row.id)
    say_changed(row)


def say_changed(row: Registration) -> None:
    """Announce that something about somebody changed, to whoever keeps something that follows from it."""
    payload = {"event_id": str(row.event_id), "registration_id": str(row.id)}
    outbox.announce("registration.changed", payload, event_id=row.event_id)


def touch(row: Registration, now: datetime) -> None:
    """Raise the registration's version and its change number."""
    row.updated_at = now
    row.version += 1
    row.change_seq = events.next_change(row.event_id)


def tell(row: Registration, job: str) -> None:
    """Leave the message to the room that writes to people: it comes later in the house."""
    payload = {"event_id": str(row.event_id), "registration_id": str(row.id)}
    outbox.enqueue(job, payload, event_id=row.event_id)
