"""Laporan: see what it would say, write what the data cannot, attach papers, and have it made."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from rakor import audit, clock, files
from rakor.accounts.rules import EDITORS
from rakor.db import transaction
from rakor.documents.answers import as_file
from rakor.events.models import Event
from rakor.events.store import locked_event
from rakor.reports.activity import jobs, store
from rakor.reports.activity.forms import AnnexForm, SectionForm
from rakor.reports.activity.models import ReportText
from rakor.reports.activity.pages import own_run, sections, shown, whose
from rakor.reports.activity.rules import AnnexKind, Section
from rakor.reports.pages import event_of
from rakor.seats import paper_photos
from rakor.seats.rules.papers import MOST_PAPER_BYTES, PaperKind, PaperProblem
from rakor.seats.words import PAPER_PROBLEMS
from rakor.web.access import Scope, current_user, policy
from rakor.web.forms import FORM_ROOM
from rakor.web.fragments import changed_part
from rakor.web.locale import when
from rakor.web.nav import NavItem

blueprint = Blueprint("activity_report", __name__)
NAV = (NavItem(_l("Laporan"), "file", "activity_report.show", EDITORS, 320, "activity_report."),)
BASE = "/events/<uuid:event_id>/report"
RUN = f"{BASE}/runs/<uuid:run_id>"
TAKEN = "who took a report with the names of many people is on record"
Page = str | BaseResponse | tuple[str, int]
assert jobs  # the worker finds the handlers through this room


@blueprint.get(BASE)
@policy("report.show", Scope.EVENT, roles=EDITORS)
def show(event_id: UUID) -> Page:
    """Where each section stands, what is attached, and the reports this person asked for."""
    return _front(event_of(event_id), AnnexForm())


def _front(event: Event, form: AnnexForm, status: int = 200) -> tuple[str, int]:
    found = sections(event)
    page = render_template(
        "reports/activity.html",
        sections=found,
        unfilled=sum(one.is_empty for one in found),
        annexes=store.annexes(event.id),
        runs=[shown(event, row, job) for row, job in store.runs_of(event.id, current_user().id)],
        form=form,
        **whose(event),
    )
    return page, status


@blueprint.get(f"{BASE}/text")
@policy("report.text", Scope.EVENT, roles=EDITORS)
def show_text(event_id: UUID) -> str:
    """Every section with what the data says and room to write."""
    event = event_of(event_id)
    return render_template("reports/activity_text.html", sections=sections(event), other={}, **whose(event))


@blueprint.post(f"{BASE}/text/<section>")
@policy("report.write", Scope.EVENT, roles=EDITORS)
def save_text(event_id: UUID, section: str) -> Page | tuple[Response, int]:
    """Keep what was typed for one section; what somebody else wrote meanwhile is never overwritten unseen."""
    event = event_of(event_id)
    part = Section(section) if section in set(Section) else abort(404)
    form = SectionForm.read()
    assert isinstance(form, SectionForm)
    if not form.accepted():
        return _refused(event, part, form)
    with transaction(unaudited="the same again, or somebody else was quicker"):
        locked_event(event_id)
        row, was_kept = store.save_text(
            event_id, part, form.body.data or "", seen=form.seen.data or 0, by=current_user().id, now=clock.now()
        )
    return _answer(event, part, form, row, was_kept=was_kept)


def _answer(
    event: Event, part: Section, form: SectionForm, row: ReportText | None, *, was_kept: bool
) -> Page | tuple[Response, int]:
    if _wants_json():
        told: dict[str, Any] = {"version": row.version if row else 0, "body": row.body if row else ""}
        told["said"] = _("Disimpan %(when)s", when=when(row.changed_at, event.zone)) if row else ""
        return jsonify(told), 200 if was_kept else 409
    if was_kept:
        flash(_("Bagian disimpan."), "ok")
        return redirect(url_for("activity_report.show_text", event_id=event.id, _anchor=part), 303)
    error = _("Orang lain mengubah bagian ini. Gabungkan, lalu simpan lagi.")
    other = {part: {"typed": form.body.data, "error": error, "stored": row.body if row else ""}}
    return render_template("reports/activity_text.html", sections=sections(event), other=other, **whose(event)), 409


def _refused(event: Event, part: Section, form: SectionForm) -> Page | tuple[Response, int]:
    error = " ".join(str(text) for texts in form.errors.values() for text in texts)
    if _wants_json():
        return jsonify({"error": error}), 422
    other = {part: {"typed": form.body.data, "error": error, "stored": ""}}
    return render_template("reports/activity_text.html", sections=sections(event), other=other, **whose(event)), 422


def _wants_json() -> bool:
    return request.accept_mimetypes.best == "application/json"


@blueprint.post(f"{BASE}/annexes")
@policy("report.attach", Scope.EVENT, roles=EDITORS)
def attach(event_id: UUID) -> Page:
    """Attach a paper: a whole PDF, or a photo that is drawn anew."""
    request.max_content_length = MOST_PAPER_BYTES + FORM_ROOM
    event, form = event_of(event_id), AnnexForm.read()
    assert isinstance(form, AnnexForm)
    sent = request.files.get("paper")
    kind, kept = paper_photos.judged(sent.read(MOST_PAPER_BYTES + 1) if sent else b"")
    good = form.accepted()
    if isinstance(kind, PaperProblem):
        form.paper.errors = [str(PAPER_PROBLEMS[kind])]
    if not good or isinstance(kind, PaperProblem):
        return _front(event, form, 422)
    media_type = jobs.PDF if kind is PaperKind.PDF else "image/jpeg"
    with transaction(unaudited="a report that is full stays as it is"):
        locked_event(event_id)
        full = len(store.annexes(event_id)) >= store.MOST_ANNEXES
        if not full:
            wanted: AnnexKind = form.kind.word
            store.attach(
                event_id, wanted, form.title.data or "", kept, media_type, by=current_user().id, now=clock.now()
            )
    if full:
        flash(_("Sudah ada %(n)s lampiran. Hapus yang tidak perlu dahulu.", n=store.MOST_ANNEXES), "warn")
    else:
        flash(_("Berkas dilampirkan."), "ok")
    return _to_annexes(event_id)


@blueprint.get(f"{BASE}/annexes/<uuid:annex_id>/file")
@policy("report.annex", Scope.EVENT, roles=EDITORS)
def show_annex(event_id: UUID, annex_id: UUID) -> Response:
    """An attached paper itself."""
    row = store.annex(event_id, annex_id) or abort(404)
    kept = store.annex_file(row)
    return as_file(kept, opens=True) if kept else abort(404)


@blueprint.post(f"{BASE}/annexes/<uuid:annex_id>/removal")
@policy("report.detach", Scope.EVENT, roles=EDITORS)
def detach(event_id: UUID, annex_id: UUID) -> Page:
    """Take a paper off the report."""
    with transaction():
        locked_event(event_id)
        store.detach(store.annex(event_id, annex_id) or abort(404))
    flash(_("Lampiran dihapus."), "ok")
    return _to_annexes(event_id)


def _to_annexes(event_id: UUID) -> BaseResponse:
    return redirect(url_for("activity_report.show", event_id=event_id, _anchor="annexes"), 303)


@blueprint.post(f"{BASE}/runs")
@policy("report.ask", Scope.EVENT, roles=EDITORS)
def ask(event_id: UUID) -> Page:
    """Susun laporan: the worker makes it as it stands now."""
    with transaction():
        run = store.ask(event_id, by=current_user().id, now=clock.now())
    return redirect(url_for("activity_report.show_run", event_id=event_id, run_id=run.id), 303)


@blueprint.get(RUN)
@policy("report.run", Scope.EVENT, roles=EDITORS)
def show_run(event_id: UUID, run_id: UUID) -> str:
    """What this person asked for: being made, ready, over, or failed."""
    return render_template("reports/activity_run.html", **shown(event_of(event_id), *own_run(event_id, run_id)))


@blueprint.get(f"{RUN}/progress")
@policy("report.progress", Scope.EVENT, roles=EDITORS)
def progress(event_id: UUID, run_id: UUID) -> Response | str:
    """The changing part of the page; 204 where ``?seen=`` names what the page shows already."""
    return changed_part("reports/_activity_run.html", shown(event_of(event_id), *own_run(event_id, run_id)))


@blueprint.get(f"{RUN}/docx")
@policy("report.docx", Scope.EVENT, roles=EDITORS, writes_on_get=TAKEN)
def take_docx(event_id: UUID, run_id: UUID) -> Response:
    """The report to go on writing in."""
    return _taken(event_id, run_id, "docx")


@blueprint.get(f"{RUN}/pdf")
@policy("report.pdf", Scope.EVENT, roles=EDITORS, writes_on_get=TAKEN)
def take_pdf(event_id: UUID, run_id: UUID) -> Response:
    """The report for the archive; ``?take=1`` saves it, else the browser opens it."""
    return _taken(event_id, run_id, "pdf", opens="take" not in request.args)


@blueprint.get(f"{RUN}/annexes")
@policy("report.annexes", Scope.EVENT, roles=EDITORS, reauth=True, writes_on_get=TAKEN)
def take_annexes(event_id: UUID, run_id: UUID) -> Response:
    """The report with all its annexes in one archive; its attendance lists hold numbers of people."""
    return _taken(event_id, run_id, "annexes")


def _taken(event_id: UUID, run_id: UUID, part: str, *, opens: bool = False) -> Response:
    row = own_run(event_id, run_id)[0]
    kept = files.read(event_id, getattr(row, f"{part}_id"), store.PURPOSE) or abort(404)
    with transaction():
        audit.record("report.take", event_id=event_id, object_kind="report", object_id=run_id, fields=[part])
    return as_file(kept, opens=opens)
