"""What the pages behind a person's own link share: the blueprint, and whose page it is."""

from uuid import UUID

from flask import Blueprint, abort
from werkzeug.wrappers import Response

from rakor.events import store as events
from rakor.events.models import Event
from rakor.offices.models import Office
from rakor.portal import me_store
from rakor.registrations import store
from rakor.registrations.models import Registration
from rakor.web.access import current_link

blueprint = Blueprint("me", __name__)

Page = str | Response | tuple[str | Response, int]
PERSON = {"person"}


def person_and_event() -> tuple[Registration, Event, Office | None]:
    """Return whose page is asked for, with the event and the office; 404 where the person is gone."""
    link = current_link()
    found = me_store.person(link.event_id, link.subject_id)
    event = events.event(link.event_id)
    if found is None or event is None:
        abort(404)
    return found[0], event, found[1]


def own_row(event_id: UUID, registration_id: UUID) -> Registration:
    """Return the registration to write, inside of the transaction."""
    return store.registration(event_id, registration_id) or abort(404)
