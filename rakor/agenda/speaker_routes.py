"""Speakers and moderators for the organisers: how they are shown, their answers, and their links."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse

from rakor import clock
from rakor.accounts.rules import EDITORS, REGISTRARS, Role
from rakor.agenda import pictures, speaker_store, speaker_view, words
from rakor.agenda import store as agenda
from rakor.agenda.material_files import picture as picture_of
from rakor.agenda.material_rules import MaterialProblem
from rakor.agenda.speaker_forms import BioForm, PhotoForm
from rakor.agenda.speaker_view import SpeakerLine
from rakor.agenda.speaker_words import ANSWERS, PHOTO_PROBLEMS
from rakor.db import transaction
from rakor.events import store as events
from rakor.events.models import Event
from rakor.web.access import Scope, policy, principal
from rakor.web.forms import FORM_ROOM
from rakor.web.nav import NavItem

blueprint = Blueprint("speakers", __name__)
TAKERS = REGISTRARS | {Role.NOTE_TAKER}
"""Who takes the materials: whoever runs the programme, and who writes the minutes."""
NAV = (NavItem(_l("Narasumber"), "mic", "speakers.index", TAKERS, 31, "speakers."),)
beside: list[Callable[[UUID, UUID], str]] = []
"""What later features know of a speaker (event's id, speaker's id), as HTML; ``app.py`` joins it."""

Page = str | BaseResponse | tuple[str, int]


@blueprint.get("/events/<uuid:event_id>/speakers")
@policy("speakers.index", Scope.EVENT, roles=TAKERS)
def index(event_id: UUID) -> str:
    """Everybody on the programme: answer, link, materials."""
    event = event_of(event_id)
    lines = speaker_view.lines(event, reaching=principal().may(REGISTRARS))
    return render_template("agenda/speakers.html", lines=lines, **context(event))


@blueprint.get("/events/<uuid:event_id>/speakers/<uuid:speaker_id>")
@policy("speakers.show", Scope.EVENT, roles=TAKERS)
def show(event_id: UUID, speaker_id: UUID) -> Page:
    """One speaker: text, photo, link, materials in all their versions."""
    event, line = event_of(event_id), line_of(event_id, speaker_id)
    return _page(event, line, BioForm(data={"bio": line.profile.bio}), PhotoForm())


@blueprint.post("/events/<uuid:event_id>/speakers/<uuid:speaker_id>")
@policy("speakers.change", Scope.EVENT, roles=EDITORS)
def change(event_id: UUID, speaker_id: UUID) -> Page:
    """Save the short text."""
    line, form = line_of(event_id, speaker_id), BioForm.read()
    if not form.accepted():
        return _page(event_of(event_id), line, form, PhotoForm()), 422
    with transaction():
        events.locked_event(event_id)
        speaker_store.save_bio(event_id, speaker_id, form.bio.data or "")
    flash(_("Teks tersimpan."), "ok")
    return _back(event_id, speaker_id)


@blueprint.post("/events/<uuid:event_id>/speakers/<uuid:speaker_id>/photo")
@policy("speakers.photo_change", Scope.EVENT, roles=EDITORS)
def save_photo(event_id: UUID, speaker_id: UUID) -> Page:
    """Keep a portrait, drawn anew from what was sent."""
    request.max_content_length = pictures.MOST_PHOTO_BYTES + FORM_ROOM
    line, sent = line_of(event_id, speaker_id), request.files.get("photo")
    content = sent.read(pictures.MOST_PHOTO_BYTES + 1) if sent else b""
    picture = pictures.face(content) if content else MaterialProblem.NOTHING
    if isinstance(picture, MaterialProblem):
        form = PhotoForm()
        form.photo.errors = [str(PHOTO_PROBLEMS[picture])]
        return _page(event_of(event_id), line, BioForm(data={"bio": line.profile.bio}), form), 422
    with transaction():
        events.locked_event(event_id)
        speaker_store.save_photo(event_id, speaker_id, picture, now=clock.now())
    flash(_("Foto tersimpan."), "ok")
    return _back(event_id, speaker_id)


@blueprint.post("/events/<uuid:event_id>/speakers/<uuid:speaker_id>/photo/removal")
@policy("speakers.photo_remove", Scope.EVENT, roles=EDITORS)
def remove_photo(event_id: UUID, speaker_id: UUID) -> BaseResponse:
    """Take the portrait away."""
    line_of(event_id, speaker_id)
    with transaction():
        events.locked_event(event_id)
        speaker_store.save_photo(event_id, speaker_id, None, now=clock.now())
    flash(_("Foto dihapus."), "ok")
    return _back(event_id, speaker_id)


@blueprint.get("/events/<uuid:event_id>/speakers/<uuid:speaker_id>/photo/<uuid:file_id>")
@policy("speakers.photo", Scope.EVENT, roles=TAKERS)
def show_photo(event_id: UUID, speaker_id: UUID, file_id: UUID) -> Response:
    """The portrait, for those who work on the event."""
    return portrait(event_id, speaker_id, file_id)


@blueprint.post("/events/<uuid:event_id>/speaker-links")
@policy("speakers.links", Scope.EVENT, roles=REGISTRARS)
def give_links(event_id: UUID) -> BaseResponse:
    """Make the links that are missing."""
    people = [person.id for person in agenda.speakers(event_id)]
    with transaction(unaudited="everybody has a link already"):
        events.locked_event(event_id)
        made = speaker_store.give_links(event_id, people, now=clock.now())
    flash(_("%(n)s tautan dibuat.", n=made), "ok")
    return redirect(url_for("speakers.index", event_id=event_id), 303)


@blueprint.post("/events/<uuid:event_id>/speakers/<uuid:speaker_id>/link")
@policy("speakers.link_new", Scope.EVENT, roles=REGISTRARS)
def new_link(event_id: UUID, speaker_id: UUID) -> BaseResponse:
    """Give a new link; the old address dies."""
    line_of(event_id, speaker_id)
    with transaction():
        events.locked_event(event_id)
        speaker_store.new_link(event_id, speaker_id, now=clock.now())
    flash(_("Tautan baru dibuat; tautan lama tidak berlaku lagi."), "ok")
    return _back(event_id, speaker_id)


@blueprint.post("/events/<uuid:event_id>/speakers/<uuid:speaker_id>/link/revocation")
@policy("speakers.link_end", Scope.EVENT, roles=REGISTRARS)
def revoke_link(event_id: UUID, speaker_id: UUID) -> BaseResponse:
    """Let the link die without a new one."""
    line_of(event_id, speaker_id)
    with transaction():
        events.locked_event(event_id)
        speaker_store.revoke_link(event_id, speaker_id, now=clock.now())
    flash(_("Tautan dicabut."), "ok")
    return _back(event_id, speaker_id)


@blueprint.post("/events/<uuid:event_id>/speakers/<uuid:speaker_id>/passing")
@policy("speakers.pass_on", Scope.EVENT, roles=REGISTRARS)
def pass_on(event_id: UUID, speaker_id: UUID) -> BaseResponse:
    """Mark the link as passed on, or with ``undo`` as not."""
    line_of(event_id, speaker_id)
    with transaction():
        speaker_store.pass_on(event_id, speaker_id, at=None if request.form.get("undo") else clock.now())
    if request.headers.get("X-Requested-With") == "fetch":
        return Response(status=204)
    return redirect(url_for("speakers.index", event_id=event_id) + f"#s-{speaker_id.hex}", 303)


def portrait(event_id: UUID, speaker_id: UUID, file_id: UUID) -> Response:
    """Return a portrait as a picture of ours."""
    return picture_of(speaker_store.photo(event_id, speaker_id, file_id))


def event_of(event_id: UUID) -> Event:
    """Return the event of the URL."""
    return events.event(event_id) or abort(404)


def line_of(event_id: UUID, speaker_id: UUID) -> SpeakerLine:
    """Return one speaker of the event, or 404."""
    lines = speaker_view.lines(event_of(event_id), reaching=principal().may(REGISTRARS))
    return next((line for line in lines if line.person.id == speaker_id), None) or abort(404)


def context(event: Event) -> dict[str, Any]:
    """Return what the pages about speakers need."""
    return {
        "event": event,
        "event_title": event.short_title,
        "demo_notice": event.demo_world is not None,
        "answers": ANSWERS,
        "visibilities": words.VISIBILITY,
        "may_edit": principal().may(EDITORS),
        "may_link": principal().may(REGISTRARS),
        "size_words": speaker_view.size_words,
        "kind_words": speaker_view.kind_words,
        "moment": speaker_view.moment,
        "now": clock.now(),
    }


def _page(event: Event, line: SpeakerLine, form: Any, photo_form: PhotoForm) -> str:
    known = [Markup(part(event.id, line.person.id)) for part in beside]
    shown = {"line": line, "form": form, "photo_form": photo_form, "beside": known}
    return render_template("agenda/speaker.html", **shown, **context(event))


def _back(event_id: UUID, speaker_id: UUID) -> BaseResponse:
    return redirect(url_for("speakers.show", event_id=event_id, speaker_id=speaker_id), 303)
