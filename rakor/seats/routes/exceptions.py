"""Offices invited otherwise than their level, and the decision about seats that fell out of the rules."""

from uuid import UUID

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _

from rakor import clock
from rakor.accounts.rules import EDITORS
from rakor.db import transaction
from rakor.events import store as events
from rakor.registrations.entry import MODES
from rakor.registrations.rules import Mode
from rakor.seats import invitation_view as view
from rakor.seats.exception_form import ExceptionForm
from rakor.seats.routes.base import Page, blueprint, event_of
from rakor.seats.routes.finding import finder_of
from rakor.seats.routes.invitations import rules_page
from rakor.seats.rules import Exemption
from rakor.seats.store import exceptions as store
from rakor.seats.store import expansion, rules_of
from rakor.web.access import Scope, policy


@blueprint.post("/events/<uuid:event_id>/exceptions")
@policy("seats.exception_save", Scope.EVENT, roles=EDITORS)
def exceptions_save(event_id: UUID) -> Page:
    """Give one office its own number of seats of a role; seats change only with "Buat undangan"."""
    event = event_of(event_id)
    form = ExceptionForm.read()
    assert isinstance(form, ExceptionForm)
    wanted = form.judged(finder_of(event), view.roles(event), MODES[event.mode]) if form.accepted() else None
    if wanted is None:
        return rules_page(event, exception=form, status=422)
    with transaction():
        events.locked_event(event_id)
        store.except_office(event_id, wanted, form.reason.data or "", now=clock.now())
    flash(_("Pengecualian tersimpan. Kursi belum berubah: periksa jumlahnya, lalu buat undangan."), "ok")
    return redirect(url_for("seats.rules", event_id=event_id) + "#preview", 303)


@blueprint.post("/events/<uuid:event_id>/exceptions/<uuid:exception_id>/removal")
@policy("seats.exception_lift", Scope.EVENT, roles=EDITORS)
def exceptions_lift(event_id: UUID, exception_id: UUID) -> Page:
    """Let the office follow its level's rule again."""
    with transaction(unaudited="an exception that is gone already changes nothing"):
        events.locked_event(event_id)
        if not store.lift_exception(event_id, exception_id):
            abort(404)
    flash(_("Pengecualian dihapus. Kursi belum berubah: periksa jumlahnya, lalu buat undangan."), "ok")
    return redirect(url_for("seats.rules", event_id=event_id) + "#preview", 303)


@blueprint.post("/events/<uuid:event_id>/seats/<uuid:seat_id>/decision")
@policy("seats.decide", Scope.EVENT, roles=EDITORS)
def decide_seat(event_id: UUID, seat_id: UUID) -> Page:
    """A seat with an answer but no rule: keep it invited (an exception says why), or take it back."""
    keeps = request.form.get("keep") == "yes"
    with transaction(unaudited="a seat that is gone already changes nothing"):
        event = events.locked_event(event_id)
        row = store.seat(event_id, seat_id)
        if row is None or seat_id not in expansion(event).orphaned:
            abort(404)  # withdrawn meanwhile, or the rules ask for it again: nothing to decide
        if keeps:
            office = next(o for o in finder_of(event).offices if o.id == row.office_id)
            quota = max(row.number, _quota(event_id, office.level, row.office_id, row.role_id))
            modes = tuple(Mode(word) for word in row.modes)
            wanted = Exemption(row.office_id, row.role_id, quota, modes)
            store.except_office(event_id, wanted, _("Tetap diundang: sudah menjawab"), now=clock.now())
        else:
            store.withdraw_seat(row, now=clock.now())
    flash(_("Kursi tetap diundang.") if keeps else _("Kursi ditarik; tiketnya tidak berlaku lagi."), "ok")
    return redirect(url_for("seats.rules", event_id=event_id) + "#decide", 303)


def _quota(event_id: UUID, level: object, office_id: UUID, role_id: UUID) -> int:
    own = [e.quota for e in store.exemptions(event_id) if (e.office_id, e.role_id) == (office_id, role_id)]
    rules = [rule.quota for rule in rules_of(event_id) if (rule.level, rule.role_id) == (level, role_id)]
    return (own or rules or [0])[0]
