"""What is put right about a person: name, post and numbers, room and table."""

from uuid import UUID

from flask import abort, flash, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from rakor import clock
from rakor.accounts.rules import REGISTRARS
from rakor.db import transaction
from rakor.registrations import changes, roster
from rakor.registrations.forms import NameForm
from rakor.registrations.people.front import ONE, Page, back_to, blueprint, event_or_404, locked
from rakor.registrations.work_fields import WorkForm
from rakor.web.access import Scope, policy
from rakor.web.forms import storable

PLACING_LENGTH = 80


@blueprint.route(f"{ONE}/work", methods=["GET", "POST"])
@policy("people.work", Scope.EVENT, roles=REGISTRARS)
def correct_work(event_id: UUID, registration_id: UUID) -> Page:
    """Put post, status, acting, NIP and rank right."""
    row, person, search = roster.person(event_id, registration_id) or abort(404)
    event = event_or_404(event_id)
    form = WorkForm.read() if request.method == "POST" else WorkForm(obj=row)
    assert isinstance(form, WorkForm)
    form.offer_work(clock.today(event.zone))
    if form.accepted():
        with transaction(unaudited="the same again changes nothing"):
            changes.correct_work(
                locked(event_id, registration_id), form.work(), form.post.data or "", search=search, now=clock.now()
            )
        flash(_("Data kepegawaian tersimpan."), "ok")
        return back_to(event_id, registration_id)
    page = render_template(
        "registrations/person_work.html", event=event, event_title=event.short_title, person=person, form=form
    )
    return page, 422 if request.method == "POST" else 200


@blueprint.post(f"{ONE}/placing")
@policy("people.place", Scope.EVENT, roles=REGISTRARS)
def set_placing(event_id: UUID, registration_id: UUID) -> BaseResponse:
    """Say which room or table is a person's."""
    placing = storable(request.form.get("placing"))[:PLACING_LENGTH]
    with transaction(unaudited="the same again changes nothing"):
        changes.place(locked(event_id, registration_id), placing, now=clock.now())
    flash(_("Kamar atau meja disimpan; meja registrasi menampilkannya."), "ok")
    return back_to(event_id, registration_id)


@blueprint.route(f"{ONE}/name", methods=["GET", "POST"])
@policy("people.name", Scope.EVENT, roles=REGISTRARS)
def correct_name(event_id: UUID, registration_id: UUID) -> Page:
    """Put a name right, titles included."""
    _row, person, search = roster.person(event_id, registration_id) or abort(404)
    form = NameForm.read() if request.method == "POST" else NameForm(name=person.name)
    if form.accepted():
        with transaction(unaudited="the same name again changes nothing"):
            changes.correct_name(
                locked(event_id, registration_id), form.name.person, search=search, now=clock.now()
            )
        flash(_("Nama tersimpan."), "ok")
        return back_to(event_id, registration_id)
    event = event_or_404(event_id)
    page = render_template(
        "registrations/person_name.html", event=event, event_title=event.short_title, person=person, form=form
    )
    return page, 422 if request.method == "POST" else 200
