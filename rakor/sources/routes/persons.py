"""One person's presence: where, by which means, a mark by hand with a reason, and absences with their papers."""

from uuid import UUID

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from rakor import clock
from rakor.accounts.rules import REGISTRARS
from rakor.attendance.store import checkpoints, made
from rakor.checkin.routes.pages import likely_place
from rakor.db import transaction
from rakor.events import store as events
from rakor.registrations import store as registrations
from rakor.registrations.models import Registration
from rakor.seats.paper_photos import judged
from rakor.seats.routes.assignments import paper_answer
from rakor.seats.rules.papers import MOST_PAPER_BYTES, PaperProblem
from rakor.seats.words import PAPER_PROBLEMS
from rakor.signatures.store import at_desk
from rakor.sources import words
from rakor.sources.forms import AbsenceForm, MarkForm
from rakor.sources.routes.front import blueprint
from rakor.sources.store import absences, marking
from rakor.sources.store.absences import Paper
from rakor.web.access import Scope, current_user, policy, principal
from rakor.web.forms import FORM_ROOM

ONE = "/events/<uuid:event_id>/people/<uuid:registration_id>"
Page = BaseResponse | tuple[str, int]


@blueprint.get(f"{ONE}/presence")
@policy("presence.person", Scope.EVENT, roles=REGISTRARS)
def show_person(event_id: UUID, registration_id: UUID) -> Page:
    """Where the person has been, and the forms."""
    return _page(_person(event_id, registration_id), 200)


@blueprint.post(f"{ONE}/presence")
@policy("presence.mark", Scope.EVENT, roles=REGISTRARS)
def mark_person(event_id: UUID, registration_id: UUID) -> Page:
    """Record the person by hand; the same form sent twice is one mark."""
    row = _person(event_id, registration_id)
    form = _mark_form(event_id, posted=True)
    if not form.accepted():
        return _page(row, 422, mark=form)
    now = clock.now()
    with transaction(unaudited="the same form again changes nothing"):
        place = made.chosen(checkpoints.ensure(event_id, now=now), str(form.place.data))
        marking.mark_by_hand(
            event_id, row.id, place.id, str(form.reason.data), form_id=form.own_id, by_id=current_user().id,
            at=form.at.moment(form.zone) or now, now=now,
        )  # fmt: skip
    flash(_("Kehadiran dicatat, dengan nama Anda dan alasannya."), "ok")
    return _back(event_id, registration_id)


@blueprint.post(f"{ONE}/absences")
@policy("presence.excuse", Scope.EVENT, roles=REGISTRARS)
def excuse_person(event_id: UUID, registration_id: UUID) -> Page:
    """Note that the person is excused or ill on a day, with a paper where there is one."""
    request.max_content_length = MOST_PAPER_BYTES + FORM_ROOM
    row = _person(event_id, registration_id)
    form = _absence_form(event_id, posted=True)
    paper, problem = _read_paper()
    good = form.accepted()
    if problem is not None:
        form.paper.errors = [str(PAPER_PROBLEMS[problem])]
    if not good or problem is not None:
        return _page(row, 422, absence=form)
    day, kind, why = UUID(str(form.day.data)), form.kind.word, str(form.why.data)
    with transaction():
        absences.excuse(event_id, row.id, day, kind, why, paper, by_id=current_user().id, now=clock.now())
    flash(_("Keterangan disimpan. Orang yang tetap datang tetap dihitung hadir."), "ok")
    return _back(event_id, registration_id)


@blueprint.get(f"{ONE}/absences/<uuid:absence_id>/file")
@policy("presence.evidence", Scope.EVENT, roles=REGISTRARS)
def show_evidence(event_id: UUID, registration_id: UUID, absence_id: UUID) -> Response:
    """The paper of an absence."""
    row = absences.absence(event_id, registration_id, absence_id) or abort(404)
    return paper_answer(absences.evidence(row))


@blueprint.post(f"{ONE}/absences/<uuid:absence_id>/removal")
@policy("presence.unexcuse", Scope.EVENT, roles=REGISTRARS)
def drop_absence(event_id: UUID, registration_id: UUID, absence_id: UUID) -> Page:
    """Take an absence back, with its paper; once more changes nothing."""
    with transaction(unaudited="it is gone already"):
        events.locked_event(event_id)
        row = absences.absence(event_id, registration_id, absence_id)
        if row is not None:
            absences.drop(row)
    flash(_("Keterangan dihapus."), "ok")
    return _back(event_id, registration_id)


def panel(event_id: UUID, registration_id: UUID) -> str:
    """Return the part of a person's page that says where the person has been."""
    may_edit = principal().may(REGISTRARS)
    return render_template("sources/_person.html", may_edit=may_edit, leads_on=True, **_said(event_id, registration_id))


def _said(event_id: UUID, registration_id: UUID) -> dict[str, object]:
    return {
        "event": events.event(event_id),
        "registration_id": registration_id,
        "here": marking.presences(event_id, registration_id),
        "absences": absences.absences(event_id, registration_id),
        "days": {UUID(key): name for key, name in _days(event_id)},
        "words": words,
        "may_sign": principal().may(REGISTRARS) and at_desk(event_id),
    }


def _person(event_id: UUID, registration_id: UUID) -> Registration:
    return registrations.registration(event_id, registration_id) or abort(404)


def _days(event_id: UUID) -> list[tuple[str, str]]:
    return [(str(one.day_id), one.name) for one in checkpoints.places(event_id) if one.item_id is None]


def _mark_form(event_id: UUID, *, posted: bool = False) -> MarkForm:
    event = events.event(event_id) or abort(404)
    form = MarkForm(request.form if posted else None)
    found = made.choices(event_id)
    form.offer([(str(one.id), one.name) for one in found], event.zone)
    if not posted:
        likely = likely_place(event, found, clock.now())
        form.place.data = str(likely.id) if likely else None
    return form


def _absence_form(event_id: UUID, *, posted: bool = False) -> AbsenceForm:
    return AbsenceForm(request.form if posted else None).offer(_days(event_id))


def _read_paper() -> tuple[Paper | None, PaperProblem | None]:
    """Return the paper, or why it is refused; neither where none was chosen."""
    sent = request.files.get("paper")
    content = sent.read(MOST_PAPER_BYTES + 1) if sent else b""
    if not content:
        return None, None
    kind, kept = judged(content)
    return (None, kind) if isinstance(kind, PaperProblem) else ((kind, kept), None)


def _back(event_id: UUID, registration_id: UUID) -> BaseResponse:
    return redirect(url_for("sources.show_person", event_id=event_id, registration_id=registration_id), 303)


def _page(row: Registration, status: int, mark: MarkForm | None = None, absence: AbsenceForm | None = None) -> Page:
    event = events.event(row.event_id) or abort(404)
    page = render_template(
        "sources/person.html",
        event_title=event.short_title,
        demo_notice=bool(event.demo_world),
        name=registrations.display_name(row),
        mark=mark or _mark_form(row.event_id),
        absence=absence or _absence_form(row.event_id),
        reasons=marking.reasons(row.event_id, row.id),
        may_edit=True,
        leads_on=False,
        **_said(row.event_id, row.id),
    )
    return page, status
