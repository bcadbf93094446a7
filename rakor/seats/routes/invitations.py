""" "Undangan": the rules as a matrix, what they would give, and "Buat undangan"."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from rakor import clock
from rakor.accounts.rules import EDITORS
from rakor.db import transaction
from rakor.events import store as events
from rakor.events.models import Event
from rakor.registrations.entry import MODES
from rakor.seats import invitation_view as view
from rakor.seats import store
from rakor.seats.exception_form import ExceptionForm
from rakor.seats.matrix import Line, Matrix, matrix_of
from rakor.seats.routes.base import Page, blueprint, event_of, staff_context
from rakor.seats.rules import ReadySet
from rakor.web.access import Scope, policy
from rakor.web.locale import number


@blueprint.get("/events/<uuid:event_id>/rules")
@policy("seats.rules", Scope.EVENT, roles=EDITORS)
def rules(event_id: UUID) -> Page:
    """The matrix as stored, and what it would change."""
    return rules_page(event_of(event_id))


@blueprint.post("/events/<uuid:event_id>/rules")
@policy("seats.save_rules", Scope.EVENT, roles=EDITORS)
def rules_save(event_id: UUID) -> Page:
    """Store the matrix, or a ready set; seats change only with "Buat undangan"."""
    event = event_of(event_id)
    ready = next((word for word in ReadySet if request.form.get("ready") == word), None)
    matrix = matrix_of(view.roles(event), view.levels(event), [], request.form)
    if ready is None and matrix.errors:
        return rules_page(event, matrix=matrix, status=422)
    with transaction():
        event = events.locked_event(event_id)
        if ready is not None:
            store.take_ready(event, ready, MODES[event.mode])
        else:
            role_ids = {line.key: line.role_id or _added(event_id, line) for line in matrix.used}
            store.save_rules(event, matrix.rules(role_ids, MODES[event.mode]))
    flash(_("Aturan tersimpan. Kursi belum dibuat: periksa jumlahnya, lalu buat undangan."), "ok")
    return redirect(url_for("seats.rules", event_id=event_id) + "#preview", 303)


@blueprint.post("/events/<uuid:event_id>/seats")
@policy("seats.make", Scope.EVENT, roles=EDITORS)
def make_seats(event_id: UUID) -> Page:
    """ "Buat undangan": expand the rules in one transaction; a second time changes nothing."""
    with transaction():
        event = events.locked_event(event_id)
        found = store.expansion(event)
        store.apply_expansion(event_id, found, now=clock.now())
    added, removed = number(len(found.added) + len(found.returned)), number(len(found.removed))
    if found.changes_nothing:
        flash(_("Tidak ada yang berubah: undangan sudah sesuai aturan."), "info")
    else:
        flash(_("%(added)s kursi dibuat, %(removed)s ditarik.", added=added, removed=removed), "ok")
    if found.orphaned:
        return redirect(url_for("seats.rules", event_id=event_id) + "#decide", 303)
    return redirect(url_for("seats.office_links", event_id=event_id), 303)


def rules_page(
    event: Event, *, matrix: Matrix | None = None, exception: ExceptionForm | None = None, status: int = 200
) -> Page:
    """The page: as stored, or with what was typed into the matrix or into an exception."""
    roles = view.roles(event)
    matrix = matrix or matrix_of(roles, view.levels(event), store.rules_of(event.id))
    form = exception or ExceptionForm()
    form.offer(roles, view.mode_choices(event))
    text = render_template("seats/rules.html", **staff_context(event), **view.page(event, matrix), form=form)
    return text, status


def _added(event_id: UUID, line: Line) -> UUID:
    try:
        after = UUID(line.after)
    except ValueError:
        after = None
    return store.add_role(event_id, line.name, after=after).id
