"""Guests without an invitation, on the organiser's phone: let in or not, one touch each."""

from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from rakor import clock
from rakor.accounts.rules import REGISTRARS
from rakor.checkin import coordination_decisions, walkins
from rakor.checkin.coordination_rules import Decision, Outcome
from rakor.checkin.routes.front import blueprint
from rakor.db import transaction
from rakor.events import store as events
from rakor.web.access import Scope, current_user, policy


@blueprint.get("/events/<uuid:event_id>/walk-ins")
@policy("walk_in.list", Scope.EVENT, roles=REGISTRARS)
def show_walk_ins(event_id: UUID) -> str:
    """Who stands at a desk without an invitation and waits."""
    event = events.event(event_id) or abort(404)
    return render_template(
        "checkin/walk_ins.html",
        event=event,
        event_title=event.short_title,
        demo_notice=bool(event.demo_world),
        guests=walkins.waiting(event_id),
    )


@blueprint.post("/events/<uuid:event_id>/walk-ins/<uuid:scan_id>/approval")
@policy("walk_in.approve", Scope.EVENT, roles=REGISTRARS)
def approve_walk_in(event_id: UUID, scan_id: UUID) -> Response:
    """Let a guest in: registered with a ticket, and present since the desk wrote the name down."""
    with transaction(unaudited="decided before: nothing changes"):
        person = walkins.approve(event_id, scan_id, operator_id=current_user().id, now=clock.now())
        name = person.name if person else None
    if name is None:
        flash(_("Tamu itu tidak menunggu lagi; tidak ada yang berubah."), "warn")
    else:
        flash(_("%(name)s terdaftar dan tercatat hadir.", name=name), "ok")
    return redirect(url_for("checkin.show_walk_ins", event_id=event_id), 303)


@blueprint.post("/events/<uuid:event_id>/walk-ins/<uuid:scan_id>/refusal")
@policy("walk_in.refuse", Scope.EVENT, roles=REGISTRARS)
def refuse_walk_in(event_id: UUID, scan_id: UUID) -> Response:
    """Do not let a guest in; what the desk wrote down stays, and counts for nothing."""
    with transaction(unaudited="decided before: nothing changes"):
        done = Outcome.NOTHING
        if walkins.waits(event_id, scan_id):
            me, now = current_user().id, clock.now()
            done = coordination_decisions.rule(event_id, scan_id, Decision.VOID, operator_id=me, now=now)
    if done is Outcome.DONE:
        flash(_("Tamu itu tidak dihitung. Catatannya tetap tersimpan."), "ok")
    else:
        flash(_("Tamu itu tidak menunggu lagi; tidak ada yang berubah."), "warn")
    return redirect(url_for("checkin.show_walk_ins", event_id=event_id), 303)
