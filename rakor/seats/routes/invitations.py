""" "Undangan": the rules as a matrix, what they would give, and "Buat undangan"."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from rakor import clock
from rakor.accounts.rules import EDITORS
from rakor.db import transaction
from rakor.events import store as events
from rakor.events.models import Event, EventRole
from rakor.events.rules import RoleGroup
from rakor.offices import store as offices
from rakor.offices.rules import OfficeLevel
from rakor.offices.words import LEVELS, LEVELS_COUNTED
from rakor.regions.rules import reference
from rakor.registrations.entry import MODES
from rakor.seats import store
from rakor.seats.forms import BOTH, Matrix, matrix_of
from rakor.seats.routes.base import Page, blueprint, event_of, staff_context
from rakor.seats.rules import Choice, ReadySet, SeatCounts, count_seats
from rakor.seats.words import CHOICES, READY_SETS
from rakor.web.access import Scope, policy
from rakor.web.locale import number


@blueprint.get("/events/<uuid:event_id>/rules")
@policy("seats.rules", Scope.EVENT, roles=EDITORS)
def rules(event_id: UUID) -> Page:
    """The matrix as stored, and what it would change."""
    event = event_of(event_id)
    roles, levels = _roles(event_id), _levels(event)
    return _page(event, matrix_of(roles, levels, store.rules_of(event_id)))


@blueprint.post("/events/<uuid:event_id>/rules")
@policy("seats.save_rules", Scope.EVENT, roles=EDITORS)
def rules_save(event_id: UUID) -> Page:
    """Store the matrix, or a ready set; seats change only with "Buat undangan"."""
    event = event_of(event_id)
    ready = next((word for word in ReadySet if request.form.get("ready") == word), None)
    matrix = matrix_of(_roles(event_id), _levels(event), [], request.form)
    if ready is None and matrix.errors:
        return _page(event, matrix, 422)
    with transaction():
        event = events.locked_event(event_id)
        if ready is not None:
            store.take_ready(event, ready, MODES[event.mode])
        else:
            role_ids = {line.key: line.role_id or store.add_role(event_id, line.name).id for line in matrix.used}
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
    added = len(found.added) + len(found.returned)
    if found.changes_nothing:
        flash(_("Tidak ada yang berubah: undangan sudah sesuai aturan."), "info")
    else:
        flash(
            _("%(added)s kursi dibuat, %(removed)s ditarik.", added=number(added), removed=number(len(found.removed))),
            "ok",
        )
    return redirect(url_for("seats.office_links", event_id=event_id), 303)


def _roles(event_id: UUID) -> list[EventRole]:
    return [role for role in events.roles(event_id) if role.group is RoleGroup.PARTICIPANT]


def _levels(event: Event) -> list[OfficeLevel]:
    counts = offices.level_counts(event.institution_id)
    return [level for level in OfficeLevel if counts.get(level)]


def _page(event: Event, matrix: Matrix, status: int = 200) -> Page:
    rules_now, invited = store.rules_of(event.id), store.invited_offices(event)
    counts = count_seats(rules_now, invited)
    found = store.expansion(event)
    orphaned = set(found.orphaned)
    page = render_template(
        "seats/rules.html",
        **staff_context(event),
        matrix=matrix,
        levels=_levels(event),
        level_words=LEVELS,
        modes=[(BOTH, _("Luring atau daring")), *((str(mode), CHOICES[Choice(mode)]) for mode in MODES[event.mode])],
        asks_modes=len(MODES[event.mode]) > 1,
        ready_sets=READY_SETS,
        counts=counts,
        sum_words=sum_words(counts),
        provinces=[(_province(code), seats) for code, seats in counts.provinces],
        expansion=found,
        orphans=[line for line in store.seats_with_holders(event.id) if line.seat_id in orphaned] if orphaned else [],
    )
    return page, status


def _province(code: str | None) -> str:
    return reference().province(code).short_name if code else str(_("Pusat"))


def sum_words(counts: SeatCounts) -> str:
    """ "34 provinsi × 5 + 514 kabupaten/kota × 5 = 2.740 kursi"."""
    parts = [
        f"{number(level.office_count)} {LEVELS_COUNTED[level.level]} × {number(level.per_office)}"
        for level in counts.levels
    ]
    return str(_("%(parts)s = %(n)s kursi", parts=" + ".join(parts), n=number(counts.total)))
