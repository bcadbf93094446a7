"""Persiapan: the checklist with its dates, who does what, and what the data says of each step."""

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from rakor import clock
from rakor.accounts.rules import EDITORS, READERS
from rakor.db import transaction
from rakor.documents.pages import event_of
from rakor.events.listings import offer
from rakor.events.models import Event
from rakor.events.store import locked_event
from rakor.minutes import preparation_view as shown
from rakor.minutes.preparation_forms import StepForm
from rakor.minutes.preparation_listing import STEPS
from rakor.minutes.preparation_words import LOOKS
from rakor.minutes.rules.preparation import Planned, State
from rakor.minutes.store import preparation
from rakor.web.access import Scope, current_user, policy, principal
from rakor.web.nav import NavItem

blueprint = Blueprint("preparation", __name__)
NAV = (NavItem(_l("Persiapan"), "check", "preparation.index", READERS, 110, "preparation."),)
BASE = "/events/<uuid:event_id>/preparation"
STEP = f"{BASE}/<step_key>"
Page = str | BaseResponse | tuple[str, int]
offer(blueprint, BASE, STEPS)


@blueprint.get(BASE)
@policy("preparation.show", Scope.EVENT, roles=READERS)
def index(event_id: UUID) -> Page:
    """Every step in the order of its date, with what is late and what comes next."""
    event = event_of(event_id)
    return _page(event, StepForm().offer(shown.occasion_of(event), shown.members(event_id)))


def _page(event: Event, form: StepForm, status: int = 200) -> tuple[str, int]:
    steps, today = shown.planned(event), clock.today(event.zone)
    kept = [step for step in steps if not step.is_dropped]
    views = shown.views(event, kept, today)
    page = render_template(
        "minutes/preparation.html",
        steps=views,
        dropped=[(step.key, shown.title_of(step)) for step in steps if step.is_dropped],
        open_steps=[view for view in views if view.state is not State.DONE],
        done_steps=[view for view in views if view.state is State.DONE],
        late_count=sum(view.state is State.LATE for view in views),
        form=form,
        **_shared(event),
    )
    return page, status


def _shared(event: Event) -> dict[str, Any]:
    return {
        "event": event, "event_title": event.short_title, "demo_notice": event.demo_world is not None,
        "may_edit": principal().may(EDITORS), "me": current_user().id, "today": clock.today(event.zone),
        "LOOKS": LOOKS, "lateness": shown.lateness,
    }  # fmt: skip


@blueprint.post(BASE)
@policy("preparation.add", Scope.EVENT, roles=EDITORS)
def create(event_id: UUID) -> Page:
    """Add a step of the event's own."""
    event = event_of(event_id)
    form = StepForm.read()
    assert isinstance(form, StepForm)
    if not form.offer(shown.occasion_of(event), shown.members(event_id)).accepted():
        return _page(event, form, 422)
    with transaction(unaudited="a list that is full stays as it is"):
        locked_event(event_id)
        full = sum(own.ready_key is None for own in preparation.owns(event_id)) >= preparation.MOST_OWN
        if not full:
            preparation.add(event_id, form.values(), now=clock.now())
    if full:
        flash(_("Sudah ada %(n)s langkah tambahan. Hapus yang tidak perlu dahulu.", n=preparation.MOST_OWN), "warn")
    else:
        flash(_("Langkah ditambahkan."), "ok")
    return _back(event_id)


@blueprint.get(STEP)
@policy("preparation.step", Scope.EVENT, roles=EDITORS)
def show_step(event_id: UUID, step_key: str) -> Page:
    """The form of one step: its name, date and who is responsible."""
    event, step = _found(event_id, step_key)
    form = StepForm().offer(shown.occasion_of(event), shown.members(event_id))
    return _step_page(event, step, form.show(step, shown.title_of(step)))


def _step_page(event: Event, step: Planned, form: StepForm, status: int = 200) -> tuple[str, int]:
    view = shown.views(event, [step], clock.today(event.zone))[0]
    return render_template("minutes/preparation_step.html", step=view, form=form, **_shared(event)), status


@blueprint.post(STEP)
@policy("preparation.change", Scope.EVENT, roles=EDITORS)
def save_step(event_id: UUID, step_key: str) -> Page:
    """Rename a step, move its date, say who is responsible."""
    event, step = _found(event_id, step_key)
    form = StepForm.read()
    assert isinstance(form, StepForm)
    if not form.offer(shown.occasion_of(event), shown.members(event_id)).accepted():
        return _step_page(event, step, form, 422)
    with transaction(unaudited="the same again changes nothing"):
        locked_event(event_id)
        preparation.change(event_id, step_key, form.values(step, shown.title_of(step)), now=clock.now())
    flash(_("Langkah disimpan."), "ok")
    return _back(event_id)


@blueprint.post(f"{STEP}/done")
@policy("preparation.mark", Scope.EVENT, roles=READERS)
def mark(event_id: UUID, step_key: str) -> Page:
    """Say by hand that a step is done, or that it is not: editors, and who is responsible for it."""
    _event, step = _found(event_id, step_key)
    me = current_user().id
    if not principal().may(EDITORS) and not (step.own and step.own.assignee_id == me):
        flash(_("Langkah ini ditandai oleh penyusun atau penanggung jawabnya."), "warn")
        return _back(event_id, step_key)
    with transaction(unaudited="marked already"):
        locked_event(event_id)
        preparation.mark(event_id, step_key, is_done=not (step.own and step.own.is_done), by=me, now=clock.now())
    return _back(event_id, step_key)


@blueprint.post(f"{STEP}/removal")
@policy("preparation.drop", Scope.EVENT, roles=EDITORS)
def drop(event_id: UUID, step_key: str) -> Page:
    """Say that this event needs no such step."""
    _event, step = _found(event_id, step_key)
    with transaction(unaudited="gone already"):
        locked_event(event_id)
        preparation.drop(event_id, step_key, now=clock.now())
    flash(_("Langkah “%(title)s” dihapus dari daftar.", title=shown.title_of(step)), "ok")
    return _back(event_id)


@blueprint.post(f"{STEP}/return")
@policy("preparation.bring_back", Scope.EVENT, roles=EDITORS)
def bring_back(event_id: UUID, step_key: str) -> Page:
    """Take a dropped step up again."""
    _found(event_id, step_key)
    with transaction(unaudited="there already"):
        locked_event(event_id)
        preparation.bring_back(event_id, step_key, now=clock.now())
    return _back(event_id, step_key)


def _found(event_id: UUID, step_key: str) -> tuple[Event, Planned]:
    event = event_of(event_id)
    return event, next((step for step in shown.planned(event) if step.key == step_key), None) or abort(404)


def _back(event_id: UUID, step_key: str = "") -> BaseResponse:
    place = f"step-{step_key}" if step_key else None
    return redirect(url_for("preparation.index", event_id=event_id, _anchor=place), 303)
