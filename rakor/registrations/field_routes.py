"""The page of the event's own questions: add, put right, put in order, withdraw, see as people do; the files."""

from uuid import UUID

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from rakor import audit, clock
from rakor.accounts.rules import EDITORS, REGISTRARS
from rakor.db import transaction
from rakor.events import store as events
from rakor.registrations import answers, extra_form, field_presets, field_words, store
from rakor.registrations.answers import FieldShift
from rakor.registrations.field_forms import FieldForm, of_field
from rakor.registrations.field_models import FormField
from rakor.registrations.field_presets import PRESETS, Preset, depending
from rakor.web.access import Scope, policy, principal

blueprint = Blueprint("fields", __name__)
Page = str | BaseResponse | tuple[str, int]
BASE = "/events/<uuid:event_id>/questions"
MOST = 30
FILE_CSP = "default-src 'none'; sandbox"


SHIFTS = {
    FieldShift.AT_THE_END: _l("Pertanyaan ini sudah di ujung; urutannya tetap."),
    FieldShift.DEPENDS: _l("Urutannya tetap: pertanyaan ini bergantung pada yang di atasnya."),
}


@blueprint.get(BASE)
@policy("fields.show", Scope.EVENT, roles=REGISTRARS)
def show(event_id: UUID) -> Page:
    """The questions as people see them, and the form of a new one."""
    known = answers.fields(event_id)
    return _page(event_id, known, FieldForm().offer(known))


@blueprint.post(BASE)
@policy("fields.add", Scope.EVENT, roles=EDITORS)
def add(event_id: UUID) -> Page:
    """Add a question at the end."""
    known, form = answers.fields(event_id), FieldForm.read()
    assert isinstance(form, FieldForm)
    if not form.offer(known).accepted() or len(known) >= MOST:
        if len(known) >= MOST:
            form.label.errors = [_("Paling banyak %(n)s pertanyaan.", n=MOST)]
        return _page(event_id, known, form, 422)
    with transaction():
        events.locked_event(event_id)
        answers.add(event_id, form.wish(), now=clock.now())
    flash(_("Pertanyaan ditambahkan ke formulir."), "ok")
    return redirect(url_for("fields.show", event_id=event_id), 303)


@blueprint.post(f"{BASE}/presets")
@policy("fields.preset", Scope.EVENT, roles=EDITORS)
def take_preset(event_id: UUID) -> BaseResponse:
    """Take a ready set of questions into the form; those of the same words that are asked already stay as they are."""
    word = request.form.get("preset", "")
    preset = Preset(word) if word in set(Preset) else abort(400)
    with transaction(unaudited="what is asked already is not asked twice"):
        events.locked_event(event_id)
        known = {one.label: one.id for one in answers.fields(event_id)}
        new = [(wish, on) for wish, on in field_presets.wishes(preset) if wish.label not in known]
        fits = len(known) + len(new) <= MOST
        for wish, on in new if fits else ():
            made = answers.add(event_id, depending(wish, known[on]) if on else wish, now=clock.now())
            known[wish.label] = made.id
    if not fits:
        flash(_("Paling banyak %(n)s pertanyaan.", n=MOST), "bad")
    else:
        flash(_("%(n)s pertanyaan ditambahkan. Ubah atau tarik yang tidak perlu.", n=len(new)), "ok" if new else "info")
    return redirect(url_for("fields.show", event_id=event_id), 303)


@blueprint.route(f"{BASE}/<uuid:field_id>", methods=["GET", "POST"])
@policy("fields.change", Scope.EVENT, roles=EDITORS)
def change(event_id: UUID, field_id: UUID) -> Page:
    """Put a question right; what people answered already stays, and the page says what that means."""
    known = answers.fields(event_id)
    field = next((one for one in known if one.id == field_id), None) or abort(404)
    answered = answers.answered_count(event_id, field_id)
    form = FieldForm.read() if request.method == "POST" else of_field(field)
    assert isinstance(form, FieldForm)
    form.offer(known[: known.index(field)])
    form.was, form.answered = field.kind, field if answered else None
    form.depending = [one for one in known if one.shown_by_id == field.id]
    if form.accepted():
        with transaction():
            events.locked_event(event_id)
            now = next((one for one in answers.fields(event_id) if one.id == field_id), None) or abort(404)
            answers.change(event_id, now, form.wish())
        flash(_("Pertanyaan tersimpan."), "ok")
        return redirect(url_for("fields.show", event_id=event_id), 303)
    event = events.event(event_id) or abort(404)
    page = render_template(
        "registrations/field.html",
        event=event,
        event_title=event.short_title,
        form=form,
        field_id=field_id,
        answered=answered,
        depends=bool(form.known),
    )
    return page, 422 if request.method == "POST" else 200


@blueprint.post(f"{BASE}/<uuid:field_id>/position")
@policy("fields.shift", Scope.EVENT, roles=EDITORS)
def shift(event_id: UUID, field_id: UUID) -> BaseResponse:
    """Move a question one place up or down."""
    with transaction(unaudited="a question at the end stays there"):
        events.locked_event(event_id)
        done = answers.shift(event_id, field_id, up=request.form.get("step") == "up")
    if done is FieldShift.GONE:
        abort(404)
    if done in SHIFTS:
        flash(str(SHIFTS[done]), "warn")
    return redirect(url_for("fields.show", event_id=event_id, _anchor=f"q-{field_id}"), 303)


@blueprint.post(f"{BASE}/<uuid:field_id>/withdrawal")
@policy("fields.withdraw", Scope.EVENT, roles=EDITORS)
def withdraw(event_id: UUID, field_id: UUID) -> Page:
    """Ask a question no more; what was answered stays."""
    with transaction(unaudited="a question that is gone stays gone"):
        events.locked_event(event_id)
        gone = answers.withdraw(event_id, field_id, now=clock.now())
    if not gone:
        abort(404)
    flash(_("Pertanyaan tidak ditanyakan lagi. Jawaban yang sudah ada tetap tersimpan."), "ok")
    return redirect(url_for("fields.show", event_id=event_id), 303)


@blueprint.get("/events/<uuid:event_id>/people/<uuid:registration_id>/answers/<uuid:field_id>")
@policy("fields.file", Scope.EVENT, roles=REGISTRARS)
def download(event_id: UUID, registration_id: UUID, field_id: UUID) -> Response:
    """The file of an answer, as a download that no browser opens as a page; every look is noted."""
    kept = answers.file_of(event_id, registration_id, field_id)
    if kept is None or store.registration(event_id, registration_id) is None:
        abort(404)
    with transaction():
        audit.record(
            "registration.file", event_id=event_id, object_kind="registration", object_id=registration_id
        )
    ending = kept.media_type.rsplit("/", 1)[1]
    headers = {"Content-Disposition": f"attachment; filename=lampiran.{ending}", "Content-Security-Policy": FILE_CSP}
    return Response(kept.content, mimetype=kept.media_type, headers=headers)


def _page(event_id: UUID, known: list[FormField], form: FieldForm, status: int = 200) -> tuple[str, int]:
    event = events.event(event_id) or abort(404)
    page = render_template(
        "registrations/fields.html",
        event=event,
        event_title=event.short_title,
        form=form,
        known=known,
        labels={one.id: one.label for one in known},
        kinds=field_words.KINDS,
        purposes=field_words.PURPOSES,
        presets=PRESETS,
        extra=extra_form.read(known, {}),
        may_edit=principal().may(EDITORS),
    )
    return page, status
