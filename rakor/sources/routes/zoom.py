"""Zoom reports: uploaded for a day, matched by the worker, doubts answered by a person, presence entered at a touch."""

from typing import Any
from uuid import UUID

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from rakor import audit, clock
from rakor.accounts.rules import REGISTRARS
from rakor.attendance.store import checkpoints
from rakor.db import transaction
from rakor.events import store as events
from rakor.events.models import Event
from rakor.offices import store as offices
from rakor.sheets.reading import MOST_BYTES
from rakor.sources import words
from rakor.sources.routes.front import blueprint
from rakor.sources.rules.words import ZoomState
from rakor.sources.rules.zoom_matching import Found
from rakor.sources.rules.zoom_report import ReportProblem
from rakor.sources.store import together, zoom
from rakor.sources.zoom_form import ReportForm
from rakor.sources.zoom_models import ZoomReport
from rakor.web.access import Scope, current_user, policy
from rakor.web.forms import storable
from rakor.web.fragments import changed_part

BASE = "/events/<uuid:event_id>/zoom"
ONE = f"{BASE}/<uuid:report_id>"
AROUND = 64 * 1024
WORKING = (ZoomState.READING, ZoomState.SAVING)
LISTED = (Found.ROOM, Found.NOBODY, Found.NAME, Found.EMAIL, Found.CHOSEN)
Page = BaseResponse | str | tuple[str, int]


@blueprint.get(BASE)
@policy("zoom.list", Scope.EVENT, roles=REGISTRARS)
def list_reports(event_id: UUID) -> Page:
    """Upload a report, and see those that were."""
    return _list(event_id, 200)


@blueprint.post(BASE)
@policy("zoom.upload", Scope.EVENT, roles=REGISTRARS)
def upload_report(event_id: UUID) -> Page:
    """Keep a report; the worker reads it. The same file for the same day changes nothing."""
    request.max_content_length = MOST_BYTES + AROUND
    form = _form(event_id, posted=True)
    sent = request.files.get("paper")
    content = sent.read(MOST_BYTES + 1) if sent else b""
    good = form.accepted()
    if not content or len(content) > MOST_BYTES:
        wrong = _("Berkas lebih dari 10 MB. Bagi menjadi beberapa berkas.") if content else _("Pilih berkasnya dahulu.")
        form.paper.errors = [str(wrong)]
        good = False
    if not good:
        return _list(event_id, 422, form)
    name = storable(sent.filename if sent else "")[-120:] or "zoom.csv"
    given = zoom.Upload(name, content, UUID(str(form.day.data)), str(form.zone.data), int(form.least.data or 1))
    with transaction(unaudited="the same file for the same day"):
        events.locked_event(event_id)
        row, fresh = zoom.take_in(event_id, current_user().id, given, now=clock.now())
        report_id = row.id
    if not fresh:
        flash(_("Berkas yang sama sudah diunggah untuk hari itu; tidak ada yang berubah."), "info")
    return _to(event_id, report_id)


@blueprint.get(ONE)
@policy("zoom.show", Scope.EVENT, roles=REGISTRARS)
def show_report(event_id: UUID, report_id: UUID) -> Page:
    """One report: its progress, its doubts, who was found, and the button that enters their presence."""
    return render_template("sources/zoom.html", **_shown(event_id, _report(event_id, report_id)))


@blueprint.get(f"{ONE}/progress")
@policy("zoom.progress", Scope.EVENT, roles=REGISTRARS)
def show_progress(event_id: UUID, report_id: UUID) -> Response | str:
    """The bar alone; 204 where ``?seen=`` is still so, and the whole page anew once the work is done."""
    row = _report(event_id, report_id)
    if row.state not in WORKING:
        return Response(status=204, headers={"HX-Refresh": "true"})
    found = _bar(event_id, row)
    return changed_part("sources/_zoom_progress.html", found)


@blueprint.post(f"{ONE}/answers")
@policy("zoom.answer", Scope.EVENT, roles=REGISTRARS)
def answer_question(event_id: UUID, report_id: UUID) -> Page:
    """Say whose one participant is, or that it is nobody's."""
    number, choice = request.form.get("number", -1, int), request.form.get("choice", "")[:40]
    with transaction(unaudited="a question that is gone needs no answer"):
        row = zoom.report(event_id, report_id, locked=True) or abort(404)
        if row.state is ZoomState.READY:
            zoom.answer(row, number, choice)
    return redirect(url_for("sources.show_report", event_id=event_id, report_id=report_id) + "#questions", 303)


@blueprint.post(f"{ONE}/saving")
@policy("zoom.save", Scope.EVENT, roles=REGISTRARS)
def save_report(event_id: UUID, report_id: UUID) -> Page:
    """Enter the presence of everybody who is matched; the worker does it. A second click enters nothing twice."""
    with transaction(unaudited="nobody is waiting to be entered"):
        row = zoom.report(event_id, report_id, locked=True) or abort(404)
        if row.state is ZoomState.READY and zoom.waiting_count(row.id):
            row.state = ZoomState.SAVING
            zoom.later(row, "zoom.save")
            audit.record("zoom.save_begin", event_id=event_id, object_kind="zoom_report", object_id=row.id)
    return _to(event_id, report_id)


@blueprint.post(f"{ONE}/removal")
@policy("zoom.remove", Scope.EVENT, roles=REGISTRARS)
def remove_report(event_id: UUID, report_id: UUID) -> Page:
    """Throw a report away that entered nothing, to send it again for another day or zone."""
    with transaction(unaudited="what was entered stays"):
        row = zoom.report(event_id, report_id, locked=True) or abort(404)
        gone = row.state in (ZoomState.READY, ZoomState.REFUSED) and not zoom.saved_count(row.id)
        if gone:
            zoom.remove(row)
    if not gone:
        return _to(event_id, report_id)
    flash(_("Laporan dihapus; tidak ada kehadiran yang berubah."), "ok")
    return redirect(url_for("sources.list_reports", event_id=event_id), 303)


def _report(event_id: UUID, report_id: UUID) -> ZoomReport:
    return zoom.report(event_id, report_id) or abort(404)


def _to(event_id: UUID, report_id: UUID) -> BaseResponse:
    return redirect(url_for("sources.show_report", event_id=event_id, report_id=report_id), 303)


def _days(event_id: UUID) -> list[tuple[str, str]]:
    return [(str(one.day_id), one.name) for one in checkpoints.places(event_id) if one.item_id is None]


def _form(event_id: UUID, *, posted: bool = False) -> ReportForm:
    event = events.event(event_id) or abort(404)
    form = ReportForm(request.form if posted else None).offer(_days(event_id))
    if not posted:
        form.zone.data = event.zone
        today = clock.today(event.zone)
        held = [one for one in checkpoints.places(event_id) if one.item_id is None and one.held_on <= today]
        form.day.data = str(held[-1].day_id) if held else None
    return form


def _list(event_id: UUID, status: int, form: ReportForm | None = None) -> tuple[str, int]:
    page = render_template(
        "sources/zooms.html",
        **_frame(event_id),
        form=form or _form(event_id),
        reports=zoom.reports(event_id),
        days=dict(_days(event_id)),
    )
    return page, status


def _frame(event_id: UUID) -> dict[str, Any]:
    event: Event = events.event(event_id) or abort(404)
    return {"event": event, "event_title": event.short_title, "demo_notice": bool(event.demo_world), "words": words}


def _bar(event_id: UUID, row: ZoomReport) -> dict[str, Any]:
    job = zoom.job_of(row)
    done, total = (job.done_count, job.total_count) if job else (0, 0)
    look = words.REPORT_STATES[row.state]
    return _frame(event_id) | {
        "report": row, "look": look, "done": done, "total": total, "seen": f"{row.state}-{done}",
        "working": row.state in WORKING,
    }  # fmt: skip


def _shown(event_id: UUID, row: ZoomReport) -> dict[str, Any]:
    """What the page of a report shows."""
    counts = zoom.counts(row.id)
    typed = request.args.get("found", "")
    listed = Found(typed) if typed in set(LISTED) else next((one for one in LISTED if counts.get(one)), Found.NOBODY)
    questions = zoom.attendees(row.id, Found.QUESTION) if row.state is ZoomState.READY else []
    lines = zoom.attendees(row.id, listed)
    asked = {UUID(who) for one in questions for who in one.choices}
    asked |= {one.registration_id for one in lines if one.registration_id is not None}
    return _bar(event_id, row) | {
        "day": dict(_days(event_id)).get(str(row.day_id), ""),
        "refusal": _refusal(row.refusal),
        "counts": counts,
        "matched": zoom.matched_count(row.id),
        "waiting": zoom.waiting_count(row.id),
        "saved": zoom.saved_count(row.id),
        "questions": [(one, zoom.names_of(one)) for one in questions],
        "listed": listed,
        "lines": [(one, zoom.names_of(one)) for one in lines],
        "people": _named(event_id, asked),
        "rooms": _rooms(event_id, row) if listed is Found.ROOM else {},
        "Found": Found,
    }


def _named(event_id: UUID, ids: set[UUID]) -> dict[str | UUID, str]:
    named: dict[str | UUID, str] = {}
    for who, said in zoom.people_of(event_id, ids).items():
        named[who] = named[str(who)] = said
    return named


def _refusal(word: str) -> Any:
    return words.REPORT_REFUSALS[ReportProblem(word)] if word in set(ReportProblem) else words.NOT_A_TABLE


def _rooms(event_id: UUID, row: ZoomReport) -> dict[UUID, tuple[str, int]]:
    """Return by office its name and how many were ticked in its room, in the session of the day with the most."""
    event = events.event(event_id) or abort(404)
    names = {office.id: office.short_name for office in offices.offices(event.institution_id)}
    places = [one.id for one in checkpoints.checkpoints(event_id) if one.day_id == row.day_id]
    most = together.rooms(event_id, places)
    return {office_id: (name, most.get(office_id, 0)) for office_id, name in names.items()}
