"""On the relay: how it stands with an event's server, for its desks page."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from rakor.checkin.relaying import sending
from rakor.db import db
from rakor.events.upstream_models import Upstream


@dataclass(frozen=True)
class Standing:
    """``unsent`` facts are not durable at the server yet; ``refused_at``: since when it knows this relay no more."""

    url: str
    heard_at: datetime | None
    refused_at: datetime | None
    unsent: int


def standing(event_id: UUID) -> Standing | None:
    """Return how things stand; None for an event of our own."""
    known = db.session.get(Upstream, event_id)
    if known is None:
        return None
    return Standing(known.url, known.heard_at, known.refused_at, sending.waiting(event_id))
