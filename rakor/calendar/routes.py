"""Calendar files to take away: of an event, of one item, of one speaker; for anybody and behind a person's link."""

import re
from uuid import UUID

from flask import Blueprint, Response, abort, current_app

from rakor import clock
from rakor.agenda import store as agenda
from rakor.agenda.store import ItemView
from rakor.calendar import entries
from rakor.calendar.entries import Reader
from rakor.calendar.rules import MIME, Entry, calendar_file
from rakor.events import store as events
from rakor.events.models import Event, LinkPurpose
from rakor.events.rules import Stage
from rakor.registrations import store as registrations
from rakor.web.access import Scope, current_link, policy

blueprint = Blueprint("calendar", __name__)
PUBLIC = "a published programme may stand in anybody's calendar; only public items are in it"
PERSON, SPEAKER = {LinkPurpose.PERSON}, {LinkPurpose.SPEAKER}


@blueprint.get("/e/<slug>/calendar.ics")
@policy("calendar.event", Scope.PUBLIC, reason=PUBLIC)
def event(slug: str) -> Response:
    """The event and its public items."""
    found = _public_event(slug)
    return _whole(found, entries.anybody(found))


@blueprint.get("/e/<slug>/items/<uuid:item_id>.ics")
@policy("calendar.item", Scope.PUBLIC, reason=PUBLIC)
def item(slug: str, item_id: UUID) -> Response:
    """One public item."""
    found = _public_event(slug)
    return _item(found, entries.anybody(found), item_id)


@blueprint.get("/e/<slug>/speakers/<uuid:speaker_id>.ics")
@policy("calendar.speaker", Scope.PUBLIC, reason=PUBLIC)
def speaker(slug: str, speaker_id: UUID) -> Response:
    """The public items in which a person takes part."""
    found = _public_event(slug)
    return _speaker(found, entries.anybody(found), speaker_id)


@blueprint.get("/p/<token>/calendar.ics")
@policy("calendar.person", Scope.LINK, purposes=PERSON)
def person(token: str) -> Response:
    """The event and its items as this person may see them."""
    return _whole(*_person())


@blueprint.get("/p/<token>/items/<uuid:item_id>.ics")
@policy("calendar.person_item", Scope.LINK, purposes=PERSON)
def person_item(token: str, item_id: UUID) -> Response:
    """One item as this person may see it."""
    return _item(*_person(), item_id)


@blueprint.get("/p/<token>/speakers/<uuid:speaker_id>.ics")
@policy("calendar.person_speaker", Scope.LINK, purposes=PERSON)
def person_speaker(token: str, speaker_id: UUID) -> Response:
    """A speaker's items as this person may see them."""
    return _speaker(*_person(), speaker_id)


@blueprint.get("/s/<token>/calendar.ics")
@policy("calendar.speaking", Scope.LINK, purposes=SPEAKER)
def speaking(token: str) -> Response:
    """The own items of somebody who speaks; the event's days while there are none."""
    link = current_link()
    found = _event(link.event_id)
    reader = entries.speaking(found, now=clock.now())
    if any(_takes_part(item, link.subject_id) for item in agenda.programme(found.id, reader.seen)):
        return _speaker(found, reader, link.subject_id)
    return _answer(found, [entries.event_entry(found, reader, _page_url(found))], found.short_title, found.slug)


def _public_event(slug: str) -> Event:
    """Return the event of a public address; a draft does not exist here."""
    found = events.event_by_slug(slug)
    if found is None or found.stage is Stage.DRAFT:
        abort(404)
    return found


def _event(event_id: UUID) -> Event:
    found = events.event(event_id)
    if found is None:
        abort(404)
    return found


def _person() -> tuple[Event, Reader]:
    link = current_link()
    row = registrations.registration(link.event_id, link.subject_id)
    if row is None:
        abort(404)
    found = _event(link.event_id)
    return found, entries.person(found, row, now=clock.now())


def _whole(found: Event, reader: Reader) -> Response:
    listed = _entries(found, reader, agenda.programme(found.id, reader.seen))
    whole = entries.event_entry(found, reader, _page_url(found))
    return _answer(found, [whole, *listed], found.short_title, found.slug)


def _item(found: Event, reader: Reader, item_id: UUID) -> Response:
    items = [item for item in agenda.programme(found.id, reader.seen) if item.id == item_id]
    if not items:
        abort(404)
    return _answer(found, _entries(found, reader, items), items[0].title, items[0].title)


def _speaker(found: Event, reader: Reader, speaker_id: UUID) -> Response:
    items = [item for item in agenda.programme(found.id, reader.seen) if _takes_part(item, speaker_id)]
    if not items:
        abort(404)
    name = next(who.name for who in (*items[0].speakers, *items[0].moderators) if who.id == speaker_id)
    return _answer(found, _entries(found, reader, items), name, name)


def _takes_part(item: ItemView, speaker_id: UUID) -> bool:
    return any(who.id == speaker_id for who in (*item.speakers, *item.moderators))


def _entries(found: Event, reader: Reader, items: list[ItemView]) -> list[Entry]:
    return [entries.item_entry(found, item, reader, _page_url(found)) for item in items]


def _page_url(found: Event) -> str:
    """The public page: a person's own link does not belong into a calendar that others may share."""
    base: str = current_app.config["RAKOR"].base_url
    return f"{base}/e/{found.slug}"


def _answer(found: Event, listed: list[Entry], name: str, file_name: str) -> Response:
    host = current_app.config["RAKOR"].host
    content = calendar_file(name, listed, zone=found.zone, host=host, stamped_at=clock.now())
    answer = Response(content, content_type=MIME)
    plain = re.sub(r"[^a-z0-9]+", "-", file_name.lower()).strip("-")[:60] or "agenda"
    answer.headers["Content-Disposition"] = f'attachment; filename="{plain}.ics"'
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
