"""Notula: the sessions with how far their minutes are, and the minutes of one, written note by note."""

from uuid import UUID

from flask import Response, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from rakor import clock
from rakor.db import transaction
from rakor.events.listings import offer_all
from rakor.minutes.notes_forms import EditForm
from rakor.minutes.notes_listings import LISTINGS, lines
from rakor.minutes.notes_words import REFUSALS
from rakor.minutes.routes import notes_approval, notes_head, notes_papers
from rakor.minutes.routes.notes_page import (
    BASE,
    ONE,
    READ,
    WRITERS,
    Page,
    blueprint,
    editor_page,
    event_of,
    item_of,
    notes_context,
    people_of,
    whose,
)
from rakor.minutes.store import notes
from rakor.minutes.store.notes import Outcome
from rakor.web.access import Scope, current_user, policy
from rakor.web.errors import wants_json
from rakor.web.nav import NavItem

NAV = (NavItem(_l("Notula"), "edit", "minutes.index", READ, 310, "minutes."),)
offer_all(blueprint, LISTINGS)
assert notes_head
assert notes_approval
assert notes_papers
KEEPS_WRITER = "an edit is a row that keeps who wrote it and when"


@blueprint.get(BASE)
@policy("minutes.index", Scope.EVENT, roles=READ)
def index(event_id: UUID) -> str:
    """Every session with the state of its minutes, how many notes they have, and who wrote last."""
    event = event_of(event_id)
    return render_template("minutes/index.html", lines=lines(event), user_id=current_user().id, **whose(event))


@blueprint.get(ONE)
@policy("minutes.show", Scope.EVENT, roles=READ)
def show(event_id: UUID, item_id: UUID) -> Page:
    """The minutes of one session; ``?after=`` names the note behind which the next one is put."""
    return editor_page(event_of(event_id), item_of(event_id, item_id), after=request.args.get("after", ""))


@blueprint.get(f"{ONE}/notes")
@policy("minutes.notes", Scope.EVENT, roles=READ)
def list_notes(event_id: UUID, item_id: UUID) -> Response | str:
    """The notes as they stand; 204 where ``?seen=`` names what the page shows already.

    Of notes that the page must have only their places come.
    """
    event, item = event_of(event_id), item_of(event_id, item_id)
    had = request.args.get("seen", "")
    if had == notes.seen(event_id, item_id):
        return Response(status=204)
    return render_template("minutes/_fresh.html", **notes_context(event, item, notes.last_seen_at(had)))


@blueprint.post(f"{ONE}/edits")
@policy("minutes.edit", Scope.EVENT, roles=WRITERS)
def edit(event_id: UUID, item_id: UUID) -> Page:
    """Keep one edit of a note: a form's, or with ``Accept: application/json`` the browser's own log's."""
    event, item = event_of(event_id), item_of(event_id, item_id)
    form = EditForm.read()
    assert isinstance(form, EditForm)
    if not form.prepare(people_of(event_id, item)).accepted():
        return _refused(form) if wants_json() else editor_page(event, item, form, status=422)
    sent = form.read_edit(current_user().id, clock.now())
    if not sent.text and not sent.parents and not sent.is_removed and not wants_json():
        form.text.errors = [_("Tulis isi butirnya.")]
        return editor_page(event, item, form, status=422)
    with transaction(unaudited=KEEPS_WRITER):
        outcome = notes.keep(notes.locked(event_id, item_id), sent)
    if wants_json():
        return _told(outcome)
    if outcome is not Outcome.STORED:
        return editor_page(event, item, form, status=409, wrong=str(REFUSALS[outcome]))
    flash(_("Butir dihapus; masih dapat dikembalikan.") if sent.is_removed else _("Butir tersimpan."), "ok")
    return redirect(url_for("minutes.show", event_id=event_id, item_id=item_id, _anchor=f"note-{sent.note_id}"), 303)


def _told(outcome: Outcome) -> BaseResponse:
    answer: BaseResponse = jsonify(outcome=outcome, words=str(REFUSALS.get(outcome, "")))
    answer.status_code = 200 if outcome is Outcome.STORED else 409
    return answer


def _refused(form: EditForm) -> BaseResponse:
    words = " ".join(str(word) for field in form for word in field.errors)
    answer: BaseResponse = jsonify(outcome="wrong", words=words)
    answer.status_code = 422
    return answer


