"""Open materials to take along, and portraits of those on the programme, for anybody."""

from collections.abc import Sequence
from uuid import UUID

from flask import Response, abort

from rakor import clock
from rakor.agenda import material_store
from rakor.agenda import store as agenda
from rakor.agenda.material_files import attachment
from rakor.agenda.material_rules import Packed, file_name
from rakor.agenda.speaker_routes import portrait
from rakor.agenda.store import PUBLIC, ItemView
from rakor.minutes.routes.release import picture
from rakor.minutes.store import release as released_photos
from rakor.portal import public
from rakor.portal.handouts import handouts
from rakor.portal.routes import blueprint
from rakor.web.access import Scope, policy


@blueprint.get("/e/<slug>/materials/<uuid:material_id>")
@policy("portal.material", Scope.PUBLIC, reason="its author opened it, and its session is over")
def take_material(slug: str, material_id: UUID) -> Response:
    """The newest version of an open material, to be saved."""
    event, now = public.published(slug) or abort(404), clock.now()
    items = agenda.programme(event.id, PUBLIC)
    found = next((one for one in handouts(event, items, now=now) if one.material.id == material_id), None)
    file = material_store.file_of(event.id, found.material.newest) if found else None
    if found is None or file is None:
        abort(404)
    place = next(number for number, item in enumerate(items, start=1) if item.id == found.item.id)
    kind = str(found.material.newest.kind)
    return attachment(file, file_name(Packed(place, found.item.label, found.person, kind)))


@blueprint.get("/e/<slug>/speakers/<uuid:speaker_id>/photo/<uuid:file_id>")
@policy("portal.speaker_photo", Scope.PUBLIC, reason="the portrait stands on the public page")
def show_speaker_photo(slug: str, speaker_id: UUID, file_id: UUID) -> Response:
    """A portrait of somebody on the open programme; a new picture has a new address."""
    event = public.published(slug)
    if event is None or not _is_on(agenda.programme(event.id, PUBLIC), speaker_id):
        return Response("", 404, mimetype="text/plain")
    answer = portrait(event.id, speaker_id, file_id)
    if answer.status_code == 200:
        answer.headers["Cache-Control"] = "public, max-age=86400"
    return answer


@blueprint.get("/e/<slug>/photos/<uuid:photo_id>")
@policy("portal.photo", Scope.PUBLIC, reason="whoever may publish photos showed it to everybody")
def show_photo(slug: str, photo_id: UUID) -> Response:
    """A released photo, drawn anew by us; with ``?small=1`` the smaller one. What is taken back is gone in minutes."""
    event = public.published(slug)
    row = released_photos.photo(event.id, photo_id) if event else None
    answer = picture(row if row and row.published_at else None)
    if answer.status_code == 200:
        answer.headers["Cache-Control"] = "public, max-age=300"
    return answer


def _is_on(items: Sequence[ItemView], speaker_id: UUID) -> bool:
    return any(person.id == speaker_id for item in items for person in (*item.speakers, *item.moderators))
