"""The own photo for the badge: given, looked at and taken back by the person alone, where the event asks for one."""

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from rakor import clock
from rakor.agenda import pictures
from rakor.agenda.material_files import picture as picture_of
from rakor.agenda.material_rules import MaterialProblem
from rakor.agenda.speaker_forms import PhotoForm
from rakor.agenda.speaker_words import PHOTO_PROBLEMS
from rakor.db import transaction
from rakor.documents.store import badge_photos
from rakor.events import store as events
from rakor.events.models import Event
from rakor.portal.me_base import PERSON, Page, blueprint, own_row, person_and_event
from rakor.registrations.models import Registration
from rakor.registrations.rules import HOLDS_PLACE
from rakor.web.access import Scope, current_link, policy
from rakor.web.forms import FORM_ROOM


def is_asked(row: Registration, event: Event) -> bool:
    """Return whether this person may give a photo: the event asks for one, and they hold a place."""
    return row.state in HOLDS_PLACE and badge_photos.are_asked(event.id)


@blueprint.get("/p/<token>/photo")
@policy("me.photo", Scope.LINK, purposes=PERSON)
def show_photo(token: str) -> str:
    """The photo as it is, and the form that gives another."""
    return _page(token, PhotoForm())


@blueprint.post("/p/<token>/photo")
@policy("me.give_photo", Scope.LINK, purposes=PERSON)
def give_photo(token: str) -> Page:
    """Keep a photo, drawn anew from what was sent; what cannot be read is said, and the old one stays."""
    request.max_content_length = pictures.MOST_PHOTO_BYTES + FORM_ROOM
    sent = request.files.get("photo")
    content = sent.read(pictures.MOST_PHOTO_BYTES + 1) if sent else b""
    picture = pictures.face(content) if content else MaterialProblem.NOTHING
    if isinstance(picture, MaterialProblem):
        form = PhotoForm()
        form.photo.errors = [str(PHOTO_PROBLEMS[picture])]
        return _page(token, form), 422
    _save(picture)
    flash(_("Foto tersimpan. Foto ini tercetak pada kartu Anda."), "ok")
    return redirect(url_for("me.show_photo", token=token), 303)


@blueprint.post("/p/<token>/photo/removal")
@policy("me.remove_photo", Scope.LINK, purposes=PERSON)
def remove_photo(token: str) -> BaseResponse:
    """Take the photo back."""
    _save(None)
    flash(_("Foto dihapus."), "ok")
    return redirect(url_for("me.show_photo", token=token), 303)


@blueprint.get("/p/<token>/photo.jpg")
@policy("me.photo_picture", Scope.LINK, purposes=PERSON)
def photo_picture(token: str) -> Response:
    """The own photo as a picture."""
    row, event, _office = person_and_event()
    kept = badge_photos.own(event.id, row.id)
    return picture_of(kept.content if kept else None)


def _page(token: str, form: PhotoForm) -> str:
    row, event, _office = person_and_event()
    if not is_asked(row, event):
        abort(404)
    has_one = badge_photos.has_one(event.id, row.id)
    return render_template("portal/me_photo.html", event=event, form=form, has_one=has_one, token=token)


def _save(picture: bytes | None) -> None:
    link = current_link()
    with transaction():
        event = events.locked_event(link.event_id)
        row = own_row(link.event_id, link.subject_id)
        if not is_asked(row, event):
            abort(404)
        badge_photos.save(event.id, row.id, picture, now=clock.now())
