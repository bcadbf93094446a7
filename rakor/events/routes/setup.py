"""The event's set-up page: what is there, what is still missing, and announcing or cancelling it."""

from typing import Any
from uuid import UUID

from flask import current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from rakor import clock
from rakor.accounts.rules import EDITORS, GRANTERS
from rakor.db import transaction
from rakor.events import steps, store
from rakor.events.models import Event
from rakor.events.routes.own_steps import own_steps
from rakor.events.routes.page import Page, blueprint, context, event_or_404
from rakor.events.rules.readiness import StageProblem, StepState, judge_cancellation, judge_publication
from rakor.events.store import setting_up
from rakor.web.access import Scope, policy


@blueprint.get("/events/<uuid:event_id>/setup")
@policy("event.setup", Scope.EVENT, roles=EDITORS)
def show_setup(event_id: UUID) -> Page:
    """The checklist "Siap diumumkan?" with a link to each part."""
    return _page(event_or_404(event_id))


def _page(event: Event, status: int = 200) -> tuple[str, int]:
    found = _steps(event)
    needed = [step for step in found if step.state is StepState.NEEDED]
    page = render_template(
        "events/setup.html",
        steps=found,
        needed=needed,
        done_count=sum(step.state is StepState.DONE for step in found),
        address=f"{current_app.config['RAKOR'].base_url}/e/{event.slug}",
        **context(event),
    )
    return page, status


def _steps(event: Event) -> list[Any]:
    own = own_steps(event)
    return [*own[:3], *steps.of_later_features(event), *own[3:]]


@blueprint.post("/events/<uuid:event_id>/publication")
@policy("event.publish", Scope.EVENT, roles=EDITORS)
def publish(event_id: UUID) -> Page:
    """Announce the event; its public page exists from now on."""
    with transaction(unaudited="an event that is not ready stays as it is"):
        event = store.locked_event(event_id)
        problem = judge_publication(event.stage, tuple(step.state for step in _steps(event)))
        if problem is None:
            setting_up.publish(event, now=clock.now())
    if problem is StageProblem.NOT_READY:
        flash(_("Belum dapat diumumkan. Lengkapi dahulu yang bertanda wajib."), "bad")
        return _page(event_or_404(event_id), 422)
    if problem is None:
        flash(_("Kegiatan diumumkan. Halaman umumnya terbuka."), "ok")
    return redirect(url_for("events.show_setup", event_id=event_id), 303)


@blueprint.get("/events/<uuid:event_id>/cancellation")
@policy("event.cancel_form", Scope.EVENT, roles=GRANTERS)
def show_cancellation(event_id: UUID) -> Page:
    """Ask once more before the event is cancelled."""
    return render_template("events/cancellation.html", **context(event_or_404(event_id)))


@blueprint.post("/events/<uuid:event_id>/cancellation")
@policy("event.cancel", Scope.EVENT, roles=GRANTERS)
def cancel(event_id: UUID) -> Page:
    """Cancel the event; its page stays and says so."""
    with transaction(unaudited="an event that is cancelled already stays as it is"):
        event = store.locked_event(event_id)
        if judge_cancellation(event.stage) is None:
            setting_up.cancel(event, now=clock.now())
    flash(_("Kegiatan dibatalkan. Halaman umumnya tetap ada dan mengatakan itu."), "warn")
    return redirect(url_for("events.show_setup", event_id=event_id), 303)
