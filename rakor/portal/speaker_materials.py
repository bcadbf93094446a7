"""What a speaker hands in by a plain form, takes back to look at, and opens to everybody."""

from datetime import datetime
from typing import IO
from uuid import UUID

from flask import Response, abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from rakor import clock, files
from rakor.agenda import material_store as store
from rakor.agenda.material_files import attachment
from rakor.agenda.material_intake import Arrived, take_in
from rakor.agenda.material_rules import MOST_BYTES, MaterialProblem, room_for, shown_name, web_address
from rakor.agenda.material_store import Handed
from rakor.agenda.speaker_words import PROBLEMS
from rakor.db import transaction
from rakor.events import store as events
from rakor.portal.speaker_base import SPEAKER, Page, Whose, blueprint, handed, whose
from rakor.portal.speaker_page import Wrong, page
from rakor.web.access import Scope, policy
from rakor.web.forms import FORM_ROOM, clean


@blueprint.post("/s/<token>/materials")
@policy("speaker.hand_in", Scope.LINK, purposes=SPEAKER)
def hand_in(token: str) -> Page:
    """Keep a file or a link as the next version."""
    request.max_content_length = MOST_BYTES + FORM_ROOM
    found, now = whose(), clock.now()
    given = asked_for(found, store.materials(found.event.id, found.person.id))
    sent, url = request.files.get("file"), clean(request.form.get("url"))
    came = _came(sent.stream if sent and sent.filename else None, url)
    if isinstance(came, MaterialProblem):
        return page(found, token, wrong=_wrong(given, came)), 422
    with transaction(unaudited="the speaker's room is full"):
        events.locked_event(found.event.id)
        problem = keep(found.event.id, given, came, shown_name(sent.filename or "") if sent else "", now=now)
    if isinstance(came, Arrived):
        files.drop_part(came.file_id)
    if problem:
        return page(found, token, wrong=_wrong(given, problem)), 422
    flash(_("Materi diterima. Panitia sudah melihatnya."), "ok")
    return redirect(url_for("speaker.show", token=token) + f"#i-{given.item_id.hex}", 303)


@blueprint.get("/s/<token>/materials/<uuid:version_id>")
@policy("speaker.own_material", Scope.LINK, purposes=SPEAKER)
def own_material(token: str, version_id: UUID) -> Response:
    """What was handed in, to look at it once more."""
    found = whose()
    kept = store.version(found.event.id, version_id)
    if kept is None or kept[0].speaker_id != found.person.id:
        abort(404)
    file = store.file_of(found.event.id, kept[1]) or abort(404)
    return attachment(file, kept[1].name or f"materi.{kept[1].kind}")


@blueprint.post("/s/<token>/materials/<uuid:material_id>/openness")
@policy("speaker.open", Scope.LINK, purposes=SPEAKER)
def open_after(token: str, material_id: UUID) -> BaseResponse:
    """Let everybody see a material after its session, or not."""
    found = whose()
    mine = {one.id: one for one in store.materials(found.event.id, found.person.id)}
    one = mine.get(material_id) or abort(404)
    with transaction():
        store.open_after(found.event.id, material_id, request.form.get("is_open") == "1")
    flash(_("Tersimpan."), "ok")
    return redirect(url_for("speaker.show", token=token) + f"#i-{one.item_id.hex}", 303)


def asked_for(found: Whose, materials: list[store.MaterialView]) -> Handed:
    """Return for what the posted form hands something in."""
    item_id = _id("item_id") or abort(400)
    given = handed(found, materials, item_id, _id("material_id"))
    return Handed(given.speaker_id, given.item_id, given.material_id, request.form.get("is_open") == "1")


def keep(event_id: UUID, given: Handed, came: Arrived | str, name: str, *, now: datetime) -> MaterialProblem | None:
    """Keep what came, inside of the transaction that is open, or return why there is no room for it."""
    byte_count = came.byte_count if isinstance(came, Arrived) else 0
    problem = room_for(store.held(event_id, given), byte_count=byte_count, new=given.material_id is None)
    if problem is None and isinstance(came, Arrived):
        store.keep_file(event_id, given, came, name, now=now)
    elif problem is None:
        store.keep_link(event_id, given, str(came), now=now)
    return problem


def _came(stream: IO[bytes] | None, url: str) -> Arrived | str | MaterialProblem:
    if stream is not None:
        return take_in(stream)
    if not url:
        return MaterialProblem.NOTHING
    return web_address(url) or MaterialProblem.NO_ADDRESS


def _id(name: str) -> UUID | None:
    """Return the id that a field names, None where it is empty; 400 for what is no id."""
    given = request.form.get(name, "")
    try:
        return UUID(given) if given else None
    except ValueError:
        abort(400)


def _wrong(given: Handed, problem: MaterialProblem) -> Wrong:
    return Wrong(given.item_id, given.material_id, str(PROBLEMS[problem]))
