"""Applicants who wait for an answer: accepted or refused one by one or many at once, with a reason."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from rakor import clock
from rakor.accounts.rules import REGISTRARS
from rakor.db import transaction
from rakor.events import store as events
from rakor.events.fields import CHOOSE
from rakor.regions.rules import reference
from rakor.registrations import answers, decisions, field_words, pools, roster, words
from rakor.registrations.answers import Told
from rakor.registrations.entry import MODES
from rakor.registrations.fields import WordsField
from rakor.registrations.pool_models import REASON_LENGTH, Answer
from rakor.registrations.roster import Filters
from rakor.registrations.rules import RegistrationState
from rakor.registrations.rules.fields import SPECIAL
from rakor.web.access import Scope, current_user, policy
from rakor.web.forms import Form, ValidationError
from rakor.web.paging import SIZE, Pages

blueprint = Blueprint("approvals", __name__)
Page = str | Response | tuple[str, int]
KEPT = ("q", "mode", "province", "role")
REASONS = (
    _l("Kuota dari instansi Anda sudah terpenuhi"),
    _l("Kegiatan ini untuk instansi pemerintah"),
    _l("Data pendaftaran tidak lengkap"),
    _l("Terdaftar dua kali"),
)


class AnswerForm(Form):
    """The answer to the chosen applicants; who is refused is told why."""

    answer = RadioField(
        _l("Jawaban"),
        [InputRequired(CHOOSE)],
        choices=[SelectChoice("approved", _l("Setujui")), SelectChoice("rejected", _l("Tolak"))],
        validate_choice=False,
        default="approved",
    )
    reason = WordsField(_l("Alasan"), max=REASON_LENGTH)

    def validate_answer(self, field: RadioField) -> None:
        if field.data not in (Answer.APPROVED, Answer.REJECTED):
            raise ValidationError(str(CHOOSE))

    def validate_reason(self, field: WordsField) -> None:
        if self.answer.data == Answer.REJECTED and not field.data:
            raise ValidationError(_("Tulis alasannya; orangnya membacanya di halamannya dan di email."))


@blueprint.get("/events/<uuid:event_id>/approvals")
@policy("approvals.show", Scope.EVENT, roles=REGISTRARS)
def show(event_id: UUID) -> Page:
    """Those who wait for an answer, longest first, with the places that are left."""
    return _page(event_id, AnswerForm(), set())


@blueprint.post("/events/<uuid:event_id>/approvals")
@policy("approvals.decide", Scope.EVENT, roles=REGISTRARS)
def decide(event_id: UUID) -> Page:
    """Answer the chosen applicants in the order in which they applied."""
    form, chosen = AnswerForm.read(), _chosen()
    assert isinstance(form, AnswerForm)
    if not form.accepted():
        return _page(event_id, form, chosen, 422)
    if not chosen:
        return _page(event_id, form, chosen, 422, missing=True)
    by, now = current_user().id, clock.now()
    with transaction(unaudited="who was answered already is left alone"):
        events.locked_event(event_id)
        done = decisions.decide(
            event_id, sorted(chosen), Answer(form.answer.data), form.reason.data or "", by=by, now=now
        )
    _say(done)
    here: dict[str, Any] = {name: request.args[name] for name in KEPT if request.args.get(name)}
    return redirect(url_for("approvals.show", event_id=event_id, **here), 303)


def _chosen() -> set[UUID]:
    found = set()
    for text in request.form.getlist("person")[:SIZE]:
        try:
            found.add(UUID(text))
        except ValueError:
            abort(400)
    return found


def _say(done: decisions.Decided) -> None:
    parts = [
        _("%(n)s disetujui dan terdaftar", n=done.registered) if done.registered else "",
        _("%(n)s disetujui, masuk daftar tunggu karena penuh", n=done.waiting) if done.waiting else "",
        _("%(n)s ditolak", n=done.rejected) if done.rejected else "",
        _("%(n)s sudah dijawab sebelumnya", n=done.untouched) if done.untouched else "",
    ]
    flash(_("%(what)s. Semuanya dikabari.", what=", ".join(filter(None, parts)) or "0"), "ok")


def _page(
    event_id: UUID, form: AnswerForm, chosen: set[UUID], status: int = 200, *, missing: bool = False
) -> tuple[str, int]:
    event, filters = events.event(event_id) or abort(404), Filters.applicants(request.args)
    pages = Pages.read(request.args.get("page", ""), roster.count(event_id, filters))
    rows = roster.people(event_id, filters, offset=pages.offset, limit=pages.size)
    told = answers.of_people(event_id, [row.id for row in rows])
    page = render_template(
        "registrations/approvals.html",
        event=event,
        event_title=event.short_title,
        form=form,
        rows=[(row, _told(told.get(row.id, ()))) for row in rows],
        chosen=chosen,
        missing=missing,
        reasons=REASONS,
        filters=filters,
        pages=pages,
        total=roster.state_counts(event_id).get(RegistrationState.APPLIED, 0),
        modes=MODES[event.mode],
        mode_words=words.MODES,
        provinces=reference().provinces(event.regions_as_of),
        categories=pools.categories(event_id),
        standings=pools.standings(event_id),
    )
    return page, status


def _told(told: Sequence[Told]) -> list[tuple[str, str]]:
    """The answers of one applicant; health data stays on the person's own page."""
    return [
        (one.field.label, field_words.shown(one.field.kind, one.value))
        for one in told
        if one.field.purpose not in SPECIAL
    ]
