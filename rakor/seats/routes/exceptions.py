"""Offices invited otherwise than their level, and the decision about seats that fell out of the rules."""

from collections.abc import Sequence
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from rakor import clock
from rakor.accounts.rules import EDITORS
from rakor.db import transaction
from rakor.events import store as events
from rakor.events.models import Event
from rakor.registrations.entry import MODES
from rakor.registrations.rules import Mode
from rakor.seats import invitation_view as view
from rakor.seats.exception_form import ExceptionForm
from rakor.seats.models import Seat
from rakor.seats.routes.base import Page, Paged, blueprint, event_of, staff_context
from rakor.seats.routes.finding import finder_of
from rakor.seats.routes.invitations import rules_page
from rakor.seats.rules import Exemption
from rakor.seats.store import exceptions as store
from rakor.seats.store import expansion, rules_of
from rakor.web.access import Scope, policy
from rakor.web.locale import number


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
        if seat_id not in expansion(event).orphaned:
            abort(404)  # withdrawn meanwhile, or the rules ask for it again: nothing to decide
        _decide(event, [seat_id], keeps=keeps)
    flash(_("Kursi tetap diundang.") if keeps else _("Kursi ditarik; tiketnya tidak berlaku lagi."), "ok")
    return redirect(url_for("seats.rules", event_id=event_id) + "#decide", 303)


@blueprint.get("/events/<uuid:event_id>/seats/decisions")
@policy("seats.decisions", Scope.EVENT, roles=EDITORS)
def decisions(event_id: UUID) -> Page:
    """Every seat that waits for a decision, page by page."""
    event = event_of(event_id)
    page = Paged(view.orphans(event))
    return render_template("seats/decisions.html", **staff_context(event), page=page, most_at_once=view.MOST_AT_ONCE)


@blueprint.post("/events/<uuid:event_id>/seats/decisions")
@policy("seats.decide_all", Scope.EVENT, roles=EDITORS)
def decide_seats(event_id: UUID) -> Page:
    """One decision for all seats that fell out of the rules; taking them all back needs its own tick."""
    keeps = request.form.get("keep") == "yes"
    if not keeps and not request.form.get("sure"):
        flash(_("Belum ada yang ditarik. Centang dahulu bahwa nama-namanya sudah diperiksa."), "warn")
        return redirect(url_for("seats.rules", event_id=event_id) + "#decide", 303)
    with transaction(unaudited="where nothing is to be decided nothing changes"):
        event = events.locked_event(event_id)
        every = expansion(event).orphaned
        found = every if keeps else every[: view.MOST_AT_ONCE]
        _decide(event, found, keeps=keeps)
    count, left = number(len(found)), len(every) - len(found)
    said = _("%(n)s kursi tetap diundang.", n=count) if keeps else _("%(n)s kursi ditarik.", n=count)
    more = _("%(n)s lagi perlu keputusan.", n=number(left)) if left else ""
    flash(" ".join(filter(None, (said, more))), "ok")
    return redirect(url_for("seats.rules", event_id=event_id) + "#decide", 303)


def _decide(event: Event, seat_ids: Sequence[UUID], *, keeps: bool) -> None:
    now = clock.now()
    rows = store.living_seats(event.id, seat_ids)
    if not keeps:
        for row in rows:
            store.withdraw_seat(row, now=now)
        store.tell_offices(rows, now=now)
        return
    for wanted in _kept(event, rows):
        store.except_office(event.id, wanted, _("Tetap diundang: sudah menjawab"), now=now)


def _kept(event: Event, rows: Sequence[Seat]) -> list[Exemption]:
    """The exceptions that keep these seats: as many seats of the role as their highest number, or as now."""
    levels = {office.id: office.level for office in finder_of(event).offices}
    rules = {(rule.level, rule.role_id): (rule.quota, rule.required) for rule in rules_of(event.id)}
    own = {(other.office_id, other.role_id): (other.quota, other.required) for other in store.exemptions(event.id)}
    found: dict[tuple[UUID, UUID], Exemption] = {}
    for row in rows:
        pair = (row.office_id, row.role_id)
        by_rule = rules.get((levels[row.office_id], row.role_id), (0, False))
        before, must = own.get(pair, by_rule)
        least = max(before, row.number, found[pair].quota if pair in found else 0)
        found[pair] = Exemption(*pair, least, tuple(Mode(word) for word in row.modes), must)
    return list(found.values())
