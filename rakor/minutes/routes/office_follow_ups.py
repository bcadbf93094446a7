"""An office's follow-ups behind its own link: what is asked of it, its answers and evidence; after the event too."""

from uuid import UUID

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup

from rakor import clock
from rakor.db import transaction
from rakor.events import store as events
from rakor.events.models import Event
from rakor.minutes import follow_up_words as words
from rakor.minutes.evidence_reading import MOST_BYTES, read_proofs, saved
from rakor.minutes.follow_up_forms import OfficeAnswerForm
from rakor.minutes.follow_up_models import FollowUpEvidence
from rakor.minutes.routes.follow_up_base import blueprint
from rakor.minutes.rules.follow_ups import AnswerProblem, Status, is_late
from rakor.minutes.store import roll_up, rows
from rakor.minutes.store.rows import Part, Said
from rakor.offices.models import Office
from rakor.seats import store as seats
from rakor.seats.answer_view import ASKING
from rakor.seats.routes.device import remember
from rakor.seats.routes.speaking import OFFICE, asking_the_organiser, standing_of, subject, voice_of
from rakor.seats.store import Standing
from rakor.seats.words import SPEAKING
from rakor.web import times
from rakor.web.access import Scope, policy
from rakor.web.locale import language

MINE = "/o/<token>/follow-ups"


@blueprint.get(MINE)
@policy("follow_ups.own", Scope.LINK, purposes=OFFICE)
def own(token: str) -> Response:
    """Everything asked of the office, the next due first."""
    event, office = subject()
    parts, today = rows.of_office(event.id, office.id), clock.today(event.zone)
    return remember(render_template(
        "minutes/office_follow_ups.html", event=event, office=office, token=token, words=words,
        lines=[(part, is_late(part.row.status, part.asked.due_on, today)) for part in parts],
        done=sum(part.row.status is Status.DONE for part in parts),
    ))  # fmt: skip


@blueprint.get(f"{MINE}/<uuid:row_id>")
@policy("follow_ups.own_row", Scope.LINK, purposes=OFFICE)
def own_row(token: str, row_id: UUID) -> Response:
    """One of them, with the form and what was said before."""
    event, office = subject()
    part = _part(event, office, row_id)
    return remember(_page(event, office, token, part, OfficeAnswerForm().start(part.row.status)))


@blueprint.post(f"{MINE}/<uuid:row_id>")
@policy("follow_ups.own_answer", Scope.LINK, purposes=OFFICE)
def own_answer(token: str, row_id: UUID) -> Response:
    """Take an answer whole or not at all; the first phone that answers becomes the office's voice."""
    request.max_content_length = MOST_BYTES
    event, office = subject()
    part, form = _part(event, office, row_id), OfficeAnswerForm(request.form)
    good = form.accepted()
    proofs = read_proofs(form, rows.evidence_ever(event.id, part.row.id))
    if not good or proofs is None:
        return remember((_page(event, office, token, part, form), 422))
    said = Said(form.status.word, form.note.data or "", proofs, key=form.key)
    stands, problem = _take(event, office, part, said, form)
    if not stands.may:
        form.phone.errors = [str(SPEAKING[stands.speaking])]
        return remember((_page(event, office, token, part, form, stands), 409))
    if problem is not None:
        form.note.errors = [str(words.PROBLEMS[problem])]
        return remember((_page(event, office, token, part, form, stands), 422))
    roll_up.forget()
    at = times.clock_zone(clock.now(), office.zone, language())
    flash(_("Jawaban tersimpan %(at)s. Panitia sudah dapat melihatnya.", at=at), "ok")
    return remember(redirect(url_for("follow_ups.own_row", token=token, row_id=row_id), 303))


def _take(
    event: Event, office: Office, part: Part, said: Said, form: OfficeAnswerForm
) -> tuple[Standing, AnswerProblem | None]:
    """Judge the phone and keep the answer, in one transaction: a phone that may not speak leaves nothing behind."""
    voice, now = voice_of(event, office, form), clock.now()
    with transaction(unaudited="an answer that is refused, or sent again, changes nothing"):
        events.locked_event(event.id)
        stands = seats.standing(event.id, office.id, voice)
        problem = rows.answer(event.id, part.row.id, said, now=now) if stands.may else None
        if stands.may and problem is None:
            seats.let_speak(event.id, office.id, voice, now=now)
    return stands, problem


@blueprint.get(f"{MINE}/evidence/<uuid:evidence_id>")
@policy("follow_ups.own_evidence", Scope.LINK, purposes=OFFICE)
def own_evidence(token: str, evidence_id: UUID) -> Response:
    """A file the office sent, on a phone that may speak for it."""
    event, office = subject()
    one = _piece(event, office, evidence_id)
    if not standing_of(event, office).may:
        abort(403)
    return saved(rows.content(one))


@blueprint.post(f"{MINE}/evidence/<uuid:evidence_id>/removal")
@policy("follow_ups.own_evidence_drop", Scope.LINK, purposes=OFFICE)
def own_evidence_drop(token: str, evidence_id: UUID) -> Response:
    """Take a piece of evidence back; that it was there stays in the history."""
    event, office = subject()
    one = _piece(event, office, evidence_id)
    if not standing_of(event, office).may:
        abort(409)
    with transaction(unaudited="it is gone already"):
        rows.take_back(event.id, evidence_id, now=clock.now())
    roll_up.forget()
    flash(_("Bukti ditarik."), "ok")
    return remember(redirect(url_for("follow_ups.own_row", token=token, row_id=one.row_id), 303))


def beside_answer(event: Event, office: Office, token: str) -> str:
    """Return what the office's own page says of its follow-ups, as HTML; "" where nothing is asked of it."""
    parts = rows.of_office(event.id, office.id)
    if not parts:
        return ""
    today = clock.today(event.zone)
    waiting = [part for part in parts if part.row.status is not Status.DONE]
    late = sum(is_late(part.row.status, part.asked.due_on, today) for part in waiting)
    return Markup(render_template(
        "minutes/_office_beside.html", token=token, count=len(parts), waiting=waiting, late=late,
    ))  # fmt: skip


def _part(event: Event, office: Office, row_id: UUID) -> Part:
    part = rows.part(event.id, row_id)
    if part is None or part.row.office_id != office.id:
        abort(404)
    return part


def _piece(event: Event, office: Office, evidence_id: UUID) -> FollowUpEvidence:
    one = rows.piece(event.id, evidence_id) or abort(404)
    _part(event, office, one.row_id)
    return one


def _page(
    event: Event, office: Office, token: str, part: Part, form: OfficeAnswerForm, stands: Standing | None = None
) -> str:
    stands = stands or standing_of(event, office)
    today = clock.today(event.zone)
    if not stands.may:
        form.asked()
    return render_template(
        "minutes/office_follow_up.html", event=event, office=office, token=token, part=part, form=form, words=words,
        standing=stands, asking=None if stands.may else asking_the_organiser(event, office),
        asks_number=stands.speaking in ASKING, late=is_late(part.row.status, part.asked.due_on, today),
        answers=rows.answers(event.id, [part.row.id])[part.row.id],
        proofs=rows.evidence(event.id, [part.row.id])[part.row.id], posted=request.method == "POST",
    )  # fmt: skip
