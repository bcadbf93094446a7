"""Calendar files to take away: of an event, of one item, of one speaker; for anybody and behind a person's link."""

from dataclasses import replace
from uuid import UUID

from flask import Blueprint, Response, abort

from rakor import clock
from rakor.calendar import entries, jobs
from rakor.calendar import speaking as speakers
from rakor.calendar.files import (
    Shelf,
    file_answer,
    shelf_of_person,
    shelf_of_public,
    shelf_of_speaker,
    takes_part,
)
from rakor.calendar.rules import Entry
from rakor.events import store as events
from rakor.events.models import Event, LinkPurpose
from rakor.events.rules import Stage
from rakor.web.access import Scope, current_link, policy

blueprint = Blueprint("calendar", __name__)
assert jobs  # its handlers keep the entries up to date
assert speakers  # and those of who speaks
PUBLIC = "a published programme may stand in anybody's calendar; only public items are in it"
PERSON, SPEAKER = {LinkPurpose.PERSON}, {LinkPurpose.SPEAKER}


@blueprint.get("/e/<slug>/calendar.ics")
@policy("calendar.event", Scope.PUBLIC, reason=PUBLIC)
def event(slug: str) -> Response:
    """The event and its public items; a calendar may ask for it again and again."""
    shelf = shelf_of_public(_public_event(slug))
    return file_answer(shelf, [shelf.whole(), *shelf.items()], shelf.event.short_title, shelf.event.slug, feed=True)


@blueprint.get("/e/<slug>/items/<uuid:item_id>.ics")
@policy("calendar.item", Scope.PUBLIC, reason=PUBLIC)
def item(slug: str, item_id: UUID) -> Response:
    """One public item."""
    return _item(shelf_of_public(_public_event(slug)), item_id)


@blueprint.get("/e/<slug>/speakers/<uuid:speaker_id>.ics")
@policy("calendar.speaker", Scope.PUBLIC, reason=PUBLIC)
def speaker(slug: str, speaker_id: UUID) -> Response:
    """The public items in which a person takes part; a calendar may ask for it again and again."""
    return _speaker(shelf_of_public(_public_event(slug)), speaker_id, feed=True)


@blueprint.get("/p/<token>/calendar.ics")
@policy("calendar.person", Scope.LINK, purposes=PERSON)
def person(token: str) -> Response:
    """The event and its items as this person may see them."""
    shelf = _person()
    return file_answer(shelf, [shelf.whole(), *shelf.items()], shelf.event.short_title, shelf.event.slug)


@blueprint.get("/p/<token>/items/<uuid:item_id>.ics")
@policy("calendar.person_item", Scope.LINK, purposes=PERSON)
def person_item(token: str, item_id: UUID) -> Response:
    """One item as this person may see it."""
    return _item(_person(for_any_role=True), item_id)


@blueprint.get("/p/<token>/speakers/<uuid:speaker_id>.ics")
@policy("calendar.person_speaker", Scope.LINK, purposes=PERSON)
def person_speaker(token: str, speaker_id: UUID) -> Response:
    """A speaker's items as this person may see them."""
    return _speaker(_person(for_any_role=True), speaker_id)


@blueprint.get("/s/<token>/calendar.ics")
@policy("calendar.speaking", Scope.LINK, purposes=SPEAKER)
def speaking(token: str) -> Response:
    """The own items of somebody who speaks; the event's days while there are none."""
    link = current_link()
    shelf = shelf_of_speaker(_event(link.event_id), link.subject_id, now=clock.now())
    return file_answer(shelf, shelf.items() or [shelf.whole()], shelf.event.short_title, shelf.event.slug)


def _public_event(slug: str) -> Event:
    """Return the event of a public address; a draft does not exist here."""
    found = events.event_by_slug(slug)
    if found is None or found.stage is Stage.DRAFT:
        abort(404)
    return found


def _event(event_id: UUID) -> Event:
    return events.event(event_id) or abort(404)


def _person(*, for_any_role: bool = False) -> Shelf:
    link, now = current_link(), clock.now()
    found = shelf_of_person(_event(link.event_id), link.subject_id, now=now, for_any_role=for_any_role)
    return found or abort(404)


def _item(shelf: Shelf, item_id: UUID) -> Response:
    """One item on its own rings before it starts: whoever takes it does not want to miss it."""
    named = next((one for one in shelf.programme if one.id == item_id), None)
    if named is None:
        abort(404)
    [entry] = shelf.items([named])
    return file_answer(shelf, [_ringing(entry)], named.title, named.title)


def _ringing(entry: Entry) -> Entry:
    return replace(entry, content=entries.ringing(entry.content, entries.SOON))


def _speaker(shelf: Shelf, speaker_id: UUID, *, feed: bool = False) -> Response:
    items = [one for one in shelf.programme if takes_part(one, speaker_id)]
    if not items:
        abort(404)
    name = next(who.name for who in (*items[0].speakers, *items[0].moderators) if who.id == speaker_id)
    return file_answer(shelf, shelf.items(items), name, name, feed=feed)
