"""What the pages of people share: the blueprint, their addresses, and one person's row under the event's lock."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, abort, redirect, url_for
from flask_babel import lazy_pgettext
from werkzeug.wrappers import Response as BaseResponse

from rakor.accounts.rules import READERS
from rakor.events import store as events
from rakor.events.models import Event
from rakor.registrations import store
from rakor.registrations.models import Registration
from rakor.web.nav import NavItem

blueprint = Blueprint("people", __name__)
NAV = (NavItem(lazy_pgettext("list", "Peserta"), "users", "people.show_list", READERS, 40, "people."),)

Page = str | BaseResponse | tuple[str, int]
BASE = "/events/<uuid:event_id>/people"
ONE = f"{BASE}/<uuid:registration_id>"

beside: list[Callable[[UUID, UUID], str]] = []
"""Parts of a person's page that later features add: each returns finished HTML for an event's registration."""


def event_or_404(event_id: UUID) -> Event:
    """Return the event, or answer 404."""
    return events.event(event_id) or abort(404)


def back_to(event_id: UUID, registration_id: UUID) -> BaseResponse:
    """Lead back to a person's page."""
    return redirect(url_for("people.show", event_id=event_id, registration_id=registration_id), 303)


def locked(event_id: UUID, registration_id: UUID) -> Registration:
    """Return a person's row under the event's lock, or answer 404."""
    events.locked_event(event_id)
    return store.registration(event_id, registration_id) or abort(404)
