"""What the pages behind a speaker's own link share: the blueprint, whose page it is, and what is theirs."""

from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, abort
from werkzeug.wrappers import Response

from rakor.agenda import speaker_store
from rakor.agenda import store as agenda
from rakor.agenda.material_store import Handed, MaterialView
from rakor.agenda.speaker_view import own_items
from rakor.agenda.store import PARTICIPANTS, ItemView, PersonView
from rakor.events import store as events
from rakor.events.models import Event
from rakor.web.access import current_link

blueprint = Blueprint("speaker", __name__)

Page = str | Response | tuple[str, int]
SPEAKER = {"speaker"}


@dataclass(frozen=True)
class Whose:
    """The speaker of the link, the event, and the published items in which they take part."""

    person: PersonView
    event: Event
    items: list[ItemView]

    def item(self, item_id: UUID) -> ItemView:
        """Return one of the own items, or 404."""
        return next((one for one in self.items if one.id == item_id), None) or abort(404)


def whose() -> Whose:
    """Return whose page is asked for; 404 where the person or the event is gone."""
    link = current_link()
    person = speaker_store.speaker(link.event_id, link.subject_id)
    event = events.event(link.event_id)
    if person is None or event is None:
        abort(404)
    return Whose(person, event, own_items(agenda.programme(event.id, PARTICIPANTS), person.id))


def handed(found: Whose, materials: list[MaterialView], item_id: UUID, material_id: UUID | None) -> Handed:
    """Return for what something is handed in: an own item, and a new material or an own one of that item; else 404."""
    item = found.item(item_id)
    if material_id is not None and not any(one.id == material_id and one.item_id == item.id for one in materials):
        abort(404)
    return Handed(found.person.id, item.id, material_id, is_open=False)
