"""Reviewed, approved, a new version: where the minutes of a session stand, and what was approved."""

from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from rakor import clock
from rakor.agenda.store import ItemView
from rakor.db import transaction
from rakor.events import store as events
from rakor.minutes.notes_forms import ReasonForm
from rakor.minutes.notes_words import HEAD_WORDS, HINDRANCES, head_words
from rakor.minutes.routes.notes_page import APPROVERS, ONE, READ, WRITERS, Page, blueprint, event_of, item_of, whose
from rakor.minutes.rules.content import differences
from rakor.minutes.rules.standing import Hindrance, Signing, approving, reviewing
from rakor.minutes.rules.words import State
from rakor.minutes.store import approval, notes, said
from rakor.minutes.store.approval import Approver
from rakor.web.access import Scope, current_user, policy

NOTHING = "what stands in the way changes nothing"


@blueprint.post(f"{ONE}/review")
@policy("minutes.review", Scope.EVENT, roles=WRITERS)
def review(event_id: UUID, item_id: UUID) -> Response:
    """Call the minutes reviewed, or with ``back=yes`` a draft again."""
    _begun(event_id, item_id)
    with transaction(unaudited=NOTHING):
        row = notes.locked(event_id, item_id)
        back = request.form.get("back") == "yes"
        hindrance = reviewing(row.state, notes.notes_of(event_id, item_id))
        if back and row.state is State.REVIEWED:
            approval.send_back(row)
        elif hindrance is None and not back:
            approval.review(row, Approver(current_user().id, clock.now()))
    if back:
        return _to(event_id, item_id, done=_("Notula kembali menjadi draf."))
    return _to(event_id, item_id, hindrance, _("Notula ditandai sudah diperiksa. Pimpinan dapat mengesahkannya."))


@blueprint.post(f"{ONE}/approval")
@policy("minutes.approve", Scope.EVENT, roles=APPROVERS)
def approve(event_id: UUID, item_id: UUID) -> Response:
    """Approve what the page showed (``mark``) and lock it; where it says something else by now, it is read again."""
    event, item, now = event_of(event_id), _begun(event_id, item_id), clock.now()
    with transaction(unaudited=NOTHING):
        events.locked_event(event_id)  # so no conclusion of the session is written meanwhile
        row = notes.locked(event_id, item_id)
        found = notes.notes_of(event_id, item_id)
        content = said.content(event, item, row, found)
        signing = Signing(row.chair_name, row.taker_name)
        hindrance = approving(row.state, found, signing, read=request.form.get("mark", ""), now=said.mark(content))
        if hindrance is None:
            approval.approve(row, said.counted(event, item, content, now=now), Approver(current_user().id, now))
    return _to(event_id, item_id, hindrance, _("Notula disahkan dan dikunci. Perubahan berikutnya menjadi versi baru."))


@blueprint.post(f"{ONE}/revision")
@policy("minutes.revise", Scope.EVENT, roles=WRITERS)
def revise(event_id: UUID, item_id: UUID) -> Response:
    """Open the next version of approved minutes, with a reason."""
    _begun(event_id, item_id)
    form = ReasonForm.read()
    assert isinstance(form, ReasonForm)
    if not form.accepted():
        flash(str(form.reason.errors[0]), "bad")
        return _to(event_id, item_id)
    with transaction(unaudited=NOTHING):
        row = notes.locked(event_id, item_id)
        hindrance = None if row.state is State.APPROVED else Hindrance.NOT_LOCKED
        if hindrance is None:
            approval.revise(row, form.reason.data or "")
        number = row.number
    return _to(event_id, item_id, hindrance, _("Versi %(n)s dibuka. Versi yang disahkan tetap dapat dibaca.", n=number))


@blueprint.get(f"{ONE}/versions/<int:number>")
@policy("minutes.version", Scope.EVENT, roles=READ)
def show_version(event_id: UUID, item_id: UUID, number: int) -> Page:
    """A version as it was approved, and what it says otherwise than the one before."""
    event, item = event_of(event_id), item_of(event_id, item_id)
    row = approval.version(event_id, item_id, number) or abort(404)
    before, content = approval.version(event_id, item_id, number - 1), approval.content(row)
    return render_template(
        "minutes/version.html",
        item=item,
        version=row,
        content=content,
        found=differences(approval.content(before), content) if before else None,
        names=notes.writers([row.approved_by_id, row.reviewed_by_id]),
        others=approval.versions(event_id, item_id),
        HEAD_WORDS=HEAD_WORDS,
        head_words=head_words,
        **whose(event),
    )


def _begun(event_id: UUID, item_id: UUID) -> ItemView:
    """Return a session whose minutes were begun; nothing can be said of others, and asking begins none."""
    item = item_of(event_id, item_id)
    if notes.minutes(event_id, item_id) is None:
        flash(str(HINDRANCES[Hindrance.EMPTY]), "warn")
        abort(redirect(url_for("minutes.show", event_id=event_id, item_id=item_id), 303))
    return item


def _to(event_id: UUID, item_id: UUID, hindrance: Hindrance | None = None, done: str = "") -> Response:
    if hindrance is not None:
        flash(str(HINDRANCES[hindrance]), "warn")
    elif done:
        flash(done, "ok")
    return redirect(url_for("minutes.show", event_id=event_id, item_id=item_id), 303)
