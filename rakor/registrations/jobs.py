"""What the worker does for registrations: end offers that nobody answered, and files whose form never came."""

from datetime import datetime
from uuid import UUID

from rakor import clock, files
from rakor.db import transaction
from rakor.events import store as events
from rakor.outbox import Progress, job
from rakor.registrations import offers, pending, places, store


@job(offers.EXPIRY)
def expire_offer(payload: dict[str, str], progress: Progress) -> None:
    """End one offer and serve the next in the queue; an offer that was answered needs nothing."""
    event_id, registration_id = UUID(payload["event_id"]), UUID(payload["registration_id"])
    with transaction(unaudited="an offer that was answered needs no end"):
        event = events.locked_event(event_id)
        row = store.registration(event_id, registration_id)
        freed = row and offers.lapse(row, datetime.fromisoformat(payload["offered_at"]), now=clock.now())
        if freed:
            places.fill(event, freed, now=clock.now())


@job(pending.EXPIRY)
def drop_pending_file(payload: dict[str, str], progress: Progress) -> None:
    """Throw away a file that was sent with a form nobody finished; kept answers have a file of their own."""
    with transaction(unaudited="a file that belongs to no answer"):
        files.drop(UUID(payload["event_id"]), UUID(payload["file_id"]))
