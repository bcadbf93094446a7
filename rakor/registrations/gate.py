"""What the open form needs to know of an event: read in one statement where a hall of people registers at once."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import bindparam, exists, select

from rakor.db import db
from rakor.events.models import Event
from rakor.events.rules import EventMode, Stage
from rakor.prepared import Prepared
from rakor.registrations.field_models import FormField


@dataclass(frozen=True)
class Gate:
    """The event's rules of registering; ``asks_more``: it has questions of its own."""

    id: UUID
    slug: str
    stage: Stage
    institution_id: UUID
    mode: EventMode
    zone: str
    ends_on: date
    regions_as_of: date
    open_registration: bool
    needs_approval: bool
    waiting_list: bool
    registration_opens_at: datetime | None
    registration_closes_at: datetime | None
    asks_more: bool


_ASKS = exists().where(FormField.event_id == Event.id, FormField.withdrawn_at.is_(None))
_COLUMNS = [getattr(Event, name) for name in Gate.__dataclass_fields__ if name != "asks_more"]
_OF_SLUG = Prepared(select(*_COLUMNS, _ASKS).where(Event.slug == bindparam("of_slug")))
_LOCKED = Prepared(select(*_COLUMNS, _ASKS).where(Event.id == bindparam("of_event")).with_for_update(of=Event))


def of_slug(slug: str) -> Gate | None:
    """Return the gate of a public address, or None; drafts have one too."""
    found = _OF_SLUG.rows(db.session.connection(), of_slug=slug)
    return Gate(*found[0]) if found else None


def locked(event_id: UUID) -> Gate:
    """Return an event's gate under the event's row lock: the turn of everything that is counted or numbered."""
    return Gate(*_LOCKED.rows(db.session.connection(), of_event=event_id)[0])
