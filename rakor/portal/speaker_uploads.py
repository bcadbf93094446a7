"""A long file over a slow line: announced, sent in parts, taken up again where the line broke, then judged and kept.

Every answer says how much is here; the browser goes on from there. The plain form does without all this.
"""

from uuid import UUID

from flask import Response, abort, flash, jsonify, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from rakor import clock, files, segments
from rakor.agenda import material_store, upload_store
from rakor.agenda.material_intake import Arrived, judged
from rakor.agenda.material_rules import MaterialProblem, room_for, shown_name
from rakor.agenda.speaker_words import PROBLEMS
from rakor.agenda.upload_store import Announced, UploadView
from rakor.db import transaction
from rakor.events import store as events
from rakor.portal.speaker_base import SPEAKER, Whose, blueprint, whose
from rakor.portal.speaker_materials import asked_for, keep
from rakor.web.access import Scope, current_link, policy

Answer = Response | tuple[Response, int]


@blueprint.post("/s/<token>/uploads")
@policy("speaker.upload_begin", Scope.LINK, purposes=SPEAKER)
def begin_upload(token: str) -> Answer:
    """Announce a file; the same one goes on where it stopped."""
    found = whose()
    given = asked_for(found, material_store.materials(found.event.id, found.person.id))
    announced = _announced() or abort(400)
    with transaction(unaudited="the same file goes on, or there is no room for it"):
        events.locked_event(found.event.id)
        held = material_store.held(found.event.id, given)
        problem = room_for(held, byte_count=announced.byte_count, new=given.material_id is None)
        upload_id = None if problem else upload_store.begin(found.event.id, given, announced, now=clock.now())
    if problem or upload_id is None:
        return _refused(problem or MaterialProblem.FULL)
    one = _upload(found, upload_id)
    address = url_for("speaker.upload_part", token=token, upload_id=upload_id)
    sizes = {"segment": segments.SEGMENT, "most": segments.MOST_AT_ONCE * segments.SEGMENT}
    return jsonify(url=address, arrived=one.arrived, **sizes)


@blueprint.get("/s/<token>/uploads/<uuid:upload_id>")
@policy("speaker.upload_state", Scope.LINK, purposes=SPEAKER)
def show_upload(token: str, upload_id: UUID) -> Response:
    """How much of a file is here."""
    return jsonify(arrived=_upload(whose(), upload_id).arrived)


@blueprint.post("/s/<token>/uploads/<uuid:upload_id>")
@policy("speaker.upload_part", Scope.LINK, purposes=SPEAKER)
def upload_part(token: str, upload_id: UUID) -> Response:
    """Put a part behind what is here; nothing but the file on the disk is touched."""
    link = current_link()
    one = upload_store.upload(link.event_id, link.subject_id, upload_id, now=clock.now()) or abort(404)
    start = request.args.get("from", type=int)
    request.max_content_length = segments.MOST_AT_ONCE * segments.SEGMENT
    content = request.get_data(cache=False)
    if start is None:
        abort(400)
    path = files.part_of(upload_id)
    return jsonify(arrived=segments.append(path, upload_id, one.announced.byte_count, start, content))


@blueprint.post("/s/<token>/uploads/<uuid:upload_id>/completion")
@policy("speaker.upload_end", Scope.LINK, purposes=SPEAKER)
def complete_upload(token: str, upload_id: UUID) -> Answer:
    """Judge what arrived and keep it as the next version; what is refused is thrown away with the reason."""
    found = whose()
    one = _upload(found, upload_id)
    if one.arrived < one.announced.byte_count:
        return jsonify(arrived=one.arrived), 409
    came = judged(upload_id, one.announced.byte_count, one.announced.digest)
    with transaction(unaudited="another request has kept it"):
        events.locked_event(found.event.id)
        problem = _kept(found, one, came)
    for file_id in {upload_id, came.file_id if isinstance(came, Arrived) else upload_id}:
        files.drop_part(file_id)
    if problem:
        return _refused(problem)
    flash(_("Materi diterima. Panitia sudah melihatnya."), "ok")
    return jsonify(done=url_for("speaker.show", token=token) + f"#i-{one.handed.item_id.hex}")


@blueprint.post("/s/<token>/uploads/<uuid:upload_id>/removal")
@policy("speaker.upload_give_up", Scope.LINK, purposes=SPEAKER)
def give_up_upload(token: str, upload_id: UUID) -> BaseResponse:
    """Forget what arrived."""
    found = whose()
    with transaction(unaudited="it is gone already"):
        if any(one.id == upload_id for one in upload_store.uploads(found.event.id, found.person.id, now=clock.now())):
            upload_store.give_up(found.event.id, upload_id)
    return redirect(url_for("speaker.show", token=token), 303)


def _kept(found: Whose, one: UploadView, came: Arrived | MaterialProblem) -> MaterialProblem | None:
    if isinstance(came, MaterialProblem):
        upload_store.give_up(found.event.id, one.id)
        return came
    if not upload_store.arrive(found.event.id, one.id):
        return None
    return keep(found.event.id, one.handed, came, one.announced.name, now=clock.now())


def _announced() -> Announced | None:
    """Return the file as it was announced; None where that makes no sense."""
    size, digest = request.form.get("size", type=int), request.form.get("digest", "")
    try:
        known = bytes.fromhex(digest)
    except ValueError:
        return None
    if size is None or not 0 < size < 2**40 or len(known) != 32:
        return None
    return Announced(shown_name(request.form.get("name", "")), size, known)


def _upload(found: Whose, upload_id: UUID) -> UploadView:
    one = upload_store.upload(found.event.id, found.person.id, upload_id, now=clock.now())
    return one or abort(404)


def _refused(problem: MaterialProblem) -> Answer:
    return jsonify(problem=str(PROBLEMS[problem])), 422
