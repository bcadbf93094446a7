"""The home page's cards: events that are announced, the running ones first."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from rakor.db import db
from rakor.events.models import Event
from rakor.events.rules import Phase, Stage
from rakor.portal.public import PublicEvent, look

SHOWN = 24
ORDER = (Phase.RUNNING, Phase.COMING, Phase.CANCELLED, Phase.OVER)


def cards(*, now: datetime) -> Sequence[PublicEvent]:
    """Return the events of the home page: running, then coming (the nearest first), then over (the newest first)."""
    query = select(Event).where(Event.stage != Stage.DRAFT).order_by(Event.ends_on.desc(), Event.id).limit(SHOWN)
    found = [look(event, now=now) for event in db.session.scalars(query)]
    return sorted(found, key=_place)


def _place(card: PublicEvent) -> tuple[int, int]:
    nearest = card.event.starts_on.toordinal()
    return ORDER.index(card.phase), -nearest if card.phase is Phase.OVER else nearest
