"""How many follow online against how many the rooms hold: "Zoom 1.000, konfirmasi 1.899"."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from rakor.agenda.store.expected import Crowd
from rakor.db import db
from rakor.events.models import EventChannel
from rakor.events.rules import ChannelKind
from rakor.registrations.models import Registration
from rakor.registrations.rules import HOLDS_PLACE, Mode


@dataclass(frozen=True)
class Online:
    """``size`` is what the Zoom rooms hold together, None where it is not told; ``count`` who will come online."""

    size: int | None
    count: int

    @property
    def beyond(self) -> int:
        """How many will find the room full."""
        return max(self.count - self.size, 0) if self.size else 0


def online(event_id: UUID) -> Online:
    """Return who is in and follows online, and what the rooms hold; one query."""
    rooms = select(func.sum(EventChannel.capacity)).where(
        EventChannel.event_id == event_id, EventChannel.kind == ChannelKind.ZOOM
    )
    people = select(func.count()).select_from(Registration).where(
        Registration.event_id == event_id, Registration.state.in_(HOLDS_PLACE), Registration.mode == Mode.ONLINE
    )
    size, count = db.session.execute(select(rooms.scalar_subquery(), people.scalar_subquery())).one()
    return Online(size, count)


def crowds(event_id: UUID) -> list[Crowd]:
    """Return how many people are in, by role and by how they follow; one query."""
    query = (
        select(Registration.role_id, Registration.mode, func.count())
        .where(Registration.event_id == event_id, Registration.state.in_(HOLDS_PLACE))
        .group_by(Registration.role_id, Registration.mode)
    )
    return [Crowd(role_id, mode is Mode.ONSITE, count) for role_id, mode, count in db.session.execute(query)]
