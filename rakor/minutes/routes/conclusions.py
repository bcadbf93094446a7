"""Kesimpulan, rekomendasi, keputusan: the numbered list, written, put in order, approved, withdrawn."""

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from rakor import clock
from rakor.accounts.rules import EDITORS, GRANTERS, READERS, Role
from rakor.agenda import store as agenda
from rakor.agenda.store import ItemView
from rakor.db import transaction
from rakor.events import store as events
from rakor.events.listings import offer_all
from rakor.events.models import Event
from rakor.minutes import conclusion_words as words
from rakor.minutes.conclusion_forms import ConclusionForm
from rakor.minutes.conclusion_listings import LISTINGS
from rakor.minutes.conclusion_models import Conclusion
from rakor.minutes.rules.conclusions import ConclusionProblem, Direction, change_problem, is_approved
from rakor.minutes.store import conclusions as store
from rakor.minutes.store import follow_ups, notes
from rakor.web.access import Scope, current_user, policy, principal
from rakor.web.nav import NavItem

blueprint = Blueprint("conclusions", __name__)
offer_all(blueprint, LISTINGS)
WRITERS = EDITORS | {Role.NOTE_TAKER}
NAV = (NavItem(_l("Kesimpulan"), "list", "conclusions.show", READERS, 311, "conclusions."),)
Page = str | BaseResponse | tuple[str, int]
ALL = "/events/<uuid:event_id>/conclusions"
ONE = f"{ALL}/<uuid:conclusion_id>"


@blueprint.get(ALL)
@policy("conclusions.show", Scope.EVENT, roles=READERS)
def show(event_id: UUID) -> Page:
    """The list in the order of its numbers, and the form for one more."""
    return _page(_event(event_id), None)


@blueprint.post(ALL)
@policy("conclusions.add", Scope.EVENT, roles=WRITERS)
def add(event_id: UUID) -> Page:
    """Write one under the next number."""
    event = _event(event_id)
    form = _form(event, posted=True)
    if not form.accepted():
        return _page(event, form), 422
    with transaction(unaudited="the minutes of the session were approved meanwhile"):
        made = store.add(event_id, form.draft(), notes.approved_items(event_id), by=current_user().id, now=clock.now())
    if isinstance(made, ConclusionProblem):
        form.item.errors = [str(words.PROBLEMS[made])]
        return _page(event, form), 409
    flash(_("Butir %(n)s tersimpan.", n=made.number), "ok")
    return redirect(url_for("conclusions.show", event_id=event_id) + f"#k-{made.number}", 303)


@blueprint.get(ONE)
@policy("conclusions.one", Scope.EVENT, roles=READERS)
def one(event_id: UUID, conclusion_id: UUID) -> Page:
    """One of them: its words to change, its history, what follows from it."""
    event, row = _event(event_id), _row(event_id, conclusion_id)
    return _one_page(event, row, _form(event, keeping=row.agenda_item_id).show(row))


@blueprint.post(ONE)
@policy("conclusions.change", Scope.EVENT, roles=WRITERS)
def change(event_id: UUID, conclusion_id: UUID) -> Page:
    """Change its words, kind, session or readers."""
    event, row = _event(event_id), _row(event_id, conclusion_id)
    form = _form(event, posted=True, keeping=row.agenda_item_id)
    if not form.accepted():
        return _one_page(event, row, form), 422
    with transaction(unaudited="a conclusion that is locked, or said the same again"):
        approved = notes.approved_items(event_id)
        problem = store.change(event_id, conclusion_id, form.draft(), approved, now=clock.now())
    if problem is not None:
        form.text.errors = [str(words.PROBLEMS[problem])]
        return _one_page(event, _row(event_id, conclusion_id), form), 409
    flash(_("Perubahan tersimpan."), "ok")
    return redirect(url_for("conclusions.show", event_id=event_id), 303)


@blueprint.post(f"{ONE}/place")
@policy("conclusions.move", Scope.EVENT, roles=WRITERS)
def move(event_id: UUID, conclusion_id: UUID) -> Page:
    """Let it change numbers with the one above or below."""
    word = request.form.get("direction", "")
    direction = Direction(word) if word in set(Direction) else abort(400)
    with transaction(unaudited="a conclusion at the end of the list stays there"):
        problem = store.move(event_id, conclusion_id, direction, notes.approved_items(event_id))
    return _said(event_id, problem, _("Nomor ditukar."))


@blueprint.post(f"{ONE}/withdrawal")
@policy("conclusions.withdraw", Scope.EVENT, roles=WRITERS)
def withdraw(event_id: UUID, conclusion_id: UUID) -> Page:
    """Take it off the list; its number is not given again."""
    _row(event_id, conclusion_id)
    with transaction(unaudited="a conclusion that is locked, or gone already"):
        problem = store.withdraw(event_id, conclusion_id, notes.approved_items(event_id), now=clock.now())
    return _said(event_id, problem, _("Butir ditarik. Nomornya tidak dipakai lagi."))


@blueprint.post(f"{ONE}/approval")
@policy("conclusions.approve", Scope.EVENT, roles=GRANTERS)
def approve(event_id: UUID, conclusion_id: UUID) -> Page:
    """Approve one that has no session, or with ``undo`` take that back."""
    _row(event_id, conclusion_id)
    by = None if request.form.get("undo") else current_user().id
    with transaction(unaudited="a conclusion of a session, or said again"):
        problem = store.approve(event_id, conclusion_id, by=by, now=clock.now())
    return _said(event_id, problem, _("Butir disetujui.") if by else _("Persetujuan dicabut."))


def sessions(event_id: UUID) -> list[ItemView]:
    """Return the programme in its order."""
    return agenda.items(event_id, agenda.EVERYTHING)


def _event(event_id: UUID) -> Event:
    return events.event(event_id) or abort(404)


def _row(event_id: UUID, conclusion_id: UUID) -> Conclusion:
    return store.conclusion(event_id, conclusion_id) or abort(404)


def _form(event: Event, *, posted: bool = False, keeping: UUID | None = None) -> ConclusionForm:
    closed = notes.approved_items(event.id)
    offered = [(one.id, one.title) for one in sessions(event.id) if one.id not in closed or one.id == keeping]
    return ConclusionForm(request.form if posted else None).offer(offered)


def _said(event_id: UUID, problem: ConclusionProblem | None, done: str) -> BaseResponse:
    flash(str(words.PROBLEMS[problem]) if problem else done, "warn" if problem else "ok")
    return redirect(url_for("conclusions.show", event_id=event_id), 303)


def _context(event: Event) -> dict[str, Any]:
    approved = notes.approved_items(event.id)
    may_write = principal().may(WRITERS)
    return {
        "event": event,
        "event_title": event.short_title,
        "demo_notice": event.demo_world is not None,
        "words": words,
        "titles": {one.id: one.title for one in sessions(event.id)},
        "may_write": may_write,
        "may_approve": principal().may(GRANTERS),
        "is_approved": lambda row: is_approved(store.standing(row), approved),
        "may_change": lambda row: may_write and change_problem(store.standing(row), approved) is None,
    }


def _page(event: Event, form: ConclusionForm | None) -> str:
    return render_template(
        "minutes/conclusions.html",
        rows=store.of_event(event.id),
        counts=follow_ups.counts_by_conclusion(event.id),
        form=form or _form(event),
        **_context(event),
    )


def _one_page(event: Event, row: Conclusion, form: ConclusionForm) -> str:
    return render_template(
        "minutes/conclusion.html",
        row=row,
        form=form,
        history=store.history(event.id, row.id),
        follow_ups=[one for one in follow_ups.of_event(event.id) if one.conclusion_id == row.id],
        **_context(event),
    )
