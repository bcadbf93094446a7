"""Letterhead, logo, signatory and colour; and the logo itself, served so that it can do no harm."""

from collections.abc import Sequence
from uuid import UUID

from flask import Response as FlaskResponse
from flask import flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from rakor import clock
from rakor.accounts.rules import EDITORS, EVERYBODY
from rakor.db import transaction
from rakor.events import store
from rakor.events.part_forms import IdentityForm, LogoForm, RememberingForm
from rakor.events.pictures import MOST_BYTES, PictureProblem, redrawn
from rakor.events.routes.page import Page, blueprint, context, event_or_404
from rakor.events.rules import Stage
from rakor.events.stale import Newer, newer_than, remember
from rakor.events.store import parts
from rakor.web.access import Scope, policy

REFUSALS = {
    PictureProblem.TOO_HEAVY: _l("Berkas lebih dari 1 MB. Perkecil dahulu."),
    PictureProblem.NOT_A_PICTURE: _l("Berkas ini bukan gambar PNG atau JPEG."),
    PictureProblem.TOO_LARGE: _l("Gambar terlalu besar. Paling besar 4000 × 4000 titik."),
}


@blueprint.get("/events/<uuid:event_id>/identity")
@policy("event.identity", Scope.EVENT, roles=EDITORS)
def show_identity(event_id: UUID) -> Page:
    """The forms of identity and logo."""
    return _page(event_id, _shown(event_id), LogoForm())


def _shown(event_id: UUID) -> RememberingForm:
    return remember(IdentityForm().show(store.identity(event_id)))


@blueprint.post("/events/<uuid:event_id>/identity")
@policy("event.identity_change", Scope.EVENT, roles=EDITORS)
def save_identity(event_id: UUID) -> Page:
    """Save letterhead, signatory and colour."""
    form = IdentityForm.read()
    assert isinstance(form, IdentityForm)
    if not form.accepted():
        return _page(event_id, form, LogoForm(), 422)
    with transaction(unaudited="a stale form changes nothing"):
        store.locked_event(event_id)
        newer = newer_than(form, IdentityForm().show(store.identity(event_id)))
        if not newer:
            parts.save_identity(event_id, form.values())
    if newer:
        return _page(event_id, form, LogoForm(), 409, newer)
    flash(_("Identitas disimpan."), "ok")
    return redirect(url_for("events.show_identity", event_id=event_id), 303)


@blueprint.post("/events/<uuid:event_id>/logo")
@policy("event.logo_change", Scope.EVENT, roles=EDITORS)
def save_logo(event_id: UUID) -> Page:
    """Keep a new logo, drawn anew from the picture that was sent."""
    sent = request.files.get("logo")
    content = sent.read(MOST_BYTES + 1) if sent else b""
    picture = redrawn(content) if content else PictureProblem.NOT_A_PICTURE
    if isinstance(picture, PictureProblem):
        form = LogoForm()
        form.logo.errors = [str(REFUSALS[picture]) if content else _("Pilih berkasnya dahulu.")]
        return _page(event_id, _shown(event_id), form, 422)
    with transaction():
        store.locked_event(event_id)
        parts.save_logo(event_id, picture, now=clock.now())
    flash(_("Logo disimpan."), "ok")
    return redirect(url_for("events.show_identity", event_id=event_id), 303)


@blueprint.post("/events/<uuid:event_id>/logo/removal")
@policy("event.logo_remove", Scope.EVENT, roles=EDITORS)
def remove_logo(event_id: UUID) -> Response:
    """Take the logo away."""
    with transaction():
        store.locked_event(event_id)
        parts.save_logo(event_id, None, now=clock.now())
    flash(_("Logo dihapus."), "ok")
    return redirect(url_for("events.show_identity", event_id=event_id), 303)


@blueprint.get("/events/<uuid:event_id>/logo/<uuid:file_id>")
@policy("event.logo", Scope.EVENT, roles=EVERYBODY)
def show_logo(event_id: UUID, file_id: UUID) -> Response:
    """The logo, for those who work on the event."""
    return _picture(event_id, file_id)


@blueprint.get("/e/<slug>/logo/<uuid:file_id>")
@policy("event.public_logo", Scope.PUBLIC, reason="the logo stands on the public page")
def show_public_logo(slug: str, file_id: UUID) -> Response:
    """The logo of an announced event, for anybody; a new picture has a new address."""
    event = store.event_by_slug(slug)
    answer = _nothing() if event is None or event.stage is Stage.DRAFT else _picture(event.id, file_id)
    if answer.status_code == 200:
        answer.headers["Cache-Control"] = "public, max-age=86400"
    return answer


def _nothing() -> Response:
    # no page: this address stands in an <img>
    return FlaskResponse("", 404, mimetype="text/plain")


def _picture(event_id: UUID, file_id: UUID) -> Response:
    content = parts.logo(event_id) if store.identity(event_id).logo_file_id == file_id else None
    if content is None:
        return _nothing()
    answer = make_response(content)
    answer.headers["Content-Type"] = "image/png"
    answer.headers["Content-Disposition"] = "attachment; filename*=UTF-8''logo.png"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def _page(
    event_id: UUID, form: RememberingForm, logo_form: LogoForm, status: int = 200, newer: Sequence[Newer] = ()
) -> tuple[str, int]:
    page = render_template(
        "events/identity.html",
        form=form,
        newer=newer,
        logo_form=logo_form,
        identity=store.identity(event_id),
        **context(event_or_404(event_id)),
    )
    return page, status
