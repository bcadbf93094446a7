""" "Putaran WhatsApp": one office or province after another, one touch each; one comes back to where one was."""

from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from rakor import clock
from rakor.accounts.rules import REGISTRARS
from rakor.db import transaction
from rakor.events.models import Event
from rakor.messages import rounds as store
from rakor.messages import words
from rakor.messages.round_form import RoundForm
from rakor.messages.round_models import Round
from rakor.messages.routes.base import Page, blueprint, event_of, staff_context
from rakor.messages.rules.placeholders import ROUND_PLACEHOLDERS
from rakor.messages.rules.rounds import Over, Step
from rakor.web.access import Scope, current_user, policy

BASE = "/events/<uuid:event_id>/rounds"
ONE = f"{BASE}/<uuid:round_id>"
KEPT = 10


@blueprint.get(BASE)
@policy("rounds.list", Scope.EVENT, roles=REGISTRARS)
def rounds(event_id: UUID) -> Page:
    """The rounds that were begun, and the form that begins another."""
    event, over = event_of(event_id), request.args.get("over", "")
    form = _form(event).start_from(Over(over) if over in set(Over) else Over.OFFICES)
    form.province.data = request.args.get("province", "")[:2]
    return _list(event, form)


@blueprint.post(BASE)
@policy("rounds.begin", Scope.EVENT, roles=REGISTRARS)
def begin_round(event_id: UUID) -> Page:
    """Begin a round."""
    event = event_of(event_id)
    form = _form(event)
    if not form.accepted():
        return _list(event, form), 422
    with transaction():
        row = store.begin(event_id, form.values(), by=current_user().id, now=clock.now())
    return _on(row)


@blueprint.get(ONE)
@policy("rounds.show", Scope.EVENT, roles=REGISTRARS)
def show_round(event_id: UUID, round_id: UUID) -> Page:
    """The next office or province with its words."""
    event = event_of(event_id)
    found = store.standing(event, _round(event_id, round_id))
    return render_template("messages/round.html", **staff_context(event, "rounds"), it=found, words=words, over=Over)


@blueprint.post(f"{ONE}/steps")
@policy("rounds.step", Scope.EVENT, roles=REGISTRARS)
def take_step(event_id: UUID, round_id: UUID) -> Page:
    """Note what was done here, and go on to the next."""
    step = request.form.get("step", "")
    try:
        subject_id = UUID(request.form.get("subject", ""))
        wanted = Step(step)
    except ValueError:
        abort(400)
    with transaction(unaudited="what was done here already, or was skipped, changes no fact"):
        row = _round(event_id, round_id)
        if not store.take(row, subject_id, wanted, now=clock.now()):
            abort(404)
    return _on(row)


@blueprint.post(f"{ONE}/return")
@policy("rounds.return", Scope.EVENT, roles=REGISTRARS)
def go_back(event_id: UUID, round_id: UUID) -> Page:
    """Come back to the stop before."""
    with transaction(unaudited="where one is in a round is no fact"):
        row = _round(event_id, round_id)
        store.go_back(row)
    return _on(row)


@blueprint.post(f"{ONE}/end")
@policy("rounds.end", Scope.EVENT, roles=REGISTRARS)
def end_round(event_id: UUID, round_id: UUID) -> Page:
    """End a round where it is."""
    with transaction():
        store.end(_round(event_id, round_id), now=clock.now())
    flash(_("Putaran diakhiri."), "ok")
    return redirect(url_for("messages.rounds", event_id=event_id), 303)


def _round(event_id: UUID, round_id: UUID) -> Round:
    return store.round_of(event_id, round_id) or abort(404)


def _on(row: Round) -> Page:
    return redirect(url_for("messages.show_round", event_id=row.event_id, round_id=row.id), 303)


def _form(event: Event) -> RoundForm:
    form = RoundForm.read()
    assert isinstance(form, RoundForm)
    return form.offer(event)


def _list(event: Event, form: RoundForm) -> str:
    over = Over(form.over.data) if form.over.data in set(Over) else Over.OFFICES
    return render_template(
        "messages/rounds.html",
        **staff_context(event, "rounds"),
        form=form,
        over=over,
        found=[store.standing(event, row, with_stop=False) for row in store.rounds(event.id)[:KEPT]],
        words=words,
        placeholders=[(name, words.PLACEHOLDERS[name]) for name in ROUND_PLACEHOLDERS[over]],
    )
