"""Letters of assignment (surat tugas): sent by the office, read by the organiser, taken back until the deadline."""

from uuid import UUID

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from rakor import clock
from rakor.accounts.rules import REGISTRARS
from rakor.db import transaction
from rakor.events import store as events
from rakor.events.models import Event
from rakor.files import Kept
from rakor.offices.models import Office
from rakor.seats import paper_photos, store
from rakor.seats.office_forms import AssignmentForm
from rakor.seats.office_models import AssignmentLetter
from rakor.seats.routes.base import Page, blueprint
from rakor.seats.routes.device import remember
from rakor.seats.routes.speaking import OFFICE, standing_of, subject
from rakor.seats.rules import AnswerDoor
from rakor.seats.rules.papers import MOST_PAPER_BYTES, MOST_PAPERS, PaperKind, PaperProblem
from rakor.seats.words import PAPER_PROBLEMS
from rakor.web.access import Scope, policy
from rakor.web.forms import FORM_ROOM

PAPER_CSP = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'"


@blueprint.get("/o/<token>/assignments")
@policy("seats.assignments", Scope.LINK, purposes=OFFICE)
def assignments(token: str) -> Response:
    """What the office has sent, and the form for one more."""
    event, office = subject()
    return remember(_page(event, office, token, AssignmentForm()))


@blueprint.post("/o/<token>/assignments")
@policy("seats.assignment_send", Scope.LINK, purposes=OFFICE)
def assignment_send(token: str) -> Response:
    """Keep a letter of assignment, judged by its content."""
    request.max_content_length = MOST_PAPER_BYTES + FORM_ROOM
    event, office = subject()
    _may_change(event, office)
    form = AssignmentForm.read()
    assert isinstance(form, AssignmentForm)
    kind, content = _read_paper()
    if isinstance(kind, PaperProblem):
        form.validate()
        form.paper.errors = [str(PAPER_PROBLEMS[kind])]
    person = _person(event, office, form.person.data or "")
    if form.errors or not form.accepted() or isinstance(kind, PaperProblem) or form.dated_on.data is None:
        return remember((_page(event, office, token, form), 422))
    paper = store.Paper(form.number.data or "", form.dated_on.data, person, kind, content)
    with transaction(unaudited="the office has sent as many as it may"):
        events.locked_event(event.id)
        kept = store.assignment_count(event.id, office.id) < MOST_PAPERS
        if kept:
            store.keep_assignment(event.id, office.id, paper, now=clock.now())
    if not kept:
        form.paper.errors = [str(PAPER_PROBLEMS[PaperProblem.TOO_MANY])]
        return remember((_page(event, office, token, form), 422))
    flash(_("Surat tugas tersimpan. Panitia sudah dapat melihatnya."), "ok")
    return remember(redirect(url_for("seats.assignments", token=token), 303))


@blueprint.get("/o/<token>/assignments/<uuid:assignment_id>")
@policy("seats.own_assignment", Scope.LINK, purposes=OFFICE)
def own_assignment(token: str, assignment_id: UUID) -> Response:
    """The paper for the office that sent it, on a phone that may speak for it."""
    event, office = subject()
    row = _own(event, office, assignment_id)
    if not standing_of(event, office).may:
        abort(403)
    return paper_answer(store.assignment_file(row))


@blueprint.post("/o/<token>/assignments/<uuid:assignment_id>/removal")
@policy("seats.assignment_drop", Scope.LINK, purposes=OFFICE)
def assignment_drop(token: str, assignment_id: UUID) -> Response:
    """Take a letter of assignment back; until the deadline only."""
    event, office = subject()
    _may_change(event, office)
    _own(event, office, assignment_id)
    with transaction(unaudited="it is gone already"):
        events.locked_event(event.id)
        row = store.assignment(event.id, assignment_id)
        if row is not None:
            store.drop_assignment(row)
    flash(_("Surat tugas dihapus."), "ok")
    return remember(redirect(url_for("seats.assignments", token=token), 303))


@blueprint.get("/events/<uuid:event_id>/assignments/<uuid:assignment_id>")
@policy("seats.assignment", Scope.EVENT, roles=REGISTRARS)
def assignment(event_id: UUID, assignment_id: UUID) -> Response:
    """The paper for the organiser."""
    row = store.assignment(event_id, assignment_id)
    if row is None:
        abort(404)
    return paper_answer(store.assignment_file(row))


@blueprint.post("/events/<uuid:event_id>/assignments/<uuid:assignment_id>/removal")
@policy("seats.assignment_remove", Scope.EVENT, roles=REGISTRARS)
def assignment_remove(event_id: UUID, assignment_id: UUID) -> Page:
    """The organiser throws a wrong paper away, after the deadline too."""
    with transaction():
        events.locked_event(event_id)
        row = store.assignment(event_id, assignment_id)
        if row is None:
            abort(404)
        office_id = row.office_id
        store.drop_assignment(row)
    flash(_("Surat tugas dihapus."), "ok")
    return redirect(url_for("seats.offices_one", event_id=event_id, office_id=office_id), 303)


def paper_answer(kept: Kept | None) -> Response:
    """Return a paper for the browser's own viewer, where nothing else may load or run."""
    if kept is None:
        abort(404)
    answer = Response(kept.content, mimetype=kept.media_type)
    answer.headers["Content-Disposition"] = f"inline; filename={kept.name}"
    answer.headers["Content-Security-Policy"] = PAPER_CSP
    return answer


def _read_paper() -> tuple[PaperKind | PaperProblem, bytes]:
    sent = request.files.get("paper")
    return paper_photos.judged(sent.read(MOST_PAPER_BYTES + 1) if sent else b"")


def _person(event: Event, office: Office, word: str) -> UUID | None:
    """Whom the paper is for: one of the office's people now, else all of them."""
    people = {line.registration_id for line in store.seats_with_holders(event.id, [office.id])}
    return next((who for who in people if who is not None and who.hex == word), None)


def _own(event: Event, office: Office, assignment_id: UUID) -> AssignmentLetter:
    row = store.assignment(event.id, assignment_id)
    if row is None or row.office_id != office.id:
        abort(404)
    return row


def _may_change(event: Event, office: Office) -> None:
    if store.door_of(event, now=clock.now()) is not AnswerDoor.OPEN or not standing_of(event, office).may:
        abort(409)


def _page(event: Event, office: Office, token: str, form: AssignmentForm) -> str:
    lines = [line for line in store.seats_with_holders(event.id, [office.id]) if line.registration_id]
    names = {line.registration_id: line.name for line in lines}
    stands = standing_of(event, office)
    return render_template(
        "seats/assignments.html",
        event=event,
        office=office,
        token=token,
        form=form,
        papers=store.assignments(event.id, office.id),
        names=names,
        may=stands.may,
        is_open=store.door_of(event, now=clock.now()) is AnswerDoor.OPEN,
    )
