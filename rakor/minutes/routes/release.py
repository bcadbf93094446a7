"""Bahan rilis for the organisers: photos and quotations, as drafts and as what everybody sees."""

from uuid import UUID

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from rakor import clock
from rakor.agenda.material_files import picture as picture_of
from rakor.agenda.material_rules import MaterialProblem
from rakor.agenda.pictures import MOST_PHOTO_BYTES, scaled
from rakor.agenda.speaker_words import PHOTO_PROBLEMS
from rakor.db import transaction
from rakor.documents.pages import event_of
from rakor.events.store import locked_event
from rakor.minutes import release_view as shown
from rakor.minutes.release_forms import NewPhotoForm, PhotoForm, QuotationForm
from rakor.minutes.release_models import ReleasePhoto
from rakor.minutes.rules.release import DRAFTERS, PUBLISHERS, Kind, may_change
from rakor.minutes.store import release
from rakor.web.access import Scope, current_user, policy, principal
from rakor.web.forms import FORM_ROOM
from rakor.web.nav import NavItem

blueprint = Blueprint("release", __name__)
NAV = (NavItem(_l("Bahan rilis"), "share", "release.index", DRAFTERS, 321, "release."),)
BASE = "/events/<uuid:event_id>/release"
PHOTO, QUOTATION = f"{BASE}/photos/<uuid:photo_id>", f"{BASE}/quotations/<uuid:quotation_id>"
LARGE, SMALL = 1600, 640
Page = str | BaseResponse | tuple[str, int]


@blueprint.get(BASE)
@policy("release.index", Scope.EVENT, roles=DRAFTERS)
def index(event_id: UUID) -> Page:
    """What everybody sees, what is prepared, and who may do what."""
    return shown.page(event_of(event_id))


@blueprint.post(f"{BASE}/photos")
@policy("release.photo_add", Scope.EVENT, roles=DRAFTERS)
def add_photo(event_id: UUID) -> Page:
    """Hand a photo in; it is drawn anew, so that place, camera and anything hidden are gone."""
    request.max_content_length = MOST_PHOTO_BYTES + FORM_ROOM
    event, form = event_of(event_id), NewPhotoForm.read()
    assert isinstance(form, NewPhotoForm)
    good = form.offer(shown.programme(event)).accepted()
    sent = request.files.get("photo")
    content = sent.read(MOST_PHOTO_BYTES + 1) if sent else b""
    drawn = scaled(content, (LARGE, SMALL)) if content else MaterialProblem.NOTHING
    if isinstance(drawn, MaterialProblem):
        form.photo.errors = [str(PHOTO_PROBLEMS[drawn])]
    if not good or isinstance(drawn, MaterialProblem):
        return shown.page(event, photo=form, status=422)
    with transaction(unaudited="an album that is full stays as it is"):
        locked_event(event_id)
        full = len(release.photos(event_id)) >= release.MOST_PHOTOS
        if not full:
            release.add_photo(event_id, drawn[0], drawn[1], form.values(), by=current_user().id, now=clock.now())
    _said(full, _("Foto disimpan sebagai rancangan. Keterangan letak dan kamera sudah dihapus."), release.MOST_PHOTOS)
    return _back(event_id)


@blueprint.post(f"{BASE}/quotations")
@policy("release.quotation_add", Scope.EVENT, roles=DRAFTERS)
def add_quotation(event_id: UUID) -> Page:
    """Write down what somebody on the programme said."""
    event, form = event_of(event_id), QuotationForm.read()
    assert isinstance(form, QuotationForm)
    if not form.offer(shown.programme(event)).accepted():
        return shown.page(event, quotation=form, status=422)
    with transaction(unaudited="a list that is full stays as it is"):
        locked_event(event_id)
        full = len(release.quotations(event_id)) >= release.MOST_QUOTATIONS
        if not full:
            release.add_quotation(event_id, form.values(), by=current_user().id, now=clock.now())
    _said(full, _("Kutipan disimpan sebagai rancangan."), release.MOST_QUOTATIONS)
    return _back(event_id)


def _said(full: bool, words: str, most: int) -> None:
    if full:
        flash(_("Sudah ada %(n)s. Hapus yang tidak perlu dahulu.", n=most), "warn")
    else:
        flash(words, "ok")


@blueprint.get(PHOTO)
@policy("release.photo", Scope.EVENT, roles=DRAFTERS)
def show_photo(event_id: UUID, photo_id: UUID) -> Page:
    """The form of one photo's caption."""
    event, row = event_of(event_id), _row(Kind.PHOTO, event_id, photo_id)
    assert isinstance(row, ReleasePhoto)
    form = PhotoForm().offer(shown.programme(event)).show(row)
    return render_template("minutes/release_photo.html", photo=row, form=form, **shown.shared(event))


@blueprint.post(PHOTO)
@policy("release.photo_change", Scope.EVENT, roles=DRAFTERS)
def save_photo(event_id: UUID, photo_id: UUID) -> Page:
    """Change a photo's caption; what everybody sees is changed by who may publish it."""
    event, row, form = event_of(event_id), _row(Kind.PHOTO, event_id, photo_id), PhotoForm.read()
    assert isinstance(form, PhotoForm)
    if not form.offer(shown.programme(event)).accepted():
        page = render_template("minutes/release_photo.html", photo=row, form=form, **shown.shared(event))
        return page, 422
    with transaction(unaudited="not theirs to change, or the same again"):
        locked_event(event_id)
        row = _row(Kind.PHOTO, event_id, photo_id)
        if _may(Kind.PHOTO, row):
            release.change(row, form.values())
    return _back(event_id)


@blueprint.get(f"{PHOTO}/picture")
@policy("release.picture", Scope.EVENT, roles=DRAFTERS)
def show_picture(event_id: UUID, photo_id: UUID) -> Response:
    """The picture of a photo; with ``?small=1`` the smaller one."""
    return picture(release.photo(event_id, photo_id))


def picture(row: ReleasePhoto | None) -> Response:
    """Return a photo as a picture of ours; with ``?small=1`` the smaller one."""
    kept = release.picture(row, preview="small" in request.args) if row else None
    return picture_of(kept.content if kept else None)


@blueprint.post(f"{PHOTO}/publication")
@policy("release.photo_publish", Scope.EVENT, roles=PUBLISHERS[Kind.PHOTO])
def publish_photo(event_id: UUID, photo_id: UUID) -> Page:
    """Show a photo to everybody, or to nobody but the team any more."""
    return _publish(Kind.PHOTO, event_id, photo_id)


@blueprint.post(f"{QUOTATION}/publication")
@policy("release.quotation_publish", Scope.EVENT, roles=PUBLISHERS[Kind.QUOTATION])
def publish_quotation(event_id: UUID, quotation_id: UUID) -> Page:
    """Give a quotation free, or take it back: it speaks in somebody's name, so the owner alone does."""
    return _publish(Kind.QUOTATION, event_id, quotation_id)


def _publish(kind: Kind, event_id: UUID, row_id: UUID) -> BaseResponse:
    with transaction(unaudited="shown already, or hidden already"):
        locked_event(event_id)
        row = _row(kind, event_id, row_id)
        if request.form.get("to") == "draft":
            release.take_back(row)
        else:
            release.publish(row, by=current_user().id, now=clock.now())
    return _back(event_id)


@blueprint.post(f"{PHOTO}/order")
@policy("release.photo_order", Scope.EVENT, roles=DRAFTERS)
def move_photo(event_id: UUID, photo_id: UUID) -> Page:
    """Move a photo one place up or down."""
    return _move(Kind.PHOTO, event_id, photo_id)


@blueprint.post(f"{QUOTATION}/order")
@policy("release.quotation_order", Scope.EVENT, roles=DRAFTERS)
def move_quotation(event_id: UUID, quotation_id: UUID) -> Page:
    """Move a quotation one place up or down."""
    return _move(Kind.QUOTATION, event_id, quotation_id)


def _move(kind: Kind, event_id: UUID, row_id: UUID) -> BaseResponse:
    with transaction(unaudited="at the end already"):
        locked_event(event_id)
        release.move(_row(kind, event_id, row_id), -1 if request.form.get("to") == "up" else 1)
    return _back(event_id)


@blueprint.post(f"{PHOTO}/removal")
@policy("release.photo_remove", Scope.EVENT, roles=DRAFTERS)
def remove_photo(event_id: UUID, photo_id: UUID) -> Page:
    """Throw a photo away."""
    return _remove(Kind.PHOTO, event_id, photo_id)


@blueprint.post(f"{QUOTATION}/removal")
@policy("release.quotation_remove", Scope.EVENT, roles=DRAFTERS)
def remove_quotation(event_id: UUID, quotation_id: UUID) -> Page:
    """Throw a quotation away."""
    return _remove(Kind.QUOTATION, event_id, quotation_id)


def _remove(kind: Kind, event_id: UUID, row_id: UUID) -> BaseResponse:
    with transaction(unaudited="not theirs to take away"):
        locked_event(event_id)
        row = _row(kind, event_id, row_id)
        if _may(kind, row):
            release.remove(row)
    return _back(event_id)


def _may(kind: Kind, row: release.Row) -> bool:
    may = may_change(kind, principal().roles, is_published=row.published_at is not None)
    if not may:
        flash(_("Ini sudah disiarkan. Yang berhak menyiarkannya dapat menariknya dahulu."), "warn")
    return may


def _row(kind: Kind, event_id: UUID, row_id: UUID) -> release.Row:
    found = release.photo(event_id, row_id) if kind is Kind.PHOTO else release.quotation(event_id, row_id)
    return found or abort(404)


def _back(event_id: UUID) -> BaseResponse:
    return redirect(url_for("release.index", event_id=event_id), 303)
