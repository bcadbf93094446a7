"""A person's own answers to the event's questions: given later by who was registered in a group, or put right."""

from datetime import datetime
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from rakor import clock
from rakor.db import transaction
from rakor.events import store as events
from rakor.events.models import Event
from rakor.portal import me_view
from rakor.portal.me_base import PERSON, Page, blueprint, own_row, person_and_event
from rakor.registrations import answers, extra_form
from rakor.registrations.extra_form import ExtraForm
from rakor.registrations.field_models import FormField
from rakor.registrations.models import Registration
from rakor.registrations.rules.fields import MOST_BYTES, FieldKind
from rakor.web.access import Scope, current_link, policy
from rakor.web.forms import FORM_ROOM


def asked(row: Registration) -> list[FormField]:
    """Return the questions that this person is asked."""
    return answers.fields(row.event_id) if row.source in me_view.SELF_SERVED else []


def open_questions(row: Registration, event: Event, *, now: datetime) -> list[str]:
    """Return the required questions that somebody who may still answer has not; empty where there is none."""
    if row.source not in me_view.SELF_SERVED or not me_view.may_correct(row, event, now=now):
        return []
    return [one.label for one in answers.unanswered(row.event_id, answers.of_person(row.event_id, row.id))]


@blueprint.route("/p/<token>/answers", methods=["GET", "POST"])
@policy("me.answers", Scope.LINK, purposes=PERSON)
def answer(token: str) -> Page:
    """Answer what the event asks, or put an answer right, until the cut-off."""
    request.max_content_length = MOST_BYTES + FORM_ROOM
    row, event, _office = person_and_event()
    now, fields = clock.now(), asked(row)
    if not fields or not me_view.may_correct(row, event, now=now):
        flash(_("Jawaban tidak dapat diubah lagi di sini. Hubungi panitia bila ada yang perlu dibetulkan."), "warn")
        return redirect(url_for("me.show", token=token), 303)
    form = _read(row, fields)
    if request.method == "POST" and form.accepted():
        link = current_link()
        with transaction():
            events.locked_event(link.event_id)
            mine = own_row(link.event_id, link.subject_id)
            answers.replace(mine.event_id, mine.id, _changed(form), form.given, now=now)
        flash(_("Jawaban Anda tersimpan."), "ok")
        return redirect(url_for("me.show", token=token), 303)
    page = render_template("portal/me_answers.html", event=event, extra=form, token=token)
    return page, 422 if request.method == "POST" else 200


def _read(row: Registration, fields: list[FormField]) -> ExtraForm:
    """What was posted, else what was answered before; a stored file stays until another is chosen."""
    told = {one.field.id: one for one in answers.of_person(row.event_id, row.id)}
    posted = request.form.to_dict()
    if request.method == "GET":
        posted = {extra_form.name_of(key): _typed(one) for key, one in told.items()}
        posted |= {f"{extra_form.name_of(key)}-ok": "yes" for key in told}
    form = extra_form.read(fields, posted, request.files)
    for one in form.asked:
        if one.field.kind is FieldKind.FILE and one.field.id in told:
            one.stored_name = told[one.field.id].value
    return form


def _typed(one: answers.Told) -> str:
    """An answer as it would be typed again: numbers are kept with a point, typed with a comma."""
    return one.value.replace(".", ",") if one.field.kind is FieldKind.NUMBER else one.value


def _changed(form: ExtraForm) -> list[UUID]:
    """The questions whose stored answers go: all, but for files that stay."""
    new = {one.field_id for one in form.given}
    return [one.field.id for one in form.asked if one.field.id in new or not (one.shown and one.stored_name)]
