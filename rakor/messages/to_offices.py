"""What is written to an office, in Indonesian: one renderer a kind, to the first of its contacts with an address."""

from collections.abc import Callable
from uuid import UUID

from flask_babel import force_locale
from sqlalchemy import select

from rakor.db import db
from rakor.events import links
from rakor.events.models import AccessLink, Event, LinkPurpose
from rakor.messages import store
from rakor.messages.letters import config
from rakor.messages.models import Message
from rakor.messages.recipients import Addressed, writes_to
from rakor.messages.rules import Kind, Letter
from rakor.offices import store as offices
from rakor.offices.models import Office

Renderer = Callable[[Event, Office, Message], Letter | None]
_renderers: dict[Kind, Renderer] = {}


def writes_office(kind: Kind) -> Callable[[Renderer], Renderer]:
    """Declare who writes the letters of a kind to offices; None from it means that there is nothing to say any more."""

    def register(renderer: Renderer) -> Renderer:
        _renderers[kind] = renderer
        return renderer

    return register


@writes_to(store.OFFICE)
def _to_office(event: Event, row: Message) -> Addressed | None:
    office = offices.office(event.institution_id, row.recipient_id)
    if office is None:
        return None
    with force_locale("id"):
        said = _renderers[Kind(row.kind)](event, office, row)
    return Addressed(said, address_of(office.id), "id") if said else None


def address_of(office_id: UUID) -> str:
    """Return the first e-mail address that is known of an office; "" where none is."""
    known = offices.contacts([office_id]).get(office_id, [])
    return next((contact.email for contact in known if contact.email), "")


def office_page(event_id: UUID, office_id: UUID) -> str:
    """Return the address of an office's page; "" where it has no link."""
    query = select(AccessLink.epoch).where(
        AccessLink.event_id == event_id, AccessLink.purpose == LinkPurpose.OFFICE, AccessLink.subject_id == office_id
    )
    epoch = db.session.scalar(query)
    if epoch is None:
        return ""
    return config().base_url + links.path_of(event_id, LinkPurpose.OFFICE, office_id, epoch)
