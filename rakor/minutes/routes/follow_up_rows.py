"""A province's offices with their evidence, and one row: its history, and what an organiser notes for the office."""

from uuid import UUID

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from rakor import clock
from rakor.accounts.rules import READERS
from rakor.db import transaction
from rakor.minutes import follow_up_words as words
from rakor.minutes.evidence_reading import MOST_BYTES, read_proofs, saved
from rakor.minutes.follow_up_chat import Chat, to_group, to_office
from rakor.minutes.follow_up_forms import AnswerForm
from rakor.minutes.routes.follow_up_base import (
    ALL,
    ANSWERERS,
    Page,
    blueprint,
    context,
    counted,
    event_of,
    follow_up_of,
)
from rakor.minutes.routes.follow_ups import asked_measure
from rakor.minutes.rules.follow_ups import Status
from rakor.minutes.rules.roll_up import Measure
from rakor.minutes.store import roll_up, rows
from rakor.minutes.store.rows import Part, Said
from rakor.regions.rules import reference
from rakor.web.access import Scope, current_user, policy, principal

ROW = f"{ALL}/rows/<uuid:row_id>"


@blueprint.get(f"{ALL}/provinces/<province_code>")
@policy("follow_ups.province", Scope.EVENT, roles=READERS)
def province(event_id: UUID, province_code: str) -> Page:
    """One province: its offices, what each said, and the evidence to open at once."""
    event, measure = event_of(event_id), asked_measure()
    name = roll_up.provinces(event).get(province_code) or abort(404)
    of, found = asked_id(), counted(event)
    asked = follow_up_of(event_id, of) if of else None
    there = [line for line in found.of(asked.id if asked else None) if line.province_code == province_code]
    narrowed = measure if request.args.get("show") and measure.is_lack else None
    shown = [line for line in there if line.counts(narrowed)]
    pending = [line for line in there if line.status is not Status.DONE]
    return render_template(
        "minutes/follow_up_province.html", province=name, province_code=province_code, row=asked, lines=shown,
        whole=roll_up.total(there), measure=measure, narrowed=narrowed, found=found,
        asked={one.id: one for one in found.follow_ups}, zone=reference().zone_of(province_code),
        proofs=rows.evidence(event_id, [line.id for line in shown if line.evidence_count]),
        group=to_group(event, name, pending) if pending and principal().may(ANSWERERS) else None, **context(event),
    )  # fmt: skip


@blueprint.get(ROW)
@policy("follow_ups.row", Scope.EVENT, roles=READERS)
def row(event_id: UUID, row_id: UUID) -> Page:
    """One row: what was said about it and when, its evidence, and the form for who answers on the phone."""
    part = part_of(event_id, row_id)
    return _row_page(event_id, part, AnswerForm().start(part.row.status))


@blueprint.post(ROW)
@policy("follow_ups.answer", Scope.EVENT, roles=ANSWERERS)
def answer(event_id: UUID, row_id: UUID) -> Page:
    """Note an answer for the office or person; it is marked as the organiser's."""
    request.max_content_length = MOST_BYTES
    part, form = part_of(event_id, row_id), AnswerForm(request.form)
    good = form.accepted()
    proofs = read_proofs(form, rows.evidence_ever(event_id, part.row.id))
    if not good or proofs is None:
        return _row_page(event_id, part, form), 422
    said = Said(form.status.word, form.note.data or "", proofs, current_user().id, by_staff=True, key=form.key)
    with transaction(unaudited="an answer that is refused, or sent again, changes nothing"):
        problem = rows.answer(event_id, row_id, said, now=clock.now())
    if problem is not None:
        form.note.errors = [str(words.PROBLEMS[problem])]
        return _row_page(event_id, part, form), 422
    roll_up.forget()
    flash(_("Jawaban dicatat, dengan nama Anda."), "ok")
    return redirect(url_for("follow_ups.row", event_id=event_id, row_id=row_id), 303)


@blueprint.get(f"{ALL}/evidence/<uuid:evidence_id>")
@policy("follow_ups.evidence", Scope.EVENT, roles=READERS)
def evidence(event_id: UUID, evidence_id: UUID) -> Response:
    """A file that shows what was done, to be saved."""
    one = rows.piece(event_id, evidence_id) or abort(404)
    return saved(rows.content(one))


@blueprint.post(f"{ALL}/evidence/<uuid:evidence_id>/removal")
@policy("follow_ups.evidence_drop", Scope.EVENT, roles=ANSWERERS)
def evidence_drop(event_id: UUID, evidence_id: UUID) -> Page:
    """Take a wrong piece of evidence back; that it was there stays in the history."""
    one = rows.piece(event_id, evidence_id) or abort(404)
    with transaction(unaudited="it is gone already"):
        rows.take_back(event_id, evidence_id, now=clock.now())
    roll_up.forget()
    flash(_("Bukti ditarik."), "ok")
    return redirect(url_for("follow_ups.row", event_id=event_id, row_id=one.row_id), 303)


def asked_id() -> UUID | None:
    """Return the follow-up that the address narrows to, or None."""
    try:
        return UUID(request.args.get("of", ""))
    except ValueError:
        return None


def part_of(event_id: UUID, row_id: UUID) -> Part:
    """Return a row of the event with its follow-up; one that was withdrawn does not exist here."""
    return rows.part(event_id, row_id) or abort(404)


def _row_page(event_id: UUID, part: Part, form: AnswerForm) -> str:
    event = event_of(event_id)
    line = next((one for one in roll_up.count_up(event, now=clock.now(), today=clock.today(event.zone)).lines
                 if one.id == part.row.id), None) or abort(404)  # fmt: skip
    chat: Chat | None = None
    if line.office_id and line.status is not Status.DONE and principal().may(ANSWERERS):
        chat = to_office(event, line, part.asked)
    return render_template(
        "minutes/follow_up_row.html", part=part, line=line, form=form, chat=chat, measure=Measure.DONE,
        answers=rows.answers(event_id, [part.row.id])[part.row.id],
        proofs=rows.evidence(event_id, [part.row.id])[part.row.id], **context(event),
    )  # fmt: skip
